import type { FastifyRateLimitStore } from '@fastify/rate-limit';

interface Window {
  count: number;
  /** On the monotonic clock. */
  startedMillis: number;
}

/** Maximum number of callers counted at once; the one without requests for longest is dropped. */
const MAX_CALLERS = 5_000;

/**
 * Counts the requests of each caller within a window. The library's own store uses the wall clock: if that is set back
 * by hours, a used-up window would stay open as long.
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
    if (this.#windows.size > MAX_CALLERS && quietest !== undefined) this.#windows.delete(quietest);
    callback(null, { current: window.count, ttl: windowMillis - (now - window.startedMillis) });
  }

  child(): MinuteCounts {
    return new MinuteCounts();
  }
}
