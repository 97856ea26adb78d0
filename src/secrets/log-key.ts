import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ConfigError, type Env, path, text } from '../env.js';
import { said } from '../say/said.js';
import { KeyFileError, placeOnce } from './key-file.js';

/** How heads of the log are signed, and where they go. */
export interface LogSettings {
  keyFile: string;
  /** `own-file`: in the data folder; made at the first start. */
  keyFrom: 'file' | 'own-file';
  /** What this server is called in heads; left out: as before, else `host`. */
  origin?: string;
  host: string;
  /** Every head is written there too. */
  headsFile?: string;
}

const OWN_LOG_KEY_FILE = 'log.key';
const MOST_BYTES = 64 * 1024;
/** As a name without scheme: what stands in front of the tenant’s. */
const ORIGIN = /^[A-Za-z0-9._:~-]{1,200}(\/[A-Za-z0-9._:~-]{1,100}){0,8}$/;

export function readLog(env: Env, dataDir: string, publicUrl: string | undefined): LogSettings {
  const keyFile = path(env, 'ASSAY_LOG_KEY');
  const origin = text(env, 'ASSAY_LOG_ORIGIN');
  const headsFile = path(env, 'ASSAY_LOG_HEADS');
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

/** The key that signs heads; the one of the data folder is made where nothing is there yet. Throws a KeyFileError. */
export function openLogKey(settings: Pick<LogSettings, 'keyFile' | 'keyFrom'>): KeyObject {
  const { keyFile, keyFrom } = settings;
  if (keyFrom === 'own-file') {
    placeOnce(keyFile, () => {
      const { privateKey } = generateKeyPairSync('ed25519');
      return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    });
  }
  const key = logKeyThere(settings);
  if (key === undefined) throw new KeyFileError(said('config.logKey.absent', { file: keyFile }));
  return key;
}

/** The same without making anything; undefined where no file is there. */
export function logKeyThere({ keyFile }: Pick<LogSettings, 'keyFile'>): KeyObject | undefined {
  const found = statSync(keyFile, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  try {
    if (found.isFile() && found.size <= MOST_BYTES) {
      const key = createPrivateKey(readFileSync(keyFile));
      if (key.asymmetricKeyType === 'ed25519') return key;
    }
  } catch (cause) {
    throw new KeyFileError(said('config.logKey.content', { file: keyFile }), { cause });
  }
  throw new KeyFileError(said('config.logKey.content', { file: keyFile }));
}
