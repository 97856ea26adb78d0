import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Report } from '../core/report/report.js';
import type { CrJsonMaker } from '../isolation/cr-json.js';
import { diagnostics } from '../isolation/diagnostics.js';
import { InspectError } from '../isolation/inspect-error.js';
import type { Inspector, InspectRequest } from '../isolation/inspector.js';
import { isolationLimits, timeBudget } from '../isolation/isolation-limits.js';
import type { PictureMaker } from '../isolation/pictures.js';
import { Pulse } from '../pulse.js';
import { Rest } from '../rest.js';
import { type Said, said } from '../say/said.js';
import type { Derivative, InspectionRecord, InspectionStore } from '../store/inspections.js';
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
import { cachedAnswer, type OwnAnswer } from './naming.js';
import { makePictures, mayHavePictures } from './pictures.js';
import { resultOf } from './result.js';
import { requestOf, runInspection } from './run.js';
import { failureOf, GIVEN_UP, isGivenUp, isSuspect, pauseAfterDeath, pauseAfterFault } from './tries.js';
import type { Versions } from './versions.js';

export interface WorkerParts {
  inspections: InspectionStore;
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

/** Works through the queue. The same in `assay serve` and `assay worker`. */
export class Worker {
  readonly #parts: WorkerParts;
  readonly #equal = new EqualFiles();
  readonly #running = new Map<LeasedJob, Promise<void>>();
  readonly #alone = new Alone<LeasedJob>(this.#running);
  #faultsInRow = 0;
  #restsUntil = 0;
  #stopping = false;
  readonly #rest = new Rest();
  /** Of the loop that takes jobs. */
  readonly pulse = new Pulse();
  #loop: Promise<void> = Promise.resolve();

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#loop = this.#work();
  }

  /** There may be a job. */
  wake(): void {
    this.#rest.wake();
  }

  /** Takes no more, lets those running finish for so long, and gives the rest back to the queue. */
  async stop(graceMillis: number): Promise<void> {
    this.#stopping = true;
    this.#rest.end();
    await this.#loop;
    const late = new Promise((resolve) => setTimeout(resolve, graceMillis).unref());
    await Promise.race([Promise.all(this.#running.values()), late]);
    await Promise.all([...this.#running.keys()].map((job) => this.#giveBack(job, 'uncounted', 0)));
  }

  async #work(): Promise<void> {
    while (!this.#stopping) {
      this.pulse.beat();
      const job = this.#mayTake() ? await this.#take() : undefined;
      if (job === undefined) {
        await this.#rest.take(IDLE_MILLIS);
        continue;
      }
      // A suspect came in between.
      if (this.#alone.isTaken) {
        await this.#putOff(job, 0);
        continue;
      }
      const done = this.#do(job).finally(() => {
        this.#running.delete(job);
        this.#alone.leave(job);
        this.#rest.wake();
      });
      this.#running.set(job, done);
    }
  }

  #mayTake(): boolean {
    if (this.#alone.isTaken || performance.now() < this.#restsUntil) return false;
    return this.#running.size < this.#parts.jobs;
  }

  #take(): Promise<LeasedJob | undefined> {
    return this.#parts.queue.take(this.#parts.leaseMillis).catch((error: unknown) => this.#told(error));
  }

  /** Never rejects: a database that is away for a while loses no job. */
  async #do(job: LeasedJob): Promise<void> {
    let record: InspectionRecord | undefined;
    try {
      const begun = await this.#begin(job);
      record = begun;
      let finished = false;
      if (begun?.status === 'running') {
        const attributes = { 'assay.inspection': job.id, 'assay.attempt': begun.attempts };
        finished = await inSpan('job', attributes, () => this.#inspect(job, begun));
      }
      // Put off, or taken from us while we were being stopped: somebody else does it.
      if (!this.#running.has(job)) return;
      if (finished) this.#faultsInRow = 0;
      await this.#parts.queue.complete(job);
      await this.#letGo(job, record, finished);
    } catch (error) {
      if (!this.#running.has(job)) return;
      this.#told(error);
      if (error instanceof StoreFault) await this.#giveBackWhenPossible(job, record !== undefined);
      else if (record === undefined) await this.#putOff(job, AWAY_MILLIS);
      else if (this.#stopping) await this.#giveBack(job, 'uncounted', RETRY_MILLIS);
      else await this.#faulted(job, record, error);
    }
  }

  /**
   * Undefined where there is nothing to do, else as it stands now: running, given up, or put off. One that was there at the
   * end of several workers waits until nothing else runs here, so that whoever it takes along is itself alone.
   */
  async #begin(job: LeasedJob): Promise<InspectionRecord | undefined> {
    for (;;) {
      let pauseMillis = 0;
      const record = await this.#parts.inspections.start(job.tenant, job.id, now(), (tries) => {
        const { interrupted, died } = tries;
        pauseMillis = died ? pauseAfterDeath(interrupted) : 0;
        if (isGivenUp(interrupted) || pauseMillis > 0) return false;
        return !isSuspect(interrupted) || (this.#alone.take(job) && this.#alone.has(job));
      });
      if (record?.status !== 'queued') return record;
      if (isGivenUp(record.interrupted ?? 0)) {
        await this.#fail(job, record, GIVEN_UP);
        return record;
      }
      if (pauseMillis > 0 || !(await this.#isAlone(job))) {
        await this.#putOff(job, pauseMillis === 0 ? RETRY_MILLIS : pauseMillis);
        return record;
      }
    }
  }

  /** Once those that run here have ended. False where it is not to be waited for. */
  async #isAlone(job: LeasedJob): Promise<boolean> {
    if (!this.#alone.take(job)) return false;
    const release = this.#prolong(job, () => true);
    try {
      return await this.#alone.reached(job, () => !this.#stopping && this.#running.has(job));
    } finally {
      release();
    }
  }

  /** Not the file's doing: it is tried again, here or elsewhere, and not for ever. */
  async #faulted(job: LeasedJob, record: InspectionRecord, error: unknown): Promise<void> {
    const { queue, leaseMillis } = this.#parts;
    this.#restsUntil =
      performance.now() + Math.min(RETRY_MILLIS * 2 ** this.#faultsInRow, LONGEST_REST_MILLIS);
    this.#faultsInRow += 1;
    const pauseMillis = pauseAfterFault(record.faults ?? 0);
    if (pauseMillis !== undefined) {
      await this.#giveBack(job, 'counted', pauseMillis);
      return;
    }
    try {
      // Another has it by now: what it comes to there counts.
      if (!(await queue.extend(job, leaseMillis))) return;
      await this.#fail(job, record, failureOf(error));
      await this.#letGo(job, record, false);
    } catch (again) {
      this.#told(again);
      await this.#giveBack(job, 'uncounted', AWAY_MILLIS);
    }
  }

  /** The upload stays for a while, so that whoever sent it need not send it again. */
  async #fail(
    { tenant, id }: LeasedJob,
    { request }: InspectionRecord,
    { code, said: why }: { code: string; said: Said },
  ): Promise<void> {
    const { inspections, keepFailedMillis } = this.#parts;
    const keeps = keepFailedMillis > 0 && request.path === undefined;
    const uploadKeptUntil = new Date(Date.now() + keepFailedMillis).toISOString();
    await inspections.fail(tenant, id, { code, said: why, ...(keeps ? { uploadKeptUntil } : {}) }, now());
    diagnostics.inspectionFailed.publish({ code });
  }

  /** Its upload, where nobody needs it any more. */
  async #letGo({ id }: LeasedJob, record: InspectionRecord | undefined, finished: boolean): Promise<void> {
    const { inspections, files, keepUploads } = this.#parts;
    if (keepUploads && record !== undefined) return;
    // Ended by another, or failed: it may be kept to be tried again.
    if (!finished && (await inspections.needingUpload([id], now())).has(id)) return;
    await files.removeOf(id);
  }

  /**
   * A database that is away or full says nothing of the file: no try is counted, however long that lasts. Until then
   * the job keeps its place here, so that no other is begun that cannot be ended either.
   */
  async #giveBackWhenPossible(job: LeasedJob, begun: boolean): Promise<void> {
    const { inspections, queue } = this.#parts;
    while (!this.#stopping) {
      try {
        if (begun) await inspections.requeue(job.tenant, job.id, 'uncounted');
        await queue.release(job, AWAY_MILLIS);
        return;
      } catch (error) {
        if (!(error instanceof StoreFault)) this.#told(error);
      }
      await delay(RETRY_MILLIS);
    }
    if (begun) await this.#giveBack(job, 'uncounted', 0);
    else await this.#putOff(job, 0);
  }

  /** True where the result is this one. */
  async #inspect(job: LeasedJob, record: InspectionRecord): Promise<boolean> {
    const { inspections, inspector, files, versions, allowedPaths } = this.#parts;
    const { tenant, id } = job;
    const request = await requestOf(job, record.request, files, allowedPaths);
    if (request === undefined) {
      await this.#fail(job, record, { code: 'path-not-allowed', said: said('error.path-not-allowed') });
      return false;
    }
    const { taskMillis, release } = await this.#hold(job, request);
    let ended = () => {};
    try {
      const decided = await versions.now(record.request.rulebooks);
      const kept = await keptAnswer(record, request, decided, this.#parts, taskMillis);
      const { hash, same } = kept;
      let { known } = kept;
      if (known === undefined && same !== undefined) ({ known, ended } = await this.#equal.turn(same));
      if (known !== undefined && (await this.#answerAsBefore(job, request, known))) return true;
      const outcome = await runInspection(hash === undefined ? request : { ...request, hash }, { inspector });
      if ('report' in outcome) {
        const before =
          record.supersedes === undefined ? undefined : await inspections.get(tenant, record.supersedes);
        const { report } = outcome;
        const derivatives = [...outcome.derivatives, ...(await this.#derivatives(request, report))];
        const result = await resultOf({ record, before, report, versions: decided, files, derivatives });
        return await inspections.finish(tenant, id, result);
      }
      const { code, said: why } = outcome.error;
      // No process could be started, or what lies in a folder of ours cannot be read: that says nothing of the file.
      if (code === 'internal' || record.request.path === undefined) throw new InspectError(code, why);
      await this.#fail(job, record, outcome.error);
      return false;
    } finally {
      ended();
      release();
    }
  }

  /** False where that answer is gone meanwhile. What it has not got yet is made of the file that is here. */
  async #answerAsBefore(
    { tenant, id }: LeasedJob,
    request: InspectRequest,
    known: OwnAnswer,
  ): Promise<boolean> {
    const { inspections } = this.#parts;
    const { from, report } = known;
    const [pictures, crJson] = await Promise.all([
      inspections.getDerivative(tenant, from, 'pictures'),
      inspections.getDerivative(tenant, from, 'crjson'),
    ]);
    const has = { pictures: pictures !== undefined, crJson: crJson !== undefined };
    const made = await this.#derivatives(request, report, has);
    return inspections.finishCached(tenant, id, cachedAnswer(known, now(), made));
  }

  /** Before the result, so that the upload can go with it. */
  async #derivatives(
    request: InspectRequest,
    report: Report,
    has = { pictures: false, crJson: false },
  ): Promise<Derivative[]> {
    const { pictures, crJson } = this.#parts;
    // Nobody waits at the door, and a job waits no longer than its lease.
    const [album, crJsons] = await Promise.all([
      pictures !== undefined && !has.pictures && mayHavePictures(report)
        ? makePictures(request, pictures).then((made) => albumOf(report, made))
        : [],
      crJson !== undefined && !has.crJson && mayHaveCrJson(report) ? this.#crJson(request, crJson) : [],
    ]);
    return [...album, ...crJsons];
  }

  /** Before those that follow an answer: a lease runs. A report is worth more than its crJSON. */
  async #crJson(request: InspectRequest, maker: CrJsonMaker): Promise<Derivative[]> {
    try {
      return await crJsonDerivatives(request, maker, { soon: true });
    } catch (error) {
      if (this.#stopping) throw error;
      this.#told(error);
      return [];
    }
  }

  /** Prolongs the lease while the file may take its time, and no longer. */
  async #hold(
    job: LeasedJob,
    { path, reveal }: InspectRequest,
  ): Promise<{ taskMillis: number; release: () => void }> {
    const bytes = await stat(path).then(
      ({ size }) => size,
      () => 0,
    );
    const { taskMillis } = timeBudget(bytes, isolationLimits);
    // Its hash may take as long again, and so may an equal one that it waits for; where something is revealed it is read twice.
    const until = performance.now() + (reveal === undefined ? 3 : 5) * taskMillis + LEASE_GRACE_MILLIS;
    return { taskMillis, release: this.#prolong(job, () => performance.now() <= until) };
  }

  #prolong(job: LeasedJob, goesOn: () => boolean): () => void {
    const { queue, leaseMillis } = this.#parts;
    const beat = setInterval(() => {
      if (!goesOn()) clearInterval(beat);
      else queue.extend(job, leaseMillis).catch((error: unknown) => this.#told(error));
    }, leaseMillis / 3);
    return () => clearInterval(beat);
  }

  /** What was not begun here: that another died of it stays to be counted. */
  async #putOff(job: LeasedJob, afterMillis: number): Promise<void> {
    this.#running.delete(job);
    try {
      await this.#parts.queue.release(job, afterMillis);
    } catch (error) {
      // Its lease runs out by itself.
      this.#told(error);
    }
  }

  async #giveBack(job: LeasedJob, how: 'counted' | 'uncounted', afterMillis: number): Promise<void> {
    this.#running.delete(job);
    try {
      await this.#parts.inspections.requeue(job.tenant, job.id, how);
      await this.#parts.queue.release(job, afterMillis);
    } catch (error) {
      // Its lease runs out by itself.
      this.#told(error);
    }
  }

  #told(error: unknown): undefined {
    this.#parts.onError?.(error);
    return undefined;
  }
}

const now = (): string => new Date().toISOString();
