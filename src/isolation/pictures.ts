import { resolve } from 'node:path';
import type { ReadFault } from '../core/ground/fault.js';
import { asRecord, member } from '../core/ground/json-shape.js';
import { limits } from '../core/ground/limits.js';
import { LIKENESS_KINDS, type Likenesses, type LikenessKind } from '../core/likeness/likeness.js';
import type { MissingPicture, PictureKind } from '../core/media/pictures.js';
import type { GivenManifestStore, Step } from '../core/report/analyze-options.js';
import { Confinement } from './confinement.js';
import { faultOf } from './faults.js';
import { fileState, inspectErrorFor } from './file-check.js';
import { stopped } from './inspect-error.js';
import { type IsolationLimits, isolationLimits } from './isolation-limits.js';
import { lend } from './lend.js';
import { checkedLikenesses } from './likeness-check.js';
import type { Party } from './party.js';
import {
  type CheckedPicture,
  type CheckedPictures,
  checkedPictures,
  checkedSmall,
} from './pictures-check.js';
import { builtChild } from './pool.js';
import { ProcessStock } from './process-stock.js';
import type { Task } from './protocol.js';
import { Queue } from './queue.js';
import { REFUSED, Recoder } from './recoder.js';
import { checkedStore } from './store-check.js';

export interface PicturesRequest {
  path: string;
  sidecarPath?: string | undefined;
  /** Whose file it is: no process that has a hand in its pictures has had another's. */
  party?: Party | undefined;
  /** Somebody waits for them: before those that nobody waits for. */
  soon?: boolean;
}

/** `sidecarPath` is of no account. */
export type LikenessRequest = PicturesRequest;

/** With `likeness`, where it was asked for. */
export type MadePictures = CheckedPictures & { likeness?: Likenesses };

export interface BesideRequest extends LikenessRequest {
  /** Kinds of likeness that nobody needs: they are known. */
  without?: readonly LikenessKind[];
  /** One small picture, of a picture or a video. */
  small?: boolean;
  /** The manifest store as it stands in the file. */
  manifestStore?: boolean;
}

/** What was asked for and is not there at all is left out. */
export interface MadeBeside extends Likenesses {
  small?: CheckedPicture | { fault: ReadFault };
  manifestStore?: GivenManifestStore;
}

/** Makes small pictures of files, and what they look and sound like, where their faults cannot hurt. */
export interface PictureMaker {
  /**
   * `likeness`: that too, a picture’s from the same pixels. Rejects only with an `InspectError` (the file could not be
   * opened) or when closed.
   */
  make(request: PicturesRequest & { likeness?: boolean }): Promise<MadePictures>;
  /** What a file looks and sounds like, without its pictures. Rejects as `make` does. */
  likeness(request: LikenessRequest): Promise<Likenesses>;
  /** How many wait in the queue. */
  readonly waiting: number;
  close(): Promise<void>;
}

/** The same of files of an archive. */
export interface BesideMaker {
  /** What a file looks and sounds like, with what is kept beside it. Rejects as `make` does. */
  beside(request: BesideRequest): Promise<MadeBeside>;
}

interface Options {
  /** Files at the same time. Left out: one; nobody's report waits for them. */
  jobs?: number;
  /** What a reading process runs, and what the one that encodes anew; tests give stand-ins. */
  childEntry?: string;
  recodeEntry?: string;
  /** Left out: the strictest this machine has. */
  confinement?: Confinement;
  bounds?: Partial<IsolationLimits>;
}

/** Those whose making may take down a process: the others are small and were bounded before. */
const HEAVY: readonly PictureKind[] = ['preview', 'frame', 'waveform'];

/**
 * Where so many files wait behind one, the larger of its pictures is left out: it takes longer than all else of it, and those
 * behind would be done without theirs.
 */
const MANY_WAIT = 4;

/** Processes of its own: whoever decodes pictures may take more memory and start ffmpeg, and readers of reports may not. */
export function createPictureMaker({
  jobs = 1,
  childEntry,
  recodeEntry,
  confinement = new Confinement(),
  bounds,
}: Options = {}): PictureMaker & BesideMaker {
  const all = { ...isolationLimits, ...bounds };
  const stock = new ProcessStock(childEntry ?? builtChild(), all, confinement);
  const recoder = new Recoder(recodeEntry, all, confinement);
  const queue = new Queue(jobs);
  // One file is read while what was made of the one before it is encoded anew.
  const encoding = new Queue(jobs);
  return {
    get waiting() {
      return queue.waiting + encoding.waiting;
    },
    async make(request) {
      const made = await inTurn(queue, request, () => {
        const isHurried = request.soon !== true && queue.waiting >= MANY_WAIT;
        return makePictures(request, stock, all, isHurried);
      });
      return inTurn(encoding, request, () => recoder.recode(made, request.party));
    },
    likeness: (request) => inTurn(queue, request, () => makeLikeness(request, stock, all)),
    async beside(request) {
      const made = await inTurn(queue, request, () => makeLikeness(request, stock, all, [], request));
      if (made.small === undefined || 'fault' in made.small) return made;
      const pictures = { made: [made.small], missing: [] };
      const { made: anew } = await inTurn(encoding, request, () => recoder.recode(pictures, request.party));
      const [small, ...none] = anew;
      return { ...made, small: small === undefined || none.length > 0 ? { fault: REFUSED } : small };
    },
    async close() {
      queue.close();
      encoding.close();
      await Promise.all([stock.close(), recoder.close()]);
    },
  };
}

async function inTurn<T>(queue: Queue, { soon, party }: PicturesRequest, work: () => Promise<T>): Promise<T> {
  await queue.take({ first: soon, party });
  try {
    return await work();
  } finally {
    queue.giveBack();
  }
}

async function makePictures(
  request: PicturesRequest & { likeness?: boolean },
  stock: ProcessStock,
  bounds: IsolationLimits,
  isHurried: boolean,
): Promise<MadePictures> {
  const { likeness = false } = request;
  const leftOut: PictureKind[] = isHurried ? ['large'] : [];
  const died: MissingLikeness[] = [];
  let first: MadePictures | Failed;
  do {
    first = await attempt(
      request,
      stock,
      bounds,
      picturesWish(leftOut, likeness && died.map(({ kind }) => kind)),
    );
    if ('made' in first)
      return first.likeness ? { ...first, likeness: besides(first.likeness, died) } : first;
  } while (isNews(first, died));
  const missing: MissingPicture[] = [{ kind: 'preview', ...first.fault }];
  const second = await attempt(request, stock, bounds, picturesWish(HEAVY, false));
  const left = 'made' in second ? second : { made: [], missing: [] };
  return {
    ...left,
    missing: [...left.missing, ...missing],
    ...(likeness && { likeness: await makeLikeness(request, stock, bounds, died) }),
  };
}

async function makeLikeness(
  request: LikenessRequest,
  stock: ProcessStock,
  bounds: IsolationLimits,
  died: MissingLikeness[] = [],
  asked: Pick<BesideRequest, 'without' | 'small' | 'manifestStore'> = {},
): Promise<MadeBeside> {
  const { without = [], manifestStore = false } = asked;
  let { small = false } = asked;
  let noPicture: ReadFault | undefined;
  for (;;) {
    const made = await attempt(request, stock, bounds, {
      task: {
        output: 'likeness',
        withoutLikeness: [...without, ...died.map(({ kind }) => kind)],
        ...(small && { small }),
        ...(manifestStore && { manifestStore }),
      },
      millis: limits.likenessMillis,
      check: (answer) => checkedBeside(answer, { small, manifestStore }),
    });
    if ('made' in made) return { ...besides(made, died), ...(noPicture && { small: { fault: noPicture } }) };
    if (isNews(made, died)) continue;
    // Nothing else is known to have been at work: what it looks like is tried without.
    if (small) {
      small = false;
      noPicture = made.fault;
      continue;
    }
    // What kind of file it is, nobody could tell.
    return { made: [], missing: died.length > 0 ? died : [{ kind: 'picture', ...made.fault }] };
  }
}

/** Nothing that was not asked for. */
function checkedBeside(
  answer: unknown,
  { small, manifestStore }: { small: boolean; manifestStore: boolean },
): MadeBeside | undefined {
  const likenesses = checkedLikenesses(answer);
  const record = asRecord(answer);
  if (likenesses === undefined || record === undefined) return undefined;
  const [picture, store] = [member(record, 'small'), member(record, 'manifestStore')];
  const checked = {
    ...(picture !== undefined && { small: checkedSmall(picture) }),
    ...(store !== undefined && { manifestStore: checkedStore(store) }),
  };
  const isAsked = (small || picture === undefined) && (manifestStore || store === undefined);
  const isGood = Object.values(checked).every((one) => one !== undefined);
  return isAsked && isGood ? ({ ...likenesses, ...checked } as MadeBeside) : undefined;
}

type MissingLikeness = Likenesses['missing'][number];

/** Of what a process died for the first time is noted: the next one leaves that out. */
function isNews({ kind, fault }: Failed, died: MissingLikeness[]): boolean {
  if (kind === undefined || died.some((one) => one.kind === kind)) return false;
  died.push({ kind, ...fault });
  return true;
}

function besides<T extends Likenesses>({ made, missing, ...rest }: T, died: readonly MissingLikeness[]) {
  const isOther = ({ kind }: { kind: LikenessKind }) => died.every((one) => one.kind !== kind);
  return { ...rest, made: made.filter(isOther), missing: [...missing.filter(isOther), ...died] };
}

/** What one attempt is for. */
interface Wish<T> {
  task: Pick<Task, 'output' | 'without' | 'likeness' | 'withoutLikeness' | 'small' | 'manifestStore'>;
  millis: number;
  check(answer: unknown): T | undefined;
}

interface Failed {
  fault: ReadFault;
  /** The process died of this likeness. */
  kind?: LikenessKind | undefined;
}

/** `withoutLikeness`: kinds not to be made; `false` where none is. */
function picturesWish(
  without: readonly PictureKind[],
  withoutLikeness: LikenessKind[] | false,
): Wish<MadePictures> {
  const pictures = { output: 'pictures' as const, without: [...without] };
  const millis = limits.picturesMillis;
  if (withoutLikeness === false) return { task: pictures, millis, check: checkedPictures };
  return {
    task: { ...pictures, likeness: true, withoutLikeness },
    millis: millis + limits.likenessMillis,
    check: (answer) => {
      const made = checkedPictures(answer);
      const record = asRecord(answer);
      const likeness = checkedLikenesses(record && member(record, 'likeness'));
      return made && likeness && { ...made, likeness };
    },
  };
}

let lastTask = 0;

async function attempt<T extends object>(
  { path, sidecarPath, party }: PicturesRequest,
  stock: ProcessStock,
  bounds: IsolationLimits,
  { task, millis: taskMillis, check }: Wish<T>,
): Promise<T | Failed> {
  const state = await fileState(path);
  let end = performance.now() + taskMillis;
  const left = () => end - performance.now();
  const files = {
    path: resolve(path),
    ...(sidecarPath === undefined ? {} : { sidecarPath: resolve(sidecarPath) }),
  };
  const postpone = (millis: number) => {
    end += millis;
  };
  const lent = await lend({ stock, size: 'large', files, state, bounds, party, left, postpone });
  if (lent === undefined) return { fault: faultOf({ cause: 'budget', millis: taskMillis }, 0) };
  const { process, seen } = lent;
  lastTask += 1;
  const ending = await process.attempt(
    {
      task: lastTask,
      ...seen,
      name: '',
      asOf: '',
      engine: 'auto',
      ...task,
      skip: {},
      engineFaults: {},
    } as Parameters<typeof process.attempt>[0],
    { leftMillis: left(), stepMillis: taskMillis, taskMillis },
  );
  const checked = ending.end === 'report' ? check(ending.report) : undefined;
  if (checked === undefined) await process.fault();
  stock.giveBack(process, 'large');
  if (stock.closed) throw stopped();
  if (checked !== undefined) return checked;
  if (ending.end === 'death') return { fault: ending.fault, kind: kindIn(ending.suspect) };
  if (ending.end === 'error' && ending.error.phase === 'open') throw inspectErrorFor(ending.error.code);
  return { fault: faultOf({ cause: ending.end === 'error' ? 'exception' : 'bad-answer' }, 0) };
}

const kindIn = (suspect: Step | undefined): LikenessKind | undefined =>
  LIKENESS_KINDS.find((kind) => suspect?.step === `likeness.${kind}`);
