import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Scratch } from '../scratch.js';

export interface ReadableCopy {
  path: string;
  bytes: number;
  close(): Promise<void>;
}

/**
 * A file that a program can open which has become nobody on this machine, as programs do in the sandbox of root: itself, or
 * a copy that lives in the scan's own folder.
 */
export async function readableCopy(path: string, scratch: Scratch): Promise<ReadableCopy> {
  const { mode, size } = await stat(path);
  if (process.getuid?.() !== 0 || (mode & 0o004) !== 0) return { path, bytes: size, close: async () => {} };
  const held = await scratch.take(size, 0o444);
  const unpin = scratch.pin(held.path);
  const close = async () => {
    unpin();
    await held.remove();
  };
  try {
    let written = 0;
    for await (const piece of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      written += (piece as Buffer).length;
      // It may grow meanwhile: no more than there is room for.
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
