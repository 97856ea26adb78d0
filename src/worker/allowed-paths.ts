import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { bytesOfPath, pathOfBytes } from '../core/ground/path-text.js';
import { statAt } from '../core/media/reach.js';

/**
 * Folders of the operator's own whose files clients may name. Asked when a file is named and again when it is read: what
 * lies behind a link may be another file by then. Nothing there is ever changed.
 */
export class AllowedPaths {
  readonly #folders: readonly string[];

  constructor(folders: readonly string[]) {
    this.#folders = folders.map((folder) => resolve(folder));
  }

  /** Where the file really lies; undefined where there is none, or it lies elsewhere: which of the two is not told. */
  async find(path: string): Promise<{ path: string; bytes: number } | undefined> {
    // Before the disk is asked: a client learns nothing of what lies outside, not even by time.
    if (path.includes('\0') || !isAbsolute(path)) return undefined;
    if (!this.#folders.some((folder) => isWithin(folder, resolve(path)))) return undefined;
    try {
      const real = await realPath(path);
      const folders = await Promise.all(
        this.#folders.map((folder) => realPath(folder).catch(() => undefined)),
      );
      if (!folders.some((folder) => folder !== undefined && isWithin(folder, real))) return undefined;
      const found = await statAt(real);
      return found.isFile() ? { path: real, bytes: found.size } : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Where it lies may have a name that is no text, whatever it was asked for by. */
const realPath = async (path: string): Promise<string> =>
  pathOfBytes(await realpath(bytesOfPath(path), { encoding: 'buffer' }));

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
