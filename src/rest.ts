/** Rests of a loop that asks again and again. */
export class Rest {
  #wake: () => void = () => undefined;
  #ended = false;

  take(millis: number): Promise<void> {
    if (this.#ended) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, millis);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** There may be something to do: ends the rest that is being taken, if one is. */
  wake(): void {
    this.#wake();
  }

  /** And none is taken any more: the loop is to stop. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }
}
