import { setTimeout as delay } from 'node:timers/promises';

/** Limits all fetches together to a number of bytes per second, evenly; without a number there is no limit. */
export class BandwidthLimiter {
  readonly #perMilli: number | undefined;
  #next = 0;

  constructor(bytesPerSecond: number | undefined) {
    this.#perMilli = bytesPerSecond === undefined ? undefined : bytesPerSecond / 1_000;
  }

  /** Resolves when these bytes are due. */
  async take(bytes: number, interrupted: AbortSignal): Promise<void> {
    if (this.#perMilli === undefined) return;
    const now = performance.now();
    this.#next = Math.max(now, this.#next) + bytes / this.#perMilli;
    const wait = this.#next - now;
    if (wait >= 1) await delay(wait, undefined, { signal: interrupted }).catch(() => {});
  }
}
