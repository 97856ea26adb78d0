import type { Stats } from 'node:fs';
import type { Entry, Sidecar } from './entry.js';

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
    local: path,
    ...(sidecars.length === 0 ? {} : { sidecars }),
    ...(nlink > 1 ? { inode: `${dev}:${ino}` } : {}),
    open: async () => ({ local: path, close: async () => {} }),
  };
}
