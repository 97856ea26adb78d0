import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { decodePath, encodePath } from '../../base/path-text.js';
import { statAt } from '../../core/media/plain-path.js';

/**
 * Folders of the operator in which clients may name files. Checked when a file is named and again when it is read,
 * since a link may lead elsewhere by then. Nothing in them is changed.
 */
export class AllowedPaths {
  readonly #folders: readonly string[];

  constructor(folders: readonly string[]) {
    this.#folders = folders.map((folder) => resolve(folder));
  }

  /** Returns the real path of a file; `undefined` if it does not exist or is outside, without distinction. */
  async find(path: string): Promise<{ path: string; bytes: number } | undefined> {
    // Checked before any disk access, so that a client learns nothing about other folders, not even by timing.
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

/** The real path may not be valid text, whatever path was requested. */
const realPath = async (path: string): Promise<string> =>
  decodePath(await realpath(encodePath(path), { encoding: 'buffer' }));

function isWithin(folder: string, path: string): boolean {
  const relativePath = relative(folder, path);
  return (
    relativePath !== '' &&
    relativePath !== '..' &&
    !relativePath.startsWith(`..${sep}`) &&
    !isAbsolute(relativePath)
  );
}
