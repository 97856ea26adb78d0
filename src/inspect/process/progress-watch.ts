import type { ReadingStep } from '../../core/report/analyze-options.js';
import { clockMillis, type OpenStep } from '../protocol/progress-file.js';

/** Minimum interval: content read during a write may be incomplete. */
const MIN_INTERVAL_MILLIS = 20;

/** Watches the steps of a reading process and reports when one takes too long. */
export class ProgressWatcher {
  readonly #stepMillis: number;
  readonly #look: () => OpenStep[] | undefined;
  readonly #onOverrun: (step: ReadingStep) => void;
  #timer: NodeJS.Timeout;

  constructor(
    stepMillis: number,
    look: () => OpenStep[] | undefined,
    onOverrun: (step: ReadingStep) => void,
  ) {
    this.#stepMillis = stepMillis;
    this.#look = look;
    this.#onOverrun = onOverrun;
    this.#timer = setTimeout(() => this.#check(), stepMillis);
  }

  /** Returns the step to blame for a death: the open one that began last. */
  suspect(): ReadingStep | undefined {
    return this.#look()?.at(-1)?.step;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #check(): void {
    const now = clockMillis();
    let leftMillis = this.#stepMillis;
    for (const open of this.#look() ?? []) {
      const left = this.#stepMillis - (now - open.begunAt);
      if (left <= 0) {
        this.#onOverrun(open.step);
        return;
      }
      // Times forged by the process cannot extend the limit of a step.
      if (left < leftMillis) leftMillis = left;
    }
    this.#timer = setTimeout(() => this.#check(), Math.max(leftMillis, MIN_INTERVAL_MILLIS));
  }
}
