import type { FastifyRateLimitStore } from '@fastify/rate-limit';

interface Window {
  count: number;
  /** Of the clock that never jumps. */
  startedMillis: number;
}

/** Callers that are counted at the same time; the one that was quiet longest goes. */
const MOST_CALLERS = 5_000;

/**
 * Requests of each caller within a window. The library's own store goes by the wall's clock: set back by hours, it
 * would keep a window open for as long, and whoever had used it up out.
 */
export class MinuteCounts implements FastifyRateLimitStore {
  readonly #windows = new Map<string, Window>();

  incr(
    who: string,
    callback: (error: Error | null, result?: { current: number; ttl: number }) => void,
    windowMillis = 0,
  ): void {
    const now = performance.now();
    const found = this.#windows.get(who);
    const open = found !== undefined && now - found.startedMillis < windowMillis;
    const window = open ? { ...found, count: found.count + 1 } : { count: 1, startedMillis: now };
    this.#windows.delete(who);
    this.#windows.set(who, window);
    const [quietest] = this.#windows.keys();
    if (this.#windows.size > MOST_CALLERS && quietest !== undefined) this.#windows.delete(quietest);
    callback(null, { current: window.count, ttl: windowMillis - (now - window.startedMillis) });
  }

  child(): MinuteCounts {
    return new MinuteCounts();
  }
}
