import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { openStores } from '../src/store/stores.js';
import { PROGRAM } from './program.js';

const SQLITE = 'assay.sqlite';
const MADE = join(PROGRAM, 'migrated.sqlite');

/**
 * A new database of SQLite in a folder, as whoever opens an empty one leaves it: made once for a run of the tests and then
 * copied, since to migrate takes longer than most tests. Tests of migrations open an empty one themselves.
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

/** Several processes may do so at once: each puts a whole one there, and they are the same. */
async function make(): Promise<void> {
  const folder = mkdtempSync(join(PROGRAM, 'migrated-'));
  const stores = await openStores({ dataDir: folder }, { supervise: false });
  await stores.close();
  // What is written stands in the journal until it is brought back, and the file alone is copied.
  const database = new Sqlite(join(folder, SQLITE));
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
  renameSync(join(folder, SQLITE), MADE);
  rmSync(folder, { recursive: true });
}
