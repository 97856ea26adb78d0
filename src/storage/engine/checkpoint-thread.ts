import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'libsql';

/** Writes SQLite's write-ahead log back into the database, on a thread of its own started by `Checkpoints`. */
const { path } = workerData as { path: string };
const database = new Sqlite(path);
// Pages must reach the disk before the log may be restarted.
database.exec('pragma synchronous = normal');
parentPort?.on('message', (asked: 'passive' | 'truncate' | 'close') => {
  if (asked === 'close') {
    database.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(checkpoint(asked));
});

/** Returns whether everything committed is in the database and on disk. */
function checkpoint(how: 'passive' | 'truncate'): boolean {
  try {
    const [row] = database.prepare(`pragma wal_checkpoint(${how})`).all() as Record<string, number>[];
    // Both are −1 if there is no log.
    return row?.['busy'] === 0 && row['log'] === row['checkpointed'] && row['log'] !== -1;
  } catch {
    // The database is locked, or the disk is full or failing; the next commit reports that.
    return false;
  }
}
