import type { Stats } from 'node:fs';
import { isPlainPath, openSystemPath } from '../../core/media/plain-path.js';
import { type Entry, type LocalFile, lostEntryOf, type Sidecar, SourceError } from './entry.js';

export function createLocalEntry(
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
    open: async () => ({ ...(await openLocal(path)), isInFolder: true }),
  };
}

async function openLocal(path: string): Promise<LocalFile> {
  try {
    return await openSystemPath(path);
  } catch (error) {
    const { code, userMessage } = lostEntryOf(path, error);
    throw new SourceError(code, userMessage, { cause: error });
  }
}
