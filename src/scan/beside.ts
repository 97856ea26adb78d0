import type { Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathOfBytes } from '../core/ground/path-text.js';
import { mimeOfName } from '../core/media/media-types.js';
import { lstatAt, openFolder, statAt } from '../core/media/reach.js';
import type { Sidecar } from './entry.js';

/**
 * Files that are kept beside others under their names: `a.jpg.xmp`, `a.xmp`, and the same with `.c2pa`. The ending is told
 * in any case, what is before it is the name itself; `a.xmp` belongs to `a.jpg` and to `a.nef`.
 */

const ENDING = /\.(xmp|c2pa)$/i;
/** So many names of one folder are held; the others are files like any other. */
export const MOST_BESIDE = 100_000;

export const isSidecarName = (name: string): boolean => ENDING.test(name);

/** What a sidecar of this file may be called, without the ending: the whole name first. */
function stemsOf(name: string): string[] {
  const dot = name.lastIndexOf('.');
  // A note or a list that bears the name of a picture is not what its sidecar speaks of.
  return dot > 0 && mimeOfName(name) !== undefined ? [name, name.slice(0, dot)] : [name];
}

/** One manifest store at most: that of the whole name. */
function chosen(names: readonly string[]): string[] {
  const store = names.find((name) => /\.c2pa$/i.test(name));
  return names.filter((name) => name === store || !/\.c2pa$/i.test(name));
}

export interface BesideOptions {
  hidden: boolean;
  followSymlinks: boolean;
}

/** The sidecars of one folder, and which of them have come to belong to a file. */
export class Beside {
  readonly #byStem = new Map<string, string[]>();
  readonly #held = new Set<string>();
  readonly #used = new Set<string>();
  /** There are more than are held. */
  more = false;

  private constructor(
    readonly folder: string,
    readonly options: BesideOptions,
  ) {}

  static async of(folder: string, options: BesideOptions): Promise<Beside> {
    const beside = new Beside(folder, options);
    const names = await openFolder(folder);
    try {
      for (let entry = await names.read(); entry !== null; entry = await names.read()) {
        const name = pathOfBytes(entry.name);
        if (!isSidecarName(name) || (!options.hidden && name.startsWith('.'))) continue;
        if (beside.#held.size >= MOST_BESIDE) beside.more = true;
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

  holds(name: string): boolean {
    return this.#held.has(name);
  }

  /** Those of a file that is told of. What is no regular file is no sidecar. */
  async of(name: string): Promise<Sidecar[]> {
    const names = chosen(stemsOf(name).flatMap((stem) => this.#byStem.get(stem) ?? []));
    const found: Sidecar[] = [];
    for (const one of names) {
      const sidecar = await sidecarAt(join(this.folder, one), this.options.followSymlinks);
      if (sidecar === undefined) continue;
      this.#used.add(one);
      found.push(sidecar);
    }
    return found;
  }

  /** Those of no file: files like any other. */
  rest(): string[] {
    return [...this.#held].filter((name) => !this.#used.has(name)).sort();
  }
}

/** Those of a file that was named outright: its folder is not gone through for it. */
export async function sidecarsOf(path: string, followSymlinks: boolean): Promise<Sidecar[]> {
  const name = basename(path);
  if (isSidecarName(name)) return [];
  const names = stemsOf(name).flatMap((stem) => ENDINGS.map((ending) => `${stem}.${ending}`));
  const seen = new Set<string>();
  const found = new Map<string, Sidecar>();
  for (const one of names) {
    const at = join(dirname(path), one);
    const stats = await lstatAt(at).catch(() => undefined);
    // The same under another spelling, where the system does not tell them apart.
    const id = stats && `${stats.dev}:${stats.ino}`;
    if (id === undefined || seen.has(id)) continue;
    seen.add(id);
    const sidecar = await sidecarAt(at, followSymlinks);
    if (sidecar) found.set(one, sidecar);
  }
  return chosen([...found.keys()]).flatMap((one) => found.get(one) ?? []);
}

const ENDINGS = ['xmp', 'XMP', 'c2pa', 'C2PA'];

async function sidecarAt(path: string, followSymlinks: boolean): Promise<Sidecar | undefined> {
  const stats: Stats | undefined = await (followSymlinks ? statAt : lstatAt)(path).catch(() => undefined);
  return stats?.isFile() ? { path, bytes: stats.size, modified: Math.trunc(stats.mtimeMs) } : undefined;
}
