import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { InspectError, type InspectErrorCode } from './inspector.js';

const WORDS: Record<InspectErrorCode, string> = {
  'not-found': 'there is no such file',
  'not-readable': 'the file could not be read',
  'not-a-file': 'it is not a regular file',
  'changed-while-reading': 'the file changed while it was read',
  internal: 'the inspection failed',
};

const CODES: Readonly<Record<string, InspectErrorCode>> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  ELOOP: 'not-found',
  ENAMETOOLONG: 'not-found',
  ERR_INVALID_ARG_VALUE: 'not-found',
  EACCES: 'not-readable',
  EPERM: 'not-readable',
  EIO: 'not-readable',
  ESTALE: 'not-readable',
  EISDIR: 'not-a-file',
  ENOTREG: 'not-a-file',
  ENXIO: 'not-a-file',
};

/** What a system's error code means for whoever asked. */
export function inspectErrorFor(systemCode: string | undefined): InspectError {
  const code = CODES[systemCode ?? ''] ?? 'internal';
  return new InspectError(code, WORDS[code]);
}

export function inspectError(code: InspectErrorCode): InspectError {
  return new InspectError(code, WORDS[code]);
}

/** What tells one state of a file from another. */
export type FileState = Pick<BigIntStats, 'dev' | 'ino' | 'size' | 'mtimeNs' | 'mode'>;

/** Throws an InspectError unless `path` leads to a regular file. Asked before anyone opens it: opening a FIFO waits for ever. */
export async function fileState(path: string): Promise<FileState> {
  const stats = await stat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    throw inspectErrorFor(error.code);
  });
  if (stats.isDirectory()) throw new InspectError('not-a-file', 'it is a folder');
  if (!stats.isFile()) throw inspectError('not-a-file');
  return stats;
}

export function sameState(a: FileState, b: FileState): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs;
}
