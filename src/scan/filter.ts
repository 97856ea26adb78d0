import { basename } from 'node:path';
import picomatch from 'picomatch';
import { KINDS, type Kind } from '../core/media/media-kinds.js';
import { mimeOfName } from '../core/media/media-types.js';
import { type ArchiveKind, archiveKindOf } from './archives/kinds.js';
import type { Entry } from './entry.js';

export interface FilterOptions {
  include?: readonly string[];
  exclude?: readonly string[];
  types?: readonly Kind[];
  minBytes?: number;
  maxBytes?: number;
  /** Milliseconds since 1970: only what changed at this moment or later. */
  newerThan?: number;
  /** Archives that are looked into, as folders are: the other filters speak of what is inside. */
  archives?: readonly ArchiveKind[];
}

/** Which of the files that a scan comes upon are read. What a filter leaves out is no record: nobody asked for it. */
export class Filter {
  readonly #options: FilterOptions;
  readonly #includes: (path: string) => boolean;
  readonly #excludes: (path: string) => boolean;

  constructor(options: FilterOptions) {
    this.#options = options;
    this.#includes = options.include === undefined ? () => true : matcher(options.include);
    this.#excludes = options.exclude === undefined ? () => false : matcher(options.exclude);
  }

  /** A folder whose name is excluded is not looked into. */
  readonly entersFolder = (relative: string): boolean => !this.#excludes(relative);

  /** Whether a walk is to give what stands there. */
  readonly wantsName = (relative: string): boolean => {
    return this.isLookedInto(relative) ? !this.#excludes(relative) : this.wantsFile(relative);
  };

  readonly isLookedInto = (name: string): boolean => {
    const { archives } = this.#options;
    const kind = archives === undefined ? undefined : archiveKindOf(name);
    return kind !== undefined && archives?.includes(kind) === true;
  };

  /** The same of what is no archive, whatever its name. */
  readonly wantsFile = (relative: string): boolean => {
    if (this.#excludes(relative) || !this.#includes(relative)) return false;
    const { types } = this.#options;
    const kind = types === undefined ? undefined : kindOfName(basename(relative));
    // A name that says nothing is no reason to leave a file out: its bytes decide, in `wantsKind`.
    return types === undefined || kind === undefined || types.includes(kind);
  };

  readonly wantsEntry = ({
    bytes,
    modified,
    sidecars = [],
  }: Pick<Entry, 'bytes' | 'modified' | 'sidecars'>): boolean => {
    const { minBytes = 0, maxBytes = Number.POSITIVE_INFINITY, newerThan } = this.#options;
    // What is read with it has no record of its own: a change of that is one of the answer.
    const newest = Math.max(modified, ...sidecars.map((one) => one.modified));
    return bytes >= minBytes && bytes <= maxBytes && (newerThan === undefined || newest >= newerThan);
  };

  /** Whether the bytes have a say at all. */
  get byKind(): boolean {
    return this.#options.types !== undefined;
  }

  /** Asked once the bytes have told what a file is. */
  readonly wantsKind = (kind: Kind): boolean => this.#options.types?.includes(kind) ?? true;
}

/** Undefined where the ending is not one that Assay knows. */
function kindOfName(name: string): Kind | undefined {
  const mime = mimeOfName(name);
  if (mime === 'application/pdf') return 'document';
  return KINDS.find((kind) => mime?.startsWith(`${kind}/`));
}

/** A pattern without a slash speaks of the name alone, wherever it stands, as in .gitignore. */
function matcher(patterns: readonly string[]): (path: string) => boolean {
  const options = { dot: true, nocase: false };
  const names = patterns.filter((pattern) => !pattern.includes('/'));
  const paths = patterns.filter((pattern) => pattern.includes('/'));
  const ofName = names.length > 0 ? picomatch(names, options) : () => false;
  const ofPath = paths.length > 0 ? picomatch(paths, options) : () => false;
  return (path) => ofName(basename(path)) || ofPath(path);
}
