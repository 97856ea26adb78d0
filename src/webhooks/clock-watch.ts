import { webhookLimits as limits } from './webhook-limits.js';

/** Knows by the clock that nobody sets when the wall's was set back. */
export class ClockWatch {
  /** How far the wall's clock was ahead of the other, at most. */
  #ahead: number | undefined;

  /** Once for each time; and at first, since nobody knows what was before. */
  wasSetBack(now: Date): boolean {
    const ahead = now.getTime() - performance.now();
    const before = this.#ahead;
    const setBack = before === undefined || ahead < before - limits.clockStepMillis;
    this.#ahead = setBack ? ahead : Math.max(ahead, before);
    return setBack;
  }
}
