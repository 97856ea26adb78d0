import { type BigIntStats, lstatSync } from 'node:fs';
import { table } from '../core/ground/table.js';
import { exactStatAt, isPlainPath } from '../core/media/reach.js';
import { said } from '../say/said.js';
import { InspectError, type InspectErrorCode } from './inspect-error.js';
import { NearDisks } from './near-disk.js';

const CODES: Readonly<Record<string, InspectErrorCode>> = table({
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
});

/** What a system's error code means for whoever asked. */
export function inspectErrorFor(systemCode: string | undefined): InspectError {
  return new InspectError(CODES[systemCode ?? ''] ?? 'internal');
}

/** What tells one state of a file from another. */
export type FileState = Pick<BigIntStats, 'dev' | 'ino' | 'size' | 'mtimeNs' | 'mode'>;

/** Throws an InspectError unless `path` leads to a regular file. Asked before anyone opens it: opening a FIFO waits for ever. */
export async function fileState(path: string): Promise<FileState> {
  const near = stateNow(path);
  const known = near instanceof Promise ? await near : near;
  if (known !== undefined) return known;
  const stats = await exactStatAt(path).catch((error: NodeJS.ErrnoException) => {
    throw inspectErrorFor(error.code);
  });
  if (stats.isDirectory()) throw new InspectError('not-a-file', said('error.folder'));
  if (!stats.isFile()) throw new InspectError('not-a-file');
  return stats;
}

const disks = new NearDisks();

/**
 * Asked twice of each file, and to wake another thread for it takes twenty times as long where the disk is this machine's own.
 * Undefined of what lies elsewhere, of a link, which may lead there, and of all that is no regular file.
 */
function stateNow(path: string): FileState | undefined | Promise<FileState | undefined> {
  const near = disks.has(path);
  if (typeof near !== 'boolean') return near.then((isNear) => (isNear ? regularNow(path) : undefined));
  return near ? regularNow(path) : undefined;
}

function regularNow(path: string): FileState | undefined {
  if (!isPlainPath(path)) return undefined;
  try {
    const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    return stats?.isFile() === true ? stats : undefined;
  } catch {
    // Whoever asks in the usual way is told why.
    return undefined;
  }
}

export function sameState(a: FileState, b: FileState): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs;
}
