import { setTimeout as sleep } from 'node:timers/promises';
import type { Lock, Locker, RequestRelease } from '@tus/server';
import { Problem } from '../../contract/problems/problem.js';

/** Longer than the library lets a request that was asked to leave run on (its lockDrainTimeout, 3 s). */
const WAIT_MILLIS = 10_000;

interface Holder {
  askToLeave: RequestRelease;
  released: Promise<void>;
  release(): void;
}

/**
 * Locks each upload for one request at a time, in this process. A later request asks the earlier one to leave: after a
 * broken connection both are usually of the same client, and the earlier one has not noticed the break.
 */
export class UploadLock implements Locker {
  readonly #holders = new Map<string, Holder>();

  newLock(id: string): Lock {
    return {
      lock: (signal, askToLeave) => this.#acquire(id, signal, askToLeave),
      unlock: () => this.#release(id),
    };
  }

  async #acquire(id: string, signal: AbortSignal, askToLeave: RequestRelease): Promise<void> {
    // The monotonic clock, because the wall clock may be set back meanwhile.
    const until = performance.now() + WAIT_MILLIS;
    for (let holder = this.#holders.get(id); holder !== undefined; holder = this.#holders.get(id)) {
      await holder.askToLeave();
      const left = until - performance.now();
      if (left <= 0 || signal.aborted) throw new Problem('unavailable', { headers: { 'retry-after': '3' } });
      const waited = new AbortController();
      const late = sleep(left, undefined, { signal: waited.signal }).catch(() => undefined);
      await Promise.race([holder.released, late]);
      waited.abort();
    }
    const { promise: left, resolve: leave } = withResolvers();
    this.#holders.set(id, { askToLeave, released: left, release: leave });
  }

  async #release(id: string): Promise<void> {
    this.#holders.get(id)?.release();
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
