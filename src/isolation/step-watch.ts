import type { Step } from '../core/report/analyze-options.js';
import { clockMillis, type OpenStep, type SlateView } from './step-slate.js';

/**
 * Runs beside the others. A reader that blocks keeps it from ending, so it is timed only while nothing else runs,
 * and blamed last.
 */
const BESIDE: Step['step'] = 'hash';

/** What was written in the very moment it was looked at may not have been whole. */
const LEAST_MILLIS = 20;

/** Looks at which steps a reading process is in, and says so when one takes too long. */
export class StepWatch {
  readonly #stepMillis: number;
  readonly #look: () => SlateView | undefined;
  readonly #onOverrun: (step: Step) => void;
  #timer: NodeJS.Timeout;

  constructor(stepMillis: number, look: () => SlateView | undefined, onOverrun: (step: Step) => void) {
    this.#stepMillis = stepMillis;
    this.#look = look;
    this.#onOverrun = onOverrun;
    this.#timer = setTimeout(() => this.#check(), stepMillis);
  }

  /** The step to blame for a death: the one begun last of those that read. */
  suspect(): Step | undefined {
    const steps = this.#look()?.open.map((open) => open.step) ?? [];
    return steps.findLast((step) => step.step !== BESIDE) ?? steps[0];
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #check(): void {
    const now = clockMillis();
    const view = this.#look();
    let leftMillis = this.#stepMillis;
    for (const open of view?.open ?? []) {
      const left =
        this.#stepMillis - (now - this.#begin(open, view?.changedAt ?? now, view?.open.length ?? 0));
      if (left <= 0) {
        this.#onOverrun(open.step);
        return;
      }
      // A clock that the process made up makes no time longer than a step's.
      if (left < leftMillis) leftMillis = left;
    }
    this.#timer = setTimeout(() => this.#check(), Math.max(leftMillis, LEAST_MILLIS));
  }

  #begin({ step, begunAt }: OpenStep, changedAt: number, open: number): number {
    if (step.step !== BESIDE) return begunAt;
    // The last of the others ended when the slate was written to last.
    return open > 1 ? Number.POSITIVE_INFINITY : changedAt;
  }
}
