import { join } from 'node:path';
import Sqlite from 'libsql';
import { unusable } from './database.js';

/** Another server works on the same files. */
export class DataInUseError extends Error {
  override name = 'DataInUseError';
  readonly code = 'store.in-use';
}

/**
 * Beside one SQLite file there is one server: what lies among its uploads when it starts was left by a crash, and is
 * deleted; counts of keys and places are its own. A lock of the database library on a file of its own, since the
 * system takes it away from whoever dies. Returns what gives it back.
 */
export function beSoleServer(dataDir: string): () => void {
  try {
    const lock = new Sqlite(join(dataDir, 'serve.lock'));
    try {
      lock.exec('begin exclusive');
    } catch (error) {
      lock.close();
      throw error;
    }
    return () => lock.close();
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) {
      throw new DataInUseError(
        `another server works on ${dataDir}. Several servers share a PostgreSQL (DATABASE_URL) and the folder.`,
        { cause: error },
      );
    }
    throw unusable(dataDir, error);
  }
}
