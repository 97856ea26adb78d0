/** So many do something at once, and so many more wait for it, in the order they came. */
export class Turns {
  readonly #most: number;
  readonly #mostWaiting: number;
  readonly #waiting: { begin(): void; giveUp(reason: unknown): void }[] = [];
  #taken = 0;

  constructor(most: number, mostWaiting: number) {
    this.#most = most;
    this.#mostWaiting = mostWaiting;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Undefined where too many wait; rejects with the signal’s reason. Give the turn back once. */
  enter(signal: AbortSignal): Promise<() => void> | undefined {
    if (this.#taken < this.#most) {
      this.#taken += 1;
      return Promise.resolve(this.#leave);
    }
    if (this.#waiting.length >= this.#mostWaiting) return undefined;
    return new Promise((resolve, reject) => {
      const one = {
        begin: () => {
          signal.removeEventListener('abort', gone);
          resolve(this.#leave);
        },
        giveUp: reject,
      };
      const gone = () => {
        const at = this.#waiting.indexOf(one);
        if (at >= 0) this.#waiting.splice(at, 1);
        reject(signal.reason);
      };
      this.#waiting.push(one);
      signal.addEventListener('abort', gone, { once: true });
      if (signal.aborted) gone();
    });
  }

  /** Who waits is sent away. */
  close(reason: unknown): void {
    for (const one of this.#waiting.splice(0)) one.giveUp(reason);
  }

  /** The turn goes to whoever waits longest, so that nobody who comes now is before them. */
  readonly #leave = (): void => {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken -= 1;
    else next.begin();
  };
}
