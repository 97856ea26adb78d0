import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { sha256Hex } from '../../base/digest.js';
import { message } from '../../i18n/message.js';
import { InspectError } from '../protocol/inspect-error.js';
import { type FileStamp, inspectErrorFor, isSameStamp } from './file-check.js';

/** State of a small file that was read into shared memory. */
export interface ReadSmallFile {
  bytes: number;
  /** Hash of these bytes; lower-case hexadecimal. */
  sha256: string;
  state: FileStamp;
}

/**
 * Reads a whole file synchronously into `into` at `at`. Returns `undefined` if it is longer than `most` bytes or not as
 * long as stated, for another reader to examine. Throws `InspectError` if it cannot be read.
 */
export function readSmallFile(
  path: string,
  into: Buffer,
  at: number,
  most: number,
): ReadSmallFile | undefined {
  let file: number | undefined;
  try {
    // Opens without blocking: the file may have become a FIFO since it was checked.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const state = fstatSync(file, { bigint: true });
    if (state.isDirectory()) throw new InspectError('not-a-file', message('error.folder'));
    if (!state.isFile()) throw new InspectError('not-a-file');
    const bytes = Number(state.size);
    if (bytes > most) return undefined;
    // Requests one byte more to detect a growing file; if that byte is missing, the file ends there.
    let read = 0;
    let more: number;
    do {
      more = readSync(file, into, at + read, bytes + 1 - read, read);
      read += more;
    } while (more !== 0 && read < bytes);
    if (read !== bytes) return undefined;
    return { bytes, sha256: sha256Hex(into.subarray(at, at + bytes)), state };
  } catch (error) {
    if (error instanceof InspectError) throw error;
    throw faultOf(error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Throws `InspectError` if the file has changed since it was read. */
export function assertUnchanged(path: string, state: FileStamp): void {
  let now: FileStamp;
  try {
    now = statSync(path, { bigint: true });
  } catch (error) {
    throw faultOf(error);
  }
  if (!isSameStamp(state, now)) throw new InspectError('changed-while-reading');
}

const faultOf = (error: unknown): InspectError =>
  inspectErrorFor(error instanceof Error && 'code' in error ? String(error.code) : undefined);
