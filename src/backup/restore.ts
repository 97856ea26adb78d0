import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { said } from '../say/said.js';
import { secretKeysThere } from '../secrets/key-file.js';
import { countManifestsNotOpened } from '../store/seal-manifests.js';
import { countNotOpened } from '../store/seal-secrets.js';
import { openStores } from '../store/stores.js';
import type { BackupPlaces } from './backup.js';
import { BackupError } from './backup-error.js';
import { CONTENTS_FILE, type Contents, contentsOf, DUMP_FILE, SQLITE_FILE } from './contents.js';
import { copied, isEmptyPlace, isRegularFile, measured } from './copies.js';
import { isEmptyDatabase, postgresRestore } from './postgres.js';

/** Far more than a million uploads that wait. */
const MOST_CONTENTS_BYTES = 256 * 1024 ** 2;

export interface Restored {
  contents: Contents;
  /** Webhooks whose secrets no key here opens. */
  notOpened: number;
  /** The same of manifest stores kept with scans. */
  manifestsNotOpened: number;
}

/**
 * Puts a backup where nothing is yet: an empty data directory, and with PostgreSQL an empty database. Every file is
 * held against what the backup says of it first. Where anything fails, what was put there is taken away again.
 */
export async function restore(from: string, places: BackupPlaces): Promise<Restored> {
  const folder = resolve(from);
  const contents = await contentsIn(folder);
  await assertSame(contents, places);
  await assertEmpty(places);
  await assertWhole(folder, contents);
  const { dataDir } = places;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  try {
    for (const { path } of contents.files) {
      if (path === SQLITE_FILE || path === DUMP_FILE) continue;
      await copied(join(folder, path), dataDir, path);
    }
    if (places.databaseUrl === undefined) {
      // Under its name last: before that no server would take it for its own.
      const arriving = `${SQLITE_FILE}.restoring`;
      await copied(join(folder, SQLITE_FILE), dataDir, arriving);
      await rename(join(dataDir, arriving), join(dataDir, SQLITE_FILE));
    } else await postgresRestore(places.databaseUrl, join(folder, DUMP_FILE), places.programPath);
    return { contents, ...(await opened(places)) };
  } catch (error) {
    await undo(contents, dataDir);
    throw error;
  }
}

async function contentsIn(folder: string): Promise<Contents> {
  const path = join(folder, CONTENTS_FILE);
  if (!(await isRegularFile(path))) {
    throw new BackupError(said('backup.error.notABackup', { folder, file: CONTENTS_FILE }));
  }
  if ((await stat(path)).size > MOST_CONTENTS_BYTES)
    throw new BackupError(said('backup.error.tooLarge', { file: CONTENTS_FILE }));
  return contentsOf(await readFile(path, 'utf8'));
}

async function assertSame({ database, files }: Contents, { databaseUrl }: BackupPlaces): Promise<void> {
  const here = databaseUrl === undefined ? 'sqlite' : 'postgres';
  if (database !== here) {
    throw new BackupError(
      said(database === 'postgres' ? 'backup.error.ofPostgres' : 'backup.error.ofSqlite'),
    );
  }
  const file = database === 'sqlite' ? SQLITE_FILE : DUMP_FILE;
  if (!files.some(({ path }) => path === file)) throw new BackupError(said('backup.error.lacks', { file }));
}

async function assertEmpty({ dataDir, databaseUrl }: BackupPlaces): Promise<void> {
  if (!(await isEmptyPlace(dataDir))) {
    throw new BackupError(said('backup.error.notEmpty', { folder: dataDir }));
  }
  if (databaseUrl !== undefined && !(await isEmptyDatabase(databaseUrl))) {
    throw new BackupError(said('backup.error.databaseNotEmpty'));
  }
}

async function assertWhole(folder: string, { files }: Contents): Promise<void> {
  for (const { path, bytes, sha256 } of files) {
    const found = (await isRegularFile(join(folder, path))) ? await measured(folder, path) : undefined;
    if (found === undefined) throw new BackupError(said('backup.error.missing', { path }));
    if (found.bytes !== bytes || found.sha256 !== sha256) {
      throw new BackupError(said('backup.error.changed', { path }));
    }
  }
}

/**
 * Migrated to what this version needs, if an older one made the backup.
 */
async function opened({ dataDir, databaseUrl, secrets }: BackupPlaces): Promise<Omit<Restored, 'contents'>> {
  const stores = await openStores({ dataDir, url: databaseUrl }, { supervise: false });
  try {
    const keys = secretKeysThere(secrets);
    return {
      notOpened: await countNotOpened(stores.database, keys),
      manifestsNotOpened: await countManifestsNotOpened(stores.database, keys),
    };
  } finally {
    await stores.close();
  }
}

/** PostgreSQL undoes its own part. */
async function undo({ files }: Contents, dataDir: string): Promise<void> {
  for (const { path } of files) await rm(join(dataDir, path), { force: true });
  for (const end of ['', '.restoring', '-wal', '-shm']) {
    await rm(join(dataDir, `${SQLITE_FILE}${end}`), { force: true });
  }
}
