import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fault as coded, type ReadFault } from '../../base/fault.js';
import type { Isolation } from '../../base/isolation-level.js';
import { limits } from '../../base/limits.js';
import { memoizeAsync } from '../../base/memoize.js';
import { ENGINE_NAMES } from '../../core/c2pa/engine-names.js';
import { CARRIERS } from '../../core/media/carrier.js';
import { type OpenedPath, openSystemPath, PathTooLongError } from '../../core/media/plain-path.js';
import type { RenameData } from '../../core/pipeline/rename.js';
import type { ExportedManifestStore, ReadingStep } from '../../core/report/analyze-options.js';
import type { EvidenceView } from '../../core/report/evidence-view.js';
import type {
  Observation,
  PartObservation,
  ReadingAttachments,
  StoredReport,
} from '../../core/report/report.js';
import { message } from '../../i18n/message.js';
import { parseManifestStore } from '../checks/store-check.js';
import { defer } from '../files/deferred.js';
import { type FileStamp, inspectErrorFor, isSameStamp, readFileStamp } from '../files/file-check.js';
import { type FileHash, fixedHash, lazyHash, startHash } from '../files/parallel-hash.js';
import { Prehash } from '../files/prehash.js';
import { companionStamp } from '../files/sidecar-file.js';
import { FIRST_RETRY_PLAN, nextRetryPlan, type RetryPlan } from '../process/attempts.js';
import type { ReadingProcess } from '../process/reading-process.js';
import { diagnostics } from '../protocol/diagnostics.js';
import { InspectError, stoppedError } from '../protocol/inspect-error.js';
import { computeTimeBudget, type IsolationLimits, type TimeBudget } from '../protocol/isolation-limits.js';
import { faultForFailure } from '../protocol/process-faults.js';
import { pickReadingOptions, type Task } from '../protocol/protocol.js';
import { SINGLE_TENANT } from '../protocol/tenant.js';
import type { JobPaths, VisiblePaths } from '../sandbox/file-view.js';
import { type AcquiredProcess, acquire, acquireNext, withTimeout } from './acquire.js';
import type { InspectionCallbacks, InspectRequest, PartReport } from './inspector.js';
import type { ProcessPool, ProcessSize } from './process-pool.js';
import type { QueueTicket } from './queue.js';
import { buildUnreadReport } from './unread-report.js';

/** Position of a file among those to be read. */
export interface QueuePosition {
  /** Permission to use a process for the file. */
  ticket: QueueTicket;
  /** Process that reads another file first and then this one; cleared if it turns out to be unsuitable for this file. */
  predecessor: ReadingProcess | undefined;
  /** Whether another file may wait for the process of this one. */
  allowsNext: boolean;
}

/** Work on one file. */
interface InspectionJob {
  request: InspectRequest;
  /** State before the first attempt. */
  state: FileStamp;
  bytes: number;
  size: ProcessSize;
  time: TimeBudget;
  /** `performance.now()` at the start. */
  begun: number;
  /** `performance.now()` by which the attempts must have ended. */
  attemptsEnd: number;
  stock: ProcessPool;
  bounds: IsolationLimits;
  position: QueuePosition;
  /**
   * Computed here and not by the process that reads the file: for a large file at once, for others while they are shown
   * to a process.
   */
  hash?: FileHash | undefined;
  /**
   * A process has faulted on the file: each further one reads it alone, so that it cannot spoil the record of another
   * file.
   */
  suspect: boolean;
  /** A process saw outdated trust lists: the next one is checked before it is given anything. */
  listsFirst: boolean;
  takers: InspectionCallbacks;
}

/** Attempt that gave no Report, and the step to blame if it is known. */
interface FailedAttempt {
  fault: ReadFault;
  suspect?: ReadingStep | undefined;
  /** The failure says nothing about this file. */
  isUnblamed?: true;
}

/** Limits repeated failures of a process before it is given the file, which are not caused by other files either. */
const MAX_UNBLAMED = 3;

/** Reads one file, with as many processes as it crashes, and returns one Report. */
export async function inspectInProcess(
  request: InspectRequest,
  stock: ProcessPool,
  bounds: IsolationLimits,
  position: QueuePosition,
  takers: InspectionCallbacks,
): Promise<StoredReport> {
  const begun = performance.now();
  const say = (code: string) =>
    diagnostics.fileInspected.publish({ code, millis: performance.now() - begun });
  let reached: OpenedPath | undefined;
  try {
    reached = await openSystemPath(request.path).catch((error: NodeJS.ErrnoException) => {
      throw unreachableError(error);
    });
    // Uses the local path because a process can be given neither a path that is not text nor one that is too long.
    const own = reached.local === request.path ? request : { ...request, path: reached.local };
    const { report, unread } = await readFile(own, stock, bounds, position, takers);
    say(unread ? 'unread' : 'report');
    return report;
  } catch (error) {
    say(error instanceof InspectError ? error.code : 'internal');
    throw error;
  } finally {
    leaveQueue(position, stock);
    await reached?.close();
  }
}

function unreachableError(error: NodeJS.ErrnoException): InspectError {
  if (error instanceof PathTooLongError)
    return new InspectError('not-readable', message('scan.lost.tooLong'));
  return error.code === 'EISDIR'
    ? new InspectError('not-a-file', message('error.folder'))
    : inspectErrorFor(error.code);
}

function leaveQueue(position: QueuePosition, stock: ProcessPool): void {
  if (position.predecessor !== undefined) stock.cancelReservation(position.predecessor, position.ticket);
  position.predecessor = undefined;
}

async function readFile(
  request: InspectRequest,
  stock: ProcessPool,
  bounds: IsolationLimits,
  position: QueuePosition,
  takers: InspectionCallbacks,
): Promise<{ report: StoredReport; unread: boolean }> {
  if (position.predecessor === undefined) await position.ticket.take({ tenant: request.tenant });
  request.signal?.throwIfAborted();
  const state = await readFileStamp(request.path);
  await assertCompanions(request);
  const bytes = Number(state.size);
  const time = computeTimeBudget(bytes, bounds);
  const begun = performance.now();
  // Decoded pixels need memory regardless of the file's size.
  const size = bytes <= bounds.smallAssetBytes && !request.deep && !request.visible ? 'small' : 'large';
  const job: InspectionJob = {
    request,
    state,
    bytes,
    size,
    time,
    begun,
    attemptsEnd: begun + time.attemptsMillis,
    stock,
    bounds,
    position,
    suspect: false,
    listsFirst: false,
    takers,
    ...(bytes > bounds.smallAssetBytes && {
      hash: callerHash(request, state) ?? new Prehash(request.path),
    }),
  };
  try {
    return await runAttempts(job);
  } finally {
    job.hash?.stop();
  }
}

/** Returns the hash that the caller computed, if the file still is in that state. */
function callerHash({ hash }: InspectRequest, state: FileStamp): FileHash | undefined {
  return hash !== undefined && isSameStamp(hash.state, state) ? fixedHash(hash.sha256) : undefined;
}

/** Hashes the copy shown to the process, if there is one: the file may have changed since. */
async function startHashFor(
  { request, bytes, bounds, hash }: InspectionJob,
  { sha256 }: VisiblePaths,
): Promise<FileHash> {
  if (hash !== undefined && bytes > bounds.smallAssetBytes) return hash;
  if (sha256 !== undefined) return lazyHash(sha256);
  hash?.stop();
  return startHash(request.path, bytes, bounds.hashChunkBytes).catch(throwHashError);
}

function throwHashError(error: unknown): never {
  throw inspectErrorFor(error instanceof Error && 'code' in error ? String(error.code) : undefined);
}

/** Starts or takes the hash once a process is working; its duration is published as a metric. */
function recordHash(hash: FileHash): void {
  const begun = performance.now();
  const taken = () => diagnostics.stepEnded.publish({ step: 'hash', millis: performance.now() - begun });
  if (hash.known === undefined) hash.digest.then(taken, () => undefined);
  else taken();
}

/** Returns `undefined` if the digest is not computed within the file's time. Rejects with `InspectError`. */
const awaitDigest = async (job: InspectionJob): Promise<string | undefined> =>
  job.hash?.known ?? withTimeout(job.hash?.digest.catch(throwHashError), remainingMillis(job));

async function runAttempts(job: InspectionJob): Promise<{ report: StoredReport; unread: boolean }> {
  const { request, bytes, stock, bounds } = job;
  let fault = timeExceeded(job).fault;
  let unblamed = 0;
  for (let plan: RetryPlan | undefined = FIRST_RETRY_PLAN; plan !== undefined && remainingMillis(job) > 0; ) {
    const outcome = await runAttempt(job, plan);
    request.signal?.throwIfAborted();
    if ('report' in outcome) {
      if (outcome.evidence !== undefined) job.takers.onEvidence?.(outcome.evidence);
      if (outcome.parts !== undefined) job.takers.onParts?.(outcome.parts);
      job.takers.onNaming?.(outcome.naming);
      if (outcome.store !== undefined) job.takers.onManifestStore?.(outcome.store);
      if (job.takers.onEnd !== undefined) outcome.by.onEnd(job.takers.onEnd);
      return { report: outcome.report, unread: false };
    }
    // Nothing was learned about this file, so it is tried again without a file before or after it.
    job.position.allowsNext = false;
    if (outcome.isUnblamed && unblamed < MAX_UNBLAMED) {
      unblamed += 1;
      continue;
    }
    job.suspect = true;
    fault = outcome.fault;
    diagnostics.readerDied.publish({ code: fault.code });
    const next = nextRetryPlan(plan, outcome.suspect, fault, request.engine);
    for (const engine of ENGINE_NAMES) {
      const isNew = plan.engineFaults[engine] === undefined && next?.engineFaults[engine] !== undefined;
      if (isNew) diagnostics.engineGivenUp.publish({ engine });
    }
    plan = next;
  }

  const hashEnd = job.begun + job.time.taskMillis + bounds.unreadGraceMillis;
  const hashMillis = Math.max(hashEnd - performance.now(), bounds.leastHashMillis);
  const chunkBytes = bounds.hashChunkBytes;
  const { report, naming } = await buildUnreadReport(request, bytes, fault, {
    leftMillis: hashMillis,
    chunkBytes,
    digest: job.hash?.digest,
  });
  await assertUnchanged(job);
  job.takers.onNaming?.(naming);
  job.takers.onManifestStore?.({ fault });
  job.takers.onEnd?.('stands');
  return { report: withIsolation(report, stock.isolation(stock.level)), unread: true };
}

/** Rejects with `InspectError` if the file, or every file, cannot be read. */
async function runAttempt(
  job: InspectionJob,
  plan: RetryPlan,
): Promise<
  | {
      report: StoredReport;
      naming: RenameData;
      evidence?: EvidenceView | undefined;
      parts?: PartReport[] | undefined;
      store?: ExportedManifestStore | undefined;
      by: ReadingProcess;
    }
  | FailedAttempt
> {
  const { stock, size, time } = job;
  const lent = await acquireFor(job);
  if (lent === undefined) return timeExceeded(job);
  if (lent === 'not behind another') return { ...timeExceeded(job), isUnblamed: true };
  const { process, seen } = lent;
  const hash = await startHashFor(job, seen).catch((error: unknown) => {
    stock.release(process, size);
    throw error;
  });
  job.hash = hash;
  process.configure(stock.settingsFor(process));
  const { stepMillis, taskMillis } = time;
  const times = { leftMillis: remainingMillis(job), stepMillis, taskMillis };
  let early: Promise<EvaluatedReport | undefined> | undefined;
  let store: ExportedManifestStore | 'nonsense' | undefined;
  const toldParts: Promise<PartObservation | undefined>[] = [];
  // Loads in parallel with the reading; a failure to load is reported to the code that needs it.
  loadEvaluation()
    .then(([, , , { resolveLaw: lawFor }]) => lawFor(job.request))
    .catch(() => undefined);
  const { signal } = job.request;
  const giveUp = () => void process.kill();
  if (signal?.aborted) giveUp();
  signal?.addEventListener('abort', giveUp, { once: true });
  const ending = process.attempt(buildTask(job, plan, seen), times, {
    onFirst: (waitedMillis) => postpone(job, waitedMillis),
    ...(job.takers.onStoredTrust !== undefined && {
      onConcluded: (observed) => {
        early = evaluateReport(observed, job);
        // Nobody awaits it if the process dies later.
        early.catch(() => undefined);
      },
    }),
    ...(job.takers.onParts !== undefined && {
      onPart: (told) =>
        void toldParts.push(loadEvaluation().then(([{ parsePartObservation: partOf }]) => partOf(told))),
    }),
    ...(job.takers.onManifestStore !== undefined && {
      onManifestStore: (told) => {
        store = parseManifestStore(told) ?? 'nonsense';
      },
    }),
  });
  // Hashing and checking all lists takes as long as copying a photo, so both are deferred. A process that sees outdated
  // lists is not awaited.
  let seesOthers = false;
  const endMeanwhile = defer(() => {
    recordHash(hash);
    seesOthers = lent.checksListsLater === true && !stock.seesCurrentLists(process);
    if (seesOthers) giveUp();
  });
  const end = await ending;
  signal?.removeEventListener('abort', giveUp);
  endMeanwhile();
  if (stock.closed) throw stoppedError();
  if (seesOthers) {
    job.listsFirst = true;
    stock.release(process, size);
    return { ...timeExceeded(job), isUnblamed: true };
  }
  if (end.end === 'report') {
    const sha256 = await awaitDigest(job).catch((error: unknown) => {
      stock.release(process, size);
      throw error;
    });
    if (sha256 === undefined) {
      stock.release(process, size);
      return timeExceeded(job);
    }
    const answered = async () => {
      const answer = store === 'nonsense' ? undefined : await buildAnswer(end.report, early, toldParts, job);
      if (answer === undefined) await process.endFaulty();
      else if (hasBroken(answer.report, plan)) void process.endFaulty();
      stock.release(process, size);
      if (answer === undefined) return { fault: faultForFailure({ cause: 'bad-answer' }, 0) };
      if (isRetryableFailure(answer.report, plan, job)) return { fault: coded('c2pa.enginePanic') };
      if (answer.kept !== undefined) job.takers.onStoredTrust?.(answer.kept);
      const { naming, evidence } = answer;
      const how = stock.isolation(process.level);
      const report = withIsolation(answer.report, how);
      const parts = answer.partReports?.map(({ number, report: one }) => ({
        number,
        report: withIsolation(one, how),
      }));
      return { report, naming, evidence, parts, by: process, ...(store !== 'nonsense' && { store }) };
    };
    // Checks the file first: a report on a file that grew meanwhile is not malformed.
    const [, outcome] = await Promise.all([assertUnchanged(job), answered()]);
    return outcome;
  }
  // An error of the disk is not a fault of the process, but a process that cannot open the file shown to it is of no
  // further use.
  if (end.end === 'error') await (end.error.phase === 'open' ? process.kill() : process.endFaulty());
  stock.release(process, size);
  if (end.end === 'death') return end;
  if (end.error.phase === 'open') throw inspectErrorFor(end.error.code);
  return { fault: faultForFailure({ cause: 'exception' }, 0), suspect: end.suspect };
}

/**
 * Returns true if a reader failed in this attempt in a manner that no limit explains, so the state of the process is
 * unknown.
 */
export function hasBroken(
  { reads }: { reads: Partial<StoredReport['reads']> },
  { skip, engineFaults }: RetryPlan,
): boolean {
  return CARRIERS.some((carrier) => {
    const { status, code = '' } = reads[carrier] ?? {};
    const before =
      skip[carrier] ?? (carrier === 'c2pa' ? (engineFaults.native ?? engineFaults.wasm) : undefined);
    return before === undefined && status === 'failed' && UNFORESEEN_CODES.test(code);
  });
}

/**
 * An engine failed without naming a reason. An earlier file or a shortage of the machine may be the cause, so a process
 * that has read nothing yet tries once more, while most of the time is left.
 */
const isRetryableFailure = (
  { reads }: StoredReport,
  { unexplained }: RetryPlan,
  job: InspectionJob,
): boolean =>
  unexplained === 0 &&
  reads.c2pa.status === 'failed' &&
  reads.c2pa.code === 'c2pa.enginePanic' &&
  remainingMillis(job) > job.time.attemptsMillis / 2;

/** Codes of unforeseen failures: an exception, refused memory, a panic. */
const UNFORESEEN_CODES = /^(reader\.|c2pa\.enginePanic$)/;

/** Observation of a process, and the Report made from it. */
interface EvaluatedReport {
  observed: Observation;
  report: StoredReport;
}

/** Returns `undefined` if the output is not an Observation of this file. */
async function evaluateReport(said: unknown, job: InspectionJob): Promise<EvaluatedReport | undefined> {
  const [
    { parseObservation: observationOf },
    { withName: named },
    { addFindings: withFindings },
    { resolveLaw: lawFor },
  ] = await loadEvaluation();
  const { request, bytes } = job;
  const sha256 = await awaitDigest(job);
  if (sha256 === undefined) return undefined;
  const observed = observationOf(said, { request, bytes, sha256 });
  if (observed === undefined) return undefined;
  return { observed, report: withFindings(named(observed, job.request), lawFor(request)) };
}

type InspectionAnswer = ReadingAttachments & {
  report: StoredReport;
  naming: RenameData;
  partReports?: PartReport[];
};

/** Combines the last output with the report concluded before, if there is one; `undefined` if either is malformed. */
async function buildAnswer(
  last: unknown,
  early: Promise<EvaluatedReport | undefined> | undefined,
  told: readonly Promise<PartObservation | undefined>[],
  job: InspectionJob,
): Promise<InspectionAnswer | undefined> {
  const first = await (early ?? evaluateReport(last, job));
  if (first === undefined) return undefined;
  const { observed, report } = first;
  const [
    { parseAttachments: besideOf, arePartsOf },
    { withEvidenceName: namedSheet },
    { addFindings: withFindings },
    { resolveLaw: lawFor },
  ] = await loadEvaluation();
  const beside = early === undefined ? observed : besideOf(last, observed);
  if (beside === undefined) return undefined;
  const { evidence, kept } = beside;
  const { unknowable, fittingHints } = observed;
  const parts = (await Promise.all(told)).filter((part) => part !== undefined);
  if (parts.length < told.length || parts.length > limits.analyzedParts) return undefined;
  if (!arePartsOf(parts, observed)) return undefined;
  return {
    report,
    ...(job.takers.onParts && {
      partReports: parts.map(({ number, observation }) => ({
        number,
        report: withFindings(observation, lawFor(job.request)),
      })),
    }),
    naming: { unknowable, fittingHints },
    ...(evidence === undefined ? {} : { evidence: namedSheet(evidence, job.request) }),
    ...(kept === undefined ? {} : { kept }),
  };
}

async function acquireFor(job: InspectionJob): Promise<AcquiredProcess | 'not behind another' | undefined> {
  const { position, stock, size } = job;
  const { tenant: party = SINGLE_TENANT } = job.request;
  const wish = {
    pool: stock,
    size,
    files: selectFiles(job.request),
    state: job.state,
    bounds: job.bounds,
    tenant: party,
  };
  const alone = job.suspect || job.request.isExclusive;
  const behind = size === 'small' ? position.predecessor : undefined;
  if (behind !== undefined) {
    const lent = await acquireNext(behind, {
      files: wish.files,
      remainingMillis: () => remainingMillis(job),
    });
    if (lent === undefined) {
      leaveQueue(position, stock);
      return 'not behind another';
    }
    position.predecessor = undefined;
    return lent;
  }
  leaveQueue(position, stock);
  const asked = performance.now();
  await position.ticket.take({ isUrgent: true, tenant: party });
  postpone(job, performance.now() - asked);
  const lent = await acquire({
    ...wish,
    isExclusive: alone,
    checksListsLater: !job.listsFirst,
    remainingMillis: () => remainingMillis(job),
    postpone: (millis) => postpone(job, millis),
  });
  if (lent !== undefined && size === 'small' && position.allowsNext)
    stock.allowNext(lent.process, position.ticket);
  return lent;
}

/** Excludes the time spent waiting for other files. */
function postpone(job: InspectionJob, millis: number): void {
  job.begun += millis;
  job.attemptsEnd += millis;
}

const loadEvaluation = memoizeAsync(() =>
  Promise.all([
    import('./observation-check.js'),
    import('../../core/pipeline/rename.js'),
    import('../../core/law/findings.js'),
    import('../../core/law/law-selection.js'),
  ]),
);

const remainingMillis = (job: InspectionJob) => job.attemptsEnd - performance.now();

const timeExceeded = ({ time }: InspectionJob): FailedAttempt => ({
  fault: faultForFailure({ cause: 'budget', millis: time.taskMillis }, 0),
});

async function assertUnchanged({ request, state }: InspectionJob): Promise<void> {
  if (!isSameStamp(state, await readFileStamp(request.path))) throw new InspectError('changed-while-reading');
}

async function assertCompanions({ sidecarPath, initPath }: InspectRequest): Promise<void> {
  if (sidecarPath !== undefined) await companionStamp('error.sidecar', sidecarPath);
  if (initPath === undefined) return;
  const init = await companionStamp('error.init', initPath);
  // The segment is copied for the reading process, whatever it is.
  const most = limits.initSegmentBytes;
  if (init.size > BigInt(most))
    throw new InspectError(
      'not-readable',
      message('error.init', { why: message('fault.bound.initSegment', { most }) }),
    );
}

/** A task's number only has to differ from earlier ones of the same process. The process is not given the file's name. */
let lastTask = 0;

/** Reserves consecutive task numbers and returns the first. */
export function taskNumbers(many: number): number {
  lastTask += many;
  return lastTask - many + 1;
}

function buildTask(
  {
    request,
    takers: {
      onEvidence: takeEvidence,
      onManifestStore: takeManifestStore,
      onParts: takeParts,
      onStoredTrust: keep,
    },
  }: InspectionJob,
  { skip, engineFaults, insideFault, visibleFault }: RetryPlan,
  { path, sidecarPath, initPath }: JobPaths,
): Task {
  const number = taskNumbers(1);
  const given = {
    ...(sidecarPath === undefined ? {} : { sidecarPath }),
    ...(initPath === undefined ? {} : { initPath }),
  };
  const evidence = takeEvidence === undefined ? {} : { evidence: true as const };
  const kept = keep === undefined ? {} : { keep: true };
  const parts = {
    ...(takeParts === undefined ? {} : { partReports: true as const }),
    ...(insideFault === undefined ? {} : { insideFault }),
  };
  const store = takeManifestStore === undefined ? {} : { manifestStore: true as const };
  const steps = diagnostics.stepEnded.isListenedTo ? { steps: true as const } : {};
  const beside = {
    ...evidence,
    ...kept,
    ...store,
    ...parts,
    ...steps,
    ...(visibleFault && { visibleFault }),
  };
  return { task: number, ...pickReadingOptions(request), path, ...given, ...beside, skip, engineFaults };
}

function selectFiles({ path, sidecarPath, initPath }: InspectRequest): JobPaths {
  return {
    path,
    ...(sidecarPath === undefined ? {} : { sidecarPath: resolve(sidecarPath) }),
    ...(initPath === undefined ? {} : { initPath: resolve(initPath) }),
  };
}

/** Sets the isolation in the parent, because the process has read hostile bytes. */
export function withIsolation(report: StoredReport, how: Isolation): StoredReport {
  const { isolation: _, isolationReason: __, ...tool } = report.tool;
  return { ...report, tool: { ...tool, ...how } };
}
