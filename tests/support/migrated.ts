import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { openStores } from '../../src/storage/stores.js';
import { PROGRAM } from './program.js';

const SQLITE = 'assay.sqlite';
const MADE = join(PROGRAM, 'migrated.sqlite');

/**
 * Creates a new SQLite database with the current tables in a folder. It is made once per test run and then copied,
 * because migrating takes longer than most tests. Tests of migrations open an empty one themselves.
 */
export async function migratedIn(dataDir: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const own = join(dataDir, SQLITE);
  try {
    copyFileSync(MADE, own);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await make();
    copyFileSync(MADE, own);
  }
}

/** Several processes may do so at once: each puts a complete one in place, and they are equal. */
async function make(): Promise<void> {
  const folder = mkdtempSync(join(PROGRAM, 'migrated-'));
  const stores = await openStores({ dataDir: folder }, { supervise: false });
  await stores.close();
  // Written data is in the journal until a checkpoint, and only the database file is copied.
  const database = new Sqlite(join(folder, SQLITE));
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
  renameSync(join(folder, SQLITE), MADE);
  rmSync(folder, { recursive: true });
}
