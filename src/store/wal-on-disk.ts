import { type FileHandle, open } from 'node:fs/promises';

/**
 * Brings to the disk what SQLite has written into its log (`<database>-wal`), on a thread that nobody waits for but who
 * asked. SQLite's own `synchronous = full` does the same inside `commit`, and a disk that takes 300 ms for once then
 * holds up everybody whom this process answers. Several commits of one moment share one turn of the disk.
 */
export class WalOnDisk {
  readonly #path: string;
  readonly #writtenBack: () => Promise<boolean>;
  #file: FileHandle | undefined;
  /** What the system said when it could not write, as long as something of then may not be on the disk. */
  #refusal: unknown;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  /** `writtenBack`: brings all that the log holds into the database and that to the disk, and says whether it is there. */
  constructor(databasePath: string, writtenBack: () => Promise<boolean>) {
    this.#path = `${databasePath}-wal`;
    this.#writtenBack = writtenBack;
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
    if (this.#refusal !== undefined) {
      // Told once, the system holds what it could not write for written; without it nothing that follows in the log counts.
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
