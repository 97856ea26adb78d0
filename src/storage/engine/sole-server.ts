import { join } from 'node:path';
import { message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
import { unusableFolderFault } from './database.js';
import { FileLock, LockError } from './file-lock.js';

/** Thrown if another server uses the same files. */
export class DataInUseError extends MessageError {
  override name = 'DataInUseError';
  readonly code = 'store.in-use';
}

/**
 * Ensures that one server uses an SQLite file: uploads found at its start were left by a crash and are deleted, and its
 * counts of keys and job slots are its own. Locks a file, which remains. Returns a function that releases the lock.
 */
export function lockDataFolder(dataDir: string): () => void {
  try {
    const lock = FileLock.acquire(join(dataDir, 'serve.lock'));
    return () => lock.release();
  } catch (error) {
    if (error instanceof LockError && error.isHeld) {
      throw new DataInUseError(message('start.inUse', { folder: dataDir }), { cause: error.cause });
    }
    throw unusableFolderFault(dataDir, error instanceof LockError ? (error.cause ?? error) : error);
  }
}
