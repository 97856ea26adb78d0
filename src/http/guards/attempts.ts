/** Failures one may have within a window before one has to wait. Kept in memory, for so many at most: the oldest go. */
export class Attempts {
  readonly #most: number;
  readonly #windowMillis: number;
  readonly #kept: number;
  readonly #failures = new Map<string, { count: number; until: number }>();

  constructor({ most, windowMillis, kept }: { most: number; windowMillis: number; kept: number }) {
    this.#most = most;
    this.#windowMillis = windowMillis;
    this.#kept = kept;
  }

  /** Seconds to wait; 0: none. */
  waitSeconds(who: string, now: number): number {
    const found = this.#failures.get(who);
    if (found === undefined || this.#isOver(found.until, now) || found.count < this.#most) return 0;
    return Math.ceil((found.until - now) / 1000);
  }

  fail(who: string, now: number): void {
    const found = this.#failures.get(who);
    const current =
      found === undefined || this.#isOver(found.until, now)
        ? { count: 0, until: now + this.#windowMillis }
        : found;
    // At its end again, so that those who go are those who were quiet longest.
    this.#failures.delete(who);
    this.#failures.set(who, { ...current, count: current.count + 1 });
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > this.#kept && oldest !== undefined) this.#failures.delete(oldest);
  }

  /** What ends further ahead than any window was begun before the clock was set back: nobody waits for hours. */
  #isOver(until: number, now: number): boolean {
    return until <= now || until > now + this.#windowMillis;
  }
}
