import { setTimeout as delay } from 'node:timers/promises';
import { Heartbeat } from './pulse.js';

export interface Lease {
  /** Aborted if another worker took over the job, or the job was left behind at shutdown. Its result is then discarded. */
  readonly lost: AbortSignal;
  /**
   * Extends the lease for this time from now on. A job that does not call it in time is considered stuck, and its lease
   * expires.
   */
  extend(millis: number): void;
}

interface LoopOptions {
  /** Jobs processed at the same time. */
  slots: number;
  leaseMillis: number;
  /** Interval between polls while the queue is empty, because other processes may add work. */
  idleMillis: number;
  afterErrorMillis?: number;
}

const FIRST_LEASE_MS = 60_000;
const SETTLE_RETRY_MS = 1_000;

/**
 * Processes jobs from a database that many workers share. A job is claimed, performed under a lease that is renewed
 * meanwhile, and settled: done, failed, or to be retried later. If the lease is lost, its new owner settles the job.
 * Subclasses define the jobs and how they end.
 */
export abstract class LeasedLoop<Job, Ending> {
  readonly #bounds: LoopOptions;
  readonly #held = new Map<Job, { ended: Promise<void>; lost: AbortController }>();
  readonly #stopping = new AbortController();
  #woken = new AbortController();
  #turning: Promise<void> | undefined;
  /** Beats on every turn, even while all slots are taken. */
  readonly pulse = new Heartbeat();

  constructor(bounds: LoopOptions) {
    this.#bounds = bounds;
  }

  /** Claims up to `slots` due jobs and leases them to this process. */
  protected abstract claim(slots: number): Promise<readonly Job[]>;
  /** Renews the lease; false if another worker or nobody has the job. Absent if a lease lasts longer than any job. */
  protected renewLease?(job: Job): Promise<boolean>;
  /** Performs the job. If it rejects, the error is reported and the job is not settled; its lease expires. */
  protected abstract perform(job: Job, lease: Lease): Promise<Ending>;
  /** Settles the job. Repeated until it resolves, so it must be idempotent. */
  protected abstract settle(job: Job, ending: Ending): Promise<void>;
  /** Returns how jobs end that are unfinished when the grace period is over. */
  protected abandonedEnding?(): Ending;
  /** Called once per turn before jobs are claimed, even while all slots are taken. */
  protected upkeep?(): Promise<void>;
  /** Reports an error. */
  protected abstract reportError(error: unknown): void;

  /** Jobs that are being performed or settled by this process. */
  get activeJobs(): ReadonlyMap<Job, { ended: Promise<void> }> {
    return this.#held;
  }

  /** Aborted when the loop stops claiming. Jobs may then stop early. */
  get stopSignal(): AbortSignal {
    return this.#stopping.signal;
  }

  start(): void {
    this.#turning ??= this.#turn();
  }

  /** Polls again at once, because the queue may hold more work. */
  wake(): void {
    this.#woken.abort();
  }

  /** Claims jobs once. Resolves with their number when all of them are settled. */
  async runOnce(): Promise<number> {
    const begun = await this.#begin();
    await Promise.all(begun);
    return begun.length;
  }

  /** Stops claiming and waits for current jobs, at most `graceMillis` if given. */
  async stop(graceMillis?: number): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#turning;
    const ended = Promise.all([...this.#held.values()].map((one) => one.ended));
    if (graceMillis === undefined) await ended;
    else await Promise.race([ended, delay(graceMillis, undefined, { ref: false })]);
    const left = [...this.#held];
    this.#held.clear();
    for (const [, { lost }] of left) lost.abort();
    const ending = this.abandonedEnding?.();
    if (ending !== undefined) await Promise.all(left.map(([job]) => this.#settle(job, ending)));
  }

  async #turn(): Promise<void> {
    const { idleMillis, afterErrorMillis = idleMillis } = this.#bounds;
    while (!this.stopSignal.aborted) {
      this.pulse.beat();
      // Created before the poll, so that a wake-up during the poll is not lost.
      this.#woken = new AbortController();
      let rest = idleMillis;
      try {
        if ((await this.#begin()).length > 0) rest = 0;
      } catch (error) {
        this.reportError(error);
        rest = afterErrorMillis;
      }
      if (rest > 0) await pause(rest, this.#woken.signal);
    }
  }

  async #begin(): Promise<Promise<void>[]> {
    await this.upkeep?.();
    const slots = this.#bounds.slots - this.#held.size;
    const jobs = slots > 0 ? await this.claim(slots) : [];
    return jobs.map((job) => {
      const lost = new AbortController();
      const ended = this.#do(job, lost).finally(() => {
        this.#held.delete(job);
        this.wake();
      });
      this.#held.set(job, { ended, lost });
      return ended;
    });
  }

  /** Never rejects, so that no job is lost while the database is temporarily unavailable. */
  async #do(job: Job, lost: AbortController): Promise<void> {
    let keptUntil = 0;
    const keep = (millis: number) => {
      keptUntil = performance.now() + millis;
    };
    keep(FIRST_LEASE_MS);
    const beat = setInterval(() => {
      if (performance.now() > keptUntil) return;
      this.renewLease?.(job).then(
        (isOurs) => isOurs || lost.abort(),
        (error: unknown) => this.reportError(error),
      );
    }, this.#bounds.leaseMillis / 3);
    try {
      const ending = await this.perform(job, { lost: lost.signal, extend: keep });
      clearInterval(beat);
      if (!lost.signal.aborted) await this.#settle(job, ending);
    } catch (error) {
      this.reportError(error);
    } finally {
      clearInterval(beat);
    }
  }

  /**
   * Retries until the job is settled. The job keeps its slot meanwhile, so that no job is started that could not be
   * settled either.
   */
  async #settle(job: Job, ending: Ending): Promise<void> {
    for (let isFirst = true; ; isFirst = false) {
      try {
        return await this.settle(job, ending);
      } catch (error) {
        if (isFirst) this.reportError(error);
        // The job's lease expires.
        if (this.stopSignal.aborted) return;
      }
      await pause(SETTLE_RETRY_MS, this.stopSignal);
    }
  }
}

/** Resolves early if the signal is aborted. */
const pause = (millis: number, signal: AbortSignal): Promise<void> =>
  delay(millis, undefined, { signal }).catch(() => undefined);
