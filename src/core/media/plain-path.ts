import { type BigIntStats, constants, type Dir, lstatSync, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, opendir, stat } from 'node:fs/promises';
import { encodePath, isTextPath } from '../../base/path-text.js';

/**
 * Files and folders by paths as they are inside (base/path-text.ts), whatever their bytes and however long. What is no
 * UTF-8 is given to the system as bytes; what is longer than it takes at once is gone along by open folders.
 */

/** PATH_MAX of Linux, including the closing NUL. */
const PATH_MAX_BYTES = 4_096;
/** Longer paths are rejected, because a record has to hold the path. */
export const MAX_PATH_BYTES = 16_384;

/** A string of this length fits in any encoding. */
const SURELY_SHORT_CHARACTERS = PATH_MAX_BYTES / 3 - 1;

/** Thrown for paths that are too long, with the system's error code. */
export class PathTooLongError extends Error {
  override name = 'PathTooLongError';
  readonly code = 'ENAMETOOLONG';
}

/** Returns whether the system accepts the path unchanged. */
export function isPlainPath(path: string): boolean {
  if (!isTextPath(path)) return false;
  return path.length < SURELY_SHORT_CHARACTERS || Buffer.byteLength(path) < PATH_MAX_BYTES;
}

export function isTooLong(path: string): boolean {
  return path.length > MAX_PATH_BYTES / 3 && encodePath(path).length > MAX_PATH_BYTES;
}

type SystemPath = string | Buffer;

/**
 * Calls `use` with a path that the system accepts and that is valid until `use` settles. Closes all opened folders.
 * Rejects with the system's error or `PathTooLongError`.
 */
const withSystemPath = <T>(path: string, use: (place: SystemPath) => Promise<T>): Promise<T> =>
  isPlainPath(path) ? use(path) : walkFolders(path, use);

async function walkFolders<T>(path: string, use: (place: SystemPath) => Promise<T>): Promise<T> {
  let rest = encodePath(path);
  if (rest.length < PATH_MAX_BYTES) return use(rest);
  if (rest.length > MAX_PATH_BYTES || process.platform !== 'linux') throw new PathTooLongError(path);
  let folder: FileHandle | undefined;
  try {
    while (rest.length > STEP_BYTES) {
      const end = rest.lastIndexOf('/', STEP_BYTES);
      // A single name of this length is invalid.
      if (end <= 0) throw new PathTooLongError(path);
      const next = await open(joinFolder(folder, rest.subarray(0, end)), FOLDER);
      await folder?.close();
      folder = next;
      rest = withoutSlashes(rest.subarray(end));
    }
    return await use(joinFolder(folder, rest));
  } finally {
    await folder?.close();
  }
}

/** Leaves room for the path of the open folder in front. */
const STEP_BYTES = 4_000;
const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY;

const joinFolder = (folder: FileHandle | undefined, rest: Buffer): Buffer =>
  folder === undefined ? rest : Buffer.concat([Buffer.from(`/proc/self/fd/${folder.fd}/`), rest]);

function withoutSlashes(rest: Buffer): Buffer {
  let from = 0;
  while (rest[from] === 0x2f) from += 1;
  return rest.subarray(from);
}

export const statAt = (path: string): Promise<Stats> => withSystemPath(path, (place) => stat(place));
export const lstatAt = (path: string): Promise<Stats> => withSystemPath(path, (place) => lstat(place));
/**
 * Synchronous, so it should only be used on local disks. Returns `undefined` if the system does not accept the path
 * unchanged.
 */
export const lstatSyncAt = (path: string): Stats | undefined =>
  isPlainPath(path) ? lstatSync(path) : undefined;
/** Returns times in nanoseconds. */
export const statBigIntAt = (path: string): Promise<BigIntStats> =>
  withSystemPath(path, (place) => stat(place, { bigint: true }));

export const openAt = (path: string, flags: number = constants.O_RDONLY): Promise<FileHandle> =>
  withSystemPath(path, (place) => open(place, flags));

/** Opens a folder whose entries have their names as bytes. */
export const openFolder = (path: string): Promise<BytesDir> =>
  withSystemPath(
    path,
    // Node's types lack folders with names as bytes.
    (place) => opendir(place as string, { encoding: 'buffer' as 'utf8', bufferSize: 256 }),
  ) as unknown as Promise<BytesDir>;

/** `Dir` opened with names as bytes. */
export interface BytesDir extends Pick<Dir, 'close'> {
  read(): Promise<{ name: Uint8Array; isDirectory(): boolean; isFile(): boolean } | null>;
}

export interface OpenedPath {
  /** Path that any program on this machine accepts. Valid until closed. */
  local: string;
  close(): Promise<void>;
}

const noop = async (): Promise<void> => {};

/**
 * Returns a path that programs and libraries accept: the path itself, or that of its open descriptor. Rejects with the
 * system's error, or with `ENOTREG` if it is no regular file.
 */
export async function openSystemPath(path: string): Promise<OpenedPath> {
  if (isPlainPath(path)) return { local: path, close: noop };
  // Non-blocking, because the path may have become a FIFO meanwhile.
  const file = await openAt(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile())
      throw Object.assign(new Error('it is no regular file'), {
        code: stats.isDirectory() ? 'EISDIR' : 'ENOTREG',
      });
  } catch (error) {
    await file.close();
    throw error;
  }
  // Contains this process's id, because another process may read it.
  return { local: `/proc/${process.pid}/fd/${file.fd}`, close: () => file.close() };
}
