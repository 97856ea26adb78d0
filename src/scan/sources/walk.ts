import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { decodePath } from '../../base/path-text.js';
import {
  type BytesDir,
  isTooLong,
  openFolder,
  PathTooLongError,
  statAt,
  statBigIntAt,
} from '../../core/media/plain-path.js';
import { message } from '../../i18n/message.js';
import { type FoundEntry, type LostEntry, lostEntryOf } from './entry.js';
import type { ExclusionReason, Exclusions } from './exclusions.js';
import { createLocalEntry } from './local-entry.js';
import { FolderSidecars, isSidecarName, MAX_SIDECARS } from './sidecars.js';
import { StatPacer } from './stat-pacing.js';

/** Reason why a path is excluded; `unasked`: it was not requested, and is not counted. */
type WalkExclusion = ExclusionReason | 'unasked' | undefined;

export interface WalkOptions {
  /** Include names that begin with a dot. */
  hidden: boolean;
  followSymlinks: boolean;
  /** Yield sidecars (sidecars.ts) with their files. */
  sidecars?: boolean;
  /** Counts what is excluded. */
  leftOut?: Exclusions | undefined;
  /** Returns why a folder is not entered. `relative` is the path from the start of the walk, with `/`. */
  folderExclusion(relative: string): WalkExclusion;
  /** Returns why a name is excluded; called before the file's size is read, because the name often decides. */
  nameExclusion(relative: string): WalkExclusion;
}

/**
 * Number of names up to which a folder is sorted, so that two walks yield the same order. Larger folders are read in
 * the system's order.
 */
const SORTED_NAMES = 20_000;

interface WalkFolder {
  path: string;
  relative: string;
  /** Device and inode of the parent folders, to detect links that lead back into one. */
  above: readonly string[];
}

interface FolderName {
  name: string;
  isFolder: boolean;
}

/** Yields every file below a folder, holding the names of one folder at a time. */
export async function* walk(root: string, options: WalkOptions): AsyncGenerator<FoundEntry> {
  const looks = new StatPacer();
  const waiting: WalkFolder[] = [{ path: root, relative: '', above: [] }];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const below: WalkFolder[] = [];
    yield* filesOfFolder(folder, { ...options, looks }, below);
    // Reversed, because the list is used as a stack.
    waiting.push(...below.reverse());
  }
}

interface WalkContext extends WalkOptions {
  looks: StatPacer;
}

/** State shared by all names in a folder. */
interface FolderContext {
  folder: WalkFolder;
  options: WalkContext;
  /** Parent folders, including this one if links are followed. */
  above: readonly string[];
  /** Subfolders to enter next. */
  below: WalkFolder[];
  isNear: boolean;
  sidecars: FolderSidecars | undefined;
}

/** Returned without a promise if possible, because awaiting each name takes longer than its `lstat`. */
type FoundNow = FoundEntry | undefined | Promise<FoundEntry | undefined>;

async function* filesOfFolder(
  folder: WalkFolder,
  options: WalkContext,
  below: WalkFolder[],
): AsyncGenerator<FoundEntry> {
  try {
    const above = options.followSymlinks ? await parentsWithoutCycle(folder) : folder.above;
    if (above === undefined) {
      options.leftOut?.folder('circle');
      return;
    }
    const beside = options.sidecars ? await FolderSidecars.of(folder.path, options) : undefined;
    if (beside?.more) yield { lost: tooManySidecars(folder.path) };
    const isNear = await options.looks.isNear(folder.path);
    const within: FolderContext = { folder, options, above, below, isNear, sidecars: beside };
    const opened = await openFolder(folder.path);
    try {
      const first = await firstNames(opened);
      for (const next of first) {
        const asked = examineName(next, within);
        const found = asked instanceof Promise ? await asked : asked;
        if (found !== undefined) yield found;
      }
      if (first.length > SORTED_NAMES) {
        for (let next = await nextName(opened); next !== undefined; next = await nextName(opened)) {
          const found = await examineName(next, within);
          if (found !== undefined) yield found;
        }
      }
    } finally {
      await opened.close();
    }
    // Unmatched sidecars are known only after all files of the folder.
    for (const name of beside?.unmatched() ?? []) {
      const found = await examineEntry({ name, isFolder: false }, within);
      if (found !== undefined) yield found;
    }
  } catch (error) {
    yield { lost: lostEntryOf(folder.path, error) };
  }
}

/** Decides by the name alone, before the file is examined. */
function isNameWanted({ name, isFolder }: FolderName, { hidden, leftOut }: WalkContext): boolean {
  if (hidden || !name.startsWith('.')) return true;
  if (isFolder) leftOut?.folder('hidden');
  else leftOut?.file('hidden');
  return false;
}

/** Returns `undefined` if a link has led back into a parent folder. */
async function parentsWithoutCycle({ path, above }: WalkFolder): Promise<readonly string[] | undefined> {
  const { dev, ino } = await statBigIntAt(path);
  const id = `${dev}:${ino}`;
  return above.includes(id) ? undefined : [...above, id];
}

const tooManySidecars = (path: string): LostEntry => ({
  path,
  code: 'not-checked',
  userMessage: message('scan.lost.sidecars', { most: MAX_SIDECARS }),
});

const examineName = (next: FolderName, within: FolderContext): FoundNow =>
  isNameWanted(next, within.options) && !within.sidecars?.has(next.name)
    ? examineEntry(next, within)
    : undefined;

interface WalkEntry extends FolderName {
  path: string;
  relative: string;
}

function examineEntry({ name, isFolder }: FolderName, within: FolderContext): FoundNow {
  const { folder, options, isNear, sidecars: beside } = within;
  const path = join(folder.path, name);
  const relative = folder.relative === '' ? name : `${folder.relative}/${name}`;
  const place: WalkEntry = { name, isFolder, path, relative };
  try {
    if (isTooLong(path)) throw new PathTooLongError(path);
    const look = options.looks.lstat(path, isNear);
    if (look instanceof Promise || look.isSymbolicLink() || beside !== undefined)
      return examineStats(place, look, within);
    return isFileWanted(place, look, within) ? { entry: createLocalEntry(path, look) } : undefined;
  } catch (error) {
    return lostOrExcluded(place, error, within);
  }
}

async function examineStats(
  place: WalkEntry,
  look: Stats | Promise<Stats>,
  within: FolderContext,
): Promise<FoundEntry | undefined> {
  const { options, sidecars: beside } = within;
  const { name, path } = place;
  try {
    const itself = await look;
    if (itself.isSymbolicLink() && !options.followSymlinks) {
      countExclusion('link', false, options);
      return undefined;
    }
    const stats = itself.isSymbolicLink() ? await statAt(path) : itself;
    if (!isFileWanted(place, stats, within)) return undefined;
    const sidecars = beside === undefined || isSidecarName(name) ? [] : await beside.sidecarsFor(name);
    return { entry: createLocalEntry(path, stats, sidecars) };
  } catch (error) {
    return lostOrExcluded(place, error, within);
  }
}

/** Returns whether the path is a file to be read. Folders are queued and exclusions counted. */
function isFileWanted(place: WalkEntry, stats: Stats, within: FolderContext): boolean {
  const { path, relative } = place;
  const { options, above, below } = within;
  if (stats.isDirectory()) {
    const left = exclusionOf(place, true, within);
    if (left === undefined) below.push({ path, relative, above });
    else countExclusion(left, true, options);
    return false;
  }
  const left = stats.isFile() ? exclusionOf(place, false, within) : 'special';
  if (left !== undefined) countExclusion(left, false, options);
  return left === undefined;
}

function lostOrExcluded(place: WalkEntry, error: unknown, within: FolderContext): FoundEntry | undefined {
  const left = exclusionOf(place, place.isFolder, within);
  if (left === undefined) return { lost: lostEntryOf(place.path, error) };
  countExclusion(left, place.isFolder, within.options);
  return undefined;
}

function exclusionOf({ relative }: WalkEntry, asFolder: boolean, { options }: FolderContext): WalkExclusion {
  return asFolder ? options.folderExclusion(relative) : options.nameExclusion(relative);
}

function countExclusion(
  left: Exclude<WalkExclusion, undefined>,
  isFolder: boolean,
  { leftOut }: WalkContext,
): void {
  if (left !== 'unasked') leftOut?.[isFolder ? 'folder' : 'file'](left);
}

/** Returns all names in order; if there are more than are sorted, returns one more than that, unsorted. */
async function firstNames(folder: BytesDir): Promise<FolderName[]> {
  const first: FolderName[] = [];
  for (let entry = await folder.read(); entry !== null; entry = await folder.read()) {
    first.push(folderName(entry));
    if (first.length > SORTED_NAMES) return first;
  }
  return first.sort((a, b) => (a.name < b.name ? -1 : 1));
}

type FolderEntry = NonNullable<Awaited<ReturnType<BytesDir['read']>>>;

const folderName = (entry: FolderEntry): FolderName => ({
  name: decodePath(entry.name),
  isFolder: entry.isDirectory(),
});

async function nextName(folder: BytesDir): Promise<FolderName | undefined> {
  const entry = await folder.read();
  return entry === null ? undefined : folderName(entry);
}
