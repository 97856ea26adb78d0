import { type FileHandle, open } from 'node:fs/promises';

/**
 * Syncs SQLite's write-ahead log (`<database>-wal`) on a thread on which only the caller waits. SQLite's `synchronous =
 * full` does the same inside `commit`, and a disk that once takes 300 ms then delays all clients of this process.
 * Concurrent commits share one sync.
 */
export class WalSync {
  readonly #path: string;
  readonly #writtenBack: () => Promise<boolean>;
  #file: FileHandle | undefined;
  /** Error of a failed sync, while data written then may not be on disk. */
  #refusal: unknown;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  /** `writtenBack`: writes the log into the database, syncs that, and returns whether it succeeded. */
  constructor(databasePath: string, writtenBack: () => Promise<boolean>) {
    this.#path = `${databasePath}-wal`;
    this.#writtenBack = writtenBack;
  }

  /** Resolves when everything written before the call is on disk; rejects with the system's error. */
  flush(): Promise<void> {
    // A running sync may have begun before that was written.
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#running = this.#sync();
        return this.#running;
      });
    return this.#next;
  }

  /** Completes pending syncs first. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#next, this.#running]);
    await this.#file?.close();
    this.#file = undefined;
  }

  async #sync(): Promise<void> {
    // The file stays the same while the database is open; Windows syncs only files opened for writing.
    this.#file ??= await open(this.#path, 'r+');
    if (this.#refusal !== undefined) {
      // After reporting an error once, the system treats the unwritten pages as written; without them the rest of the
      // log is invalid.
      if (!(await this.#writtenBack())) throw this.#refusal;
      this.#refusal = undefined;
      return;
    }
    try {
      await this.#file.datasync();
    } catch (error) {
      this.#refusal = error;
      throw error;
    }
  }
}
