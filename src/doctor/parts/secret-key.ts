import { openTo } from '../../private-files.js';
import { said } from '../../say/said.js';
import { absentKeyFile, KeyFileError, secretKeysThere } from '../../secrets/key-file.js';
import type { SecretKeys } from '../../secrets/secret-keys.js';
import type { SecretSettings } from '../../secrets/settings.js';
import type { Part } from '../part.js';

/** The keys under which secrets of webhooks are encrypted. None is made, and nothing of them is shown. */
export async function secretKeyParts(settings: SecretSettings): Promise<Part[]> {
  const id = 'secret-key';
  const refused = (why: KeyFileError): Part[] => [
    { id, state: 'failed', detail: why.said, lost: said('doctor.key.lost') },
  ];
  let keys: SecretKeys | undefined;
  try {
    keys = secretKeysThere(settings);
  } catch (error) {
    if (error instanceof KeyFileError) return refused(error);
    throw error;
  }
  if (keys === undefined) {
    return settings.from === 'own-file'
      ? [{ id, state: 'not-found', detail: said('doctor.key.made', { file: settings.file }) }]
      : refused(absentKeyFile(settings));
  }
  const place = settings.from === 'variable' ? 'ASSAY_SECRET_KEY' : settings.file;
  const detail = said('doctor.key.found', { place, count: String(keys.ids.length) });
  const mode = settings.from === 'variable' ? undefined : openTo(settings.file);
  if (mode === undefined) return [{ id, state: 'found', detail }];
  const remedy = said('doctor.close', { command: `chmod 600 ${place}` });
  return [{ id, state: 'limited', detail, lost: said('doctor.key.open', { mode }), remedy }];
}
