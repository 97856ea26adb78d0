import { type Stats, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { sha256Hex } from '../../../base/digest.js';
import { trustLimits as limits } from './trust-limits.js';

/** Cached bytes of a file and values derived from them, valid while its size and modification time are unchanged. */
export class CachedFile {
  readonly sha256: string;
  readonly #made = new Map<string, unknown>();

  constructor(
    readonly stamp: string,
    readonly bytes: Buffer,
  ) {
    this.sha256 = sha256Hex(bytes);
  }

  derive<T>(use: string, make: (bytes: Buffer) => T): T {
    if (!this.#made.has(use)) this.#made.set(use, make(this.bytes));
    return this.#made.get(use) as T;
  }
}

export class TrustFileTooLarge extends Error {}

const cache = new Map<string, CachedFile>();

/** Reads a file. Throws the system's error if it does not exist or is not regular, `TrustFileTooLarge` past the bound. */
export async function readCachedFile(path: string, most: number): Promise<CachedFile> {
  const file = await readCachedFileIfExists(path, most);
  if (file === undefined) throw Object.assign(new Error('there is no such file'), { code: 'ENOENT' });
  return file;
}

/**
 * Returns `undefined` if the file does not exist; otherwise throws like `readCachedFile`. Called for every list and
 * every signed file, so it uses a synchronous stat: that is faster than waking another thread, and creating an error
 * for each list that is not installed would cost more than all stats together.
 */
export async function readCachedFileIfExists(path: string, most: number): Promise<CachedFile | undefined> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  // Reading a pipe would block for ever.
  if (!stats.isFile()) throw new Error('it is not a regular file');
  if (stats.size > most) throw new TrustFileTooLarge();
  const known = cache.get(path);
  if (known?.stamp === stampOf(stats)) return known;
  const bytes = await readFile(path);
  if (bytes.length > most) throw new TrustFileTooLarge();
  const file = new CachedFile(stampOf(stats), bytes);
  const [oldest] = cache.keys();
  if (cache.size >= limits.cachedTrustFiles && oldest !== undefined) cache.delete(oldest);
  cache.set(path, file);
  return file;
}

function stampOf(stats: Stats): string {
  return `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}
