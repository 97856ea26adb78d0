import { Socket } from 'node:net';
import { getPriority } from 'node:os';
import { performance } from 'node:perf_hooks';
import { limits } from '../core/ground/limits.js';
import { Asset } from '../core/media/asset.js';
import type { LikenessAsk } from '../core/readers/likeness-of.js';
import type { GivenManifestStore, Step } from '../core/report/analyze-options.js';
import { DIGEST_UNTOLD } from './digest-untold.js';
import { onLines } from './lines.js';
import { PackReader } from './pack-child.js';
import { yieldToOthers } from './priority.js';
import {
  CHANNEL_FD,
  type Message,
  type PackTask,
  type ProcessSettings,
  systemCode,
  type Task,
} from './protocol.js';
import { type RecordMaker, recordMaker } from './record-maker.js';
import { SLATE_FD, SlateWriter } from './step-slate.js';

/** The reading process: takes one task after another until its parent is gone. */

/** Tasks come from the parent alone. */
const TASK_CHARACTERS = 16 * 1024 ** 2;

const channel = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });

const say = (message: Message): void => void channel.write(`${JSON.stringify(message)}\n`);

const slate = new SlateWriter(SLATE_FD);

let makers: Promise<RecordMaker> | undefined;

/** Small files many at a time, where their parent wants them so. */
const packs = new PackReader({
  observe: async (asset, { pack: _, place: __, bytes: ___, items: ____, steps: _____, ...asked }, onStep) => {
    const { observe } = await core;
    return observe(asset, { ...asked, ...trustFolder(), hasTime: timeForParts(), onStep });
  },
  recordMaker: () => {
    makers ??= recordMaker.load?.() ?? Promise.resolve(() => undefined);
    return makers;
  },
  write: (lines) => void channel.write(lines),
});

async function take(task: Task): Promise<void> {
  let asset: Asset;
  slate.begin(task.task);
  slate.take({ step: 'open', state: 'start' });
  try {
    asset = await Asset.open(task.path, DIGEST_UNTOLD);
  } catch (error) {
    say({ task: task.task, error: { phase: 'open', code: systemCode(error) } });
    return;
  }
  slate.take({ step: 'open', state: 'end', goesOn: true });
  say(await read(task, asset));
  // Nobody waits for it but the next task.
  await asset.close();
}

async function read(task: Task, asset: Asset): Promise<Message> {
  try {
    const { asOf, sidecarPath, reveal } = task;
    const onStep = (step: Step) => slate.take(step);
    if (task.output === 'crjson') {
      yieldToReports();
      const { crJsonOf } = await import('../core/analysis/cr-json.js');
      const report = await crJsonOf(asset, onStep, reveal);
      return { task: task.task, report, steps: slate.ended() };
    }
    if (task.output === 'pictures') {
      const { picturesOf } = await import('../core/readers/pictures-of.js');
      yieldToReports();
      const likeness = task.likeness && likenessAsk(task);
      const report = await picturesOf(asset, { sidecarPath, without: task.without, likeness });
      return { task: task.task, report, steps: slate.ended() };
    }
    if (task.output === 'likeness') {
      const { likenessesOf } = await import('../core/readers/likeness-of.js');
      yieldToReports();
      const likeness = await likenessesOf(asset, { ...likenessAsk(task), small: task.small });
      if (!task.manifestStore) return { task: task.task, report: likeness, steps: slate.ended() };
      const { storeOfFile } = await import('../core/credentials/own-store.js');
      const store = await storeOfFile(asset);
      const report = { ...likeness, ...(store && { manifestStore: sentStore(store) }) };
      return { task: task.task, report, steps: slate.ended() };
    }
    if (task.output === 'again') {
      const { judgedAgain } = await import('../core/analysis/judged-again.js');
      const report = await judgedAgain(asset, { asOf, ...trustFolder() });
      return { task: task.task, report, steps: slate.ended() };
    }
    const { observe } = await core;
    let concluded = false;
    const observed = await observe(asset, {
      ...task,
      ...trustFolder(),
      hasTime: timeForParts(),
      ...(task.keep && {
        onConcluded: (observed) => {
          say({ task: task.task, concluded: observed });
          concluded = true;
        },
      }),
      ...(task.manifestStore && {
        onManifestStore: (store) => say({ task: task.task, manifestStore: sentStore(store) }),
      }),
      onStep,
    });
    // So that what makes records of packs is in the code that is kept.
    if (globalThis.assayMakeCode !== undefined) (await recordMaker.load?.())?.(observed);
    const { report, unknowable, fittingHints, parts = [], ...beside } = observed;
    for (const part of parts) say({ task: task.task, part });
    const rest = concluded ? beside : { report, unknowable, fittingHints, ...beside };
    return { task: task.task, report: rest, steps: task.steps ? slate.ended() : [] };
  } catch (error) {
    const phase = isReadFailure(error) ? 'open' : 'exception';
    return { task: task.task, error: { phase, code: systemCode(error) } };
  }
}

/** As it crosses: in base64. */
const sentStore = (store: GivenManifestStore): unknown =>
  'bytes' in store ? { base64: Buffer.from(store.bytes).toString('base64') } : store;

const likenessAsk = ({ withoutLikeness }: Task): LikenessAsk => ({
  without: withoutLikeness,
  onKind: (kind, state) => slate.take({ step: `likeness.${kind}`, state }),
});

/** From now on: what is read of the file itself comes first, and has a time of its own. */
function timeForParts(): () => boolean {
  let until: number | undefined;
  return () => {
    until ??= performance.now() + limits.partsMillis;
    return performance.now() < until;
  };
}

const trustFolder = (): { trustDir?: string } =>
  settings.trustDir === undefined ? {} : { trustDir: settings.trustDir };

/** No report waits for a picture or for crJSON to be made. A process that makes them does nothing else, ffmpeg included. */
const yieldToReports = (): void => yieldToOthers(10);

/** The disk's fault (`EIO`), wherever in the reading it shows. */
function isReadFailure(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'read';
}

// A scan that was asked to yield has started this one in a session of its own.
const inherited = getPriority();
if (inherited > 0) yieldToOthers(inherited);

let settings: ProcessSettings = {};
let last = Promise.resolve();
onLines(
  channel,
  { characters: () => TASK_CHARACTERS },
  (line) => {
    const said = JSON.parse(line) as Task | PackTask | ProcessSettings;
    if ('pack' in said) packs.take(said);
    else if ('task' in said) last = last.then(() => take(said));
    else settings = said;
  },
  () => process.exit(1),
);
channel.on('error', () => process.exit(1));
channel.on('close', () => process.exit(0));
const code = globalThis.assayCode;
say({ ready: true, ...(code && { code }) });
// Loaded while the first task comes, and while its file is opened and, if it is large, hashed already.
const core = import('../core/analysis/analyze.js');
