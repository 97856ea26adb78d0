import { type BigIntStats, lstatSync } from 'node:fs';
import { lookupTable } from '../../base/table.js';
import { isPlainPath, statBigIntAt } from '../../core/media/plain-path.js';
import { message } from '../../i18n/message.js';
import { InspectError, type InspectErrorCode } from '../protocol/inspect-error.js';
import { LocalDisks } from './local-disk.js';

const CODES: Readonly<Record<string, InspectErrorCode>> = lookupTable({
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

/** Returns the error for a system's error code. */
export function inspectErrorFor(systemCode: string | undefined): InspectError {
  return new InspectError(CODES[systemCode ?? ''] ?? 'internal');
}

/** Properties that distinguish two states of a file. */
export type FileStamp = Pick<BigIntStats, 'dev' | 'ino' | 'size' | 'mtimeNs' | 'mode'>;

/**
 * Returns the state of a regular file. Throws `InspectError` for anything else. Called before the file is opened,
 * because opening a FIFO blocks forever.
 */
export async function readFileStamp(path: string): Promise<FileStamp> {
  const near = readStampNow(path);
  const known = near instanceof Promise ? await near : near;
  if (known !== undefined) return known;
  const stats = await statBigIntAt(path).catch((error: NodeJS.ErrnoException) => {
    throw inspectErrorFor(error.code);
  });
  if (stats.isDirectory()) throw new InspectError('not-a-file', message('error.folder'));
  if (!stats.isFile()) throw new InspectError('not-a-file');
  return stats;
}

const disks = new LocalDisks();

/**
 * Returns the state without another thread if the file is on a local disk: waking a thread takes twenty times as long,
 * and each file is checked twice. `undefined` for files elsewhere, for links, which may lead elsewhere, and for
 * anything but a regular file.
 */
function readStampNow(path: string): FileStamp | undefined | Promise<FileStamp | undefined> {
  const near = disks.has(path);
  if (typeof near !== 'boolean')
    return near.then((isNear) => (isNear ? readRegularStampNow(path) : undefined));
  return near ? readRegularStampNow(path) : undefined;
}

function readRegularStampNow(path: string): FileStamp | undefined {
  if (!isPlainPath(path)) return undefined;
  try {
    const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    return stats?.isFile() === true ? stats : undefined;
  } catch {
    // The asynchronous check reports the reason.
    return undefined;
  }
}

export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs;
}
