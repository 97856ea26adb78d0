import type { ProcessFailure } from '../protocol/process-faults.js';
import { clockMillis, LANES, type OpenStep } from '../protocol/progress-file.js';

export interface PackWatcherOptions {
  stepMillis: number;
  taskMillis: number;
  look(lane: number): OpenStep[] | undefined;
  onLate(death: ProcessFailure): void;
}

/**
 * Reports that a pack is late: a step of one of its files takes too long, or no file was answered within the time
 * allowed for one. Reading each file alone then shows which one is to blame, because what a process states about
 * another file is not trusted.
 */
export class PackWatcher {
  readonly #options: PackWatcherOptions;
  #timer: NodeJS.Timeout | undefined;
  #heardAt = 0;

  constructor(options: PackWatcherOptions) {
    this.#options = options;
  }

  /** Starts when the pack is being read. */
  begin(): void {
    if (this.#timer !== undefined) return;
    this.noteAnswer();
    this.#timer = setTimeout(() => this.#check(), this.#options.stepMillis);
  }

  /** Records that one of its files was answered. */
  noteAnswer(): void {
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
      // Times forged by a process extend nothing and cause no busy loop.
      const known = begun.map(({ begunAt }) => begunAt).filter((at) => Number.isFinite(at));
      const oldest = Math.min(now, ...known);
      const left = Math.min(stepMillis - (now - oldest), taskMillis - silentMillis);
      this.#timer = setTimeout(() => this.#check(), Math.max(left, MIN_INTERVAL_MILLIS));
    }
  }
}

const MIN_INTERVAL_MILLIS = 20;
