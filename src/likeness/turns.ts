import { SeenError } from './seen-error.js';
import { seenLimits } from './seen-limits.js';

interface Waiter {
  begin(): void;
}

/** Who searches next: tenants in turn, one search of each at a time, so that many of one hold up nobody else’s. */
export class Turns {
  readonly #waiting = new Map<string, Waiter[]>();
  readonly #busy = new Set<string>();
  #count = 0;

  /** Resolves when it may begin, with what is to be called at its end. Rejects with the reason of `signal`, or where too many wait. */
  enter(tenant: string, signal: AbortSignal): Promise<() => void> {
    const line = this.#waiting.get(tenant) ?? [];
    if (this.#count >= seenLimits.waiting || line.length >= seenLimits.waitingOfTenant)
      return Promise.reject(new SeenError('likeness.busy'));
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#leave(tenant, waiter);
        reject(signal.reason);
      };
      const waiter = {
        begin: () => {
          signal.removeEventListener('abort', stop);
          resolve(() => this.#ended(tenant));
        },
      };
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      signal.addEventListener('abort', stop);
      line.push(waiter);
      this.#waiting.set(tenant, line);
      this.#count += 1;
      this.#next();
    });
  }

  #ended(tenant: string): void {
    this.#busy.delete(tenant);
    this.#next();
  }

  #leave(tenant: string, waiter: Waiter): void {
    const line = this.#waiting.get(tenant) ?? [];
    const at = line.indexOf(waiter);
    if (at < 0) return;
    line.splice(at, 1);
    this.#count -= 1;
    if (line.length === 0) this.#waiting.delete(tenant);
  }

  #next(): void {
    for (const [tenant, line] of this.#waiting) {
      if (this.#busy.size >= seenLimits.atOnce) return;
      const [waiter] = line;
      if (waiter === undefined || this.#busy.has(tenant)) continue;
      this.#busy.add(tenant);
      this.#leave(tenant, waiter);
      // Behind all others that wait.
      if (this.#waiting.delete(tenant)) this.#waiting.set(tenant, line);
      waiter.begin();
    }
  }
}
