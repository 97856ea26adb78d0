import { httpLimits } from '../contract/limits.js';
import { Problem } from '../contract/problems/problem.js';

/** Bounds the number of concurrent uploads. Each may hold a large file and a slot in the queue. */
export class Admission {
  readonly #slots: number;
  #taken = 0;
  #closed = false;

  constructor(places: number) {
    this.#slots = places;
  }

  get isOpen(): boolean {
    return !this.#closed && this.#taken < this.#slots;
  }

  /** Slots in use now. */
  get taken(): number {
    return this.#taken;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Takes a slot and returns the function that releases it. Throws `Problem` if none is free or the server is closing. */
  enter(): () => void {
    if (!this.isOpen) {
      throw new Problem('unavailable', { headers: { 'retry-after': String(httpLimits.retryAfterSeconds) } });
    }
    this.#taken += 1;
    let inside = true;
    return () => {
      if (inside) this.#taken -= 1;
      inside = false;
    };
  }

  /** Refuses new uploads from now on; those under way finish. */
  close(): void {
    this.#closed = true;
  }
}
