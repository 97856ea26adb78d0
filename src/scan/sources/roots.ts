import { normalize } from 'node:path/posix';
import picomatch from 'picomatch';
import { lstatAt, openFolder, statAt } from '../../core/media/plain-path.js';
import { message } from '../../i18n/message.js';
import { type FoundEntry, type LostEntry, lostEntryOf } from './entry.js';
import type { FileFilter } from './filter.js';
import { isObjectPath } from './s3/address.js';
import { pathKeyOfDigest, VisitedPaths } from './visited-paths.js';

/** Folders to be scanned, and whether they were walked completely: only then is a file that was not visited gone. */

export const GONE_CHOICES = ['mark', 'keep', 'drop'] as const;
export type GoneChoice = (typeof GONE_CHOICES)[number];

/** Decides which of the known files no longer exist. */
export interface GoneQuery {
  action: Exclude<GoneChoice, 'keep'>;
  /** RFC 3339, UTC. */
  at: string;
  isVisited(path: string): boolean;
  /** Returns the same as `isVisited` for a path whose SHA-256 begins with these bytes. */
  isVisitedKey(digest: Buffer): boolean;
  /** Decides for a path that was not visited. */
  isGone(path: string): Promise<boolean>;
}

export interface RootsOptions {
  paths: readonly string[];
  filter: FileFilter;
  hidden: boolean;
  /** Whether members of archives are visited too. */
  visitsMembers: boolean;
}

/** Unreadable folders remembered; the state of their contents is unknown. Beyond this number no file counts as gone. */
const MAX_LOST = 10_000;

export class ScanRoots {
  readonly #options: RootsOptions;
  /** Folders and key prefixes given to the scan. */
  readonly folders: readonly string[];
  /** Given folders that are empty or missing. */
  readonly faults: readonly LostEntry[];
  readonly #met = new VisitedPaths();
  readonly #lost = new Set<string>();
  #isTooMuchLost = false;
  /** Whether everything given was walked to its end. */
  isWhole = false;

  private constructor(options: RootsOptions, folders: readonly string[], faults: readonly LostEntry[]) {
    this.#options = options;
    this.folders = folders;
    this.faults = faults;
  }

  /** Examines the given paths; only folders and buckets are tracked. */
  static async open(options: RootsOptions): Promise<ScanRoots> {
    const folders: string[] = [];
    const faults: LostEntry[] = [];
    for (const path of options.paths) {
      const is = isObjectPath(path) ? 'folder' : await examineFolder(path, options.hidden);
      if (is === 'folder') folders.push(isObjectPath(path) ? path : normalizePath(path));
      if (typeof is === 'object') faults.push(is);
      if (is === 'empty')
        faults.push({ path, code: 'empty-root', userMessage: message('scan.lost.emptyRoot') });
    }
    return new ScanRoots(options, folders, faults);
  }

  /** Passes on what is found and records it; faults of the given folders are added. */
  async *watch(found: AsyncIterable<FoundEntry>): AsyncGenerator<FoundEntry> {
    // The walk reports missing folders itself.
    for (const lost of this.faults) if (lost.code === 'empty-root') yield { lost };
    for await (const one of found) {
      if ('entry' in one) {
        this.#met.add(one.entry.path);
        for (const { path } of one.entry.sidecars ?? []) this.#met.add(path);
      } else if (this.#lost.size < MAX_LOST) this.#lost.add(one.lost.path);
      else this.#isTooMuchLost = true;
      yield one;
    }
    this.isWhole = true;
  }

  /** Returns `undefined` if nothing can be decided: not everything was walked, or no folder was given. */
  createGoneQuery(how: GoneChoice, at: string): GoneQuery | undefined {
    if (how === 'keep' || !this.isWhole || this.#isTooMuchLost || this.folders.length === 0) return undefined;
    return {
      action: how,
      at,
      isVisited: (path) => this.#met.has(path),
      isVisitedKey: (digest) => this.#met.hasKey(pathKeyOfDigest(digest)),
      isGone: (path) => this.#isGone(path),
    };
  }

  /**
   * A file is gone if it lies below a walked folder, this scan would have visited it, and the system reports that it
   * does not exist. Files excluded by filters or below unreadable folders are never gone.
   */
  async #isGone(path: string): Promise<boolean> {
    const own = isObjectPath(path) ? path : normalizePath(path);
    // The record of the given folder itself dates from a scan that could not walk it.
    if (this.folders.includes(own)) return !this.#lost.has(path) && !this.#met.has(own);
    const root = this.folders.find((one) => isBelow(path, one));
    if (root === undefined || this.#lost.has(root) || this.#met.has(root)) return false;
    if (this.#isBelowLost(path)) return false;
    const isObject = isObjectPath(root);
    if (!isObject && !(await isAbsent(path))) return false;
    const [outer = path, ...inner] = path.split('!/');
    if (!this.#wants(relativeTo(root, outer), inner)) return false;
    if (inner.length === 0) return true;
    const { visitsMembers: meetsMembers, filter } = this.#options;
    // Members of an existing archive are gone only if the archive was opened.
    if (isObject ? this.#met.has(outer) : !(await isAbsent(outer)))
      return meetsMembers && filter.isOpenedArchive(outer);
    return true;
  }

  #isBelowLost(path: string): boolean {
    for (let at = path.length; at > 0; at = path.lastIndexOf('/', at - 1)) {
      const above = path.slice(0, at);
      if (this.#lost.has(above) || this.#lost.has(above.replace(/!$/, ''))) return true;
    }
    return this.#lost.has('/');
  }

  #wants(relative: string, inner: readonly string[]): boolean {
    const { filter, hidden } = this.#options;
    const steps = relative.split('/');
    if (!hidden && steps.some((step) => step.startsWith('.'))) return false;
    const folders = steps.slice(1).map((_, index) => steps.slice(0, index + 1).join('/'));
    if (!folders.every((folder) => filter.entersFolder(folder))) return false;
    const name = inner.at(-1);
    return name === undefined ? filter.wantsName(relative) : filter.wantsFile(name);
  }
}

/** Normalizes a path as the walk does: `./a/` becomes `a`. */
function normalizePath(path: string): string {
  const plain = normalize(path);
  return plain.length > 1 ? plain.replace(/\/$/, '') : plain;
}

/** Compares paths in the form used by the walk. */
function isBelow(path: string, root: string): boolean {
  if (isObjectPath(root)) return path.startsWith(root);
  if (root === '.') return !path.startsWith('/') && !path.startsWith('../') && !isObjectPath(path);
  const begin = root.endsWith('/') ? root : `${root}/`;
  return path.startsWith(begin) && !path.startsWith(`${begin}../`);
}

/** Returns the path to which name filters apply; for keys it starts after the last slash of the given prefix. */
function relativeTo(root: string, path: string): string {
  if (isObjectPath(root)) return path.slice(root.lastIndexOf('/') + 1);
  return root === '.' ? path : path.slice(root.length).replace(/^\/+/, '');
}

/**
 * Only the system's own answer counts; other errors do not show that a file is gone. If a folder has taken its place,
 * the file is gone too.
 */
async function isAbsent(path: string): Promise<boolean> {
  try {
    return (await lstatAt(path)).isDirectory();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code === 'ENOENT' || code === 'ENOTDIR';
  }
}

async function examineFolder(
  path: string,
  hidden: boolean,
): Promise<'folder' | 'empty' | 'other' | LostEntry> {
  try {
    if (!(await statAt(path)).isDirectory()) return 'other';
    return (await hasEntries(path, hidden)) ? 'folder' : 'empty';
  } catch (error) {
    // A pattern stands for the files that match it.
    return picomatch.scan(path).isGlob ? 'other' : lostEntryOf(path, error);
  }
}

const DOT = '.'.charCodeAt(0);

/** Returns whether a folder has entries that a scan would read; empty mount points often contain a hidden file. */
export async function hasEntries(path: string, hidden: boolean): Promise<boolean> {
  const folder = await openFolder(path);
  try {
    for (let entry = await folder.read(); entry !== null; entry = await folder.read())
      if (hidden || entry.name[0] !== DOT) return true;
  } finally {
    await folder.close();
  }
  return false;
}

/** Checks whether files found by another machine are accessible on this one, by the folders given to the scan. */
export class MountCheck {
  readonly #roots: readonly string[];
  readonly #hidden: boolean;
  /** Last folder that was checked and is missing or empty here. */
  lastMissing: string | undefined;

  constructor({ roots = [], hidden }: { roots?: readonly string[] | undefined; hidden: boolean }) {
    this.#roots = roots.filter((root) => !isObjectPath(root));
    this.#hidden = hidden;
  }

  /** Returns the folder above one of these paths that is missing or empty here, although the files were found in it. */
  async missingRootFor(paths: readonly string[]): Promise<string | undefined> {
    for (const root of this.#roots) {
      if (!paths.some((path) => isBelow(path, root))) continue;
      if ((await examineFolder(root, this.#hidden)) === 'folder') continue;
      this.lastMissing = root;
      return root;
    }
    return undefined;
  }
}
