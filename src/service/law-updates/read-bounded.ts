import { open } from 'node:fs/promises';

/** Reads a whole plain file; rejects if it is none, exceeds `maxBytes`, or grows while it is read. */
export async function readBounded(path: string, maxBytes: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error(`${path} is not a file`);
    if (stats.size > maxBytes) throw new FileTooLarge(path);
    const room = Buffer.alloc(stats.size + 1);
    let filled = 0;
    for (let read = 1; read > 0 && filled < room.length; filled += read)
      ({ bytesRead: read } = await file.read(room, filled, room.length - filled));
    if (filled > stats.size) throw new FileTooLarge(path);
    return room.subarray(0, filled);
  } finally {
    await file.close();
  }
}

export class FileTooLarge extends Error {
  override name = 'FileTooLarge';
  constructor(path: string) {
    super(`${path} holds more than is read of it`);
  }
}
