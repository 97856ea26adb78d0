import { idsAsked } from '../core/law/asked-law.js';
import type { LikenessKind } from '../core/likeness/likeness.js';
import { statAt } from '../core/media/reach.js';
import type { Report } from '../core/report/report.js';
import type { CrJsonMaker } from '../isolation/cr-json.js';
import { diagnostics } from '../isolation/diagnostics.js';
import { InspectError } from '../isolation/inspect-error.js';
import type { Inspector, InspectRequest } from '../isolation/inspector.js';
import { isolationLimits, timeBudget } from '../isolation/isolation-limits.js';
import type { PictureMaker } from '../isolation/pictures.js';
import { type Lease, LeasedLoop } from '../lease/loop.js';
import { type Said, said } from '../say/said.js';
import type { Derivative, InspectionRecord } from '../store/inspections.js';
import type { KyselyFingerprints } from '../store/kysely-fingerprints.js';
import type { KyselyInspections } from '../store/kysely-inspections.js';
import type { JobQueue, LeasedJob } from '../store/queue.js';
import { StoreFault } from '../store/store-fault.js';
import { inSpan } from '../tracing/spans.js';
import { albumOf } from './album.js';
import type { AllowedPaths } from './allowed-paths.js';
import { Alone } from './alone.js';
import { crJsonDerivatives, mayHaveCrJson } from './cr-json.js';
import { EqualFiles } from './equal-files.js';
import type { JobFiles } from './job-files.js';
import { keptAnswer } from './kept-answer.js';
import {
  type ExpiryOf,
  fingerprintsOf,
  givenLikeness,
  hasLikeness,
  isOfOneDecode,
  likenessKind,
  makeBoth,
  makeLikeness,
} from './likenesses.js';
import { cachedAnswer, type OwnAnswer } from './naming.js';
import { makePictures, mayHavePictures } from './pictures.js';
import { resultOf } from './result.js';
import { requestOf, runInspection } from './run.js';
import { failureOf, GIVEN_UP, isGivenUp, isSuspect, pauseAfterDeath, pauseAfterFault } from './tries.js';
import { LAW_AWAY, type Versions } from './versions.js';

export interface WorkerParts {
  inspections: KyselyInspections;
  queue: JobQueue;
  inspector: Inspector;
  files: JobFiles;
  /** Of the operator's own, whose files batches may name. */
  allowedPaths: Pick<AllowedPaths, 'find'>;
  versions: Versions;
  /** Inspections at the same time. */
  jobs: number;
  leaseMillis: number;
  /** Left out: no pictures are made. */
  pictures?: Pick<PictureMaker, 'make' | 'waiting'>;
  /** Left out: nothing is kept of what files look and sound like. */
  likenesses?: Pick<PictureMaker, 'make' | 'likeness' | 'waiting'>;
  fingerprints?: Pick<KyselyFingerprints, 'put' | 'idsOf' | 'holders' | 'give'>;
  /** Left out: they are kept as long as their reports. */
  fingerprintExpiryOf?: ExpiryOf;
  /** The same for crJSON. */
  crJson?: CrJsonMaker;
  /** Uploads stay after their result; the collector takes them later. */
  keepUploads: boolean;
  /** Those of inspections that failed stay so long, to be tried again; 0: they go. */
  keepFailedMillis: number;
  /** What went wrong here; the job goes back to the queue. */
  onError?(error: unknown): void;
}

/** How often an empty queue is asked: another process may have filled it. */
const IDLE_MILLIS = 500;
/** Past the time that any file may take, a lease is no longer prolonged: whoever holds it hangs. */
const LEASE_GRACE_MILLIS = 60_000;
const RETRY_MILLIS = 1_000;
/** A worker at which one job after another fails by a fault of ours leaves them to others for so long at most. */
const LONGEST_REST_MILLIS = 5_000;
/** A pause where the database is away or full. */
const AWAY_MILLIS = 5_000;

type Ending =
  /** There is nothing more to do; `finished`: by a result of ours. */
  | { is: 'done'; record: InspectionRecord | undefined; finished: boolean }
  | { is: 'failed'; record: InspectionRecord; code: string; said: Said }
  /** `tries`: how the one that was begun here counts. Left out: none was, and that another died of it stays to be counted. */
  | { is: 'again'; afterMillis: number; tries?: 'counted' | 'uncounted' };

/** What is kept beside a result, and what is made once it is there. */
interface Made {
  derivatives: Derivative[];
  later?:
    | {
        request: InspectRequest;
        kind: LikenessKind;
        maker: NonNullable<WorkerParts['likenesses']>;
        /** The inspection of the same bytes whose answer it has. */
        from: string | undefined;
      }
    | undefined;
}

/** Works through the queue. The same in `assay serve` and `assay worker`. */
export class Worker extends LeasedLoop<LeasedJob, Ending> {
  readonly #parts: WorkerParts;
  readonly #equal = new EqualFiles();
  readonly #alone = new Alone<LeasedJob>(this);
  /** By inspection: its likeness is being made after its result. */
  readonly #comparing = new Map<string, Promise<void>>();
  #faultsInRow = 0;
  #restsUntil = 0;

  constructor(parts: WorkerParts) {
    super({ places: parts.jobs, leaseMillis: parts.leaseMillis, idleMillis: IDLE_MILLIS });
    this.#parts = parts;
  }

  protected async claim(): Promise<LeasedJob[]> {
    if (this.#alone.isTaken || performance.now() < this.#restsUntil) return [];
    // Whoever cannot have the law that the others have leaves the work to them. What follows it has told why.
    if (!(await this.#hasLaw())) return [];
    const job = await this.#parts.queue.take(this.#parts.leaseMillis);
    return job === undefined ? [] : [job];
  }

  async #hasLaw(): Promise<boolean> {
    try {
      await this.#parts.versions.followLaw();
      return true;
    } catch (error) {
      if (isLawAway(error)) return false;
      throw error;
    }
  }

  protected override extend(job: LeasedJob): Promise<boolean> {
    return this.#parts.queue.extend(job, this.#parts.leaseMillis);
  }

  protected override left(): Ending {
    return { is: 'again', afterMillis: 0, tries: 'uncounted' };
  }

  protected tell(error: unknown): void {
    this.#parts.onError?.(error);
  }

  protected async perform(job: LeasedJob, lease: Lease): Promise<Ending> {
    // A suspect came in between.
    if (this.#alone.isTaken) return { is: 'again', afterMillis: 0 };
    let record: InspectionRecord | undefined;
    try {
      const begun = await this.#begin(job, lease);
      if ('is' in begun) return begun;
      record = begun;
      const attributes = { 'assay.inspection': job.id, 'assay.attempt': begun.attempts };
      return await inSpan('job', attributes, () => this.#inspect(job, begun, lease));
    } catch (error) {
      if (!lease.lost.aborted) this.tell(error);
      return this.#endingBy(error, record);
    } finally {
      this.#alone.leave(job);
    }
  }

  /**
   * As it stands where it runs now, else what comes of it. One that was there at the end of several workers waits until
   * nothing else runs here, so that whoever it takes along is itself alone.
   */
  async #begin(job: LeasedJob, lease: Lease): Promise<InspectionRecord | Ending> {
    for (;;) {
      let pauseMillis = 0;
      const record = await this.#parts.inspections.start(job.tenant, job.id, now(), (tries) => {
        const { interrupted, died } = tries;
        pauseMillis = died ? pauseAfterDeath(interrupted) : 0;
        if (isGivenUp(interrupted) || pauseMillis > 0) return false;
        return !isSuspect(interrupted) || (this.#alone.take(job) && this.#alone.has(job));
      });
      if (record?.status === 'running') return record;
      if (record?.status !== 'queued') return { is: 'done', record, finished: false };
      if (isGivenUp(record.interrupted ?? 0)) return { is: 'failed', record, ...GIVEN_UP };
      if (pauseMillis > 0) return { is: 'again', afterMillis: pauseMillis };
      if (!(await this.#alone.reached(job, lease))) return { is: 'again', afterMillis: RETRY_MILLIS };
    }
  }

  /** By a fault of ours, which is not the file's doing: it is tried again, here or elsewhere, and not for ever. */
  #endingBy(error: unknown, record: InspectionRecord | undefined): Ending {
    if (record === undefined) return { is: 'again', afterMillis: AWAY_MILLIS };
    // A database that is away or full says nothing of the file: no try is counted, however long that lasts.
    if (error instanceof StoreFault || isLawAway(error))
      return { is: 'again', afterMillis: AWAY_MILLIS, tries: 'uncounted' };
    if (this.stopping.aborted) return { is: 'again', afterMillis: RETRY_MILLIS, tries: 'uncounted' };
    this.#restsUntil =
      performance.now() + Math.min(RETRY_MILLIS * 2 ** this.#faultsInRow, LONGEST_REST_MILLIS);
    this.#faultsInRow += 1;
    const afterMillis = pauseAfterFault(record.faults ?? 0);
    if (afterMillis === undefined) return { is: 'failed', record, ...failureOf(error) };
    return { is: 'again', afterMillis, tries: 'counted' };
  }

  protected async settle(job: LeasedJob, ending: Ending): Promise<void> {
    const { inspections, queue } = this.#parts;
    if (ending.is === 'again') {
      if (ending.tries !== undefined) await inspections.requeue(job.tenant, job.id, ending.tries);
      await queue.release(job, ending.afterMillis);
      return;
    }
    const finished = ending.is === 'done' && ending.finished;
    if (finished) this.#faultsInRow = 0;
    if (ending.is === 'done') await queue.complete(job);
    // Another has it by now: what it comes to there counts.
    else if (!(await this.extend(job))) return;
    else await this.#fail(job, ending);
    await this.#letGo(job, ending.record, finished).catch((error: unknown) => this.tell(error));
  }

  /** The upload stays for a while, so that whoever sent it need not send it again. */
  async #fail(
    { tenant, id }: LeasedJob,
    { record: { request }, code, said: why }: Ending & { is: 'failed' },
  ): Promise<void> {
    const { inspections, keepFailedMillis } = this.#parts;
    const keeps = keepFailedMillis > 0 && request.path === undefined;
    const uploadKeptUntil = new Date(Date.now() + keepFailedMillis).toISOString();
    await inspections.fail(tenant, id, { code, said: why, ...(keeps ? { uploadKeptUntil } : {}) }, now());
    diagnostics.inspectionFailed.publish({ code });
  }

  /** Its upload, where nobody needs it any more; else the collector takes it. */
  async #letGo({ id }: LeasedJob, record: InspectionRecord | undefined, finished: boolean): Promise<void> {
    const { inspections, files, keepUploads } = this.#parts;
    if (keepUploads && record !== undefined) return;
    // Ended by another, or failed: it may be kept to be tried again.
    if (!finished && (await inspections.needingUpload([id], now())).has(id)) return;
    await files.removeOf(id);
  }

  async #inspect(job: LeasedJob, record: InspectionRecord, lease: Lease): Promise<Ending> {
    const { inspections, inspector, files, versions, allowedPaths } = this.#parts;
    const { tenant, id } = job;
    const request = await requestOf(job, record.request, files, allowedPaths);
    if (request === undefined) {
      return { is: 'failed', record, code: 'path-not-allowed', said: said('error.path-not-allowed') };
    }
    const done = (finished: boolean): Ending => ({ is: 'done', record, finished });
    const taskMillis = await taskMillisOf(request);
    // Its hash may take as long again, and so may an equal one that it waits for; where something is revealed it is read twice.
    lease.keep((request.reveal === undefined ? 3 : 5) * taskMillis + LEASE_GRACE_MILLIS);
    let ended = () => {};
    // Once: another may be read under the same key by then.
    const letOthers = () => {
      ended();
      ended = () => {};
    };
    try {
      const decided = await versions.now(idsAsked(record.request));
      const kept = await keptAnswer(record, request, decided, this.#parts, taskMillis);
      const { hash, same } = kept;
      let { known } = kept;
      if (known === undefined && same !== undefined) ({ known, ended } = await this.#equal.turn(same));
      if (known !== undefined) {
        const answered = await this.#answerAsBefore(job, request, known);
        if (answered !== undefined) {
          letOthers();
          await this.#keepLikeness(job, answered.later);
          return done(true);
        }
      }
      const outcome = await runInspection(hash === undefined ? request : { ...request, hash }, { inspector });
      if ('report' in outcome) {
        const before =
          record.supersedes === undefined ? undefined : await inspections.get(tenant, record.supersedes);
        const { report } = outcome;
        const made = await this.#derivatives(job, request, report);
        const derivatives = [...outcome.derivatives, ...made.derivatives];
        const result = await resultOf({ record, before, report, versions: decided, files, derivatives });
        const finished = await inspections.finish(tenant, id, result);
        letOthers();
        if (finished) await this.#keepLikeness(job, made.later);
        return done(finished);
      }
      const { code, said: why } = outcome.error;
      // No process could be started, or what lies in a folder of ours cannot be read: that says nothing of the file.
      if (code === 'internal' || record.request.path === undefined) throw new InspectError(code, why);
      return { is: 'failed', record, code, said: why };
    } finally {
      letOthers();
    }
  }

  /** Undefined where that answer is gone meanwhile. What it has not got yet is made of the file that is here. */
  async #answerAsBefore(
    { tenant, id }: LeasedJob,
    request: InspectRequest,
    known: OwnAnswer,
  ): Promise<Pick<Made, 'later'> | undefined> {
    const { inspections } = this.#parts;
    const { from, report } = known;
    const [pictures, crJson] = await Promise.all([
      inspections.getDerivative(tenant, from, 'pictures'),
      inspections.getDerivative(tenant, from, 'crjson'),
    ]);
    const has = { pictures: pictures !== undefined, crJson: crJson !== undefined };
    const made = await this.#derivatives({ tenant, id }, request, report, has, from);
    const { later, derivatives } = made;
    const finished = await inspections.finishCached(tenant, id, cachedAnswer(known, now(), derivatives));
    return finished ? { later } : undefined;
  }

  /** Before the result, so that the upload can go with it. What a picture looks like, which comes of the same decode, is kept here, too. */
  async #derivatives(
    of: Pick<LeasedJob, 'tenant' | 'id'>,
    request: InspectRequest,
    report: Report,
    has = { pictures: false, crJson: false },
    from?: string,
  ): Promise<Made> {
    const { crJson } = this.#parts;
    // Nobody waits at the door, and a job waits no longer than its lease.
    const [album, crJsons] = await Promise.all([
      this.#album(of, request, report, has.pictures, from),
      crJson !== undefined && !has.crJson && mayHaveCrJson(report) ? this.#crJson(request, crJson) : [],
    ]);
    return { derivatives: [...album.derivatives, ...crJsons], later: album.later };
  }

  /**
   * After the result: of a video it takes many times as long. Where this process ends meanwhile, the file goes without, and
   * whoever asks is told so. A fault of it is none of the result’s.
   */
  async #keepLikeness({ tenant, id }: Pick<LeasedJob, 'tenant' | 'id'>, later: Made['later']): Promise<void> {
    if (later === undefined) return;
    const made = this.#compared(later.from, id, async () => {
      const { fingerprints, fingerprintExpiryOf = () => ({}) } = this.#parts;
      const { from, request, kind, maker } = later;
      // One with the same bytes may be at it, or have done it by now.
      if (from !== undefined && fingerprints !== undefined) {
        if (await givenLikeness(fingerprints, tenant, from, id)) return;
      }
      const likenesses = await makeLikeness(request, kind, maker);
      await fingerprints?.put(fingerprintsOf({ tenant, id }, likenesses, now(), fingerprintExpiryOf));
    });
    await made.catch((error: unknown) => {
      if (!this.stopping.aborted) this.tell(error);
    });
  }

  /** Behind what is made here of the inspection of the same bytes. */
  async #compared(from: string | undefined, id: string, make: () => Promise<void>): Promise<void> {
    const before = from === undefined ? undefined : this.#comparing.get(from);
    const making = (before ?? Promise.resolve()).catch(() => undefined).then(make);
    this.#comparing.set(id, making);
    try {
      await making;
    } finally {
      this.#comparing.delete(id);
    }
  }

  async #album(
    of: Pick<LeasedJob, 'tenant' | 'id'>,
    request: InspectRequest,
    report: Report,
    hasPictures: boolean,
    from: string | undefined,
  ): Promise<Made> {
    const { pictures, likenesses: maker, fingerprints, fingerprintExpiryOf = () => ({}) } = this.#parts;
    const wantsPictures = pictures !== undefined && !hasPictures && mayHavePictures(report);
    const kind = maker === undefined ? undefined : likenessKind(report);
    if (
      kind === undefined ||
      maker === undefined ||
      fingerprints === undefined ||
      (await hasLikeness(fingerprints, of.tenant, of.id)) ||
      (from !== undefined && (await givenLikeness(fingerprints, of.tenant, from, of.id)))
    )
      return { derivatives: wantsPictures ? albumOf(report, await makePictures(request, pictures)) : [] };
    if (!isOfOneDecode(kind)) {
      const derivatives = wantsPictures ? albumOf(report, await makePictures(request, pictures)) : [];
      return { derivatives, later: { request, kind, maker, from } };
    }
    const made = wantsPictures
      ? await makeBoth(request, kind, maker)
      : { pictures: undefined, likenesses: await makeLikeness(request, kind, maker) };
    // Its inspection is there; where it is tried again, the next one takes this one's place.
    await fingerprints.put(fingerprintsOf(of, made.likenesses, now(), fingerprintExpiryOf));
    return { derivatives: made.pictures === undefined ? [] : albumOf(report, made.pictures) };
  }

  /** Before those that follow an answer: a lease runs. A report is worth more than its crJSON. */
  async #crJson(request: InspectRequest, maker: CrJsonMaker): Promise<Derivative[]> {
    try {
      return await crJsonDerivatives(request, maker, { soon: true });
    } catch (error) {
      if (this.stopping.aborted) throw error;
      this.tell(error);
      return [];
    }
  }
}

async function taskMillisOf({ path }: InspectRequest): Promise<number> {
  const bytes = await statAt(path).then(
    ({ size }) => size,
    () => 0,
  );
  return timeBudget(bytes, isolationLimits).taskMillis;
}

const isLawAway = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === LAW_AWAY;

const now = (): string => new Date().toISOString();
