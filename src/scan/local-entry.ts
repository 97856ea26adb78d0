import type { Stats } from 'node:fs';
import type { Entry } from './entry.js';

export function localEntry(path: string, { size, mtimeMs }: Pick<Stats, 'size' | 'mtimeMs'>): Entry {
  return {
    path,
    bytes: size,
    modified: Math.trunc(mtimeMs),
    open: async () => ({ local: path, close: async () => {} }),
  };
}
