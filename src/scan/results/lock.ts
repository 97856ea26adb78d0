import { message } from '../../i18n/message.js';
import { FileLock, LockError } from '../../storage/engine/file-lock.js';
import { openError } from '../lines/no-folder.js';
import { ResultsError } from '../lines/results-error.js';

/** Locks results against a second scan. Throws `ResultsError` if they are already locked or the lock cannot be created. */
export function lockResults(out: string): FileLock {
  try {
    return FileLock.acquire(`${out}.lock`);
  } catch (error) {
    if (!(error instanceof LockError)) throw openError(out, error);
    throw new ResultsError(error.isHeld ? message('scan.results.taken', { path: out }) : error.userMessage, {
      cause: error,
    });
  }
}
