/** Limits how many tasks run at once; further ones wait. */
export class Semaphore {
  readonly #most: number;
  #inside = 0;
  #fault: { error: unknown } | undefined;
  #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = Math.max(1, most);
  }

  /**
   * Resolves when there is a free slot. Rejects with the error of a task that failed. `more` adds slots for this
   * caller.
   */
  async acquire(more = 0): Promise<void> {
    this.#throwFault();
    while (this.#inside >= this.#most + more) await this.#change();
    this.#throwFault();
  }

  add(work: Promise<void>): void {
    this.#inside += 1;
    const ended = () => {
      this.#inside -= 1;
      for (const go of this.#waiting.splice(0)) go();
    };
    work.then(ended, (error: unknown) => {
      this.#fault ??= { error };
      ended();
    });
  }

  async drain(): Promise<void> {
    while (this.#inside > 0) await this.#change();
    this.#throwFault();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #throwFault(): void {
    if (this.#fault !== undefined) throw this.#fault.error;
  }
}
