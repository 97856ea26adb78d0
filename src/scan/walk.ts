import { join } from 'node:path';
import { pathOfBytes } from '../core/ground/path-text.js';
import {
  exactStatAt,
  isTooLong,
  type NamedInBytes,
  openFolder,
  PathTooLong,
  statAt,
} from '../core/media/reach.js';
import { said } from '../say/said.js';
import { Beside, isSidecarName, MOST_BESIDE } from './beside.js';
import { type Found, type Lost, lostBy } from './entry.js';
import { IGNORE_FILE, type IgnoreRules, ignoreLimits, ignoreRulesOf, isIgnored } from './ignore-file.js';
import type { LeftOut, LeftOutBy } from './left-out.js';
import { localEntry } from './local-entry.js';
import { Looks } from './looks.js';

/** Why something is left out; `unasked`: it is none of what was asked for, and not counted. */
type Left = LeftOutBy | 'unasked' | undefined;

export interface WalkOptions {
  /** Names that begin with a dot. */
  hidden: boolean;
  followSymlinks: boolean;
  /** Folders on other file systems than the one that the walk begins on are not looked into. */
  oneFileSystem?: boolean | undefined;
  /** What `.assayignore` in a folder names is left out. */
  ignoreFiles?: { ignoreCase?: boolean | undefined } | undefined;
  /** Files that are kept beside others (beside.ts) are given with those. */
  sidecars?: boolean;
  /** What is left out is counted here. */
  leftOut?: LeftOut | undefined;
  /** Why a folder is not to be looked into. `relative` to where the walk began, with `/`. */
  leavesFolder(relative: string): Left;
  /** Asked before a file's size is: a name alone often decides. */
  leavesName(relative: string): Left;
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
  /** Of the folders above, the innermost first. */
  rules: readonly IgnoreRules[];
}

interface Name {
  name: string;
  isFolder: boolean;
}

/** Every file below a folder, one folder's names at a time. */
export async function* walk(root: string, options: WalkOptions): AsyncGenerator<Found> {
  let device: number | undefined;
  try {
    if (options.oneFileSystem) device = (await statAt(root)).dev;
  } catch (error) {
    yield { lost: lostBy(root, error) };
    return;
  }
  const looks = new Looks();
  const waiting: Folder[] = [{ path: root, relative: '', above: [], rules: [] }];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const below: Folder[] = [];
    yield* filesOf(folder, { ...options, device, looks }, below);
    // The last in is the first out.
    waiting.push(...below.reverse());
  }
}

interface Walking extends WalkOptions {
  device: number | undefined;
  looks: Looks;
}

async function* filesOf(folder: Folder, options: Walking, below: Folder[]): AsyncGenerator<Found> {
  try {
    const above = options.followSymlinks ? await withoutCircle(folder) : folder.above;
    if (above === undefined) {
      options.leftOut?.folder('circle');
      return;
    }
    const { rules, lost } = await rulesIn(folder, options);
    if (lost !== undefined) yield { lost };
    const beside = options.sidecars ? await Beside.of(folder.path, options) : undefined;
    if (beside?.more) yield { lost: tooMany(folder.path) };
    const isNear = await options.looks.isNear(folder.path);
    const at = ({ name, isFolder }: Name) => {
      const path = join(folder.path, name);
      const relative = folder.relative === '' ? name : `${folder.relative}/${name}`;
      const enter = () => below.push({ path, relative, above, rules });
      return one({ path, relative, name, isFolder, rules, isNear }, options, enter, beside);
    };
    for await (const next of namesIn(folder.path)) {
      if (isAsked(next, options) && !beside?.holds(next.name)) yield* at(next);
    }
    // Whether one belongs to a file is known once all of those were met.
    for (const name of beside?.rest() ?? []) yield* at({ name, isFolder: false });
  } catch (error) {
    yield { lost: lostBy(folder.path, error) };
  }
}

/** With the folder's own, where those are followed. */
async function rulesIn(
  { path, relative, rules }: Folder,
  { ignoreFiles }: Walking,
): Promise<{ rules: readonly IgnoreRules[]; lost?: Lost }> {
  const own = ignoreFiles && (await ignoreRulesOf(path, relative, ignoreFiles));
  if (own === undefined) return { rules };
  if ('lost' in own) return { rules, lost: own.lost };
  return { rules: [own, ...rules].slice(0, ignoreLimits.above) };
}

/** By its name alone, before anything else is known of it. */
function isAsked({ name, isFolder }: Name, { hidden, ignoreFiles, leftOut }: Walking): boolean {
  if (name === IGNORE_FILE && !isFolder) {
    if (ignoreFiles !== undefined) return false;
    if (leftOut !== undefined) leftOut.ignoreFiles += 1;
  }
  if (hidden || !name.startsWith('.')) return true;
  if (isFolder) leftOut?.folder('hidden');
  else leftOut?.file('hidden');
  return false;
}

/** Undefined where a link has led back into a folder that the walk is in. */
async function withoutCircle({ path, above }: Folder): Promise<readonly string[] | undefined> {
  const { dev, ino } = await exactStatAt(path);
  const id = `${dev}:${ino}`;
  return above.includes(id) ? undefined : [...above, id];
}

const tooMany = (path: string): Lost => ({
  path,
  code: 'not-checked',
  said: said('scan.lost.sidecars', { most: MOST_BESIDE }),
});

async function* one(
  {
    path,
    relative,
    name,
    isFolder,
    rules,
    isNear,
  }: Name & Pick<Folder, 'path' | 'relative' | 'rules'> & { isNear: boolean },
  options: Walking,
  enter: () => void,
  beside: Beside | undefined,
): AsyncGenerator<Found> {
  const leaves = (asFolder: boolean): Left =>
    (asFolder ? options.leavesFolder(relative) : options.leavesName(relative)) ??
    (rules.length > 0 && isIgnored(rules, relative, asFolder) ? 'ignoreFile' : undefined);
  try {
    if (isTooLong(path)) throw new PathTooLong(path);
    const look = options.looks.at(path, isNear);
    const itself = look instanceof Promise ? await look : look;
    if (itself.isSymbolicLink() && !options.followSymlinks) {
      count('link', false, options);
      return;
    }
    const stats = itself.isSymbolicLink() ? await statAt(path) : itself;
    if (stats.isDirectory()) {
      const isElsewhere = options.device !== undefined && stats.dev !== options.device;
      const left = leaves(true) ?? (isElsewhere ? 'otherFileSystem' : undefined);
      if (left === undefined) enter();
      else count(left, true, options);
      return;
    }
    const left = stats.isFile() ? leaves(false) : 'special';
    if (left === undefined) {
      const sidecars = beside === undefined || isSidecarName(name) ? [] : await beside.of(name);
      yield { entry: localEntry(path, stats, sidecars) };
    } else count(left, false, options);
  } catch (error) {
    const left = leaves(isFolder);
    if (left === undefined) yield { lost: lostBy(path, error) };
    else count(left, isFolder, options);
  }
}

function count(left: Exclude<Left, undefined>, isFolder: boolean, { leftOut }: Walking): void {
  if (left !== 'unasked') leftOut?.[isFolder ? 'folder' : 'file'](left);
}

async function* namesIn(path: string): AsyncGenerator<Name> {
  const folder = await openFolder(path);
  const first: Name[] = [];
  try {
    for (let next = await nextOf(folder); next !== undefined; next = await nextOf(folder)) {
      first.push(next);
      if (first.length > SORTED_NAMES) break;
    }
    if (first.length <= SORTED_NAMES) first.sort((a, b) => (a.name < b.name ? -1 : 1));
    yield* first;
    if (first.length <= SORTED_NAMES) return;
    for (let next = await nextOf(folder); next !== undefined; next = await nextOf(folder)) yield next;
  } finally {
    await folder.close();
  }
}

async function nextOf(folder: NamedInBytes): Promise<Name | undefined> {
  const entry = await folder.read();
  return entry === null ? undefined : { name: pathOfBytes(entry.name), isFolder: entry.isDirectory() };
}
