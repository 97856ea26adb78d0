import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { message } from '../../i18n/message.js';
import { ConfigError, type Env, readPath, readText } from '../env.js';
import { createFileOnce, KeyFileError } from './key-file.js';

/** Signing and publication of the heads of the log. */
export interface LogSettings {
  keyFile: string;
  /** `own-file`: in the data folder, created at the first start. */
  keyFrom: 'file' | 'own-file';
  /** Name of this server in heads. Defaults to the name used so far, else to `host`. */
  origin?: string;
  host: string;
  /** File to which every head is also appended. */
  headsFile?: string;
}

const OWN_LOG_KEY_FILE = 'log.key';
const MAX_BYTES = 64 * 1024;
/** Name without scheme, used as prefix of the tenant’s name. */
const ORIGIN = /^[A-Za-z0-9._:~-]{1,200}(\/[A-Za-z0-9._:~-]{1,100}){0,8}$/;

export function readLogSettings(env: Env, dataDir: string, publicUrl: string | undefined): LogSettings {
  const keyFile = readPath(env, 'ASSAY_LOG_KEY');
  const origin = readText(env, 'ASSAY_LOG_ORIGIN');
  const headsFile = readPath(env, 'ASSAY_LOG_HEADS');
  if (origin !== undefined && !ORIGIN.test(origin))
    throw new ConfigError('ASSAY_LOG_ORIGIN', 'config.logOrigin');
  const host = publicUrl === undefined ? hostname() : new URL(publicUrl).host;
  return {
    ...(keyFile === undefined
      ? { keyFile: join(dataDir, OWN_LOG_KEY_FILE), keyFrom: 'own-file' as const }
      : { keyFile, keyFrom: 'file' as const }),
    ...(origin === undefined ? {} : { origin }),
    host: ORIGIN.test(host) ? host : 'assay',
    ...(headsFile === undefined ? {} : { headsFile }),
  };
}

/** Opens the key that signs heads. The one in the data folder is created if it does not exist. Throws `KeyFileError`. */
export function openLogKey(settings: Pick<LogSettings, 'keyFile' | 'keyFrom'>): KeyObject {
  const { keyFile, keyFrom } = settings;
  if (keyFrom === 'own-file') {
    createFileOnce(keyFile, () => {
      const { privateKey } = generateKeyPairSync('ed25519');
      return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    });
  }
  const key = readLogKey(settings);
  if (key === undefined) throw new KeyFileError(message('config.logKey.absent', { file: keyFile }));
  return key;
}

/** Opens the key without creating it; `undefined` if the file does not exist. */
export function readLogKey({ keyFile }: Pick<LogSettings, 'keyFile'>): KeyObject | undefined {
  const found = statSync(keyFile, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  try {
    if (found.isFile() && found.size <= MAX_BYTES) {
      const key = createPrivateKey(readFileSync(keyFile));
      if (key.asymmetricKeyType === 'ed25519') return key;
    }
  } catch (cause) {
    throw new KeyFileError(message('config.logKey.content', { file: keyFile }), { cause });
  }
  throw new KeyFileError(message('config.logKey.content', { file: keyFile }));
}
