import { said } from '../say/said.js';
import { FileLock, LockError } from '../store/file-lock.js';
import { noFolder } from './no-folder.js';
import { ResultsError } from './results.js';

/** Keeps a second scan from the same results. Throws a ResultsError where it cannot be had. */
export function lockResults(out: string): FileLock {
  try {
    return FileLock.take(`${out}.lock`);
  } catch (error) {
    if (!(error instanceof LockError)) throw noFolder(out, error);
    throw new ResultsError(error.held ? said('scan.results.taken', { path: out }) : error.said, {
      cause: error,
    });
  }
}
