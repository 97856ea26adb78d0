import { Checkpoints } from './checkpoints.js';
import type { Disk } from './sqlite-dialect.js';
import { WalOnDisk } from './wal-on-disk.js';

/**
 * For a database whose journal is a log (WAL) and whose `synchronous` is `normal`: it commits without waiting for the
 * disk, and whoever committed waits for it here. What was answered as accepted is on the disk after a power cut too.
 */
export class SqliteDisk implements Disk {
  readonly #log: WalOnDisk;
  readonly #checkpoints: Checkpoints;
  #spared = false;

  constructor(databasePath: string) {
    this.#checkpoints = new Checkpoints(databasePath);
    this.#log = new WalOnDisk(databasePath, () => this.#checkpoints.writtenBack());
  }

  /** For whoever holds the connection: what they commit need not be on the disk when it is answered. */
  spare(): void {
    this.#spared = true;
  }

  async released(wrote: boolean): Promise<void> {
    const spared = this.#spared;
    this.#spared = false;
    if (!wrote) return;
    this.#checkpoints.committed();
    if (!spared) await this.#log.flush();
  }

  async close(): Promise<void> {
    await this.#log.close();
    await this.#checkpoints.close();
  }
}
