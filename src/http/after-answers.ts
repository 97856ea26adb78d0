import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work on files that goes on after the answer. A file stays until nothing more is made of it. */
export class AfterAnswers {
  readonly #onError: (error: unknown) => void;
  /** By inspection; never rejecting. */
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #lasts = new Set<Promise<void>>();
  #closed = false;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Beside what is done for this inspection already. */
  begin(id: string, work: () => Promise<void>): void {
    if (this.#closed) return;
    // The answer first: whoever waits for it would wait for the first step of this as well.
    const begun = nextTurn().then(work);
    const both = Promise.all([this.#underWay.get(id), begun.catch((error: unknown) => this.#told(error))]);
    const ended = both.then(() => {
      if (this.#underWay.get(id) === ended) this.#underWay.delete(id);
    });
    this.#underWay.set(id, ended);
  }

  /** Something is still made for this inspection. */
  isUnderWay(id: string): boolean {
    return this.#underWay.has(id);
  }

  /** Resolves when nothing is made for this inspection any more, at once where nothing is. */
  async ended(id: string): Promise<void> {
    await this.#underWay.get(id);
  }

  /** Does it once the file is no longer needed; waited for only where that is now. */
  async whenFree(id: string, done: () => Promise<void>): Promise<void> {
    const ended = this.#underWay.get(id);
    if (ended === undefined) {
      await done();
      return;
    }
    const last = ended.then(done).catch((error: unknown) => this.#told(error));
    this.#lasts.add(last);
    void last.then(() => this.#lasts.delete(last));
  }

  /** Nothing new is begun. What is under way is given up by whoever does it; resolves when the last file is put away. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#underWay.values());
    await Promise.all(this.#lasts);
  }

  #told(error: unknown): void {
    if (!this.#closed) this.#onError(error);
  }
}
