import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Message, message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
import { makePrivate } from '../files/private-files.js';
import { parseSecretKeys } from './key-text.js';
import { SecretKeys } from './secret-keys.js';
import type { SecretSettings } from './settings.js';

/** Thrown for an unusable key file. The file is not replaced, because the secrets encrypted with it would be lost. */
export class KeyFileError extends MessageError {
  override name = 'KeyFileError';
  readonly code = 'secret.keyFile';
}

const MAX_BYTES = 64 * 1024;

/** Opens the server's keys. Its own key file is created if it does not exist. Throws `KeyFileError`. */
export function openSecretKeys(settings: SecretSettings): SecretKeys {
  if (settings.from === 'own-file') createKeyFile(settings.file);
  const keys = readSecretKeys(settings);
  if (keys === undefined) throw missingKeyFileError(settings);
  return keys;
}

/** Opens the keys without creating any; `undefined` if the file does not exist. */
export function readSecretKeys(settings: SecretSettings): SecretKeys | undefined {
  if (settings.from === 'variable') return new SecretKeys(settings.keys);
  const { file } = settings;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isFile() || found.size > MAX_BYTES)
    throw new KeyFileError(message('config.keyFile.notKeys', { file: keyFileMessage(settings) }));
  const keys = parseSecretKeys(readKeyFile(settings));
  if (keys !== undefined) return new SecretKeys(keys);
  throw new KeyFileError(message('config.keyFile.content', { file: keyFileMessage(settings) }));
}

type KeyFileSettings = Exclude<SecretSettings, { from: 'variable' }>;

function readKeyFile(settings: KeyFileSettings): string {
  try {
    return readFileSync(settings.file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '?';
    throw new KeyFileError(message('config.keyFile.unread', { file: keyFileMessage(settings), code }), {
      cause: error,
    });
  }
}

export const missingKeyFileError = (settings: SecretSettings): KeyFileError =>
  new KeyFileError(message('config.keyFile.absent', { file: keyFileMessage(settings) }));

function keyFileMessage(settings: SecretSettings): Message {
  if (settings.from === 'file') return message('config.keyFile.named', { file: settings.file });
  return message('text.asWritten', {
    text: settings.from === 'own-file' ? settings.file : 'ASSAY_SECRET_KEY',
  });
}

const createKeyFile = (file: string): void =>
  createFileOnce(file, () => `${randomBytes(32).toString('base64')}\n`);

/**
 * Creates a file atomically if it does not exist, so that of two servers starting at once one creates it and both use
 * it.
 */
export function createFileOnce(file: string, make: () => string): void {
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
