import { dirname } from 'node:path';
import { said } from '../say/said.js';
import { ResultsError } from './results.js';

/** What the system said when OUT could not be opened: a ResultsError where its folder is missing, else the same. */
export function noFolder(out: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOENT' && code !== 'ENOTDIR') return error;
  return new ResultsError(said('scan.results.noFolder', { path: out, folder: dirname(out) }), {
    cause: error,
  });
}
