import { join } from 'node:path';
import Sqlite from 'libsql';
import { makeSqlitePrivate } from '../../base/files/private-files.js';
import { message } from '../../i18n/message.js';
import { MIGRATIONS_QUERY } from '../../storage/engine/schema-state.js';
import { BackupError } from './backup-error.js';
import { SQLITE_FILE } from './contents.js';
import { isRegularFile } from './copies.js';
import { type DatabaseSnapshot, needsUpload } from './snapshot.js';

const WAIT_MILLIS = 10_000;

/** Writes a consistent copy of the database while other processes read and write it. */
export async function snapshotSqlite(dataDir: string, folder: string): Promise<DatabaseSnapshot> {
  const path = join(dataDir, SQLITE_FILE);
  // Opening a missing database would create it.
  if (!(await isRegularFile(path))) {
    throw new BackupError(message('backup.error.noSqlite', { file: SQLITE_FILE, folder: dataDir }));
  }
  const database = openDatabaseFile(path);
  try {
    // SQLite writes into the existing empty file and preserves its mode.
    makeSqlitePrivate(join(folder, SQLITE_FILE));
    database.prepare('vacuum into ?').run(join(folder, SQLITE_FILE));
  } finally {
    database.close();
  }
  const copy = openDatabaseFile(join(folder, SQLITE_FILE));
  try {
    const [sound] = copy.prepare('pragma integrity_check').all() as { integrity_check: string }[];
    if (sound?.integrity_check !== 'ok') throw new BackupError(message('backup.error.damagedCopy'));
    const rows = copy
      .prepare("select id, request from inspections where status in ('queued', 'running')")
      .all() as { id: string; request: string }[];
    const count = copy.prepare('select count(*) as number from inspections').get() as { number: number };
    const applied = copy.prepare(MIGRATIONS_QUERY).all() as { name: string }[];
    return {
      file: SQLITE_FILE,
      inspections: count.number,
      migrations: applied.map(({ name }) => name),
      waiting: rows.filter(needsUpload).map(({ id }) => id),
    };
  } finally {
    copy.close();
  }
}

function openDatabaseFile(path: string): Sqlite.Database {
  makeSqlitePrivate(path);
  const database = new Sqlite(path);
  database.exec(`pragma busy_timeout = ${WAIT_MILLIS}`);
  return database;
}
