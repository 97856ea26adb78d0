import type { Stats } from 'node:fs';
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

/** What holds for every name in a folder. */
interface Within {
  folder: Folder;
  options: Walking;
  /** With the folder itself, where links are followed. */
  above: readonly string[];
  /** Folders that are looked into next. */
  below: Folder[];
  /** With the folder's own. */
  rules: readonly IgnoreRules[];
  isNear: boolean;
  beside: Beside | undefined;
}

/** At once where that can be: to wait for each of many names takes longer than to look at it. */
type Met = Found | undefined | Promise<Found | undefined>;

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
    const within: Within = { folder, options, above, below, rules, isNear, beside };
    const opened = await openFolder(folder.path);
    try {
      const first = await firstNames(opened);
      for (const next of first) {
        const asked = askedAt(next, within);
        const found = asked instanceof Promise ? await asked : asked;
        if (found !== undefined) yield found;
      }
      if (first.length > SORTED_NAMES) {
        for (let next = await nextOf(opened); next !== undefined; next = await nextOf(opened)) {
          const found = await askedAt(next, within);
          if (found !== undefined) yield found;
        }
      }
    } finally {
      await opened.close();
    }
    // Whether one belongs to a file is known once all of those were met.
    for (const name of beside?.rest() ?? []) {
      const found = await one({ name, isFolder: false }, within);
      if (found !== undefined) yield found;
    }
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

const askedAt = (next: Name, within: Within): Met =>
  isAsked(next, within.options) && !within.beside?.holds(next.name) ? one(next, within) : undefined;

interface Place extends Name {
  path: string;
  relative: string;
}

function one({ name, isFolder }: Name, within: Within): Met {
  const { folder, options, isNear, beside } = within;
  const path = join(folder.path, name);
  const relative = folder.relative === '' ? name : `${folder.relative}/${name}`;
  const place: Place = { name, isFolder, path, relative };
  try {
    if (isTooLong(path)) throw new PathTooLong(path);
    const look = options.looks.at(path, isNear);
    if (look instanceof Promise || look.isSymbolicLink() || beside !== undefined)
      return looked(place, look, within);
    return isFileAsked(place, look, within) ? { entry: localEntry(path, look) } : undefined;
  } catch (error) {
    return lostAt(place, error, within);
  }
}

async function looked(
  place: Place,
  look: Stats | Promise<Stats>,
  within: Within,
): Promise<Found | undefined> {
  const { options, beside } = within;
  const { name, path } = place;
  try {
    const itself = await look;
    if (itself.isSymbolicLink() && !options.followSymlinks) {
      count('link', false, options);
      return undefined;
    }
    const stats = itself.isSymbolicLink() ? await statAt(path) : itself;
    if (!isFileAsked(place, stats, within)) return undefined;
    const sidecars = beside === undefined || isSidecarName(name) ? [] : await beside.of(name);
    return { entry: localEntry(path, stats, sidecars) };
  } catch (error) {
    return lostAt(place, error, within);
  }
}

/** A folder is looked into later, and what is left out is counted. */
function isFileAsked(place: Place, stats: Stats, within: Within): boolean {
  const { path, relative } = place;
  const { options, above, below, rules } = within;
  if (stats.isDirectory()) {
    const isElsewhere = options.device !== undefined && stats.dev !== options.device;
    const left = leaves(place, true, within) ?? (isElsewhere ? 'otherFileSystem' : undefined);
    if (left === undefined) below.push({ path, relative, above, rules });
    else count(left, true, options);
    return false;
  }
  const left = stats.isFile() ? leaves(place, false, within) : 'special';
  if (left !== undefined) count(left, false, options);
  return left === undefined;
}

function lostAt(place: Place, error: unknown, within: Within): Found | undefined {
  const left = leaves(place, place.isFolder, within);
  if (left === undefined) return { lost: lostBy(place.path, error) };
  count(left, place.isFolder, within.options);
  return undefined;
}

function leaves({ relative }: Place, asFolder: boolean, { options, rules }: Within): Left {
  const left = asFolder ? options.leavesFolder(relative) : options.leavesName(relative);
  return left ?? (rules.length > 0 && isIgnored(rules, relative, asFolder) ? 'ignoreFile' : undefined);
}

function count(left: Exclude<Left, undefined>, isFolder: boolean, { leftOut }: Walking): void {
  if (left !== 'unasked') leftOut?.[isFolder ? 'folder' : 'file'](left);
}

/** In their order where they are all; one more than are put in order where there are more. */
async function firstNames(folder: NamedInBytes): Promise<Name[]> {
  const first: Name[] = [];
  for (let entry = await folder.read(); entry !== null; entry = await folder.read()) {
    first.push(nameIn(entry));
    if (first.length > SORTED_NAMES) return first;
  }
  return first.sort((a, b) => (a.name < b.name ? -1 : 1));
}

type FolderEntry = NonNullable<Awaited<ReturnType<NamedInBytes['read']>>>;

const nameIn = (entry: FolderEntry): Name => ({
  name: pathOfBytes(entry.name),
  isFolder: entry.isDirectory(),
});

async function nextOf(folder: NamedInBytes): Promise<Name | undefined> {
  const entry = await folder.read();
  return entry === null ? undefined : nameIn(entry);
}
