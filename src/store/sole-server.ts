import { join } from 'node:path';
import { said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';
import { unusable } from './database.js';
import { FileLock, LockError } from './file-lock.js';

/** Another server works on the same files. */
export class DataInUseError extends SaidError {
  override name = 'DataInUseError';
  readonly code = 'store.in-use';
}

/**
 * Beside one SQLite file there is one server: what lies among its uploads when it starts was left by a crash, and is
 * deleted; counts of keys and places are its own. A lock on a file of its own, which stays. Returns what gives it back.
 */
export function beSoleServer(dataDir: string): () => void {
  try {
    const lock = FileLock.take(join(dataDir, 'serve.lock'));
    return () => lock.release();
  } catch (error) {
    if (error instanceof LockError && error.held) {
      throw new DataInUseError(said('start.inUse', { folder: dataDir }), { cause: error.cause });
    }
    throw unusable(dataDir, error instanceof LockError ? (error.cause ?? error) : error);
  }
}
