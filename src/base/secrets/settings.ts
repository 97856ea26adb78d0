import { join } from 'node:path';
import { ConfigError, type Env, readPath, readText } from '../env.js';
import { parseSecretKeys } from './key-text.js';

/** Source of the keys that encrypt stored secrets. */
export type SecretSettings =
  | { from: 'variable'; keys: readonly Uint8Array[] }
  /** File created by the operator. */
  | { from: 'file'; file: string }
  /** File in the data folder, created at the first start. */
  | { from: 'own-file'; file: string };

export const OWN_KEY_FILE = 'secret.key';

/** Reads the settings. The value of the variable never appears in an error message. */
export function readSecretSettings(env: Env, dataDir: string): SecretSettings {
  const value = readText(env, 'ASSAY_SECRET_KEY');
  const file = readPath(env, 'ASSAY_SECRET_KEY_FILE');
  if (value === undefined) {
    return file === undefined
      ? { from: 'own-file', file: join(dataDir, OWN_KEY_FILE) }
      : { from: 'file', file };
  }
  if (file !== undefined) {
    throw new ConfigError('ASSAY_SECRET_KEY_FILE', 'config.attachedKey');
  }
  const keys = parseSecretKeys(value);
  if (keys === undefined) throw new ConfigError('ASSAY_SECRET_KEY', 'config.key');
  return { from: 'variable', keys };
}
