import { join } from 'node:path';
import Sqlite from 'libsql';
import { keepSqlitePrivate } from '../private-files.js';
import { said } from '../say/said.js';
import { BackupError } from './backup-error.js';
import { SQLITE_FILE } from './contents.js';
import { isRegularFile } from './copies.js';
import { needsUpload, type Snapshot } from './snapshot.js';

const WAIT_MILLIS = 10_000;

/** While others read and write: SQLite copies what one reader sees. */
export async function sqliteSnapshot(dataDir: string, folder: string): Promise<Snapshot> {
  const path = join(dataDir, SQLITE_FILE);
  // To open what is not there would make it.
  if (!(await isRegularFile(path))) {
    throw new BackupError(said('backup.error.noSqlite', { file: SQLITE_FILE, folder: dataDir }));
  }
  const database = opened(path);
  try {
    // SQLite writes into an empty file that is there, and leaves its mode.
    keepSqlitePrivate(join(folder, SQLITE_FILE));
    database.prepare('vacuum into ?').run(join(folder, SQLITE_FILE));
  } finally {
    database.close();
  }
  const copy = opened(join(folder, SQLITE_FILE));
  try {
    const [sound] = copy.prepare('pragma integrity_check').all() as { integrity_check: string }[];
    if (sound?.integrity_check !== 'ok') throw new BackupError(said('backup.error.damagedCopy'));
    const rows = copy
      .prepare("select id, request from inspections where status in ('queued', 'running')")
      .all() as { id: string; request: string }[];
    const count = copy.prepare('select count(*) as number from inspections').get() as { number: number };
    return {
      file: SQLITE_FILE,
      inspections: count.number,
      waiting: rows.filter(needsUpload).map(({ id }) => id),
    };
  } finally {
    copy.close();
  }
}

function opened(path: string): Sqlite.Database {
  keepSqlitePrivate(path);
  const database = new Sqlite(path);
  database.exec(`pragma busy_timeout = ${WAIT_MILLIS}`);
  return database;
}
