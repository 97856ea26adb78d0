import { webhookLimits as limits } from './webhook-limits.js';

/** Detects with the monotonic clock that the wall clock was set back. */
export class ClockWatch {
  /** Maximum lead of the wall clock over the monotonic one, in milliseconds. */
  #ahead: number | undefined;

  /** Returns true once per step back; also on the first call, because the time before is unknown. */
  wasSetBack(now: Date): boolean {
    const ahead = now.getTime() - performance.now();
    const before = this.#ahead;
    const setBack = before === undefined || ahead < before - limits.clockStepMillis;
    this.#ahead = setBack ? ahead : Math.max(ahead, before);
    return setBack;
  }
}
