import { openTo } from '../../private-files.js';
import { secretKeysThere } from '../../secrets/key-file.js';
import type { SecretKeys } from '../../secrets/secret-keys.js';
import type { SecretSettings } from '../../secrets/settings.js';
import type { Part } from '../part.js';

/** The keys under which secrets of webhooks are encrypted. None is made, and nothing of them is shown. */
export async function secretKeyParts(settings: SecretSettings): Promise<Part[]> {
  const about = { id: 'secret-key', name: 'Secret key' };
  const place = settings.from === 'variable' ? 'ASSAY_SECRET_KEY' : settings.file;
  const refused = (why: string): Part[] => [
    { ...about, state: 'failed', detail: why, lost: '`assay serve` cannot start without it.' },
  ];
  let keys: SecretKeys | undefined;
  try {
    keys = secretKeysThere(settings);
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
  if (keys === undefined) {
    return settings.from === 'own-file'
      ? [{ ...about, state: 'not-found', detail: `${place} (made when a server first starts)` }]
      : refused(`${place} (ASSAY_SECRET_KEY_FILE) is not there.`);
  }
  const detail = `${place}, keys: ${keys.ids.length}`;
  const mode = settings.from === 'variable' ? undefined : openTo(settings.file);
  if (mode === undefined) return [{ ...about, state: 'found', detail }];
  const lost = `Other users of this machine may read it (mode ${mode}).`;
  return [{ ...about, state: 'limited', detail, lost, remedy: `\`chmod 600 ${place}\` closes it.` }];
}
