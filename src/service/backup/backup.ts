import { lstat, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { SecretSettings } from '../../base/secrets/settings.js';
import { VERSION } from '../../base/version.js';
import { message } from '../../i18n/message.js';
import { BackupError } from './backup-error.js';
import {
  type BackupFile,
  CONTENTS_FILE,
  type Contents,
  isUpload,
  KEY_FILE,
  TRUST_FOLDER,
  UPLOADS_FOLDER,
} from './contents.js';
import { copyIfPresent, listFilesBelow, measureFile } from './copies.js';
import { dumpPostgres } from './postgres.js';
import type { DatabaseSnapshot } from './snapshot.js';
import { snapshotSqlite } from './sqlite.js';

export interface BackupLocations {
  dataDir: string;
  /** `postgres://…`; if absent, SQLite in the data directory. */
  databaseUrl?: string | undefined;
  trustDir: string;
  /** Keys that encrypt the secrets in the database. */
  secrets: SecretSettings;
  /** Folders searched for programs, in the format of PATH. */
  programPath: string;
}

/** Maximum number of database copies. A copy is repeated if a file that it needs disappeared in the meantime. */
const MAX_COPY_ATTEMPTS = 5;

/**
 * Backs up the data of the running service: one snapshot of the database and the uploads that this snapshot still
 * needs. `to` must not exist; the backup appears there complete or not at all. `withKeys` adds the key file; without
 * it, nobody who finds the backup can sign as this service.
 */
export async function backUp(
  places: BackupLocations,
  to: string,
  at: Date,
  { withKeys = false } = {},
): Promise<Contents> {
  const target = resolve(to);
  if (!(await isAbsent(target))) throw new BackupError(message('backup.error.there', { folder: to }));
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(join(dirname(target), `.${basename(target)}.partial-`));
  try {
    const { snapshot, uploads, withoutFile } = await copyConsistently(places, folder);
    const trust = await copyTrustLists(places, folder);
    const keys = withKeys ? await copyKeyFile(places, folder) : [];
    const contents: Contents = {
      schema: 'assay.backup/1',
      tool: VERSION,
      createdAt: at.toISOString(),
      database: places.databaseUrl === undefined ? 'sqlite' : 'postgres',
      inspections: snapshot.inspections,
      migrations: snapshot.migrations,
      waiting: snapshot.waiting.length,
      withoutFile,
      trust: trust.trust,
      files: [await measureFile(folder, snapshot.file), ...uploads, ...trust.files, ...keys],
    };
    await writeFile(join(folder, CONTENTS_FILE), `${JSON.stringify(contents, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    });
    await rename(folder, target);
    return contents;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Copies uploads before and after the database, so that only an upload that came and went in between can be missing. In
 * that case the database is copied again.
 */
async function copyConsistently(places: BackupLocations, folder: string) {
  const uploadsDir = join(places.dataDir, UPLOADS_FOLDER);
  const copies = new Map<string, BackupFile>();
  const copyAll = async () => {
    for (const name of await listFilesBelow(uploadsDir)) {
      if (!isUpload(name) || copies.has(name)) continue;
      const file = await copyIfPresent(join(uploadsDir, name), folder, join(UPLOADS_FOLDER, name));
      if (file !== undefined) copies.set(name, file);
    }
  };
  for (let turn = 1; ; turn += 1) {
    await copyAll();
    const snapshot = await takeSnapshot(places, folder);
    await copyAll();
    const withoutFile = snapshot.waiting.filter((id) => !copies.has(id));
    if (withoutFile.length === 0 || turn === MAX_COPY_ATTEMPTS) {
      const uploads = await keepNeededUploads(copies, snapshot, folder);
      return { snapshot, uploads, withoutFile };
    }
    await rm(join(folder, snapshot.file));
  }
}

/**
 * Removes copies of uploads whose inspections have ended: they are no longer needed, and their senders were promised
 * their deletion.
 */
async function keepNeededUploads(
  copies: ReadonlyMap<string, BackupFile>,
  { waiting }: DatabaseSnapshot,
  folder: string,
): Promise<BackupFile[]> {
  const needed = new Set(waiting.flatMap((id) => [id, `${id}.sidecar`, `${id}.init`]));
  const kept: BackupFile[] = [];
  for (const [name, file] of copies) {
    if (needed.has(name)) kept.push(file);
    else await rm(join(folder, file.path));
  }
  return kept;
}

function takeSnapshot(
  { databaseUrl, dataDir, programPath }: BackupLocations,
  folder: string,
): Promise<DatabaseSnapshot> {
  return databaseUrl === undefined
    ? snapshotSqlite(dataDir, folder)
    : dumpPostgres(databaseUrl, folder, programPath);
}

/** Copies trust lists only if they are inside the data directory; a folder elsewhere is only named in the backup. */
async function copyTrustLists({ dataDir, trustDir }: BackupLocations, folder: string) {
  const inside = relative(resolve(dataDir), resolve(trustDir)) === TRUST_FOLDER;
  const names = await listFilesBelow(trustDir);
  const files: BackupFile[] = [];
  for (const name of inside ? names : []) {
    const file = await copyIfPresent(join(trustDir, name), folder, join(TRUST_FOLDER, name));
    if (file !== undefined) files.push(file);
  }
  const kept = names.length === 0 ? 'none' : inside ? 'inside' : 'elsewhere';
  return { trust: { kept, folder: resolve(trustDir) } satisfies Contents['trust'], files };
}

/** Copies the key file only if it is the service's own; the operator is responsible for a key stored elsewhere. */
async function copyKeyFile({ secrets }: BackupLocations, folder: string): Promise<BackupFile[]> {
  const file = secrets.from === 'own-file' ? await copyIfPresent(secrets.file, folder, KEY_FILE) : undefined;
  if (file !== undefined) return [file];
  throw new BackupError(
    secrets.from === 'own-file'
      ? message('backup.error.noOwnKey', { file: secrets.file })
      : message('backup.error.keyElsewhere'),
  );
}

/** Uses `lstat`, so that a dangling link counts as present. */
function isAbsent(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    () => true,
  );
}
