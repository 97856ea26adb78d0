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
  try {
    database.prepare(`pragma wal_checkpoint(${asked})`).all();
  } catch {
    // A disk that is full or ill: whoever commits next hears of it.
  }
  parentPort?.postMessage('done');
});
