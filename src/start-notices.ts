import { join } from 'node:path';
import type { Config } from './config.js';
import { openDataFolder, openTo } from './private-files.js';
import { SECRET_NOT_OPENED } from './secrets/secret-keys.js';
import type { SealedAnew } from './store/seal-secrets.js';

/** Everybody; a group may be how a container is given its secrets. */
const EVERYBODY = 0o007;

/** What an operator is to know of folders and keys, a line each; no secret stands in it. */
export function startNotices(
  { dataDir, secrets }: Pick<Config, 'dataDir' | 'secrets'>,
  done?: SealedAnew,
): string[] {
  const lines: string[] = [];
  const open = openDataFolder(dataDir, join(dataDir, 'assay.sqlite'));
  if (open !== undefined) lines.push(`${open}; chmod 700 ${dataDir} closes the folder`);
  const keyMode = secrets.from === 'file' ? openTo(secrets.file, EVERYBODY) : undefined;
  if (secrets.from === 'file' && keyMode !== undefined) {
    lines.push(`everybody on this machine may read ASSAY_SECRET_KEY_FILE ${secrets.file} (mode ${keyMode})`);
  }
  if (done !== undefined && done.sealed > 0) {
    lines.push(`webhooks whose secrets were encrypted under the first key: ${done.sealed}`);
  }
  if (done !== undefined && done.notOpened > 0) {
    lines.push(
      `webhooks whose secrets no key here opens (${SECRET_NOT_OPENED}): ${done.notOpened}. Their messages wait: ` +
        'give back the key (docs/operations.md), or make new secrets (POST /v1/webhooks/{id}/secret)',
    );
  }
  return lines;
}
