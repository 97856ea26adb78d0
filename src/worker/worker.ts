import { type Lease, LeasedLoop } from '../base/lease/loop.js';
import type { Message } from '../i18n/message.js';
import { diagnostics } from '../inspect/protocol/diagnostics.js';
import { InspectionService, type InspectionServiceParts } from '../service/inspections/inspection-service.js';
import { LAW_AWAY } from '../service/inspections/versions.js';
import { runInSpan } from '../service/ops/spans.js';
import { StoreFault } from '../storage/engine/storage-fault.js';
import type { InspectionRecord } from '../storage/inspections/inspections.js';
import type { JobQueue, LeasedJob } from '../storage/queue/job-queue.js';
import { ExclusiveSlot } from './exclusive.js';
import {
  GIVEN_UP,
  internalFailure,
  isGivenUp,
  isSuspect,
  pauseAfterDeath,
  pauseAfterFault,
} from './retries.js';

export interface WorkerParts extends InspectionServiceParts {
  queue: JobQueue;
  /** Number of concurrent inspections. */
  jobs: number;
  leaseMillis: number;
  /** Time for which uploads of failed inspections are stored for a retry; 0: not at all. */
  keepFailedMillis: number;
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

/** Processes the queue, in `assay serve` and in `assay worker`. */
export class Worker extends LeasedLoop<LeasedJob, Ending> {
  readonly #parts: WorkerParts;
  readonly #service: InspectionService;
  readonly #alone = new ExclusiveSlot<LeasedJob>(this);
  #faultsInRow = 0;
  #restsUntil = 0;

  constructor(parts: WorkerParts) {
    super({ slots: parts.jobs, leaseMillis: parts.leaseMillis, idleMillis: IDLE_MILLIS });
    this.#parts = parts;
    this.#service = new InspectionService(parts);
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
      return await runInSpan('job', attributes, () => this.#inspect(begun, lease));
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

  async #inspect(record: InspectionRecord, lease: Lease): Promise<Ending> {
    const performed = await this.#service.perform(record, {
      extendLease: (millis) => lease.extend(millis + LEASE_GRACE_MILLIS),
      isStopping: () => this.stopSignal.aborted,
    });
    return performed.is === 'done'
      ? { is: 'done', record, finished: performed.isStored }
      : { ...performed, record };
  }
}

const isLawAway = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === LAW_AWAY;

const now = (): string => new Date().toISOString();
