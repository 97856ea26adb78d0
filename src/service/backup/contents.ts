import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { parseJson } from '../../base/json-shape.js';
import { message } from '../../i18n/message.js';
import { isInspectionId } from '../../storage/engine/record-id.js';
import { BackupError } from './backup-error.js';

/** A backup lists every file it contains; a restore accepts no other file and none that differs. */

export const CONTENTS_FILE = 'assay-backup.json';
export const SQLITE_FILE = 'assay.sqlite';
export const DUMP_FILE = 'database.dump';
export const UPLOADS_FOLDER = 'uploads';
export const TRUST_FOLDER = 'trust';
/** Key that encrypts the secrets in the database. Present only if the caller requested it. */
export const KEY_FILE = 'secret.key';

const closed = { additionalProperties: false } as const;

const FileSchema = Type.Object(
  {
    /** Relative to the backup's folder, separated by `/`. */
    path: Type.String({ maxLength: 1_024 }),
    bytes: Type.Integer({ minimum: 0 }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  },
  closed,
);
export type BackupFile = Static<typeof FileSchema>;

const ContentsSchema = Type.Object(
  {
    schema: Type.Literal('assay.backup/1'),
    /** Version of Assay that made the backup. */
    tool: Type.String(),
    /** RFC 3339, UTC. */
    createdAt: Type.String(),
    database: Type.Enum(['sqlite', 'postgres']),
    inspections: Type.Integer({ minimum: 0 }),
    /** Names of the migrations that made the tables of its database. */
    migrations: Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 1_000 }),
    /** Number of inspections that are queued or running and still need their file. */
    waiting: Type.Integer({ minimum: 0 }),
    /** Ids of waiting inspections whose file disappeared during the copy; after a restore they end as failed. */
    withoutFile: Type.Array(Type.String()),
    trust: Type.Object(
      {
        /**
         * `inside`: the files are in the backup. `elsewhere`: the folder is outside the data directory and not in the
         * backup.
         */
        kept: Type.Enum(['inside', 'elsewhere', 'none']),
        folder: Type.String(),
      },
      closed,
    ),
    files: Type.Array(FileSchema),
  },
  closed,
);
export type Contents = Static<typeof ContentsSchema>;

const check = Compile(ContentsSchema);

/** Throws `BackupError` if the text is not a contents file of this version or if a path would leave the folder. */
export function parseContents(text: string): Contents {
  const contents = parseJson(text);
  if (!check.Check(contents)) {
    throw new BackupError(message('backup.error.otherVersion', { file: CONTENTS_FILE }));
  }
  const stray = contents.files.find(({ path }) => !isBackupPath(path));
  if (stray !== undefined) throw new BackupError(message('backup.error.stray', { file: CONTENTS_FILE }));
  return contents;
}

/** Accepts only names that a backup itself would use, since others may have written to the folder. */
function isBackupPath(path: string): boolean {
  if (path === SQLITE_FILE || path === DUMP_FILE || path === KEY_FILE) return true;
  const [folder, ...parts] = path.split('/');
  if (parts.length === 0 || parts.some((one) => /^\.{0,2}$|[\\\0]/.test(one))) return false;
  if (folder === TRUST_FOLDER) return true;
  return folder === UPLOADS_FOLDER && parts.length === 1 && isUpload(parts[0] ?? '');
}

/** `<id>`, `<id>.sidecar` or `<id>.init`. */
export function isUpload(name: string): boolean {
  return isInspectionId(name.replace(/\.(sidecar|init)$/, ''));
}
