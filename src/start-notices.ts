import { join } from 'node:path';
import type { Config } from './config.js';
import { openInDataFolder, openTo } from './private-files.js';
import { type Said, said } from './say/said.js';
import { SECRET_NOT_OPENED } from './secrets/secret-keys.js';
import type { SealedAnew } from './store/seal-secrets.js';

/** Everybody; a group may be how a container is given its secrets. */
const EVERYBODY = 0o007;

/** What an operator is to know of folders and keys, a line each; no secret stands in it. */
export function startNotices(
  { dataDir, secrets }: Pick<Config, 'dataDir' | 'secrets'>,
  done?: SealedAnew,
): Said[] {
  const lines: Said[] = [];
  const open = openInDataFolder(dataDir, join(dataDir, 'assay.sqlite'));
  if (open.length > 0) {
    const paths = open.map((one) => said('start.mode', one));
    lines.push(said('start.openFolder', { paths, folder: dataDir }));
  }
  const keyMode = secrets.from === 'file' ? openTo(secrets.file, EVERYBODY) : undefined;
  if (secrets.from === 'file' && keyMode !== undefined) {
    lines.push(said('start.openKeyFile', { file: secrets.file, mode: keyMode }));
  }
  if (done !== undefined && done.sealed > 0) {
    lines.push(said('start.sealed', { count: String(done.sealed) }));
  }
  if (done !== undefined && done.notOpened > 0) {
    const count = String(done.notOpened);
    lines.push(said('start.notOpened', { code: SECRET_NOT_OPENED, count }));
  }
  return lines;
}

/** The same of manifest stores that are kept beside records of scans; told once it is done. */
export function manifestNotices({ sealed, notOpened }: SealedAnew): Said[] {
  return [
    ...(sealed > 0 ? [said('start.manifestsSealed', { count: String(sealed) })] : []),
    ...(notOpened > 0
      ? [said('start.manifestsNotOpened', { code: SECRET_NOT_OPENED, count: String(notOpened) })]
      : []),
  ];
}
