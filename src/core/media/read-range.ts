import { open, read, readSync } from 'node:fs';
import { promisify } from 'node:util';

/**
 * Up to `wanted` bytes of an open file; shorter at its end. On this thread: a reading process has nothing else to do
 * meanwhile, and to wake another thread takes longer than most reads. Throws the system's error.
 */
export function readRange(fd: number, offset: number, wanted: number): Buffer {
  // No byte of it is given out but those that were read.
  const buffer = Buffer.allocUnsafe(wanted);
  let filled = 0;
  while (filled < wanted) {
    const bytes = readSync(fd, buffer, filled, wanted - filled, offset + filled);
    if (bytes === 0) break;
    filled += bytes;
  }
  return filled === wanted ? buffer : buffer.subarray(0, filled);
}

/** Fills `chunk` on another thread, for work that readers are not to wait for; how many bytes there were. */
export function readRangeBeside(fd: number, chunk: Buffer, offset: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, chunk, 0, chunk.length, offset, (error, bytes) => (error ? reject(error) : resolve(bytes)));
  });
}

/**
 * What may wait for a disk, on another thread. A descriptor, not a FileHandle: what is known of an open file, and its
 * closing, come at once, and to wake a thread for either takes longer than the call.
 */
export const openBeside: (path: string, flags: number) => Promise<number> = promisify(open);
