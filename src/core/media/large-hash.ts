import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { builtFile } from '../ground/built.js';

/**
 * Hashing a gigabyte takes as long as validating it. On the thread where readers run it would wait for them and they
 * for it, so a large file is hashed on a thread of its own from the moment it is open.
 */
export class LargeHash {
  readonly #worker: Worker;
  readonly #digest: Promise<[PromiseSettledResult<unknown[]>]>;

  constructor(fd: number) {
    this.#worker = new Worker(builtFile('hash-thread.js'), { workerData: { fd } });
    this.#digest = Promise.allSettled([once(this.#worker, 'message')]);
  }

  /** Rejects with what the thread threw: the system's error where the disk is at fault. */
  async digest(): Promise<string> {
    const [end] = await this.#digest;
    if (end.status === 'rejected') throw end.reason;
    return String(end.value[0]);
  }

  /** The descriptor is not read any more when this resolves. */
  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
