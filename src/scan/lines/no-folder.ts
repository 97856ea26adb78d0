import { dirname } from 'node:path';
import { message } from '../../i18n/message.js';
import { ResultsError } from './results-error.js';

/**
 * Returns the error for OUT that could not be opened: `ResultsError` if its folder is missing, otherwise the system's
 * error.
 */
export function openError(out: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOENT' && code !== 'ENOTDIR') return error;
  return new ResultsError(message('scan.results.noFolder', { path: out, folder: dirname(out) }), {
    cause: error,
  });
}
