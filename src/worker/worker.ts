import { type Lease, LeasedLoop } from '../base/lease/loop.js';
import { selectedRulebookIds } from '../core/law/law-selection.js';
import { statAt } from '../core/media/plain-path.js';
import type { StoredReport } from '../core/report/report.js';
import { type Message, message } from '../i18n/message.js';
import type { CrJsonMaker } from '../inspect/makers/cr-json.js';
import type { PictureMaker } from '../inspect/makers/pictures.js';
import type { Inspector, InspectRequest } from '../inspect/pool/inspector.js';
import { diagnostics } from '../inspect/protocol/diagnostics.js';
import { InspectError } from '../inspect/protocol/inspect-error.js';
import { computeTimeBudget, isolationLimits } from '../inspect/protocol/isolation-limits.js';
import type { FingerprintKind } from '../matching/fingerprint.js';
import type { AllowedPaths } from '../service/inspections/allowed-paths.js';
import { canHaveCrJson, makeCrJsonDerivatives } from '../service/inspections/cr-json.js';
import { EqualFileOrder } from '../service/inspections/equal-files.js';
import { ExclusiveSlot } from '../service/inspections/exclusive.js';
import {
  copyExistingFingerprints,
  type FingerprintExpiry,
  fingerprintKindOf,
  hasFingerprints,
  makeFingerprints,
  makePicturesAndFingerprints,
  sharesDecode,
  toNewFingerprints,
} from '../service/inspections/fingerprints.js';
import { type ReusedAnswer, toCachedAnswer } from '../service/inspections/naming.js';
import { canHavePictures, makePictures } from '../service/inspections/pictures.js';
import { buildResult } from '../service/inspections/result.js';
import { buildRequest, runInspection } from '../service/inspections/run.js';
import { findStoredAnswer } from '../service/inspections/stored-answer.js';
import { toThumbnails } from '../service/inspections/thumbnails.js';
import type { JobUploads } from '../service/inspections/upload-files.js';
import { type AnswerInputs, LAW_AWAY } from '../service/inspections/versions.js';
import { runInSpan } from '../service/ops/spans.js';
import { StoreFault } from '../storage/engine/storage-fault.js';
import type { FingerprintRepository } from '../storage/fingerprints/kysely-fingerprints.js';
import type { Derivative, InspectionRecord } from '../storage/inspections/inspections.js';
import type { InspectionRepository } from '../storage/inspections/kysely-inspections.js';
import type { JobQueue, LeasedJob } from '../storage/queue/job-queue.js';
import {
  GIVEN_UP,
  internalFailure,
  isGivenUp,
  isSuspect,
  pauseAfterDeath,
  pauseAfterFault,
} from './retries.js';

export interface WorkerParts {
  inspections: InspectionRepository;
  queue: JobQueue;
  inspector: Inspector;
  files: JobUploads;
  /** Folders of the operator in which batches may name files. */
  allowedPaths: Pick<AllowedPaths, 'find'>;
  versions: AnswerInputs;
  /** Number of concurrent inspections. */
  jobs: number;
  leaseMillis: number;
  /** If absent, no pictures are made. */
  pictureMaker?: Pick<PictureMaker, 'make' | 'waiting'>;
  /** If absent, no fingerprints are stored. */
  fingerprintMaker?: Pick<PictureMaker, 'make' | 'fingerprint' | 'waiting'>;
  fingerprints?: Pick<FingerprintRepository, 'put' | 'listIds' | 'findOwners' | 'copy'>;
  /** If absent, fingerprints are stored as long as their reports. */
  fingerprintExpiryOf?: FingerprintExpiry;
  /** If absent, no crJSON is made. */
  crJsonMaker?: CrJsonMaker;
  /** Retains uploads after their result; the collector deletes them later. */
  keepUploads: boolean;
  /** Time for which uploads of failed inspections are stored for a retry; 0: not at all. */
  keepFailedMillis: number;
  /** Called for errors; the job is queued again. */
  onError?(error: unknown): void;
}

/** Polling interval of an empty queue, which another process may have filled. */
const IDLE_MILLIS = 500;
/** Beyond the maximum time of a file plus this, a lease is not extended, because its holder hangs. */
const LEASE_GRACE_MILLIS = 60_000;
const RETRY_MILLIS = 1_000;
/** Maximum pause of a worker at which consecutive jobs fail by internal errors; other workers take the jobs. */
const MAX_REST_MILLIS = 5_000;
/** Pause while the database is unavailable or full. */
const AWAY_MILLIS = 5_000;

type Ending =
  /** No work remains; `finished`: this worker stored the result. */
  | { is: 'done'; record: InspectionRecord | undefined; finished: boolean }
  | { is: 'failed'; record: InspectionRecord; code: string; userMessage: Message }
  /**
   * `tries`: how the attempt begun here counts. Absent if none was begun; the death of an earlier one is then still to
   * be counted.
   */
  | { is: 'again'; afterMillis: number; tries?: 'counted' | 'uncounted' };

/** Derivatives stored with a result, and work to do after it. */
interface MadeDerivatives {
  derivatives: Derivative[];
  later?:
    | {
        request: InspectRequest;
        kind: FingerprintKind;
        maker: NonNullable<WorkerParts['fingerprintMaker']>;
        /** Inspection of the same bytes whose answer was reused. */
        from: string | undefined;
      }
    | undefined;
}

/** Processes the queue, in `assay serve` and in `assay worker`. */
export class Worker extends LeasedLoop<LeasedJob, Ending> {
  readonly #parts: WorkerParts;
  readonly #equal = new EqualFileOrder();
  readonly #alone = new ExclusiveSlot<LeasedJob>(this);
  /** Fingerprinting in progress after the result, by inspection. */
  readonly #comparing = new Map<string, Promise<void>>();
  #faultsInRow = 0;
  #restsUntil = 0;

  constructor(parts: WorkerParts) {
    super({ slots: parts.jobs, leaseMillis: parts.leaseMillis, idleMillis: IDLE_MILLIS });
    this.#parts = parts;
  }

  protected async claim(): Promise<LeasedJob[]> {
    if (this.#alone.isTaken || performance.now() < this.#restsUntil) return [];
    // A worker that cannot load the law of the others leaves the work to them. The code that follows the law has
    // reported the error.
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

  protected override renewLease(job: LeasedJob): Promise<boolean> {
    return this.#parts.queue.extend(job, this.#parts.leaseMillis);
  }

  protected override abandonedEnding(): Ending {
    return { is: 'again', afterMillis: 0, tries: 'uncounted' };
  }

  protected reportError(error: unknown): void {
    this.#parts.onError?.(error);
  }

  protected async perform(job: LeasedJob, lease: Lease): Promise<Ending> {
    // A suspect was started in between.
    if (this.#alone.isTaken) return { is: 'again', afterMillis: 0 };
    let record: InspectionRecord | undefined;
    try {
      const begun = await this.#begin(job, lease);
      if ('is' in begun) return begun;
      record = begun;
      const attributes = { 'assay.inspection': job.id, 'assay.attempt': begun.attempts };
      return await runInSpan('job', attributes, () => this.#inspect(job, begun, lease));
    } catch (error) {
      if (!lease.lost.aborted) this.reportError(error);
      return this.#endingBy(error, record);
    } finally {
      this.#alone.leave(job);
    }
  }

  /**
   * Starts the inspection and returns its running record, or the ending of the job. A job present at several deaths of
   * workers waits until nothing else runs here, so that it affects no other job.
   */
  async #begin(job: LeasedJob, lease: Lease): Promise<InspectionRecord | Ending> {
    for (;;) {
      let pauseMillis = 0;
      const record = await this.#parts.inspections.start(job.tenant, job.id, now(), (tries) => {
        const { interrupted, died } = tries;
        pauseMillis = died ? pauseAfterDeath(interrupted) : 0;
        if (isGivenUp(interrupted) || pauseMillis > 0) return false;
        return !isSuspect(interrupted) || (this.#alone.take(job) && this.#alone.isRunningAlone(job));
      });
      if (record?.status === 'running') return record;
      if (record?.status !== 'queued') return { is: 'done', record, finished: false };
      if (isGivenUp(record.interrupted ?? 0)) return { is: 'failed', record, ...GIVEN_UP };
      if (pauseMillis > 0) return { is: 'again', afterMillis: pauseMillis };
      if (!(await this.#alone.waitUntilAlone(job, lease))) return { is: 'again', afterMillis: RETRY_MILLIS };
    }
  }

  /**
   * Returns the ending after an internal error, which is not caused by the file: it is retried here or elsewhere, up to
   * a limit.
   */
  #endingBy(error: unknown, record: InspectionRecord | undefined): Ending {
    if (record === undefined) return { is: 'again', afterMillis: AWAY_MILLIS };
    // An unavailable or full database says nothing about the file, so no attempt is counted, however long it lasts.
    if (error instanceof StoreFault || isLawAway(error))
      return { is: 'again', afterMillis: AWAY_MILLIS, tries: 'uncounted' };
    if (this.stopSignal.aborted) return { is: 'again', afterMillis: RETRY_MILLIS, tries: 'uncounted' };
    this.#restsUntil = performance.now() + Math.min(RETRY_MILLIS * 2 ** this.#faultsInRow, MAX_REST_MILLIS);
    this.#faultsInRow += 1;
    const afterMillis = pauseAfterFault(record.faults ?? 0);
    if (afterMillis === undefined) return { is: 'failed', record, ...internalFailure(error) };
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
    // Another worker has the job now, and its result counts.
    else if (!(await this.renewLease(job))) return;
    else await this.#fail(job, ending);
    await this.#letGo(job, ending.record, finished).catch((error: unknown) => this.reportError(error));
  }

  /** Retains the upload for a while, so that it need not be sent again for a retry. */
  async #fail(
    { tenant, id }: LeasedJob,
    { record: { request }, code, userMessage: why }: Ending & { is: 'failed' },
  ): Promise<void> {
    const { inspections, keepFailedMillis } = this.#parts;
    const keeps = keepFailedMillis > 0 && request.path === undefined;
    const uploadKeptUntil = new Date(Date.now() + keepFailedMillis).toISOString();
    await inspections.fail(tenant, id, { code, message: why, ...(keeps ? { uploadKeptUntil } : {}) }, now());
    diagnostics.inspectionFailed.publish({ code });
  }

  /** Deletes the upload if nobody needs it any more; otherwise the collector does later. */
  async #letGo({ id }: LeasedJob, record: InspectionRecord | undefined, finished: boolean): Promise<void> {
    const { inspections, files, keepUploads } = this.#parts;
    if (keepUploads && record !== undefined) return;
    // Ended by another worker, or failed: the upload may be stored for a retry.
    if (!finished && (await inspections.needingUpload([id], now())).has(id)) return;
    await files.removeOf(id);
  }

  async #inspect(job: LeasedJob, record: InspectionRecord, lease: Lease): Promise<Ending> {
    const { inspections, inspector, files, versions, allowedPaths } = this.#parts;
    const { tenant, id } = job;
    const request = await buildRequest(job, record.request, files, allowedPaths);
    if (request === undefined) {
      return {
        is: 'failed',
        record,
        code: 'path-not-allowed',
        userMessage: message('error.path-not-allowed'),
      };
    }
    const done = (finished: boolean): Ending => ({ is: 'done', record, finished });
    const taskMillis = await taskMillisOf(request);
    // Hashing may take as long again, and so may waiting for an equal file; with revealed data the file is read twice.
    lease.extend((request.reveal === undefined ? 3 : 5) * taskMillis + LEASE_GRACE_MILLIS);
    let ended = () => {};
    // Only once: another file may be read under the same key by then.
    const letOthers = () => {
      ended();
      ended = () => {};
    };
    try {
      const decided = await versions.now(selectedRulebookIds(record.request));
      const kept = await findStoredAnswer(record, request, decided, this.#parts, taskMillis);
      const { hash, same } = kept;
      let { known } = kept;
      if (known === undefined && same !== undefined)
        ({ known, ended } = await this.#equal.waitForDuplicate(same));
      if (known !== undefined) {
        const answered = await this.#answerAsBefore(job, request, known);
        if (answered !== undefined) {
          letOthers();
          await this.#keepFingerprint(job, answered.later);
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
        const result = await buildResult({ record, before, report, versions: decided, files, derivatives });
        const finished = await inspections.finish(tenant, id, result);
        letOthers();
        if (finished) await this.#keepFingerprint(job, made.later);
        return done(finished);
      }
      const { code, userMessage: why } = outcome.error;
      // No process could be started, or a file of the service cannot be read, which says nothing about the file.
      if (code === 'internal' || record.request.path === undefined) throw new InspectError(code, why);
      return { is: 'failed', record, code, userMessage: why };
    } finally {
      letOthers();
    }
  }

  /**
   * Reuses another's answer and makes derivatives that it lacks from this file. Returns `undefined` if the answer was
   * deleted meanwhile.
   */
  async #answerAsBefore(
    { tenant, id }: LeasedJob,
    request: InspectRequest,
    known: ReusedAnswer,
  ): Promise<Pick<MadeDerivatives, 'later'> | undefined> {
    const { inspections } = this.#parts;
    const { from, report } = known;
    const [pictures, crJson] = await Promise.all([
      inspections.getDerivative(tenant, from, 'pictures'),
      inspections.getDerivative(tenant, from, 'crjson'),
    ]);
    const has = { pictures: pictures !== undefined, crJson: crJson !== undefined };
    const made = await this.#derivatives({ tenant, id }, request, report, has, from);
    const { later, derivatives } = made;
    const finished = await inspections.finishCached(tenant, id, toCachedAnswer(known, now(), derivatives));
    return finished ? { later } : undefined;
  }

  /**
   * Made before the result, so that the upload can be deleted with it. A picture's fingerprint comes from the same
   * decode and is stored here too.
   */
  async #derivatives(
    of: Pick<LeasedJob, 'tenant' | 'id'>,
    request: InspectRequest,
    report: StoredReport,
    has = { pictures: false, crJson: false },
    from?: string,
  ): Promise<MadeDerivatives> {
    const { crJsonMaker: crJson } = this.#parts;
    // No client waits, and a job waits no longer than its lease.
    const [album, crJsons] = await Promise.all([
      this.#album(of, request, report, has.pictures, from),
      crJson !== undefined && !has.crJson && canHaveCrJson(report) ? this.#crJson(request, crJson) : [],
    ]);
    return { derivatives: [...album.derivatives, ...crJsons], later: album.later };
  }

  /**
   * Makes fingerprints after the result, because a video's take many times as long. If this process ends meanwhile, the
   * file has none, and searches report that. An error does not affect the result.
   */
  async #keepFingerprint(
    { tenant, id }: Pick<LeasedJob, 'tenant' | 'id'>,
    later: MadeDerivatives['later'],
  ): Promise<void> {
    if (later === undefined) return;
    const made = this.#compared(later.from, id, async () => {
      const { fingerprints, fingerprintExpiryOf = () => ({}) } = this.#parts;
      const { from, request, kind, maker } = later;
      // An inspection of the same bytes may be making them, or have made them by now.
      if (from !== undefined && fingerprints !== undefined) {
        if (await copyExistingFingerprints(fingerprints, tenant, from, id)) return;
      }
      const { made, missing } = await makeFingerprints(request, kind, maker);
      const rows = toNewFingerprints({ tenant, id }, { made, missing }, now(), fingerprintExpiryOf);
      await fingerprints?.put(rows);
    });
    await made.catch((error: unknown) => {
      if (!this.stopSignal.aborted) this.reportError(error);
    });
  }

  /** Runs after the fingerprinting of the inspection of the same bytes. */
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
    report: StoredReport,
    hasPictures: boolean,
    from: string | undefined,
  ): Promise<MadeDerivatives> {
    const {
      pictureMaker: pictures,
      fingerprintMaker: maker,
      fingerprints,
      fingerprintExpiryOf = () => ({}),
    } = this.#parts;
    const wantsPictures = pictures !== undefined && !hasPictures && canHavePictures(report);
    const kind = maker === undefined ? undefined : fingerprintKindOf(report);
    if (
      kind === undefined ||
      maker === undefined ||
      fingerprints === undefined ||
      (await hasFingerprints(fingerprints, of.tenant, of.id)) ||
      (from !== undefined && (await copyExistingFingerprints(fingerprints, of.tenant, from, of.id)))
    )
      return {
        derivatives: wantsPictures ? toThumbnails(report, await makePictures(request, pictures)) : [],
      };
    if (!sharesDecode(kind)) {
      const derivatives = wantsPictures ? toThumbnails(report, await makePictures(request, pictures)) : [];
      return { derivatives, later: { request, kind, maker, from } };
    }
    const made = wantsPictures
      ? await makePicturesAndFingerprints(request, kind, maker)
      : { pictures: undefined, fingerprints: await makeFingerprints(request, kind, maker) };
    // The inspection exists; a repeated attempt replaces these.
    await fingerprints.put(toNewFingerprints(of, made.fingerprints, now(), fingerprintExpiryOf));
    return { derivatives: made.pictures === undefined ? [] : toThumbnails(report, made.pictures) };
  }

  /** Goes before requests that follow an answer, since a lease is running. A failure must not lose the report. */
  async #crJson(request: InspectRequest, maker: CrJsonMaker): Promise<Derivative[]> {
    try {
      return await makeCrJsonDerivatives(request, maker, { soon: true });
    } catch (error) {
      if (this.stopSignal.aborted) throw error;
      this.reportError(error);
      return [];
    }
  }
}

async function taskMillisOf({ path }: InspectRequest): Promise<number> {
  const bytes = await statAt(path).then(
    ({ size }) => size,
    () => 0,
  );
  return computeTimeBudget(bytes, isolationLimits).taskMillis;
}

const isLawAway = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === LAW_AWAY;

const now = (): string => new Date().toISOString();
