import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readSecretKeys } from '../../base/secrets/key-file.js';
import { message } from '../../i18n/message.js';
import { countUndecryptableManifests } from '../../storage/encryption/reencrypt-manifests.js';
import { countUndecryptable } from '../../storage/encryption/reencrypt-secrets.js';
import { compareSchema } from '../../storage/engine/schema-state.js';
import { openStores } from '../../storage/stores.js';
import type { BackupLocations } from './backup.js';
import { BackupError } from './backup-error.js';
import { CONTENTS_FILE, type Contents, DUMP_FILE, parseContents, SQLITE_FILE } from './contents.js';
import { copyIfPresent, isEmptyFolder, isRegularFile, measureFile } from './copies.js';
import { isEmptyDatabase, restorePostgres } from './postgres.js';

/** Enough for far more than a million waiting uploads. */
const MAX_CONTENTS_BYTES = 256 * 1024 ** 2;

export interface RestoreResult {
  contents: Contents;
  /** Webhooks whose secrets cannot be decrypted with the keys available here. */
  undecryptableSecrets: number;
  /** Manifest stores of scans that cannot be decrypted with the keys available here. */
  undecryptableManifests: number;
}

/**
 * Restores a backup into an empty data directory and, for PostgreSQL, an empty database. First verifies every file
 * against the contents of the backup. On failure, removes all files it wrote.
 */
export async function restore(from: string, places: BackupLocations): Promise<RestoreResult> {
  const folder = resolve(from);
  const contents = await readContents(folder);
  await assertMatchesTarget(contents, places);
  await assertEmpty(places);
  await verifyFiles(folder, contents);
  const { dataDir } = places;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  try {
    for (const { path } of contents.files) {
      if (path === SQLITE_FILE || path === DUMP_FILE) continue;
      await copyIfPresent(join(folder, path), dataDir, path);
    }
    if (places.databaseUrl === undefined) {
      // The final name comes last: until then no server takes the file for its database.
      const arriving = `${SQLITE_FILE}.restoring`;
      await copyIfPresent(join(folder, SQLITE_FILE), dataDir, arriving);
      await rename(join(dataDir, arriving), join(dataDir, SQLITE_FILE));
    } else await restorePostgres(places.databaseUrl, join(folder, DUMP_FILE), places.programPath);
    return { contents, ...(await openRestored(places)) };
  } catch (error) {
    await removeRestored(contents, dataDir);
    throw error;
  }
}

async function readContents(folder: string): Promise<Contents> {
  const path = join(folder, CONTENTS_FILE);
  if (!(await isRegularFile(path))) {
    throw new BackupError(message('backup.error.notABackup', { folder, file: CONTENTS_FILE }));
  }
  if ((await stat(path)).size > MAX_CONTENTS_BYTES)
    throw new BackupError(message('backup.error.tooLarge', { file: CONTENTS_FILE }));
  return parseContents(await readFile(path, 'utf8'));
}

async function assertMatchesTarget(
  { database, files, migrations }: Contents,
  { databaseUrl }: BackupLocations,
): Promise<void> {
  const here = databaseUrl === undefined ? 'sqlite' : 'postgres';
  if (database !== here) {
    throw new BackupError(
      message(database === 'postgres' ? 'backup.error.ofPostgres' : 'backup.error.ofSqlite'),
    );
  }
  if (compareSchema(migrations).schema === 'other')
    throw new BackupError(message('backup.error.otherSchema'));
  const file = database === 'sqlite' ? SQLITE_FILE : DUMP_FILE;
  if (!files.some(({ path }) => path === file))
    throw new BackupError(message('backup.error.lacks', { file }));
}

async function assertEmpty({ dataDir, databaseUrl }: BackupLocations): Promise<void> {
  if (!(await isEmptyFolder(dataDir))) {
    throw new BackupError(message('backup.error.notEmpty', { folder: dataDir }));
  }
  if (databaseUrl !== undefined && !(await isEmptyDatabase(databaseUrl))) {
    throw new BackupError(message('backup.error.databaseNotEmpty'));
  }
}

async function verifyFiles(folder: string, { files }: Contents): Promise<void> {
  for (const { path, bytes, sha256 } of files) {
    const found = (await isRegularFile(join(folder, path))) ? await measureFile(folder, path) : undefined;
    if (found === undefined) throw new BackupError(message('backup.error.missing', { path }));
    if (found.bytes !== bytes || found.sha256 !== sha256) {
      throw new BackupError(message('backup.error.changed', { path }));
    }
  }
}

/**
 * Opens the restored data, which runs the migrations that it lacks, and counts the secrets that cannot be decrypted.
 */
async function openRestored({
  dataDir,
  databaseUrl,
  secrets,
}: BackupLocations): Promise<Omit<RestoreResult, 'contents'>> {
  const stores = await openStores({ dataDir, url: databaseUrl }, { supervise: false });
  try {
    const keys = readSecretKeys(secrets);
    return {
      undecryptableSecrets: await countUndecryptable(stores.database, keys),
      undecryptableManifests: await countUndecryptableManifests(stores.database, keys),
    };
  } finally {
    await stores.close();
  }
}

/** PostgreSQL rolls back its own part. */
async function removeRestored({ files }: Contents, dataDir: string): Promise<void> {
  for (const { path } of files) await rm(join(dataDir, path), { force: true });
  for (const end of ['', '.restoring', '-wal', '-shm']) {
    await rm(join(dataDir, `${SQLITE_FILE}${end}`), { force: true });
  }
}
