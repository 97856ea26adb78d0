import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { TempSpace } from '../sources/scratch.js';

export interface ReadableCopy {
  path: string;
  bytes: number;
  close(): Promise<void>;
}

/**
 * Returns the file if an unprivileged program can open it, else a copy in the scan's temporary folder. Programs in
 * root's sandbox run as nobody.
 */
export async function readableCopy(path: string, scratch: TempSpace): Promise<ReadableCopy> {
  const { mode, size } = await stat(path);
  if (process.getuid?.() !== 0 || (mode & 0o004) !== 0) return { path, bytes: size, close: async () => {} };
  const held = await scratch.createFile(size, 0o444);
  const unpin = scratch.pin(held.path);
  const close = async () => {
    unpin();
    await held.remove();
  };
  try {
    let written = 0;
    for await (const piece of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      written += (piece as Buffer).length;
      // The file may grow during the copy; only the reserved size is written.
      if (written > size) break;
      await held.write(piece as Buffer);
    }
    await held.closed();
    return { path: held.path, bytes: size, close };
  } catch (error) {
    await close();
    throw error;
  }
}
