import { Socket } from 'node:net';
import { getPriority } from 'node:os';
import { performance } from 'node:perf_hooks';
import { limits } from '../../base/limits.js';
import { Asset } from '../../core/media/asset.js';
import type { FingerprintOptions } from '../../core/readers/fingerprints/fingerprint-of.js';
import type { ExportedManifestStore, ReadingStep } from '../../core/report/analyze-options.js';
import { DEFERRED_DIGEST_PROMISE } from '../files/deferred-digest.js';
import { PROGRESS_FD, ProgressWriter } from '../protocol/progress-file.js';
import {
  CHANNEL_FD,
  type PackTask,
  type ProcessSettings,
  pickReadingOptions,
  type ReaderMessage,
  systemErrorCode,
  type Task,
} from '../protocol/protocol.js';
import { type RecordMaker, recordMaker } from '../protocol/record-maker.js';
import { readLines } from './lines.js';
import { PackReader } from './pack-child.js';
import { lowerPriority } from './priority.js';

/** Entry point of the reading process: handles one task after another until its parent is gone. */

/** Tasks come from the parent only. */
const TASK_CHARACTERS = 16 * 1024 ** 2;

const channel = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });

const send = (message: ReaderMessage): void => void channel.write(`${JSON.stringify(message)}\n`);

const progress = new ProgressWriter(PROGRESS_FD);

let makers: Promise<RecordMaker> | undefined;

/** Reads many small files at a time, if the parent requests it. */
const packs = new PackReader({
  observe: async (asset, task, onStep) => {
    const { observe } = await core;
    return observe(asset, {
      ...pickReadingOptions(task),
      ...trustOptions(),
      hasTime: createPartsBudget(),
      onStep,
    });
  },
  recordMaker: () => {
    makers ??= recordMaker.load?.() ?? Promise.resolve(() => undefined);
    return makers;
  },
  write: (lines) => void channel.write(lines),
});

async function handleTask(task: Task): Promise<void> {
  let asset: Asset;
  progress.begin(task.task);
  progress.record({ step: 'open', state: 'start' });
  try {
    asset = await Asset.open(task.path, DEFERRED_DIGEST_PROMISE);
  } catch (error) {
    send({ task: task.task, error: { phase: 'open', code: systemErrorCode(error) } });
    return;
  }
  progress.record({ step: 'open', state: 'end', continuesAtOnce: true });
  send(await runTask(task, asset));
  // Only the next task waits for the close.
  await asset.close();
}

async function runTask(task: Task, asset: Asset): Promise<ReaderMessage> {
  try {
    const { asOf, sidecarPath, reveal } = task;
    const onStep = (step: ReadingStep) => progress.record(step);
    if (task.output === 'crjson') {
      yieldToReports();
      const { readCrJson: crJsonOf } = await import('../../core/pipeline/cr-json.js');
      const report = await crJsonOf(asset, onStep, reveal);
      return { task: task.task, report, steps: progress.ended() };
    }
    if (task.output === 'pictures') {
      const { renderPictures: picturesOf } = await import('../../core/readers/pictures/pictures-of.js');
      yieldToReports();
      const fingerprint = task.fingerprint && fingerprintOptions(task);
      const report = await picturesOf(asset, { sidecarPath, skippedKinds: task.without, fingerprint });
      return { task: task.task, report, steps: progress.ended() };
    }
    if (task.output === 'fingerprint') {
      const { computeFingerprints: fingerprintsOf } = await import(
        '../../core/readers/fingerprints/fingerprint-of.js'
      );
      yieldToReports();
      const fingerprint = await fingerprintsOf(asset, { ...fingerprintOptions(task), small: task.small });
      if (!task.manifestStore) return { task: task.task, report: fingerprint, steps: progress.ended() };
      const { exportStoreOfFile: storeOfFile } = await import('../../core/credentials/embedded-store.js');
      const store = await storeOfFile(asset);
      const report = { ...fingerprint, ...(store && { manifestStore: encodeStore(store) }) };
      return { task: task.task, report, steps: progress.ended() };
    }
    if (task.output === 'again') {
      const { rejudge: judgedAgain } = await import('../../core/pipeline/recheck.js');
      const report = await judgedAgain(asset, { asOf, ...trustOptions() });
      return { task: task.task, report, steps: progress.ended() };
    }
    const { observe } = await core;
    let concluded = false;
    const observed = await observe(asset, {
      ...task,
      ...trustOptions(),
      hasTime: createPartsBudget(),
      ...(task.keep && {
        collectsTrust: true,
        onConcluded: (observed) => {
          send({ task: task.task, concluded: observed });
          concluded = true;
        },
      }),
      ...(task.manifestStore && {
        onManifestStore: (store) => send({ task: task.task, manifestStore: encodeStore(store) }),
      }),
      onStep,
    });
    // Loads the record maker too, so that it becomes part of the compiled code cache.
    if (globalThis.assayMakeCode !== undefined) (await recordMaker.load?.())?.(observed);
    const { report, unknowable, fittingHints, parts = [], ...beside } = observed;
    for (const part of parts) send({ task: task.task, part });
    const rest = concluded ? beside : { report, unknowable, fittingHints, ...beside };
    return { task: task.task, report: rest, steps: task.steps ? progress.ended() : [] };
  } catch (error) {
    const phase = isReadFailure(error) ? 'open' : 'exception';
    return { task: task.task, error: { phase, code: systemErrorCode(error) } };
  }
}

/** Converts a manifest store to its form on the channel, in base64. */
const encodeStore = (store: ExportedManifestStore): unknown =>
  'bytes' in store ? { base64: Buffer.from(store.bytes).toString('base64') } : store;

const fingerprintOptions = ({ withoutFingerprint }: Task): FingerprintOptions => ({
  skippedKinds: withoutFingerprint,
  onKind: (kind, state) => progress.record({ step: `fingerprint.${kind}`, state }),
});

/** Starts the time budget at the first call: the file itself is read before its parts and has its own budget. */
function createPartsBudget(): () => boolean {
  let until: number | undefined;
  return () => {
    until ??= performance.now() + limits.partsMillis;
    return performance.now() < until;
  };
}

const trustOptions = (): { trustDir?: string } =>
  settings.trustDir === undefined ? {} : { trustDir: settings.trustDir };

/** Pictures and crJSON must not delay reports. The process that makes them does nothing else, including its ffmpeg. */
const yieldToReports = (): void => lowerPriority(10);

/** Read error of the disk (`EIO`), wherever in the reading it occurs. */
function isReadFailure(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'read';
}

// A scan with lowered priority started this process in a session of its own.
const inherited = getPriority();
if (inherited > 0) lowerPriority(inherited);

let settings: ProcessSettings = {};
let last = Promise.resolve();
readLines(
  channel,
  { characters: () => TASK_CHARACTERS },
  (line) => {
    const said = JSON.parse(line) as Task | PackTask | ProcessSettings;
    if ('pack' in said) packs.take(said);
    else if ('task' in said) last = last.then(() => handleTask(said));
    else settings = said;
  },
  () => process.exit(1),
);
channel.on('error', () => process.exit(1));
channel.on('close', () => process.exit(0));
const code = globalThis.assayCode;
send({ ready: true, ...(code && { code }) });
// Loads while the first task arrives and its file is opened and, if large, hashed.
const core = import('../../core/pipeline/analyze.js');
