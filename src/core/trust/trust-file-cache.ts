import { type Stats, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { sha256Hex } from '../ground/digest.js';
import { trustLimits as limits } from './trust-limits.js';

/** One file's bytes and what was made of them, as long as its size and time of change stay. */
export class CachedFile {
  readonly sha256: string;
  readonly #made = new Map<string, unknown>();

  constructor(
    readonly stamp: string,
    readonly bytes: Buffer,
  ) {
    this.sha256 = sha256Hex(bytes);
  }

  once<T>(use: string, make: (bytes: Buffer) => T): T {
    if (!this.#made.has(use)) this.#made.set(use, make(this.bytes));
    return this.#made.get(use) as T;
  }
}

export class TooLarge extends Error {}

const cache = new Map<string, CachedFile>();

/** Throws the system's error where the file is not there or no regular one, `TooLarge` past the bound. */
export async function cachedFile(path: string, most: number): Promise<CachedFile> {
  const file = await cachedFileIfThere(path, most);
  if (file === undefined) throw Object.assign(new Error('there is no such file'), { code: 'ENOENT' });
  return file;
}

/**
 * Undefined where nothing is there; throws as `cachedFile` otherwise. Asked of every list for every signed file: a look at
 * the folder on this thread takes less than waking another for it, and an error for each list that nobody installed takes
 * more than all looks together.
 */
export async function cachedFileIfThere(path: string, most: number): Promise<CachedFile | undefined> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  // A pipe would be waited on for ever.
  if (!stats.isFile()) throw new Error('it is not a regular file');
  if (stats.size > most) throw new TooLarge();
  const known = cache.get(path);
  if (known?.stamp === stampOf(stats)) return known;
  const bytes = await readFile(path);
  if (bytes.length > most) throw new TooLarge();
  const file = new CachedFile(stampOf(stats), bytes);
  const [oldest] = cache.keys();
  if (cache.size >= limits.cachedTrustFiles && oldest !== undefined) cache.delete(oldest);
  cache.set(path, file);
  return file;
}

function stampOf(stats: Stats): string {
  return `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
}
