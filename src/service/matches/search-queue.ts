import { MatchError } from './match-error.js';
import { matchLimits } from './match-limits.js';

interface Waiter {
  begin(): void;
}

/**
 * Orders searches: tenants take turns, with one running search each, so that many searches of one tenant do not delay
 * the others.
 */
export class SearchQueue {
  readonly #waiting = new Map<string, Waiter[]>();
  readonly #busy = new Set<string>();
  #count = 0;

  /**
   * Resolves with a function to call at the end when the search may begin. Rejects with the reason of `signal`, or if
   * too many searches wait.
   */
  enter(tenant: string, signal: AbortSignal): Promise<() => void> {
    const line = this.#waiting.get(tenant) ?? [];
    if (this.#count >= matchLimits.waiting || line.length >= matchLimits.waitingOfTenant)
      return Promise.reject(new MatchError('fingerprint.busy'));
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
      if (this.#busy.size >= matchLimits.atOnce) return;
      const [waiter] = line;
      if (waiter === undefined || this.#busy.has(tenant)) continue;
      this.#busy.add(tenant);
      this.#leave(tenant, waiter);
      // Moves the tenant behind all others that wait.
      if (this.#waiting.delete(tenant)) this.#waiting.set(tenant, line);
      waiter.begin();
    }
  }
}
