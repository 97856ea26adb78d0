import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Naming } from '../core/analysis/named.js';
import { ENGINE_NAMES } from '../core/c2pa/engine-names.js';
import { fault as coded, type ReadFault } from '../core/ground/fault.js';
import type { Isolation } from '../core/ground/isolation-level.js';
import { limits } from '../core/ground/limits.js';
import { onceAsked } from '../core/ground/once-asked.js';
import { CARRIERS } from '../core/media/carrier.js';
import { PathTooLong, type Reached, reachedFile } from '../core/media/reach.js';
import type { GivenManifestStore, Step } from '../core/report/analyze-options.js';
import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { BesideReport, Observation, PartObservation, Report } from '../core/report/report.js';
import { said } from '../say/said.js';
import { type FileHash, hashBeside, hashWhenAsked, knownHash } from './beside-hash.js';
import { diagnostics } from './diagnostics.js';
import { EarlyHash } from './early-hash.js';
import { faultOf } from './faults.js';
import { type FileState, fileState, inspectErrorFor, sameState } from './file-check.js';
import { InspectError, stopped } from './inspect-error.js';
import type { InspectRequest, PartReport, Takers } from './inspector.js';
import { type IsolationLimits, type TimeBudget, timeBudget } from './isolation-limits.js';
import { inTime, type Lent, lend, lendNext } from './lend.js';
import { meanwhile } from './meanwhile.js';
import { ONE_PARTY } from './party.js';
import { FIRST_PLAN, nextPlan, type Plan } from './plan.js';
import type { ProcessStock, Size } from './process-stock.js';
import type { Task } from './protocol.js';
import type { QueueTicket } from './queue.js';
import type { ReadingProcess } from './reading-process.js';
import { besideState } from './sidecar-file.js';
import { checkedStore } from './store-check.js';
import { unreadReport } from './unread.js';
import type { Files, Seen } from './view.js';

/** Where one file stands among those that are to be read. */
export interface QueuePosition {
  /** No process works for it without. */
  ticket: QueueTicket;
  /** A process that reads another file and then this one; left where this is no file for that. */
  behind: ReadingProcess | undefined;
  /** Whether another file may wait behind this one. */
  letsNextWait: boolean;
}

/** One file on its way to a Report. */
interface Job {
  request: InspectRequest;
  /** As it was before the first attempt. */
  state: FileState;
  bytes: number;
  size: Size;
  time: TimeBudget;
  /** `performance.now()` when it began. */
  begun: number;
  /** And when the attempts must have ended. */
  attemptsEnd: number;
  stock: ProcessStock;
  bounds: IsolationLimits;
  position: QueuePosition;
  /** Taken here, and of no process that read it: of a large file at once, of another while it is shown to one. */
  hash?: FileHash | undefined;
  /** A process has faulted on it: each further one reads it alone, so that it takes no other file's record along. */
  suspect: boolean;
  /** A process saw lists that are others now: the next is looked at before it is given anything. */
  listsFirst: boolean;
  takers: Takers;
}

/** An attempt that came to no Report, and the step to blame where one is known. */
interface Failure {
  fault: ReadFault;
  suspect?: Step | undefined;
  /** It says nothing of this file. */
  unblamed?: true;
}

/** A process that ends again and again before it is given anything is no other file's fault either. */
const MOST_UNBLAMED = 3;

/** One file, through as many processes as it takes down, to one Report. */
export async function inspectFile(
  request: InspectRequest,
  stock: ProcessStock,
  bounds: IsolationLimits,
  position: QueuePosition,
  takers: Takers,
): Promise<Report> {
  const begun = performance.now();
  const say = (code: string) =>
    diagnostics.fileInspected.publish({ code, millis: performance.now() - begun });
  let reached: Reached | undefined;
  try {
    reached = await reachedFile(request.path).catch((error: NodeJS.ErrnoException) => {
      throw notReached(error);
    });
    // A path that is no text, or too long, is one that no process can be given.
    const own = reached.local === request.path ? request : { ...request, path: reached.local };
    const { report, unread } = await readFile(own, stock, bounds, position, takers);
    say(unread ? 'unread' : 'report');
    return report;
  } catch (error) {
    say(error instanceof InspectError ? error.code : 'internal');
    throw error;
  } finally {
    leave(position, stock);
    await reached?.close();
  }
}

function notReached(error: NodeJS.ErrnoException): InspectError {
  if (error instanceof PathTooLong) return new InspectError('not-readable', said('scan.lost.tooLong'));
  return error.code === 'EISDIR'
    ? new InspectError('not-a-file', said('error.folder'))
    : inspectErrorFor(error.code);
}

function leave(position: QueuePosition, stock: ProcessStock): void {
  if (position.behind !== undefined) stock.leave(position.behind, position.ticket);
  position.behind = undefined;
}

async function readFile(
  request: InspectRequest,
  stock: ProcessStock,
  bounds: IsolationLimits,
  position: QueuePosition,
  takers: Takers,
): Promise<{ report: Report; unread: boolean }> {
  if (position.behind === undefined) await position.ticket.take({ party: request.party });
  request.signal?.throwIfAborted();
  const state = await fileState(request.path);
  await assertBeside(request);
  const bytes = Number(state.size);
  const time = timeBudget(bytes, bounds);
  const begun = performance.now();
  // Pixels take their memory whatever the file's size.
  const size = bytes <= bounds.smallAssetBytes && !request.deep ? 'small' : 'large';
  const job: Job = {
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
      hash: hashTaken(request, state) ?? new EarlyHash(request.path),
    }),
  };
  try {
    return await attempts(job);
  } finally {
    job.hash?.stop();
  }
}

/** By whoever asks, of the file as it is now. */
function hashTaken({ hash }: InspectRequest, state: FileState): FileHash | undefined {
  return hash !== undefined && sameState(hash.state, state) ? knownHash(hash.sha256) : undefined;
}

/** Of what the process was shown, where that is a copy: the file may have become another since. */
async function hashFor({ request, bytes, bounds, hash }: Job, { sha256 }: Seen): Promise<FileHash> {
  if (hash !== undefined && bytes > bounds.smallAssetBytes) return hash;
  if (sha256 !== undefined) return hashWhenAsked(sha256);
  hash?.stop();
  return hashBeside(request.path, bytes, bounds.hashChunkBytes).catch(notHashed);
}

function notHashed(error: unknown): never {
  throw inspectErrorFor(error instanceof Error && 'code' in error ? String(error.code) : undefined);
}

/** Begun, or taken, when a process is at work already; how long it takes is one of the figures. */
function takeHash(hash: FileHash): void {
  const begun = performance.now();
  const taken = () => diagnostics.stepEnded.publish({ step: 'hash', millis: performance.now() - begun });
  if (hash.known === undefined) hash.digest.then(taken, () => undefined);
  else taken();
}

/** Undefined where it is not there before the file's time is used up. Rejects with an InspectError. */
const digestOf = async (job: Job): Promise<string | undefined> =>
  job.hash?.known ?? inTime(job.hash?.digest.catch(notHashed), left(job));

async function attempts(job: Job): Promise<{ report: Report; unread: boolean }> {
  const { request, bytes, stock, bounds } = job;
  let fault = usedUp(job).fault;
  let unblamed = 0;
  for (let plan: Plan | undefined = FIRST_PLAN; plan !== undefined && left(job) > 0; ) {
    const outcome = await attempt(job, plan);
    request.signal?.throwIfAborted();
    if ('report' in outcome) {
      if (outcome.evidence !== undefined) job.takers.takeEvidence?.(outcome.evidence);
      if (outcome.parts !== undefined) job.takers.takeParts?.(outcome.parts);
      job.takers.takeNaming?.(outcome.naming);
      if (outcome.store !== undefined) job.takers.takeManifestStore?.(outcome.store);
      if (job.takers.whenEnded !== undefined) outcome.by.whenEnded(job.takers.whenEnded);
      return { report: outcome.report, unread: false };
    }
    // Nothing was learned of this file; again, with nobody before or behind it.
    job.position.letsNextWait = false;
    if (outcome.unblamed && unblamed < MOST_UNBLAMED) {
      unblamed += 1;
      continue;
    }
    job.suspect = true;
    fault = outcome.fault;
    diagnostics.readerDied.publish({ code: fault.code });
    const next = nextPlan(plan, outcome.suspect, fault, request.engine);
    for (const engine of ENGINE_NAMES) {
      const isNew = plan.engineFaults[engine] === undefined && next?.engineFaults[engine] !== undefined;
      if (isNew) diagnostics.engineGivenUp.publish({ engine });
    }
    plan = next;
  }

  const hashEnd = job.begun + job.time.taskMillis + bounds.unreadGraceMillis;
  const hashMillis = Math.max(hashEnd - performance.now(), bounds.leastHashMillis);
  const chunkBytes = bounds.hashChunkBytes;
  const { report, naming } = await unreadReport(request, bytes, fault, {
    leftMillis: hashMillis,
    chunkBytes,
    digest: job.hash?.digest,
  });
  await assertUnchanged(job);
  job.takers.takeNaming?.(naming);
  job.takers.takeManifestStore?.({ fault });
  job.takers.whenEnded?.('stands');
  return { report: readAs(report, stock.isolation(stock.level)), unread: true };
}

/** Rejects with an InspectError where the file cannot be read at all, or nothing can. */
async function attempt(
  job: Job,
  plan: Plan,
): Promise<
  | {
      report: Report;
      naming: Naming;
      evidence?: EvidenceSheet | undefined;
      parts?: PartReport[] | undefined;
      store?: GivenManifestStore | undefined;
      by: ReadingProcess;
    }
  | Failure
> {
  const { stock, size, time } = job;
  const lent = await lentTo(job);
  if (lent === undefined) return usedUp(job);
  if (lent === 'not behind another') return { ...usedUp(job), unblamed: true };
  const { process, seen } = lent;
  const hash = await hashFor(job, seen).catch((error: unknown) => {
    stock.giveBack(process, size);
    throw error;
  });
  job.hash = hash;
  process.configure(stock.settingsFor(process));
  const { stepMillis, taskMillis } = time;
  const times = { leftMillis: left(job), stepMillis, taskMillis };
  let early: Promise<Weighed | undefined> | undefined;
  let store: GivenManifestStore | 'nonsense' | undefined;
  const toldParts: Promise<PartObservation | undefined>[] = [];
  // While the file is read, and not when it has been; where it cannot be loaded, whoever needs it is told.
  weighing()
    .then(([, , , { lawFor }]) => lawFor(job.request))
    .catch(() => undefined);
  const { signal } = job.request;
  const giveUp = () => void process.kill();
  if (signal?.aborted) giveUp();
  signal?.addEventListener('abort', giveUp, { once: true });
  const ending = process.attempt(taskOf(job, plan, seen), times, {
    onFirst: (waitedMillis) => postpone(job, waitedMillis),
    ...(job.takers.keep !== undefined && {
      onConcluded: (observed) => {
        early = weighed(observed, job);
        // Nobody asks for it where the process dies of what comes after.
        early.catch(() => undefined);
      },
    }),
    ...(job.takers.takeParts !== undefined && {
      onPart: (told) => void toldParts.push(weighing().then(([{ partOf }]) => partOf(told))),
    }),
    ...(job.takers.takeManifestStore !== undefined && {
      onManifestStore: (told) => {
        store = checkedStore(told) ?? 'nonsense';
      },
    }),
  });
  // To take the hash and to look at all lists takes as long as to copy a photo. What a process would say of other lists is
  // not waited for.
  let seesOthers = false;
  const endMeanwhile = meanwhile(() => {
    takeHash(hash);
    seesOthers = lent.listsLater === true && !stock.seesListsOfNow(process);
    if (seesOthers) giveUp();
  });
  const end = await ending;
  signal?.removeEventListener('abort', giveUp);
  endMeanwhile();
  if (stock.closed) throw stopped();
  if (seesOthers) {
    job.listsFirst = true;
    stock.giveBack(process, size);
    return { ...usedUp(job), unblamed: true };
  }
  if (end.end === 'report') {
    const sha256 = await digestOf(job).catch((error: unknown) => {
      stock.giveBack(process, size);
      throw error;
    });
    if (sha256 === undefined) {
      stock.giveBack(process, size);
      return usedUp(job);
    }
    const answered = async () => {
      const answer = store === 'nonsense' ? undefined : await answerOf(end.report, early, toldParts, job);
      if (answer === undefined) await process.fault();
      else if (brokeOff(answer.report, plan)) void process.fault();
      stock.giveBack(process, size);
      if (answer === undefined) return { fault: faultOf({ cause: 'bad-answer' }, 0) };
      if (mayBeBadLuck(answer.report, plan, job)) return { fault: coded('c2pa.enginePanic') };
      if (answer.kept !== undefined) job.takers.keep?.(answer.kept);
      const { naming, evidence } = answer;
      const how = stock.isolation(process.level);
      const report = readAs(answer.report, how);
      const parts = answer.partReports?.map(({ number, report: one }) => ({
        number,
        report: readAs(one, how),
      }));
      return { report, naming, evidence, parts, by: process, ...(store !== 'nonsense' && { store }) };
    };
    // The file first: the report on one that grew meanwhile is no nonsense.
    const [, outcome] = await Promise.all([assertUnchanged(job), answered()]);
    return outcome;
  }
  // Its own disk's fault is no fault of the process; but whoever cannot open what it was shown is of no more use.
  if (end.end === 'error') await (end.error.phase === 'open' ? process.kill() : process.fault());
  stock.giveBack(process, size);
  if (end.end === 'death') return end;
  if (end.error.phase === 'open') throw inspectErrorFor(end.error.code);
  return { fault: faultOf({ cause: 'exception' }, 0), suspect: end.suspect };
}

/** A reader in it failed in this very attempt, in a way that no bound explains: nobody knows what it left behind. */
export function brokeOff(
  { reads }: { reads: Partial<Report['reads']> },
  { skip, engineFaults }: Plan,
): boolean {
  return CARRIERS.some((carrier) => {
    const { status, code = '' } = reads[carrier] ?? {};
    const before =
      skip[carrier] ?? (carrier === 'c2pa' ? (engineFaults.native ?? engineFaults.wasm) : undefined);
    return before === undefined && status === 'failed' && BREAKS.test(code);
  });
}

/**
 * An engine that broke for no reason it could name. That may come of a file before this one, or of a moment when the machine
 * gave it nothing; a process that has read nothing yet is asked once more, while most of the time is left.
 */
const mayBeBadLuck = ({ reads }: Report, { unexplained }: Plan, job: Job): boolean =>
  unexplained === 0 &&
  reads.c2pa.status === 'failed' &&
  reads.c2pa.code === 'c2pa.enginePanic' &&
  left(job) > job.time.attemptsMillis / 2;

/** What was not foreseen: an exception, memory that was refused, a panic. */
const BREAKS = /^(reader\.|c2pa\.enginePanic$)/;

/** What a process observed of a file, and the Report that it comes to. */
interface Weighed {
  observed: Observation;
  report: Report;
}

/** Undefined where it is no Observation of this file. */
async function weighed(said: unknown, job: Job): Promise<Weighed | undefined> {
  const [{ observationOf }, { named }, { withFindings }, { lawFor }] = await weighing();
  const { request, bytes } = job;
  const sha256 = await digestOf(job);
  if (sha256 === undefined) return undefined;
  const observed = observationOf(said, { request, bytes, sha256 });
  if (observed === undefined) return undefined;
  return { observed, report: withFindings(named(observed, job.request), lawFor(request)) };
}

type Answer = BesideReport & { report: Report; naming: Naming; partReports?: PartReport[] };

/** Of what came last, and of what was concluded before, if anything was; undefined where either is nonsense. */
async function answerOf(
  last: unknown,
  early: Promise<Weighed | undefined> | undefined,
  told: readonly Promise<PartObservation | undefined>[],
  job: Job,
): Promise<Answer | undefined> {
  const first = await (early ?? weighed(last, job));
  if (first === undefined) return undefined;
  const { observed, report } = first;
  const [{ besideOf, arePartsOf }, { namedSheet }, { withFindings }, { lawFor }] = await weighing();
  const beside = early === undefined ? observed : besideOf(last, observed);
  if (beside === undefined) return undefined;
  const { evidence, kept } = beside;
  const { unknowable, fittingHints } = observed;
  const parts = (await Promise.all(told)).filter((part) => part !== undefined);
  if (parts.length < told.length || parts.length > limits.partsLookedInto) return undefined;
  if (!arePartsOf(parts, observed)) return undefined;
  return {
    report,
    ...(job.takers.takeParts && {
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

async function lentTo(job: Job): Promise<Lent | 'not behind another' | undefined> {
  const { position, stock, size } = job;
  const { party = ONE_PARTY } = job.request;
  const wish = { stock, size, files: filesOf(job.request), state: job.state, bounds: job.bounds, party };
  const alone = job.suspect || job.request.alone;
  const behind = size === 'small' ? position.behind : undefined;
  if (behind !== undefined) {
    const lent = await lendNext(behind, { files: wish.files, left: () => left(job) });
    if (lent === undefined) {
      leave(position, stock);
      return 'not behind another';
    }
    position.behind = undefined;
    return lent;
  }
  leave(position, stock);
  const asked = performance.now();
  await position.ticket.take({ first: true, party });
  postpone(job, performance.now() - asked);
  const lent = await lend({
    ...wish,
    alone,
    listsLater: !job.listsFirst,
    left: () => left(job),
    postpone: (millis) => postpone(job, millis),
  });
  if (lent !== undefined && size === 'small' && position.letsNextWait)
    stock.offerToNext(lent.process, position.ticket);
  return lent;
}

/** What a file waits for others is none of its own time. */
function postpone(job: Job, millis: number): void {
  job.begun += millis;
  job.attemptsEnd += millis;
}

const weighing = onceAsked(() =>
  Promise.all([
    import('./observation-check.js'),
    import('../core/analysis/named.js'),
    import('../core/law/with-findings.js'),
    import('../core/law/asked-law.js'),
  ]),
);

const left = (job: Job) => job.attemptsEnd - performance.now();

const usedUp = ({ time }: Job): Failure => ({
  fault: faultOf({ cause: 'budget', millis: time.taskMillis }, 0),
});

async function assertUnchanged({ request, state }: Job): Promise<void> {
  if (!sameState(state, await fileState(request.path))) throw new InspectError('changed-while-reading');
}

async function assertBeside({ sidecarPath, initPath }: InspectRequest): Promise<void> {
  if (sidecarPath !== undefined) await besideState('error.sidecar', sidecarPath);
  if (initPath === undefined) return;
  const init = await besideState('error.init', initPath);
  // It is copied for the process that reads, whatever it is.
  const most = limits.initSegmentBytes;
  if (init.size > BigInt(most))
    throw new InspectError(
      'not-readable',
      said('error.init', { why: said('fault.bound.initSegment', { most }) }),
    );
}

/** A task's number only has to differ from those the same process had before. What the file is called is none of its business. */
let lastTask = 0;

/** So many numbers, one after another; the first of them. */
export function taskNumbers(many: number): number {
  lastTask += many;
  return lastTask - many + 1;
}

function taskOf(
  { request, takers: { takeEvidence, takeManifestStore, takeParts, keep } }: Job,
  { skip, engineFaults, insideFault }: Plan,
  { path, sidecarPath, initPath }: Files,
): Task {
  const number = taskNumbers(1);
  const given = {
    ...(sidecarPath === undefined ? {} : { sidecarPath }),
    ...(initPath === undefined ? {} : { initPath }),
  };
  const {
    name: _,
    declaredMediaType: __,
    servedBy: ___,
    rulebooks: ____,
    roles: _____,
    hash: ______,
    party: _______,
    alone: ________,
    signal: _________,
    ...read
  } = request;
  const evidence = takeEvidence === undefined ? {} : { evidence: true as const };
  const kept = keep === undefined ? {} : { keep: true };
  const parts = {
    ...(takeParts === undefined ? {} : { partReports: true as const }),
    ...(insideFault === undefined ? {} : { insideFault }),
  };
  const store = takeManifestStore === undefined ? {} : { manifestStore: true as const };
  const steps = diagnostics.stepEnded.isListenedTo ? { steps: true as const } : {};
  const beside = { ...evidence, ...kept, ...store, ...parts, ...steps };
  return { task: number, ...read, path, ...given, ...beside, skip, engineFaults };
}

function filesOf({ path, sidecarPath, initPath }: InspectRequest): Files {
  return {
    path,
    ...(sidecarPath === undefined ? {} : { sidecarPath: resolve(sidecarPath) }),
    ...(initPath === undefined ? {} : { initPath: resolve(initPath) }),
  };
}

/** Said by the parent: the process has read hostile bytes. */
export function readAs(report: Report, how: Isolation): Report {
  const { isolation: _, isolationBecause: __, ...tool } = report.tool;
  return { ...report, tool: { ...tool, ...how } };
}
