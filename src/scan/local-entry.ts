import type { Stats } from 'node:fs';
import { isPlainPath, reachedFile } from '../core/media/reach.js';
import { type Entry, lostBy, type Opened, type Sidecar, SourceError } from './entry.js';

export function localEntry(
  path: string,
  {
    size,
    mtimeMs,
    nlink = 1,
    dev,
    ino,
  }: Pick<Stats, 'size' | 'mtimeMs'> & Partial<Pick<Stats, 'nlink' | 'dev' | 'ino'>>,
  sidecars: readonly Sidecar[] = [],
): Entry {
  return {
    path,
    bytes: size,
    modified: Math.trunc(mtimeMs),
    ...(isPlainPath(path) ? { local: path } : {}),
    ...(sidecars.length === 0 ? {} : { sidecars }),
    ...(nlink > 1 ? { inode: `${dev}:${ino}` } : {}),
    open: async () => ({ ...(await opened(path)), isInFolder: true }),
  };
}

async function opened(path: string): Promise<Opened> {
  try {
    return await reachedFile(path);
  } catch (error) {
    const { code, said } = lostBy(path, error);
    throw new SourceError(code, said, { cause: error });
  }
}
