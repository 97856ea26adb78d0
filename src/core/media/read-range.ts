import { open, read, readSync } from 'node:fs';
import { promisify } from 'node:util';

/**
 * Reads up to `wanted` bytes of an open file; fewer at its end. Synchronous: a reading process has nothing else to do,
 * and waking another thread takes longer than most reads. Throws the system's error.
 */
export function readRange(fd: number, offset: number, wanted: number): Buffer {
  // Uninitialised bytes are never returned.
  const buffer = Buffer.allocUnsafe(wanted);
  let filled = 0;
  while (filled < wanted) {
    const bytes = readSync(fd, buffer, filled, wanted - filled, offset + filled);
    if (bytes === 0) break;
    filled += bytes;
  }
  return filled === wanted ? buffer : buffer.subarray(0, filled);
}

/** Fills `chunk` on another thread, for work that must not block readers. Resolves with the number of bytes read. */
export function readRangeAsync(fd: number, chunk: Buffer, offset: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, chunk, 0, chunk.length, offset, (error, bytes) => (error ? reject(error) : resolve(bytes)));
  });
}

/**
 * Opens a file on another thread, because it may wait for a disk. Resolves with a descriptor instead of a FileHandle:
 * stat and close are then synchronous calls, which take less time than waking a thread.
 */
export const openAsync: (path: string, flags: number) => Promise<number> = promisify(open);
