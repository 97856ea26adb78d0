import { accessibleMode } from '../../../base/files/private-files.js';
import { KeyFileError, missingKeyFileError, readSecretKeys } from '../../../base/secrets/key-file.js';
import type { SecretKeys } from '../../../base/secrets/secret-keys.js';
import type { SecretSettings } from '../../../base/secrets/settings.js';
import { message } from '../../../i18n/message.js';
import type { DoctorPart } from '../part.js';

/** Checks the keys that encrypt the secrets of webhooks. Creates no key and shows no part of one. */
export async function checkSecretKeys(settings: SecretSettings): Promise<DoctorPart[]> {
  const id = 'secret-key';
  const refused = (why: KeyFileError): DoctorPart[] => [
    { id, state: 'failed', detail: why.userMessage, lost: message('doctor.key.lost') },
  ];
  let keys: SecretKeys | undefined;
  try {
    keys = readSecretKeys(settings);
  } catch (error) {
    if (error instanceof KeyFileError) return refused(error);
    throw error;
  }
  if (keys === undefined) {
    return settings.from === 'own-file'
      ? [{ id, state: 'not-found', detail: message('doctor.key.made', { file: settings.file }) }]
      : refused(missingKeyFileError(settings));
  }
  const place = settings.from === 'variable' ? 'ASSAY_SECRET_KEY' : settings.file;
  const detail = message('doctor.key.found', { place, count: String(keys.ids.length) });
  const mode = settings.from === 'variable' ? undefined : accessibleMode(settings.file);
  if (mode === undefined) return [{ id, state: 'found', detail }];
  const remedy = message('doctor.close', { command: `chmod 600 ${place}` });
  return [{ id, state: 'limited', detail, lost: message('doctor.key.open', { mode }), remedy }];
}
