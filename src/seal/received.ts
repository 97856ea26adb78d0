import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { openAt } from '../core/media/reach.js';

/** A file as it lies there, open: it can be read although somebody takes its name away meanwhile. Whoever has it closes it. */
export interface Received {
  path: string;
  handle: FileHandle;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

/** Undefined where there is none, or it is no plain file. Rejects with the system’s own where it cannot be read. */
export async function openReceived(path: string): Promise<Received | undefined> {
  // Without waiting: it may be a FIFO.
  const handle = await openAt(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    },
  );
  if (handle === undefined) return undefined;
  try {
    if ((await handle.stat()).isFile()) {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const piece of handle.createReadStream({ start: 0, autoClose: false })) {
        hash.update(piece as Buffer);
        bytes += (piece as Buffer).length;
      }
      return { path, handle, bytes, sha256: hash.digest('hex') };
    }
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return undefined;
}
