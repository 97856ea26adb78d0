import { type BigIntStats, constants, type Dir, lstatSync, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, opendir, stat } from 'node:fs/promises';
import { bytesOfPath, isTextPath } from '../ground/path-text.js';

/**
 * Files and folders by paths as they are inside (ground/path-text.ts), whatever their bytes and however long. What is no
 * UTF-8 is given to the system as bytes; what is longer than it takes at once is gone along by open folders.
 */

/** PATH_MAX of Linux, its closing NUL among them. */
const AT_ONCE_BYTES = 4_096;
/** Longer than this a path is not looked at: a record has to hold it. */
export const LONGEST_PATH_BYTES = 16_384;

/** The longest string that no encoding makes too long. */
const SURELY_SHORT = AT_ONCE_BYTES / 3 - 1;

/** It is longer than is gone along; with the code that the system has for that. */
export class PathTooLong extends Error {
  override name = 'PathTooLong';
  readonly code = 'ENAMETOOLONG';
}

/** The system takes it as it is. */
export function isPlainPath(path: string): boolean {
  if (!isTextPath(path)) return false;
  return path.length < SURELY_SHORT || Buffer.byteLength(path) < AT_ONCE_BYTES;
}

export function isTooLong(path: string): boolean {
  return path.length > LONGEST_PATH_BYTES / 3 && bytesOfPath(path).length > LONGEST_PATH_BYTES;
}

type Place = string | Buffer;

/**
 * What `use` makes of the place where it is: that holds until then. Rejects with the system's error, or PathTooLong.
 * What was opened on the way is closed.
 */
const reached = <T>(path: string, use: (place: Place) => Promise<T>): Promise<T> =>
  isPlainPath(path) ? use(path) : goneAlong(path, use);

async function goneAlong<T>(path: string, use: (place: Place) => Promise<T>): Promise<T> {
  let rest = bytesOfPath(path);
  if (rest.length < AT_ONCE_BYTES) return use(rest);
  if (rest.length > LONGEST_PATH_BYTES || process.platform !== 'linux') throw new PathTooLong(path);
  let folder: FileHandle | undefined;
  try {
    while (rest.length > STEP_BYTES) {
      const end = rest.lastIndexOf('/', STEP_BYTES);
      // A name that is as long as that is no name.
      if (end <= 0) throw new PathTooLong(path);
      const next = await open(below(folder, rest.subarray(0, end)), FOLDER);
      await folder?.close();
      folder = next;
      rest = withoutSlashes(rest.subarray(end));
    }
    return await use(below(folder, rest));
  } finally {
    await folder?.close();
  }
}

/** With room for the way to the folder before it. */
const STEP_BYTES = 4_000;
const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY;

const below = (folder: FileHandle | undefined, rest: Buffer): Buffer =>
  folder === undefined ? rest : Buffer.concat([Buffer.from(`/proc/self/fd/${folder.fd}/`), rest]);

function withoutSlashes(rest: Buffer): Buffer {
  let from = 0;
  while (rest[from] === 0x2f) from += 1;
  return rest.subarray(from);
}

export const statAt = (path: string): Promise<Stats> => reached(path, (place) => stat(place));
export const lstatAt = (path: string): Promise<Stats> => reached(path, (place) => lstat(place));
/** At once, and everything else waits: only of what lies near. Undefined where the system does not take the path as it is. */
export const lstatNow = (path: string): Stats | undefined =>
  isPlainPath(path) ? lstatSync(path) : undefined;
/** To the nanosecond. */
export const exactStatAt = (path: string): Promise<BigIntStats> =>
  reached(path, (place) => stat(place, { bigint: true }));

export const openAt = (path: string, flags: number = constants.O_RDONLY): Promise<FileHandle> =>
  reached(path, (place) => open(place, flags));

/** Its entries have names that are bytes. */
export const openFolder = (path: string): Promise<NamedInBytes> =>
  reached(
    path,
    // Node's types know of no folder whose names are bytes.
    (place) => opendir(place as string, { encoding: 'buffer' as 'utf8', bufferSize: 256 }),
  ) as unknown as Promise<NamedInBytes>;

/** A `Dir` that was opened for names in bytes. */
export interface NamedInBytes extends Pick<Dir, 'close'> {
  read(): Promise<{ name: Uint8Array; isDirectory(): boolean; isFile(): boolean } | null>;
}

export interface Reached {
  /** A path that anything on this machine takes, until it is closed. */
  local: string;
  close(): Promise<void>;
}

const nothing = async (): Promise<void> => {};

/**
 * A file by a path that programs and libraries take: its own, or that of its open descriptor. Rejects with the system's
 * error, and `ENOTREG` for what is no regular file.
 */
export async function reachedFile(path: string): Promise<Reached> {
  if (isPlainPath(path)) return { local: path, close: nothing };
  // Opened without waiting: it may have become a FIFO since it was looked at.
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
  // By the number of this process: one that reads may be another.
  return { local: `/proc/${process.pid}/fd/${file.fd}`, close: () => file.close() };
}
