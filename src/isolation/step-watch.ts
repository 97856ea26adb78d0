import type { Step } from '../core/report/analyze-options.js';
import { clockMillis, type OpenStep } from './step-slate.js';

/** What was written in the very moment it was looked at may not have been whole. */
const LEAST_MILLIS = 20;

/** Looks at which steps a reading process is in, and says so when one takes too long. */
export class StepWatch {
  readonly #stepMillis: number;
  readonly #look: () => OpenStep[] | undefined;
  readonly #onOverrun: (step: Step) => void;
  #timer: NodeJS.Timeout;

  constructor(stepMillis: number, look: () => OpenStep[] | undefined, onOverrun: (step: Step) => void) {
    this.#stepMillis = stepMillis;
    this.#look = look;
    this.#onOverrun = onOverrun;
    this.#timer = setTimeout(() => this.#check(), stepMillis);
  }

  /** The step to blame for a death: the one begun last of those that read. */
  suspect(): Step | undefined {
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
      // A clock that the process made up makes no time longer than a step's.
      if (left < leftMillis) leftMillis = left;
    }
    this.#timer = setTimeout(() => this.#check(), Math.max(leftMillis, LEAST_MILLIS));
  }
}
