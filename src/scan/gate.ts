/** Lets in so many at once; whoever comes next waits for room. */
export class Gate {
  readonly #most: number;
  #inside = 0;
  #fault: { error: unknown } | undefined;
  #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = Math.max(1, most);
  }

  /** Resolves when there is room. Rejects with what one that was let in has failed with. `more`: places for this one beside the others. */
  async room(more = 0): Promise<void> {
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

  async empty(): Promise<void> {
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
