import type { Step } from '../core/analyze-options.js';

/**
 * Runs beside the others. A reader that blocks keeps it from ending, so it is timed only while nothing else runs,
 * and blamed last.
 */
const BESIDE: Step['step'] = 'hash';

interface OpenStep {
  step: Step;
  timer: NodeJS.Timeout;
}

/** Knows which steps a reading process is in, and says so when one takes too long. */
export class StepWatch {
  readonly #stepMillis: number;
  readonly #onOverrun: (step: Step) => void;
  readonly #open = new Map<Step['step'], OpenStep>();

  constructor(stepMillis: number, onOverrun: (step: Step) => void) {
    this.#stepMillis = stepMillis;
    this.#onOverrun = onOverrun;
  }

  take(step: Step): void {
    clearTimeout(this.#open.get(step.step)?.timer);
    this.#open.delete(step.step);
    if (step.state === 'start') {
      this.#open.set(step.step, { step, timer: setTimeout(() => this.#overrun(step), this.#stepMillis) });
    }
    this.#open.get(BESIDE)?.timer.refresh();
  }

  /** The step to blame for a death: the one begun last of those that read. */
  suspect(): Step | undefined {
    const steps = [...this.#open.values()].map((open) => open.step);
    return steps.findLast((step) => step.step !== BESIDE) ?? steps[0];
  }

  stop(): void {
    for (const { timer } of this.#open.values()) clearTimeout(timer);
    this.#open.clear();
  }

  #overrun(step: Step): void {
    if (step.step === BESIDE && this.#open.size > 1) this.#open.get(BESIDE)?.timer.refresh();
    else this.#onOverrun(step);
  }
}
