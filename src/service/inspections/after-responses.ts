import { setImmediate as nextTurn } from 'node:timers/promises';

/** Runs work on files after the answer was sent. A file is stored until no more work needs it. */
export class AfterResponseTasks {
  readonly #onError: (error: unknown) => void;
  /** By inspection id; the promises never reject. */
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #cleanups = new Set<Promise<void>>();
  #closed = false;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Runs in parallel with other work that is under way for this inspection. */
  begin(id: string, work: () => Promise<void>): void {
    if (this.#closed) return;
    // The answer is sent first: its client would otherwise wait for the first step of this work too.
    const begun = nextTurn().then(work);
    const both = Promise.all([
      this.#underWay.get(id),
      begun.catch((error: unknown) => this.#reportError(error)),
    ]);
    const ended = both.then(() => {
      if (this.#underWay.get(id) === ended) this.#underWay.delete(id);
    });
    this.#underWay.set(id, ended);
  }

  /** Returns whether work is under way for this inspection. */
  isUnderWay(id: string): boolean {
    return this.#underWay.has(id);
  }

  /** Resolves when no work is under way for this inspection, at once if there is none. */
  async waitFor(id: string): Promise<void> {
    await this.#underWay.get(id);
  }

  /** Calls `done` once the file is no longer needed; awaits it only if the file is free now. */
  async runWhenFree(id: string, done: () => Promise<void>): Promise<void> {
    const ended = this.#underWay.get(id);
    if (ended === undefined) {
      await done();
      return;
    }
    const last = ended.then(done).catch((error: unknown) => this.#reportError(error));
    this.#cleanups.add(last);
    void last.then(() => this.#cleanups.delete(last));
  }

  /** Accepts no new work. The makers themselves abort what is under way; resolves when the last file is cleaned up. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#underWay.values());
    await Promise.all(this.#cleanups);
  }

  #reportError(error: unknown): void {
    if (!this.#closed) this.#onError(error);
  }
}
