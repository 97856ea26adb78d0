import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'libsql';

/** Writes SQLite's log back into the database, on a thread of its own: checkpoints.ts starts it. */
const { path } = workerData as { path: string };
const database = new Sqlite(path);
// Pages go to the disk before the log may be begun anew.
database.exec('pragma synchronous = normal');
parentPort?.on('message', (asked: 'passive' | 'truncate' | 'close') => {
  if (asked === 'close') {
    database.close();
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(isWrittenBack(asked));
});

/** Whether all that was committed is in the database, and that on the disk. */
function isWrittenBack(how: 'passive' | 'truncate'): boolean {
  try {
    const [row] = database.prepare(`pragma wal_checkpoint(${how})`).all() as Record<string, number>[];
    // Minus one of both: there is no log.
    return row?.['busy'] === 0 && row['log'] === row['checkpointed'] && row['log'] !== -1;
  } catch {
    // Others hold it, or the disk is full or ill: whoever commits next hears of that.
    return false;
  }
}
