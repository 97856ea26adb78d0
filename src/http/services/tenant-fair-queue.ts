interface Waiter {
  tenant: string;
  resolve(): void;
  reject(reason: unknown): void;
}

/**
 * Bounds concurrent work, and the number of waiting callers. A free slot goes to the tenant with the fewest slots, and
 * within a tenant to the oldest waiter. If the queue is full, the latest waiter of the tenant with the most waiters is
 * rejected in favour of a tenant with fewer, so one tenant cannot keep out the others.
 */
export class TenantFairQueue {
  readonly #maxRunning: number;
  readonly #maxWaiting: number;
  readonly #busy: () => unknown;
  readonly #waiting: Waiter[] = [];
  /** Slots in use, by tenant. */
  readonly #taken = new Map<string, number>();

  /** `busy` returns the error of a rejected waiter. */
  constructor(most: number, mostWaiting: number, busy: () => unknown) {
    this.#maxRunning = most;
    this.#maxWaiting = mostWaiting;
    this.#busy = busy;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Returns a promise of the function that releases the slot, which may be called once; `undefined` if the queue is
   * full. Rejects with the signal’s reason.
   */
  acquire(tenant: string, signal: AbortSignal): Promise<() => void> | undefined {
    if (this.#count < this.#maxRunning) return Promise.resolve(this.#take(tenant));
    if (this.#waiting.length >= this.#maxWaiting && !this.#evictFor(tenant)) return undefined;
    return new Promise((resolve, reject) => {
      const one: Waiter = {
        tenant,
        resolve: () => {
          signal.removeEventListener('abort', gone);
          resolve(this.#take(tenant));
        },
        reject: (reason) => {
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

  /** Rejects all waiters. */
  close(reason: unknown): void {
    for (const one of this.#waiting.splice(0)) one.reject(reason);
  }

  /** Rejects another tenant's waiter in favour of this tenant; returns whether it did. */
  #evictFor(tenant: string): boolean {
    const waiting = new Map<string, number>();
    for (const one of this.#waiting) waiting.set(one.tenant, (waiting.get(one.tenant) ?? 0) + 1);
    const [most, count] = [...waiting].reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0]);
    // The new tenant may then have at most as many waiters as the other: otherwise they would reject each other's in
    // turn.
    if ((waiting.get(tenant) ?? 0) + 1 >= count) return false;
    const at = this.#waiting.findLastIndex((one) => one.tenant === most);
    const [last] = this.#waiting.splice(at, 1);
    last?.reject(this.#busy());
    return true;
  }

  get #count(): number {
    return [...this.#taken.values()].reduce((sum, one) => sum + one, 0);
  }

  #runningOf(tenant: string): number {
    return this.#taken.get(tenant) ?? 0;
  }

  #take(tenant: string): () => void {
    this.#taken.set(tenant, this.#runningOf(tenant) + 1);
    return () => this.#release(tenant);
  }

  /** New callers do not overtake waiting ones. */
  #release(tenant: string): void {
    const left = this.#runningOf(tenant) - 1;
    if (left === 0) this.#taken.delete(tenant);
    else this.#taken.set(tenant, left);
    const [first, ...others] = this.#waiting;
    if (first === undefined) return;
    const next = others.reduce(
      (best, one) => (this.#runningOf(one.tenant) < this.#runningOf(best.tenant) ? one : best),
      first,
    );
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    next.resolve();
  }
}
