import type { Stats } from 'node:fs';
import type { Entry, Sidecar } from './entry.js';

export function localEntry(
  path: string,
  { size, mtimeMs }: Pick<Stats, 'size' | 'mtimeMs'>,
  sidecars: readonly Sidecar[] = [],
): Entry {
  return {
    path,
    bytes: size,
    modified: Math.trunc(mtimeMs),
    local: path,
    ...(sidecars.length === 0 ? {} : { sidecars }),
    open: async () => ({ local: path, close: async () => {} }),
  };
}
