import { setTimeout as delay } from 'node:timers/promises';
import type { Lease, LeasedLoop } from '../base/lease/loop.js';

/** A job that runs longer than this while a suspect waits is considered hung. */
const MAX_WAIT_MILLIS = 600_000;
const LOOK_MILLIS = 1_000;

/** Exclusive slot for a job that may run only while no other does. No further job is taken while it is occupied. */
export class ExclusiveSlot<Job> {
  readonly #loop: Pick<LeasedLoop<Job, unknown>, 'activeJobs' | 'stopSignal'>;
  #holder: Job | undefined;

  constructor(loop: Pick<LeasedLoop<Job, unknown>, 'activeJobs' | 'stopSignal'>) {
    this.#loop = loop;
  }

  get isTaken(): boolean {
    return this.#holder !== undefined;
  }

  /** Occupies the slot. Returns false if another job has it. */
  take(job: Job): boolean {
    this.#holder ??= job;
    return this.#holder === job;
  }

  /** Returns true if the job has the slot and nothing else runs. */
  isRunningAlone(job: Job): boolean {
    return this.#holder === job && this.#loop.activeJobs.size === 1;
  }

  leave(job: Job): void {
    if (this.#holder === job) this.#holder = undefined;
  }

  /** Waits until all other jobs have ended. Returns false if another job has the slot or the wait is abandoned. */
  async waitUntilAlone(job: Job, lease: Lease): Promise<boolean> {
    if (!this.take(job)) return false;
    const { activeJobs: held, stopSignal: stopping } = this.#loop;
    const until = performance.now() + MAX_WAIT_MILLIS;
    lease.extend(MAX_WAIT_MILLIS);
    while (!stopping.aborted && !lease.lost.aborted && performance.now() < until) {
      if (this.isRunningAlone(job)) return true;
      const others = [...held].filter(([one]) => one !== job).map(([, { ended }]) => ended);
      await Promise.race([...others, delay(LOOK_MILLIS)]);
    }
    return false;
  }
}
