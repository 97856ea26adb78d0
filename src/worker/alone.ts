import { setTimeout as delay } from 'node:timers/promises';
import type { Lease, LeasedLoop } from '../lease/loop.js';

/** Whoever runs longer than this beside a suspect hangs. */
const LONGEST_WAIT_MILLIS = 600_000;
const LOOK_MILLIS = 1_000;

/** The place of a job that may run only while no other does. While somebody has it, nothing else is to be taken. */
export class Alone<Job> {
  readonly #loop: Pick<LeasedLoop<Job, unknown>, 'held' | 'stopping'>;
  #holder: Job | undefined;

  constructor(loop: Pick<LeasedLoop<Job, unknown>, 'held' | 'stopping'>) {
    this.#loop = loop;
  }

  get isTaken(): boolean {
    return this.#holder !== undefined;
  }

  /** False where another has it. */
  take(job: Job): boolean {
    this.#holder ??= job;
    return this.#holder === job;
  }

  /** It has the place, and nothing else runs. */
  has(job: Job): boolean {
    return this.#holder === job && this.#loop.held.size === 1;
  }

  leave(job: Job): void {
    if (this.#holder === job) this.#holder = undefined;
  }

  /** Those that run come to their end first. False where another has the place, or it is not to be waited for. */
  async reached(job: Job, lease: Lease): Promise<boolean> {
    if (!this.take(job)) return false;
    const { held, stopping } = this.#loop;
    const until = performance.now() + LONGEST_WAIT_MILLIS;
    lease.keep(LONGEST_WAIT_MILLIS);
    while (!stopping.aborted && !lease.lost.aborted && performance.now() < until) {
      if (this.has(job)) return true;
      const others = [...held].filter(([one]) => one !== job).map(([, { ended }]) => ended);
      await Promise.race([...others, delay(LOOK_MILLIS)]);
    }
    return false;
  }
}
