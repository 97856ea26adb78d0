/** Lets in so many at once; whoever comes next waits for room. */
export class Gate {
  readonly #most: number;
  readonly #inside = new Set<Promise<void>>();
  #fault: { error: unknown } | undefined;

  constructor(most: number) {
    this.#most = Math.max(1, most);
  }

  /** Resolves when there is room. Rejects with what one that was let in has failed with. `more`: places for this one beside the others. */
  async room(more = 0): Promise<void> {
    this.#throwFault();
    while (this.#inside.size >= this.#most + more) await Promise.race(this.#inside);
    this.#throwFault();
  }

  add(work: Promise<void>): void {
    const watched: Promise<void> = work
      .catch((error: unknown) => {
        this.#fault ??= { error };
      })
      .finally(() => this.#inside.delete(watched));
    this.#inside.add(watched);
  }

  async empty(): Promise<void> {
    await Promise.all(this.#inside);
    this.#throwFault();
  }

  #throwFault(): void {
    if (this.#fault !== undefined) throw this.#fault.error;
  }
}
