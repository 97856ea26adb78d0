import type { Stats } from 'node:fs';
import { reachedFile } from '../core/media/reach.js';
import { type Entry, lostBy, type Opened, type Sidecar, SourceError } from './entry.js';

export function localEntry(
  path: string,
  { size, mtimeMs }: Pick<Stats, 'size' | 'mtimeMs'>,
  sidecars: readonly Sidecar[] = [],
): Entry {
  return {
    path,
    bytes: size,
    modified: Math.trunc(mtimeMs),
    ...(sidecars.length === 0 ? {} : { sidecars }),
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
