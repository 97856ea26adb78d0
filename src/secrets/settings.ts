import { join } from 'node:path';
import { ConfigError, type Env, path, text } from '../env.js';
import { secretKeysIn } from './key-text.js';

/** Where the keys are under which secrets are kept. */
export type SecretSettings =
  | { from: 'variable'; keys: readonly Uint8Array[] }
  /** One that the operator made. */
  | { from: 'file'; file: string }
  /** In the data folder; made at the first start. */
  | { from: 'own-file'; file: string };

export const OWN_KEY_FILE = 'secret.key';

/** What the variable holds is never repeated in a message. */
export function readSecrets(env: Env, dataDir: string): SecretSettings {
  const value = text(env, 'ASSAY_SECRET_KEY');
  const file = path(env, 'ASSAY_SECRET_KEY_FILE');
  if (value === undefined) {
    return file === undefined
      ? { from: 'own-file', file: join(dataDir, OWN_KEY_FILE) }
      : { from: 'file', file };
  }
  if (file !== undefined) {
    throw new ConfigError('ASSAY_SECRET_KEY_FILE', 'config.besideKey');
  }
  const keys = secretKeysIn(value);
  if (keys === undefined) throw new ConfigError('ASSAY_SECRET_KEY', 'config.key');
  return { from: 'variable', keys };
}
