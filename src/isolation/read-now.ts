import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { sha256Hex } from '../core/ground/digest.js';
import { said } from '../say/said.js';
import { type FileState, inspectErrorFor, sameState } from './file-check.js';
import { InspectError } from './inspect-error.js';

/** A small file as it was read into memory that others have too. */
export interface ReadNow {
  bytes: number;
  /** Of these bytes; lower-case hexadecimal. */
  sha256: string;
  state: FileState;
}

/**
 * All of a file to `at` in `into`, before anything else is done. Undefined where it has not the room of `most` bytes or is
 * not as long as it says, which somebody else may look into. Throws an InspectError where it cannot be read.
 */
export function readNow(path: string, into: Buffer, at: number, most: number): ReadNow | undefined {
  let file: number | undefined;
  try {
    // Opened without waiting: it may have become a FIFO since it was looked at.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const state = fstatSync(file, { bigint: true });
    if (state.isDirectory()) throw new InspectError('not-a-file', said('error.folder'));
    if (!state.isFile()) throw new InspectError('not-a-file');
    const bytes = Number(state.size);
    if (bytes > most) return undefined;
    // A byte more is asked for, to notice one that grows: where it is not given, the file ends there.
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

/** Throws an InspectError where the file is not what was read. */
export function assertUnchangedNow(path: string, state: FileState): void {
  let now: FileState;
  try {
    now = statSync(path, { bigint: true });
  } catch (error) {
    throw faultOf(error);
  }
  if (!sameState(state, now)) throw new InspectError('changed-while-reading');
}

const faultOf = (error: unknown): InspectError =>
  inspectErrorFor(error instanceof Error && 'code' in error ? String(error.code) : undefined);
