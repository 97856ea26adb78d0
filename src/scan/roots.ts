import { normalize } from 'node:path/posix';
import picomatch from 'picomatch';
import { lstatAt, openFolder, statAt } from '../core/media/reach.js';
import { said } from '../say/said.js';
import { type Found, type Lost, lostBy } from './entry.js';
import type { Filter } from './filter.js';
import { keyIn, Met } from './met.js';
import { isObjectPath } from './s3/address.js';

/** What was named to be scanned, and whether all of it was walked: by that alone a file that was not met is gone. */

export const GONE_CHOICES = ['mark', 'keep', 'drop'] as const;
export type GoneChoice = (typeof GONE_CHOICES)[number];

/** What of the files that are known already is not there any more. */
export interface GoneAsked {
  how: Exclude<GoneChoice, 'keep'>;
  /** RFC 3339, UTC. */
  at: string;
  isMet(path: string): boolean;
  /** The same of a path whose SHA-256 begins so. */
  isMetKey(digest: Buffer): boolean;
  /** Of one that was not met. */
  isGone(path: string): Promise<boolean>;
}

export interface RootsOptions {
  paths: readonly string[];
  filter: Filter;
  hidden: boolean;
  /** A folder in which nothing stands, and one that is not there, are no fault. */
  allowEmpty: boolean;
  /** Files inside of archives are met too. */
  meetsMembers: boolean;
}

/** A folder that could not be gone through leaves open what stands in it; more of them than this leave all open. */
const MOST_LOST = 10_000;

export class Roots {
  readonly #options: RootsOptions;
  /** Folders and beginnings of keys that were named. */
  readonly folders: readonly string[];
  /** Folders that were named and in which nothing stands, or that are not there. */
  readonly faults: readonly Lost[];
  readonly #met = new Met();
  readonly #lost = new Set<string>();
  #isTooMuchLost = false;
  /** What was named has been gone through to its end. */
  isWhole = false;

  private constructor(options: RootsOptions, folders: readonly string[], faults: readonly Lost[]) {
    this.#options = options;
    this.folders = folders;
    this.faults = faults;
  }

  /** Looks at what was named; what is no folder and no bucket is none of it. */
  static async of(options: RootsOptions): Promise<Roots> {
    const folders: string[] = [];
    const faults: Lost[] = [];
    for (const path of options.paths) {
      const is = isObjectPath(path) ? 'folder' : await looked(path, options.hidden);
      if (is === 'folder' || (is === 'empty' && options.allowEmpty))
        folders.push(isObjectPath(path) ? path : trimmed(path));
      if (typeof is === 'object' && !options.allowEmpty) faults.push(is);
      if (is === 'empty' && !options.allowEmpty)
        faults.push({ path, code: 'empty-root', said: said('scan.lost.emptyRoot') });
    }
    return new Roots(options, folders, faults);
  }

  /** Faults of what was named among them. */
  async *watched(found: AsyncIterable<Found>): AsyncGenerator<Found> {
    // What is not there the walk tells.
    for (const lost of this.faults) if (lost.code === 'empty-root') yield { lost };
    for await (const one of found) {
      if ('entry' in one) {
        this.#met.add(one.entry.path);
        for (const { path } of one.entry.sidecars ?? []) this.#met.add(path);
      } else if (this.#isAllowed(one.lost)) continue;
      else if (this.#lost.size < MOST_LOST) this.#lost.add(one.lost.path);
      else this.#isTooMuchLost = true;
      yield one;
    }
    this.isWhole = true;
  }

  /** Undefined where nothing can be told: not all was gone through, or nothing that was named is a folder. */
  gone(how: GoneChoice, at: string): GoneAsked | undefined {
    if (how === 'keep' || !this.isWhole || this.#isTooMuchLost || this.folders.length === 0) return undefined;
    return {
      how,
      at,
      isMet: (path) => this.#met.has(path),
      isMetKey: (digest) => this.#met.hasKey(keyIn(digest)),
      isGone: (path) => this.#isGone(path),
    };
  }

  #isAllowed({ path, code }: Lost): boolean {
    return this.#options.allowEmpty && code === 'not-found' && this.#options.paths.includes(path);
  }

  /**
   * Below a folder that was gone through, where this scan would have come upon it, and the system says that nothing stands
   * there: what a filter leaves out is never gone, nor what stands where nobody could look.
   */
  async #isGone(path: string): Promise<boolean> {
    const own = isObjectPath(path) ? path : trimmed(path);
    // What was told of a root itself while nobody could go through it.
    if (this.folders.includes(own)) return !this.#lost.has(path) && !this.#met.has(own);
    const root = this.folders.find((one) => isBelow(path, one));
    if (root === undefined || this.#lost.has(root) || this.#met.has(root)) return false;
    if (this.#isBelowLost(path)) return false;
    const isObject = isObjectPath(root);
    if (!isObject && !(await isNoMore(path))) return false;
    const [outer = path, ...inner] = path.split('!/');
    if (!this.#wants(relativeTo(root, outer), inner)) return false;
    if (inner.length === 0) return true;
    const { meetsMembers, filter } = this.#options;
    // An archive that stands there was looked into, or what is in it is not known.
    if (isObject ? this.#met.has(outer) : !(await isNoMore(outer)))
      return meetsMembers && filter.isLookedInto(outer);
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

/** `./a/` is `a`: what a walk names is made so. */
function trimmed(path: string): string {
  const plain = normalize(path);
  return plain.length > 1 ? plain.replace(/\/$/, '') : plain;
}

/** As a walk names what it comes upon. */
function isBelow(path: string, root: string): boolean {
  if (isObjectPath(root)) return path.startsWith(root);
  if (root === '.') return !path.startsWith('/') && !path.startsWith('../') && !isObjectPath(path);
  const begin = root.endsWith('/') ? root : `${root}/`;
  return path.startsWith(begin) && !path.startsWith(`${begin}../`);
}

/** What filters by name are asked: of a key from the last slash of what was named. */
function relativeTo(root: string, path: string): string {
  if (isObjectPath(root)) return path.slice(root.lastIndexOf('/') + 1);
  return root === '.' ? path : path.slice(root.length).replace(/^\/+/, '');
}

/**
 * By the system's own word: no other fault of looking says that a file is gone. Where a folder stands now, none does: the
 * record is of a fault that is mended, or of a file that was there before it.
 */
async function isNoMore(path: string): Promise<boolean> {
  try {
    return (await lstatAt(path)).isDirectory();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code === 'ENOENT' || code === 'ENOTDIR';
  }
}

async function looked(path: string, hidden: boolean): Promise<'folder' | 'empty' | 'other' | Lost> {
  try {
    if (!(await statAt(path)).isDirectory()) return 'other';
    return (await holdsAny(path, hidden)) ? 'folder' : 'empty';
  } catch (error) {
    // A pattern stands for what matches it.
    return picomatch.scan(path).isGlob ? 'other' : lostBy(path, error);
  }
}

const DOT = '.'.charCodeAt(0);

/** Whether anything stands in a folder that a scan would look at: a place where nothing is mounted often has a hidden file. */
export async function holdsAny(path: string, hidden: boolean): Promise<boolean> {
  const folder = await openFolder(path);
  try {
    for (let entry = await folder.read(); entry !== null; entry = await folder.read())
      if (hidden || entry.name[0] !== DOT) return true;
  } finally {
    await folder.close();
  }
  return false;
}

/** Whether what was found elsewhere can be found on this machine: asked of the folders that were named. */
export class Mounts {
  readonly #roots: readonly string[];
  readonly #hidden: boolean;
  /** The last folder that was asked for and is not there, or empty. */
  away: string | undefined;

  constructor({ roots = [], hidden }: { roots?: readonly string[] | undefined; hidden: boolean }) {
    this.#roots = roots.filter((root) => !isObjectPath(root));
    this.#hidden = hidden;
  }

  /** The folder above one of these in which nothing stands here, though they were found in it. */
  async awayFor(paths: readonly string[]): Promise<string | undefined> {
    for (const root of this.#roots) {
      if (!paths.some((path) => isBelow(path, root))) continue;
      if ((await looked(root, this.#hidden)) === 'folder') continue;
      this.away = root;
      return root;
    }
    return undefined;
  }
}
