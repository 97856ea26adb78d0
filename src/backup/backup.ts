import { lstat, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { VERSION } from '../core/ground/version.js';
import { said } from '../say/said.js';
import type { SecretSettings } from '../secrets/settings.js';
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
import { copied, filesBelow, measured } from './copies.js';
import { postgresSnapshot } from './postgres.js';
import type { Snapshot } from './snapshot.js';
import { sqliteSnapshot } from './sqlite.js';

export interface BackupPlaces {
  dataDir: string;
  /** `postgres://…`; left out: SQLite in the data directory. */
  databaseUrl?: string | undefined;
  trustDir: string;
  /** Under which keys the secrets in the database are encrypted. */
  secrets: SecretSettings;
  /** Where programs are looked for, as in PATH. */
  programPath: string;
}

/** How often the database is copied anew because a file that it needs went meanwhile. */
const MOST_TRIES = 5;

/**
 * A copy of what the service keeps, while it runs: one moment of the database, and the uploads that this moment still
 * needs. `to` must not exist; it stands for a whole backup or is not there. `withKeys`: the key file along with what it
 * opens; left out, whoever finds the backup cannot sign as this service.
 */
export async function backUp(
  places: BackupPlaces,
  to: string,
  at: Date,
  { withKeys = false } = {},
): Promise<Contents> {
  const target = resolve(to);
  if (!(await isAbsent(target))) throw new BackupError(said('backup.error.there', { folder: to }));
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(join(dirname(target), `.${basename(target)}.partial-`));
  try {
    const { snapshot, uploads, withoutFile } = await consistent(places, folder);
    const trust = await trustIn(places, folder);
    const keys = withKeys ? await keysIn(places, folder) : [];
    const contents: Contents = {
      schema: 'assay.backup/1',
      tool: VERSION,
      createdAt: at.toISOString(),
      database: places.databaseUrl === undefined ? 'sqlite' : 'postgres',
      inspections: snapshot.inspections,
      waiting: snapshot.waiting.length,
      withoutFile,
      trust: trust.trust,
      files: [await measured(folder, snapshot.file), ...uploads, ...trust.files, ...keys],
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
 * Uploads are copied before the database and once more after it, so that only one which came and went in between can
 * be missing; then the database is copied again.
 */
async function consistent(places: BackupPlaces, folder: string) {
  const uploadsDir = join(places.dataDir, UPLOADS_FOLDER);
  const copies = new Map<string, BackupFile>();
  const copyAll = async () => {
    for (const name of await filesBelow(uploadsDir)) {
      if (!isUpload(name) || copies.has(name)) continue;
      const file = await copied(join(uploadsDir, name), folder, join(UPLOADS_FOLDER, name));
      if (file !== undefined) copies.set(name, file);
    }
  };
  for (let turn = 1; ; turn += 1) {
    await copyAll();
    const snapshot = await snapshotOf(places, folder);
    await copyAll();
    const withoutFile = snapshot.waiting.filter((id) => !copies.has(id));
    if (withoutFile.length === 0 || turn === MOST_TRIES) {
      const uploads = await onlyNeeded(copies, snapshot, folder);
      return { snapshot, uploads, withoutFile };
    }
    await rm(join(folder, snapshot.file));
  }
}

/** What is finished has no need of its upload any more, and its sender was told that it goes. */
async function onlyNeeded(
  copies: ReadonlyMap<string, BackupFile>,
  { waiting }: Snapshot,
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

function snapshotOf({ databaseUrl, dataDir, programPath }: BackupPlaces, folder: string): Promise<Snapshot> {
  return databaseUrl === undefined
    ? sqliteSnapshot(dataDir, folder)
    : postgresSnapshot(databaseUrl, folder, programPath);
}

/** Lists that lie with the data go along; those elsewhere are somebody else's to keep, and are named. */
async function trustIn({ dataDir, trustDir }: BackupPlaces, folder: string) {
  const inside = relative(resolve(dataDir), resolve(trustDir)) === TRUST_FOLDER;
  const names = await filesBelow(trustDir);
  const files: BackupFile[] = [];
  for (const name of inside ? names : []) {
    const file = await copied(join(trustDir, name), folder, join(TRUST_FOLDER, name));
    if (file !== undefined) files.push(file);
  }
  const kept = names.length === 0 ? 'none' : inside ? 'inside' : 'elsewhere';
  return { trust: { kept, folder: resolve(trustDir) } satisfies Contents['trust'], files };
}

/** One that the operator keeps elsewhere is the operator's to keep. */
async function keysIn({ secrets }: BackupPlaces, folder: string): Promise<BackupFile[]> {
  const file = secrets.from === 'own-file' ? await copied(secrets.file, folder, KEY_FILE) : undefined;
  if (file !== undefined) return [file];
  throw new BackupError(
    secrets.from === 'own-file'
      ? said('backup.error.noOwnKey', { file: secrets.file })
      : said('backup.error.keyElsewhere'),
  );
}

/** A link that leads nowhere is something too. */
function isAbsent(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    () => true,
  );
}
