interface Waiter {
  tenant: string;
  begin(): void;
  giveUp(reason: unknown): void;
}

/**
 * So many do something at once, and so many more wait for it. A turn goes to the tenant that has the fewest, and there to
 * whoever has waited longest. Where all places to wait are taken, whoever came last of the tenant that has the most of them is
 * sent away for one of a tenant that has fewer: many of one keep nobody else out.
 */
export class Turns {
  readonly #most: number;
  readonly #mostWaiting: number;
  readonly #busy: () => unknown;
  readonly #waiting: Waiter[] = [];
  /** By tenant. */
  readonly #taken = new Map<string, number>();

  /** `busy`: what they are told that are sent away after all. */
  constructor(most: number, mostWaiting: number, busy: () => unknown) {
    this.#most = most;
    this.#mostWaiting = mostWaiting;
    this.#busy = busy;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Undefined where too many wait; rejects with the signal’s reason. Give the turn back once. */
  enter(tenant: string, signal: AbortSignal): Promise<() => void> | undefined {
    if (this.#count < this.#most) return Promise.resolve(this.#take(tenant));
    if (this.#waiting.length >= this.#mostWaiting && !this.#makesPlaceFor(tenant)) return undefined;
    return new Promise((resolve, reject) => {
      const one: Waiter = {
        tenant,
        begin: () => {
          signal.removeEventListener('abort', gone);
          resolve(this.#take(tenant));
        },
        giveUp: (reason) => {
          signal.removeEventListener('abort', gone);
          reject(reason);
        },
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

  /** Whether somebody was sent away, so that one of this tenant may wait. */
  #makesPlaceFor(tenant: string): boolean {
    const waiting = new Map<string, number>();
    for (const one of this.#waiting) waiting.set(one.tenant, (waiting.get(one.tenant) ?? 0) + 1);
    const [most, count] = [...waiting].reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0]);
    // As many as the other afterwards, at most: else they would send each other away in turn.
    if ((waiting.get(tenant) ?? 0) + 1 >= count) return false;
    const at = this.#waiting.findLastIndex((one) => one.tenant === most);
    const [last] = this.#waiting.splice(at, 1);
    last?.giveUp(this.#busy());
    return true;
  }

  get #count(): number {
    return [...this.#taken.values()].reduce((sum, one) => sum + one, 0);
  }

  #of(tenant: string): number {
    return this.#taken.get(tenant) ?? 0;
  }

  #take(tenant: string): () => void {
    this.#taken.set(tenant, this.#of(tenant) + 1);
    return () => this.#leave(tenant);
  }

  /** Nobody who comes now is before those that wait. */
  #leave(tenant: string): void {
    const left = this.#of(tenant) - 1;
    if (left === 0) this.#taken.delete(tenant);
    else this.#taken.set(tenant, left);
    const [first, ...others] = this.#waiting;
    if (first === undefined) return;
    const next = others.reduce(
      (best, one) => (this.#of(one.tenant) < this.#of(best.tenant) ? one : best),
      first,
    );
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    next.begin();
  }
}
