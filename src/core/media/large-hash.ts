import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { buildFile } from '../../base/built-files.js';

/**
 * Hashes a large file on a separate thread from the moment it is opened. Hashing a gigabyte takes as long as validating
 * it, and on the readers' thread both would wait for each other.
 */
export class LargeHash {
  readonly #worker: Worker;
  readonly #digest: Promise<[PromiseSettledResult<unknown[]>]>;

  constructor(fd: number) {
    this.#worker = new Worker(buildFile('hash-thread.js'), { workerData: { fd } });
    this.#digest = Promise.allSettled([once(this.#worker, 'message')]);
  }

  /** Rejects with the thread's error, which is the system's if the disk failed. */
  async digest(): Promise<string> {
    const [end] = await this.#digest;
    if (end.status === 'rejected') throw end.reason;
    return String(end.value[0]);
  }

  /** Resolves once the descriptor is no longer used. */
  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
