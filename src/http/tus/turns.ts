import { setTimeout as sleep } from 'node:timers/promises';
import type { Lock, Locker, RequestRelease } from '@tus/server';
import { Problem } from '../problem.js';

/** Longer than the library lets a request that was asked to make way go on (its lockDrainTimeout, 3 s). */
const WAIT_MILLIS = 10_000;

interface Holder {
  askToLeave: RequestRelease;
  left: Promise<void>;
  leave(): void;
}

/**
 * One request at a time for each upload, in this process. Who comes later asks the one before to leave: after a broken
 * connection that is most often the same client, whose first request nobody told of the break.
 */
export class Turns implements Locker {
  readonly #holders = new Map<string, Holder>();

  newLock(id: string): Lock {
    return {
      lock: (signal, askToLeave) => this.#enter(id, signal, askToLeave),
      unlock: () => this.#leave(id),
    };
  }

  async #enter(id: string, signal: AbortSignal, askToLeave: RequestRelease): Promise<void> {
    // Not the wall's clock, which may be set back meanwhile.
    const until = performance.now() + WAIT_MILLIS;
    for (let holder = this.#holders.get(id); holder !== undefined; holder = this.#holders.get(id)) {
      await holder.askToLeave();
      const left = until - performance.now();
      if (left <= 0 || signal.aborted) throw new Problem('unavailable', { headers: { 'retry-after': '3' } });
      const waited = new AbortController();
      const late = sleep(left, undefined, { signal: waited.signal }).catch(() => undefined);
      await Promise.race([holder.left, late]);
      waited.abort();
    }
    const { promise: left, resolve: leave } = withResolvers();
    this.#holders.set(id, { askToLeave, left, leave });
  }

  async #leave(id: string): Promise<void> {
    this.#holders.get(id)?.leave();
    this.#holders.delete(id);
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
