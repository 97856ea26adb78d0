import type { Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { decodePath } from '../../base/path-text.js';
import { mimeByExtension } from '../../core/media/media-types.js';
import { lstatAt, openFolder, statAt } from '../../core/media/plain-path.js';
import type { Sidecar } from './entry.js';

/**
 * Sidecars are named after their file: `a.jpg.xmp` or `a.xmp`, and likewise with `.c2pa`. The ending is matched in any
 * case, the rest exactly. `a.xmp` belongs to `a.jpg` as well as `a.nef`.
 */

const ENDING = /\.(xmp|c2pa)$/i;
/** Sidecar names held per folder; further ones are scanned like any other file. */
export const MAX_SIDECARS = 100_000;

export const isSidecarName = (name: string): boolean => ENDING.test(name);

/** Returns the possible names of the file's sidecars without their ending, the whole name first. */
function sidecarStems(name: string): string[] {
  const dot = name.lastIndexOf('.');
  // A text file that shares the name of a picture is not the file that its sidecar describes.
  return dot > 0 && mimeByExtension(name) !== undefined ? [name, name.slice(0, dot)] : [name];
}

/** Keeps at most one manifest store: that of the whole name. */
function withOneManifestStore(names: readonly string[]): string[] {
  const store = names.find((name) => /\.c2pa$/i.test(name));
  return names.filter((name) => name === store || !/\.c2pa$/i.test(name));
}

export interface SidecarOptions {
  hidden: boolean;
  followSymlinks: boolean;
}

/** Sidecars of one folder, and which of them have been matched to a file. */
export class FolderSidecars {
  readonly #byStem = new Map<string, string[]>();
  readonly #held = new Set<string>();
  readonly #used = new Set<string>();
  /** Whether there are more sidecars than are held. */
  more = false;

  private constructor(
    readonly folder: string,
    readonly options: SidecarOptions,
  ) {}

  static async of(folder: string, options: SidecarOptions): Promise<FolderSidecars> {
    const beside = new FolderSidecars(folder, options);
    const names = await openFolder(folder);
    try {
      for (let entry = await names.read(); entry !== null; entry = await names.read()) {
        const name = decodePath(entry.name);
        if (!isSidecarName(name) || (!options.hidden && name.startsWith('.'))) continue;
        if (beside.#held.size >= MAX_SIDECARS) beside.more = true;
        else beside.#hold(name);
      }
    } finally {
      await names.close();
    }
    for (const same of beside.#byStem.values()) same.sort();
    return beside;
  }

  #hold(name: string): void {
    this.#held.add(name);
    const stem = name.replace(ENDING, '');
    const known = this.#byStem.get(stem);
    if (known) known.push(name);
    else this.#byStem.set(stem, [name]);
  }

  has(name: string): boolean {
    return this.#held.has(name);
  }

  /** Returns the sidecars of a file. Only regular files count. */
  async sidecarsFor(name: string): Promise<Sidecar[]> {
    const names = withOneManifestStore(sidecarStems(name).flatMap((stem) => this.#byStem.get(stem) ?? []));
    const found: Sidecar[] = [];
    for (const one of names) {
      const sidecar = await readSidecar(join(this.folder, one), this.options.followSymlinks);
      if (sidecar === undefined) continue;
      this.#used.add(one);
      found.push(sidecar);
    }
    return found;
  }

  /** Returns the sidecars that belong to no file; they are scanned like any other file. */
  unmatched(): string[] {
    return [...this.#held].filter((name) => !this.#used.has(name)).sort();
  }
}

/** Returns the sidecars of a file given by its path, without listing its folder. */
export async function findSidecars(path: string, followSymlinks: boolean): Promise<Sidecar[]> {
  const name = basename(path);
  if (isSidecarName(name)) return [];
  const names = sidecarStems(name).flatMap((stem) => ENDINGS.map((ending) => `${stem}.${ending}`));
  const seen = new Set<string>();
  const found = new Map<string, Sidecar>();
  for (const one of names) {
    const at = join(dirname(path), one);
    const stats = await lstatAt(at).catch(() => undefined);
    // On case-insensitive file systems several spellings lead to the same file.
    const id = stats && `${stats.dev}:${stats.ino}`;
    if (id === undefined || seen.has(id)) continue;
    seen.add(id);
    const sidecar = await readSidecar(at, followSymlinks);
    if (sidecar) found.set(one, sidecar);
  }
  return withOneManifestStore([...found.keys()]).flatMap((one) => found.get(one) ?? []);
}

const ENDINGS = ['xmp', 'XMP', 'c2pa', 'C2PA'];

async function readSidecar(path: string, followSymlinks: boolean): Promise<Sidecar | undefined> {
  const stats: Stats | undefined = await (followSymlinks ? statAt : lstatAt)(path).catch(() => undefined);
  return stats?.isFile() ? { path, bytes: stats.size, modified: Math.trunc(stats.mtimeMs) } : undefined;
}
