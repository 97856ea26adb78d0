import { setTimeout as delay } from 'node:timers/promises';

/** Whoever runs longer than this beside a suspect hangs. */
const LONGEST_WAIT_MILLIS = 600_000;
const LOOK_MILLIS = 1_000;

/** The place of a job that may run only while no other does. While somebody has it, nothing else is to be taken. */
export class Alone<Job> {
  readonly #running: ReadonlyMap<Job, Promise<unknown>>;
  #holder: Job | undefined;

  constructor(running: ReadonlyMap<Job, Promise<unknown>>) {
    this.#running = running;
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
    return this.#holder === job && this.#running.size === 1;
  }

  leave(job: Job): void {
    if (this.#holder === job) this.#holder = undefined;
  }

  /** Those that run come to their end first; `stays`: whether to go on waiting. False where it came to nothing. */
  async reached(job: Job, stays: () => boolean): Promise<boolean> {
    const until = performance.now() + LONGEST_WAIT_MILLIS;
    while (stays() && performance.now() < until) {
      if (this.has(job)) return true;
      const others = [...this.#running].filter(([one]) => one !== job).map(([, ends]) => ends);
      await Promise.race([...others, delay(LOOK_MILLIS)]);
    }
    return false;
  }
}
