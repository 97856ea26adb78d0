import type { Death } from './faults.js';
import { clockMillis, LANES, type OpenStep } from './step-slate.js';

export interface PackWatchOptions {
  stepMillis: number;
  taskMillis: number;
  look(lane: number): OpenStep[] | undefined;
  onLate(death: Death): void;
}

/**
 * Says so where a pack is late: a step of one of its files takes longer than it may, or none of them was answered in the
 * time that one may take. Which file is to blame, reading each alone tells: what a process says of itself is not believed
 * of another's file.
 */
export class PackWatch {
  readonly #options: PackWatchOptions;
  #timer: NodeJS.Timeout | undefined;
  #heardAt = 0;

  constructor(options: PackWatchOptions) {
    this.#options = options;
  }

  /** It is read from now on. */
  begin(): void {
    if (this.#timer !== undefined) return;
    this.heard();
    this.#timer = setTimeout(() => this.#check(), this.#options.stepMillis);
  }

  /** One of its files was answered. */
  heard(): void {
    this.#heardAt = performance.now();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #check(): void {
    const { stepMillis, taskMillis, look, onLate } = this.#options;
    const now = clockMillis();
    const silentMillis = performance.now() - this.#heardAt;
    const begun = Array.from({ length: LANES }, (_, lane) => look(lane) ?? []).flat();
    if (begun.some(({ begunAt }) => now - begunAt >= stepMillis)) {
      onLate({ cause: 'deadline', millis: stepMillis });
    } else if (silentMillis >= taskMillis) {
      onLate({ cause: 'budget', millis: taskMillis });
    } else {
      // Times that a process made up make nothing longer, and no look follow upon another at once.
      const known = begun.map(({ begunAt }) => begunAt).filter((at) => Number.isFinite(at));
      const oldest = Math.min(now, ...known);
      const left = Math.min(stepMillis - (now - oldest), taskMillis - silentMillis);
      this.#timer = setTimeout(() => this.#check(), Math.max(left, LEAST_MILLIS));
    }
  }
}

const LEAST_MILLIS = 20;
