import { lstat, opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { said } from '../say/said.js';
import { Beside, isSidecarName, MOST_BESIDE } from './beside.js';
import { type Found, type Lost, lostBy } from './entry.js';
import { localEntry } from './local-entry.js';

export interface WalkOptions {
  /** Names that begin with a dot. */
  hidden: boolean;
  followSymlinks: boolean;
  /** Files that are kept beside others (beside.ts) are given with those. */
  sidecars?: boolean;
  /** False for a folder that is not to be looked into. `relative` to where the walk began, with `/`. */
  entersFolder(relative: string): boolean;
  /** Asked before a file's size is: a name alone often decides. */
  wantsName(relative: string): boolean;
}

/**
 * Folders with more names than this are taken in the order the system gives them; others in the order of their
 * names, so that two walks of the same tree come upon the same files in the same order.
 */
const SORTED_NAMES = 20_000;

interface Folder {
  path: string;
  relative: string;
  /** Device and inode of the folders above: a link may lead back into one. */
  above: readonly string[];
}

/** Every file below a folder, one folder's names at a time. */
export async function* walk(root: string, options: WalkOptions): AsyncGenerator<Found> {
  const waiting: Folder[] = [{ path: root, relative: '', above: [] }];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const below: Folder[] = [];
    yield* filesOf(folder, options, below);
    // The last in is the first out.
    waiting.push(...below.reverse());
  }
}

async function* filesOf(folder: Folder, options: WalkOptions, below: Folder[]): AsyncGenerator<Found> {
  try {
    const inside = options.followSymlinks ? await withoutCircle(folder) : folder.above;
    if (inside === undefined) return;
    const beside = options.sidecars ? await Beside.of(folder.path, options) : undefined;
    if (beside?.more) yield { lost: tooMany(folder.path) };
    const at = (name: string) => {
      const path = join(folder.path, name);
      const relative = folder.relative === '' ? name : `${folder.relative}/${name}`;
      const enter = () => below.push({ path, relative, above: inside });
      return one({ path, relative, name }, options, enter, beside);
    };
    for await (const name of namesIn(folder.path)) {
      if (!options.hidden && name.startsWith('.')) continue;
      if (!beside?.holds(name)) yield* at(name);
    }
    // Whether one belongs to a file is known once all of those were met.
    for (const name of beside?.rest() ?? []) yield* at(name);
  } catch (error) {
    yield { lost: lostBy(folder.path, error) };
  }
}

/** Undefined where a link has led back into a folder that the walk is in. */
async function withoutCircle({ path, above }: Folder): Promise<readonly string[] | undefined> {
  const { dev, ino } = await stat(path, { bigint: true });
  const id = `${dev}:${ino}`;
  return above.includes(id) ? undefined : [...above, id];
}

const tooMany = (path: string): Lost => ({
  path,
  code: 'not-checked',
  said: said('scan.lost.sidecars', { most: MOST_BESIDE }),
});

async function* one(
  { path, relative, name }: { path: string; relative: string; name: string },
  options: WalkOptions,
  enter: () => void,
  beside: Beside | undefined,
): AsyncGenerator<Found> {
  try {
    const itself = await lstat(path);
    if (itself.isSymbolicLink() && !options.followSymlinks) return;
    const stats = itself.isSymbolicLink() ? await stat(path) : itself;
    if (stats.isDirectory()) {
      if (options.entersFolder(relative)) enter();
    } else if (stats.isFile() && options.wantsName(relative)) {
      const sidecars = beside === undefined || isSidecarName(name) ? [] : await beside.of(name);
      yield { entry: localEntry(path, stats, sidecars) };
    }
  } catch (error) {
    if (options.wantsName(relative)) yield { lost: lostBy(path, error) };
  }
}

async function* namesIn(path: string): AsyncGenerator<string> {
  const folder = await opendir(path, { bufferSize: 256 });
  const first: string[] = [];
  try {
    for (let entry = await folder.read(); entry !== null; entry = await folder.read()) {
      first.push(entry.name);
      if (first.length > SORTED_NAMES) break;
    }
    if (first.length <= SORTED_NAMES) first.sort();
    yield* first;
    if (first.length <= SORTED_NAMES) return;
    for (let entry = await folder.read(); entry !== null; entry = await folder.read()) yield entry.name;
  } finally {
    await folder.close();
  }
}
