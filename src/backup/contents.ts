import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { jsonIn } from '../core/ground/json-shape.js';
import { said } from '../say/said.js';
import { isInspectionId } from '../store/inspection-id.js';
import { BackupError } from './backup-error.js';

/** What a backup holds is written in it, file by file: a restore takes nothing else, and nothing that differs. */

export const CONTENTS_FILE = 'assay-backup.json';
export const SQLITE_FILE = 'assay.sqlite';
export const DUMP_FILE = 'database.dump';
export const UPLOADS_FOLDER = 'uploads';
export const TRUST_FOLDER = 'trust';
/** Under it the secrets in the database are encrypted. Only where it was asked for. */
export const KEY_FILE = 'secret.key';

const closed = { additionalProperties: false } as const;

const FileSchema = Type.Object(
  {
    /** From the backup's folder, `/` between the parts. */
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
    /** Version of Assay that made it. */
    tool: Type.String(),
    /** RFC 3339, UTC. */
    createdAt: Type.String(),
    database: Type.Enum(['sqlite', 'postgres']),
    inspections: Type.Integer({ minimum: 0 }),
    /** Inspections that wait or run, and whose file is needed still. */
    waiting: Type.Integer({ minimum: 0 }),
    /** Of those, the ids whose file went while it was copied: after a restore they end as failed. */
    withoutFile: Type.Array(Type.String()),
    trust: Type.Object(
      {
        /** `inside`: its files are in the backup. `elsewhere`: it lies outside the data directory and is not. */
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

/** Rejects with a BackupError what is none of ours, or would lead out of the folder. */
export function contentsOf(text: string): Contents {
  const contents = jsonIn(text);
  if (!check.Check(contents)) {
    throw new BackupError(said('backup.error.otherVersion', { file: CONTENTS_FILE }));
  }
  const stray = contents.files.find(({ path }) => !isPlace(path));
  if (stray !== undefined) throw new BackupError(said('backup.error.stray', { file: CONTENTS_FILE }));
  return contents;
}

/** Somebody may have written into the folder: every name is one that we would give. */
function isPlace(path: string): boolean {
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
