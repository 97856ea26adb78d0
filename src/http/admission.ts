import { httpLimits } from './limits.js';
import { Problem } from './problem.js';

/** Places for uploads. Each may hold a large file and a turn in the queue, so their number is bounded. */
export class Admission {
  readonly #places: number;
  #taken = 0;
  #closed = false;

  constructor(places: number) {
    this.#places = places;
  }

  get open(): boolean {
    return !this.#closed && this.#taken < this.#places;
  }

  /** Places that are taken now. */
  get taken(): number {
    return this.#taken;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Takes a place and gives back what frees it, or refuses. */
  enter(): () => void {
    if (!this.open) {
      throw new Problem('unavailable', { headers: { 'retry-after': String(httpLimits.retryAfterSeconds) } });
    }
    this.#taken += 1;
    let inside = true;
    return () => {
      if (inside) this.#taken -= 1;
      inside = false;
    };
  }

  /** From now on nobody is let in; those inside finish. */
  close(): void {
    this.#closed = true;
  }
}
