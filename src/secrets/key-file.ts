import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makePrivate } from '../private-files.js';
import { type Said, said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';
import { secretKeysIn } from './key-text.js';
import { SecretKeys } from './secret-keys.js';
import type { SecretSettings } from './settings.js';

/** A file of keys that cannot be used. Nothing is made in its place: what it opened would be lost. */
export class KeyFileError extends SaidError {
  override name = 'KeyFileError';
  readonly code = 'secret.keyFile';
}

const MOST_BYTES = 64 * 1024;

/** The keys of this server; the file of its own is made where nothing is there yet. Throws a KeyFileError. */
export function openSecretKeys(settings: SecretSettings): SecretKeys {
  if (settings.from === 'own-file') makeKeyFile(settings.file);
  const keys = secretKeysThere(settings);
  if (keys === undefined) throw absentKeyFile(settings);
  return keys;
}

/** The same without making anything; undefined where no file is there. */
export function secretKeysThere(settings: SecretSettings): SecretKeys | undefined {
  if (settings.from === 'variable') return new SecretKeys(settings.keys);
  const { file } = settings;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isFile() || found.size > MOST_BYTES)
    throw new KeyFileError(said('config.keyFile.notKeys', { file: fileOf(settings) }));
  const keys = secretKeysIn(readText(settings));
  if (keys !== undefined) return new SecretKeys(keys);
  throw new KeyFileError(said('config.keyFile.content', { file: fileOf(settings) }));
}

type InFile = Exclude<SecretSettings, { from: 'variable' }>;

function readText(settings: InFile): string {
  try {
    return readFileSync(settings.file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '?';
    throw new KeyFileError(said('config.keyFile.unread', { file: fileOf(settings), code }), { cause: error });
  }
}

export const absentKeyFile = (settings: SecretSettings): KeyFileError =>
  new KeyFileError(said('config.keyFile.absent', { file: fileOf(settings) }));

function fileOf(settings: SecretSettings): Said {
  if (settings.from === 'file') return said('config.keyFile.named', { file: settings.file });
  return said('text.asWritten', { text: settings.from === 'own-file' ? settings.file : 'ASSAY_SECRET_KEY' });
}

const makeKeyFile = (file: string): void => placeOnce(file, () => `${randomBytes(32).toString('base64')}\n`);

/** Whole under its name or not there: of two servers that start at once, one makes it and both use it. */
export function placeOnce(file: string, make: () => string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) {
    makePrivate(file);
    return;
  }
  const making = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  writeFileSync(making, make(), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(making, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(making, { force: true });
  }
}
