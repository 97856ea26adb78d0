/**
 * Counts failures per caller within a window and tells how long the caller has to wait. Held in memory with a bounded
 * number of entries: the oldest are dropped.
 */
export class Attempts {
  readonly #maxFailures: number;
  readonly #windowMillis: number;
  readonly #maxEntries: number;
  readonly #failures = new Map<string, { count: number; until: number }>();

  constructor({
    most: maxFailures,
    windowMillis,
    kept: maxEntries,
  }: { most: number; windowMillis: number; kept: number }) {
    this.#maxFailures = maxFailures;
    this.#windowMillis = windowMillis;
    this.#maxEntries = maxEntries;
  }

  /** Returns the seconds to wait; 0: none. */
  waitSeconds(who: string, now: number): number {
    const found = this.#failures.get(who);
    if (found === undefined || this.#isOver(found.until, now) || found.count < this.#maxFailures) return 0;
    return Math.ceil((found.until - now) / 1000);
  }

  fail(who: string, now: number): void {
    const found = this.#failures.get(who);
    const current =
      found === undefined || this.#isOver(found.until, now)
        ? { count: 0, until: now + this.#windowMillis }
        : found;
    // Moved to the end of the map, so that the entries dropped first are those without recent failures.
    this.#failures.delete(who);
    this.#failures.set(who, { ...current, count: current.count + 1 });
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > this.#maxEntries && oldest !== undefined) this.#failures.delete(oldest);
  }

  /**
   * Treats a window that ends too far ahead as over: it began before the clock was set back, and nobody should wait for
   * hours.
   */
  #isOver(until: number, now: number): boolean {
    return until <= now || until > now + this.#windowMillis;
  }
}
