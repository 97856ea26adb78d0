import { resolve } from 'node:path';
import type { ReadFault } from '../../base/fault.js';
import { asRecord, compact, ownMember } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import type { MissingPicture, PictureKind } from '../../core/media/pictures.js';
import type { ExportedManifestStore, ReadingStep } from '../../core/report/analyze-options.js';
import {
  ALL_FINGERPRINT_KINDS,
  type FingerprintKind,
  type Fingerprints,
} from '../../matching/fingerprint.js';
import { parseFingerprints } from '../checks/fingerprints-check.js';
import {
  type CheckedPicture,
  type CheckedPictures,
  parsePictures,
  parseSmallPicture,
} from '../checks/pictures-check.js';
import { parseManifestStore } from '../checks/store-check.js';
import { inspectErrorFor, readFileStamp } from '../files/file-check.js';
import { acquire } from '../pool/acquire.js';
import { readerProgramPath } from '../pool/create-inspector.js';
import { ProcessPool } from '../pool/process-pool.js';
import { TenantQueue } from '../pool/queue.js';
import { stoppedError } from '../protocol/inspect-error.js';
import { type IsolationLimits, isolationLimits } from '../protocol/isolation-limits.js';
import { faultForFailure } from '../protocol/process-faults.js';
import type { Task } from '../protocol/protocol.js';
import type { TenantKey } from '../protocol/tenant.js';
import { Confinement } from '../sandbox/confinement.js';
import { PICTURE_REFUSED, Recoder } from './recoder.js';

export interface PicturesRequest {
  path: string;
  sidecarPath?: string | undefined;
  /** Tenant of the file: no process involved in its pictures has read files of another tenant. */
  tenant?: TenantKey | undefined;
  /** Somebody waits for the result: goes before requests for which nobody waits. */
  isUrgent?: boolean;
}

/** `sidecarPath` is ignored. */
export type FingerprintRequest = PicturesRequest;

/** Includes `fingerprint` if it was requested. */
export type MadePictures = CheckedPictures & { fingerprint?: Fingerprints };

export interface AttachmentRequest extends FingerprintRequest {
  /** Kinds of fingerprints to skip because they are already known. */
  knownKinds?: readonly FingerprintKind[];
  /** Requests one small picture of a picture or video. */
  small?: boolean;
  /** Requests the manifest store as it is in the file. */
  manifestStore?: boolean;
}

/** Results that were requested but do not exist are absent. */
export interface MadeAttachments extends Fingerprints {
  small?: CheckedPicture | { fault: ReadFault };
  manifestStore?: ExportedManifestStore;
}

/** Makes small pictures and fingerprints of files in reading processes. */
export interface PictureMaker {
  /**
   * `fingerprint` also requests fingerprints; a picture's come from the same pixels. Rejects only with an `InspectError`
   * (the file could not be opened) or when closed.
   */
  make(request: PicturesRequest & { fingerprint?: boolean }): Promise<MadePictures>;
  /** Returns the fingerprints of a file without its pictures. Rejects as `make` does. */
  fingerprint(request: FingerprintRequest): Promise<Fingerprints>;
  /** Number of files in the queue. */
  readonly waiting: number;
  close(): Promise<void>;
}

/** Makes attachments for files of an archive. */
export interface AttachmentMaker {
  /** Returns the fingerprints of a file together with the attachments stored with it. Rejects as `make` does. */
  beside(request: AttachmentRequest): Promise<MadeAttachments>;
}

interface Options {
  /** Number of files processed at the same time. If absent, one, since no report waits for them. */
  jobs?: number;
  /** Programs of the reading process and of the re-encoding process; tests pass substitutes. */
  childEntry?: string;
  recodeEntry?: string;
  /** If absent, the strictest confinement that this machine supports. */
  confinement?: Confinement;
  bounds?: Partial<IsolationLimits>;
}

/** Pictures whose creation may crash a process; the others are small and were already bounded. */
const HEAVY_PICTURES: readonly PictureKind[] = ['preview', 'part', 'frame', 'waveform'];

/**
 * If this many files wait, the larger picture is skipped: it takes longer than all other results, and the waiting files
 * would otherwise time out.
 */
const BUSY_QUEUE_LENGTH = 4;

/**
 * Uses separate processes, because decoding pictures may take more memory and start ffmpeg, which readers of reports
 * may not.
 */
export function createPictureMaker({
  jobs = 1,
  childEntry,
  recodeEntry,
  confinement = new Confinement(),
  bounds,
}: Options = {}): PictureMaker & AttachmentMaker {
  const all = { ...isolationLimits, ...bounds };
  const stock = new ProcessPool(childEntry ?? readerProgramPath(), all, confinement);
  const recoder = new Recoder(recodeEntry, all, confinement);
  const queue = new TenantQueue(jobs);
  // Reads one file while the pictures of the previous one are re-encoded.
  const encoding = new TenantQueue(jobs);
  return {
    get waiting() {
      return queue.waiting + encoding.waiting;
    },
    async make(request) {
      const made = await runQueued(queue, request, () => {
        const isHurried = request.isUrgent !== true && queue.waiting >= BUSY_QUEUE_LENGTH;
        return makePictures(request, stock, all, isHurried);
      });
      return runQueued(encoding, request, () => recoder.recode(made, request.tenant));
    },
    fingerprint: (request) => runQueued(queue, request, () => makeFingerprintsOf(request, stock, all)),
    async beside(request) {
      const made = await runQueued(queue, request, () =>
        makeFingerprintsOf(request, stock, all, [], request),
      );
      if (made.small === undefined || 'fault' in made.small) return made;
      const pictures = { made: [made.small], missing: [] };
      const { made: anew } = await runQueued(encoding, request, () =>
        recoder.recode(pictures, request.tenant),
      );
      const [small, ...none] = anew;
      return { ...made, small: small === undefined || none.length > 0 ? { fault: PICTURE_REFUSED } : small };
    },
    async close() {
      queue.close();
      encoding.close();
      await Promise.all([stock.close(), recoder.close()]);
    },
  };
}

async function runQueued<T>(
  queue: TenantQueue,
  { isUrgent: soon, tenant: party }: PicturesRequest,
  work: () => Promise<T>,
): Promise<T> {
  await queue.take({ isUrgent: soon, tenant: party });
  try {
    return await work();
  } finally {
    queue.release();
  }
}

async function makePictures(
  request: PicturesRequest & { fingerprint?: boolean },
  stock: ProcessPool,
  bounds: IsolationLimits,
  isHurried: boolean,
): Promise<MadePictures> {
  const { fingerprint = false } = request;
  const leftOut: PictureKind[] = isHurried ? ['large'] : [];
  const died: MissingFingerprint[] = [];
  let first: MadePictures | FailedPictures;
  do {
    first = await runAttempt(
      request,
      stock,
      bounds,
      picturesPlan(leftOut, fingerprint && died.map(({ kind }) => kind)),
    );
    if ('made' in first)
      return first.fingerprint ? { ...first, fingerprint: withDeaths(first.fingerprint, died) } : first;
  } while (recordDeath(first, died));
  const missing: MissingPicture[] = [{ kind: 'preview', ...first.fault }];
  const second = await runAttempt(request, stock, bounds, picturesPlan(HEAVY_PICTURES, false));
  const left = 'made' in second ? second : { made: [], missing: [] };
  return {
    ...left,
    missing: [...left.missing, ...missing],
    ...(fingerprint && { fingerprint: await makeFingerprintsOf(request, stock, bounds, died) }),
  };
}

async function makeFingerprintsOf(
  request: FingerprintRequest,
  stock: ProcessPool,
  bounds: IsolationLimits,
  died: MissingFingerprint[] = [],
  asked: Pick<AttachmentRequest, 'knownKinds' | 'small' | 'manifestStore'> = {},
): Promise<MadeAttachments> {
  const { knownKinds: without = [], manifestStore = false } = asked;
  let { small = false } = asked;
  let noPicture: ReadFault | undefined;
  for (;;) {
    const made = await runAttempt(request, stock, bounds, {
      task: {
        output: 'fingerprint',
        withoutFingerprint: [...without, ...died.map(({ kind }) => kind)],
        ...(small && { small }),
        ...(manifestStore && { manifestStore }),
      },
      millis: limits.fingerprintMillis,
      check: (answer) => parseAttachments(answer, { small, manifestStore }),
    });
    if ('made' in made)
      return { ...withDeaths(made, died), ...(noPicture && { small: { fault: noPicture } }) };
    if (recordDeath(made, died)) continue;
    // Only the small picture is known to have been in progress, so the fingerprints are tried without it.
    if (small) {
      small = false;
      noPicture = made.fault;
      continue;
    }
    // The kind of the file could not be determined.
    return { made: [], missing: died.length > 0 ? died : [{ kind: 'picture', ...made.fault }] };
  }
}

/** Accepts only results that were requested. */
function parseAttachments(
  answer: unknown,
  { small, manifestStore }: { small: boolean; manifestStore: boolean },
): MadeAttachments | undefined {
  const fingerprints = parseFingerprints(answer);
  const record = asRecord(answer);
  if (fingerprints === undefined || record === undefined) return undefined;
  const [picture, store] = [ownMember(record, 'small'), ownMember(record, 'manifestStore')];
  const checked = {
    ...(picture !== undefined && { small: parseSmallPicture(picture) }),
    ...(store !== undefined && { manifestStore: parseManifestStore(store) }),
  };
  const isAsked = (small || picture === undefined) && (manifestStore || store === undefined);
  const isGood = Object.values(checked).every((one) => one !== undefined);
  return isAsked && isGood ? ({ ...fingerprints, ...checked } as MadeAttachments) : undefined;
}

type MissingFingerprint = Fingerprints['missing'][number];

/** Records the kind on which a process died for the first time; the next process skips it. */
function recordDeath({ kind, fault }: FailedPictures, died: MissingFingerprint[]): boolean {
  if (kind === undefined || died.some((one) => one.kind === kind)) return false;
  died.push({ kind, ...fault });
  return true;
}

function withDeaths<T extends Fingerprints>(
  { made, missing, ...rest }: T,
  died: readonly MissingFingerprint[],
) {
  const isOther = ({ kind }: { kind: FingerprintKind }) => died.every((one) => one.kind !== kind);
  return { ...rest, made: made.filter(isOther), missing: [...missing.filter(isOther), ...died] };
}

/** Work of one attempt. */
interface AttemptPlan<T> {
  task: Pick<Task, 'output' | 'without' | 'fingerprint' | 'withoutFingerprint' | 'small' | 'manifestStore'>;
  millis: number;
  check(answer: unknown): T | undefined;
}

interface FailedPictures {
  fault: ReadFault;
  /** Kind of fingerprint during which the process died. */
  kind?: FingerprintKind | undefined;
}

/** `withoutFingerprint`: kinds to skip; `false` to make none. */
function picturesPlan(
  without: readonly PictureKind[],
  withoutFingerprint: FingerprintKind[] | false,
): AttemptPlan<MadePictures> {
  const pictures = { output: 'pictures' as const, without: [...without] };
  const millis = limits.picturesMillis;
  if (withoutFingerprint === false) return { task: pictures, millis, check: parsePictures };
  return {
    task: { ...pictures, fingerprint: true, withoutFingerprint },
    millis: millis + limits.fingerprintMillis,
    check: (answer) => {
      const made = parsePictures(answer);
      const record = asRecord(answer);
      const fingerprint = parseFingerprints(record && ownMember(record, 'fingerprint'));
      return made && fingerprint && { ...made, fingerprint };
    },
  };
}

let lastTask = 0;

async function runAttempt<T extends object>(
  { path, sidecarPath, tenant: party }: PicturesRequest,
  stock: ProcessPool,
  bounds: IsolationLimits,
  { task, millis: taskMillis, check }: AttemptPlan<T>,
): Promise<T | FailedPictures> {
  const state = await readFileStamp(path);
  let end = performance.now() + taskMillis;
  const left = () => end - performance.now();
  const files = {
    path: resolve(path),
    ...(sidecarPath === undefined ? {} : { sidecarPath: resolve(sidecarPath) }),
  };
  const postpone = (millis: number) => {
    end += millis;
  };
  const lent = await acquire({
    pool: stock,
    size: 'large',
    files,
    state,
    bounds,
    tenant: party,
    remainingMillis: left,
    postpone,
  });
  if (lent === undefined) return { fault: faultForFailure({ cause: 'budget', millis: taskMillis }, 0) };
  const { process, seen } = lent;
  lastTask += 1;
  const ending = await process.attempt(
    {
      task: lastTask,
      ...compact(seen),
      asOf: '',
      engine: 'auto',
      ...task,
      skip: {},
      engineFaults: {},
    },
    { leftMillis: left(), stepMillis: taskMillis, taskMillis },
  );
  const checked = ending.end === 'report' ? check(ending.report) : undefined;
  if (checked === undefined) await process.endFaulty();
  stock.release(process, 'large');
  if (stock.closed) throw stoppedError();
  if (checked !== undefined) return checked;
  if (ending.end === 'death') return { fault: ending.fault, kind: suspectKind(ending.suspect) };
  if (ending.end === 'error' && ending.error.phase === 'open') throw inspectErrorFor(ending.error.code);
  return { fault: faultForFailure({ cause: ending.end === 'error' ? 'exception' : 'bad-answer' }, 0) };
}

const suspectKind = (suspect: ReadingStep | undefined): FingerprintKind | undefined =>
  ALL_FINGERPRINT_KINDS.find((kind) => suspect?.step === `fingerprint.${kind}`);
