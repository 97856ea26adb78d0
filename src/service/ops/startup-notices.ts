import { join } from 'node:path';
import { accessibleMode, findAccessibleFiles } from '../../base/files/private-files.js';
import { SECRET_ERROR_CODE } from '../../base/secrets/secret-keys.js';
import type { Config } from '../../config/settings.js';
import { type Message, message } from '../../i18n/message.js';
import type { ResealResult } from '../../storage/encryption/reencrypt-secrets.js';

/** Mode bits for everybody. Group access is not reported, because containers may receive secrets that way. */
const EVERYBODY_MODE = 0o007;

/** Returns messages about folders and keys for the operator, one per line. They contain no secrets. */
export function startupNotices(
  { dataDir, secrets }: Pick<Config, 'dataDir' | 'secrets'>,
  done?: ResealResult,
): Message[] {
  const lines: Message[] = [];
  const open = findAccessibleFiles(dataDir, join(dataDir, 'assay.sqlite'));
  if (open.length > 0) {
    const paths = open.map((one) => message('start.mode', one));
    lines.push(message('start.openFolder', { paths, folder: dataDir }));
  }
  const keyMode = secrets.from === 'file' ? accessibleMode(secrets.file, EVERYBODY_MODE) : undefined;
  if (secrets.from === 'file' && keyMode !== undefined) {
    lines.push(message('start.openKeyFile', { file: secrets.file, mode: keyMode }));
  }
  if (done !== undefined && done.sealed > 0) {
    lines.push(message('start.sealed', { count: String(done.sealed) }));
  }
  if (done !== undefined && done.undecryptable > 0) {
    const count = String(done.undecryptable);
    lines.push(message('start.notOpened', { code: SECRET_ERROR_CODE, count }));
  }
  return lines;
}

/** Returns messages about manifest stores that are stored with scan records, once they have been processed. */
export function manifestNotices({ sealed, undecryptable: notOpened }: ResealResult): Message[] {
  return [
    ...(sealed > 0 ? [message('start.manifestsSealed', { count: String(sealed) })] : []),
    ...(notOpened > 0
      ? [message('start.manifestsNotOpened', { code: SECRET_ERROR_CODE, count: String(notOpened) })]
      : []),
  ];
}
