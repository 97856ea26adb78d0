import { type FileHandle, open } from 'node:fs/promises';

/**
 * Brings to the disk what SQLite has written into its log (`<database>-wal`), on a thread that nobody waits for but who
 * asked. SQLite's own `synchronous = full` does the same inside `commit`, and a disk that takes 300 ms for once then
 * holds up everybody whom this process answers. Several commits of one moment share one turn of the disk.
 */
export class WalOnDisk {
  readonly #path: string;
  #file: FileHandle | undefined;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(databasePath: string) {
    this.#path = `${databasePath}-wal`;
  }

  /** Resolves when what was written before the call is on the disk; rejects with the system's error. */
  flush(): Promise<void> {
    // One that runs already may have begun before that was written.
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#running = this.#sync();
        return this.#running;
      });
    return this.#next;
  }

  /** What was asked for is done first. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#next, this.#running]);
    await this.#file?.close();
    this.#file = undefined;
  }

  async #sync(): Promise<void> {
    // It stays the same file as long as the database is open; Windows brings to the disk only what may be written.
    this.#file ??= await open(this.#path, 'r+');
    await this.#file.datasync();
  }
}
