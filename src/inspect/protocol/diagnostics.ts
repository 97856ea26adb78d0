import type { IsolationReason } from '../../base/isolation-level.js';
import type { CodeCacheState } from '../../base/process/v8-cache.js';
import type { EngineName } from '../../core/c2pa/engine-names.js';
import type { ReadingStep } from '../../core/report/analyze-options.js';
import type { IsolationStatus } from './isolation-status.js';

/** A step of one file has ended, successfully or not; with the engine if one was used. `hash` is the parent's own step. */
export interface StepEndedEvent {
  step: ReadingStep['step'] | 'hash';
  engine?: EngineName;
  millis: number;
}

/** `code`: whether the process runs code that V8 compiled earlier; absent for processes without a code cache. */
export interface ProcessStartedEvent {
  code?: CodeCacheState;
}

/** `code`: an InspectErrorCode; `report`; or `unread` for a Report that only states that nothing could be read. */
export interface FileInspectedEvent {
  code: string;
  millis: number;
}

/** Publisher of one kind of message, for metrics. Without listeners, publishing does nothing. */
class Topic<T> {
  readonly #listeners = new Set<(message: T) => void>();

  publish(message: T): void {
    for (const listener of this.#listeners) listener(message);
  }

  get isListenedTo(): boolean {
    return this.#listeners.size > 0;
  }

  /** Returns a function that ends the subscription. */
  subscribe(listener: (message: T) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/**
 * Diagnostics of reading. Global, like the metrics made from them, so that nothing has to be passed through the layers.
 * Messages contain only numbers and names from closed lists, no data of files.
 */
export const diagnostics = {
  stepEnded: new Topic<StepEndedEvent>(),
  processStarted: new Topic<ProcessStartedEvent>(),
  /** `code` of the fault with which a process ended while reading. */
  readerDied: new Topic<{ code: string }>(),
  /** An engine crashed a process; the file is read again without it. */
  engineGivenUp: new Topic<{ engine: EngineName }>(),
  fileInspected: new Topic<FileInspectedEvent>(),
  /** An inspection from the queue ended without a Report. `code`: that of its `error`. */
  inspectionFailed: new Topic<{ code: string }>(),
  /** Confinement of reading processes: published after the first start and on every change. */
  isolationStatus: new Topic<IsolationStatus>(),
  /** An installed sandbox did not work, so files are read without it. */
  sandboxGivenUp: new Topic<{ reason: IsolationReason }>(),
} as const;
