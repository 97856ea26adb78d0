import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { openAt } from '../../core/media/plain-path.js';

/** An open file: it stays readable even if its name is removed meanwhile. The caller closes it. */
export interface ReceivedFile {
  path: string;
  handle: FileHandle;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

/**
 * Opens a file and computes its digest; `undefined` if it does not exist or is no plain file. Rejects with the system's
 * error if it cannot be read.
 */
export async function openReceivedFile(path: string): Promise<ReceivedFile | undefined> {
  // Non-blocking, because the path may be a FIFO.
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
