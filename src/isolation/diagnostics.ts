import type { CodeState } from '../cached-code.js';
import type { EngineName } from '../core/c2pa/engine-names.js';
import type { IsolationReason } from '../core/ground/isolation-level.js';
import type { Step } from '../core/report/analyze-options.js';
import type { Held } from './held.js';

/** A step of one file has ended, well or not; with the engine, where one was asked. `hash`: the parent's own. */
export interface StepEnded {
  step: Step['step'] | 'hash';
  engine?: EngineName;
  millis: number;
}

/** `code`: whether it runs what V8 compiled of it before; left out by those of which nothing is kept. */
export interface ProcessStarted {
  code?: CodeState;
}

/** `code`: an InspectErrorCode; `report`; or `unread` for a Report that only says that nothing could be read. */
export interface FileInspected {
  code: string;
  millis: number;
}

/** One kind of message, to whoever measures. Costs nothing while nobody listens. */
class Topic<T> {
  readonly #listeners = new Set<(message: T) => void>();

  publish(message: T): void {
    for (const listener of this.#listeners) listener(message);
  }

  get isListenedTo(): boolean {
    return this.#listeners.size > 0;
  }

  /** Gives back what ends it. */
  subscribe(listener: (message: T) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/**
 * What reading tells about itself. For the whole process, as the figures that are kept of it: no part in between has
 * to hand anything on. Names of closed lists and numbers only, nothing of a file.
 */
export const diagnostics = {
  stepEnded: new Topic<StepEnded>(),
  processStarted: new Topic<ProcessStarted>(),
  /** `code` of the fault that a process ended with while it read. */
  readerDied: new Topic<{ code: string }>(),
  /** An engine took a process down; the file is read again without it. */
  engineGivenUp: new Topic<{ engine: EngineName }>(),
  fileInspected: new Topic<FileInspected>(),
  /** An inspection of the queue ended without a Report. `code`: as its `error` says. */
  inspectionFailed: new Topic<{ code: string }>(),
  /** How reading processes are held, once the first has started and whenever that is another way than before. */
  held: new Topic<Held>(),
  /** A sandbox that is there did not work, and files are read on without it. */
  sandboxGivenUp: new Topic<{ because: IsolationReason }>(),
} as const;
