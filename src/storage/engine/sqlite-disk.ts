import { CheckpointScheduler } from './checkpoints.js';
import type { CommitSync } from './sqlite-dialect.js';
import { WalSync } from './wal-sync.js';

/**
 * Syncs the commits of a database with WAL journal and `synchronous = normal`, which commits without waiting for the
 * disk. What was confirmed is therefore on disk after a power failure too.
 */
export class SqliteDisk implements CommitSync {
  readonly #log: WalSync;
  readonly #checkpoints: CheckpointScheduler;
  #spared = false;

  constructor(databasePath: string) {
    this.#checkpoints = new CheckpointScheduler(databasePath);
    this.#log = new WalSync(databasePath, () => this.#checkpoints.checkpointAll());
  }

  /** Skips the sync of the current use of the connection; called by its holder. */
  skipSync(): void {
    this.#spared = true;
  }

  async onRelease(wrote: boolean): Promise<void> {
    const spared = this.#spared;
    this.#spared = false;
    if (!wrote) return;
    this.#checkpoints.noteCommit();
    if (!spared) await this.#log.flush();
  }

  async close(): Promise<void> {
    await this.#log.close();
    await this.#checkpoints.close();
  }
}
