import { basename } from 'node:path';
import { KINDS, type Kind } from '../core/media/media-kinds.js';
import { mimeOfName } from '../core/media/media-types.js';
import { type ArchiveKind, archiveKindOf } from './archives/kinds.js';
import type { Entry } from './entry.js';
import type { LeftOutBy } from './left-out.js';
import { Patterns } from './patterns.js';

export interface FilterOptions {
  include?: readonly string[];
  exclude?: readonly string[];
  /** Large and small letters are the same in patterns. */
  ignoreCase?: boolean;
  types?: readonly Kind[];
  minBytes?: number;
  maxBytes?: number;
  /** Milliseconds since 1970: only what changed at this moment or later. */
  newerThan?: number;
  /** Archives that are looked into, as folders are: the other filters speak of what is inside. */
  archives?: readonly ArchiveKind[];
}

/**
 * Which of the files that a scan comes upon are read. What a filter leaves out is no record, as nobody asked for it; why it
 * was left out is told, so that it can be counted.
 */
export class Filter {
  readonly #options: FilterOptions;
  readonly #includes: Patterns | undefined;
  readonly #excludes: Patterns | undefined;

  constructor(options: FilterOptions) {
    this.#options = options;
    const { include, exclude, ignoreCase } = options;
    this.#includes = include && new Patterns(include, { ignoreCase });
    this.#excludes = exclude && new Patterns(exclude, { ignoreCase });
  }

  /** Patterns that matched nothing so far, and those with `!` that have nothing to take back. */
  get told(): { include: readonly string[]; exclude: readonly string[]; idle: readonly string[] } {
    const idle = this.#excludes?.idle ?? [];
    return {
      include: this.#includes?.unmet ?? [],
      exclude: (this.#excludes?.unmet ?? []).filter((text) => !idle.includes(text)),
      idle,
    };
  }

  /** Why a folder is not looked into. */
  readonly leavesFolder = (relative: string): LeftOutBy | undefined =>
    this.#excludes?.ofFolder(relative) === true || this.#includes?.takesFolderBack(relative)
      ? 'excluded'
      : undefined;

  /** Why a walk is not to give what stands there. */
  readonly leavesName = (relative: string): LeftOutBy | undefined => {
    if (!this.isLookedInto(relative)) return this.leavesFile(relative);
    return this.#excludes?.ofFile(relative) === true ? 'excluded' : undefined;
  };

  readonly entersFolder = (relative: string): boolean => this.leavesFolder(relative) === undefined;
  readonly wantsName = (relative: string): boolean => this.leavesName(relative) === undefined;

  readonly isLookedInto = (name: string): boolean => {
    const { archives } = this.#options;
    const kind = archives === undefined ? undefined : archiveKindOf(name);
    return kind !== undefined && archives?.includes(kind) === true;
  };

  readonly wantsFile = (relative: string): boolean => this.leavesFile(relative) === undefined;

  /** The same of what is no archive, whatever its name. */
  readonly leavesFile = (relative: string): LeftOutBy | undefined => {
    if (this.#excludes?.ofFile(relative) === true) return 'excluded';
    if (this.#includes !== undefined) {
      const said = this.#includes.ofFileOrBelow(relative);
      if (said === false) return 'excluded';
      // Where all that is said is what is not to be read, the rest is.
      if (said === undefined && !this.#includes.areAllNot) return 'notIncluded';
    }
    const { types } = this.#options;
    const kind = types === undefined ? undefined : kindOfName(basename(relative));
    // A name that says nothing is no reason to leave a file out: its bytes decide, in `wantsKind`.
    return types === undefined || kind === undefined || types.includes(kind) ? undefined : 'kind';
  };

  readonly wantsEntry = (entry: Sized): boolean => this.leavesEntry(entry) === undefined;

  readonly leavesEntry = ({ bytes, modified, sidecars = [] }: Sized): LeftOutBy | undefined => {
    const { minBytes = 0, maxBytes = Number.POSITIVE_INFINITY, newerThan } = this.#options;
    if (bytes < minBytes || bytes > maxBytes) return 'size';
    // What is read with it has no record of its own: a change of that is one of the answer.
    const newest = Math.max(modified, ...sidecars.map((one) => one.modified));
    return newerThan === undefined || newest >= newerThan ? undefined : 'time';
  };

  /** Whether the bytes have a say at all. */
  get byKind(): boolean {
    return this.#options.types !== undefined;
  }

  /** Asked once the bytes have told what a file is. */
  readonly wantsKind = (kind: Kind): boolean => this.#options.types?.includes(kind) ?? true;
}

type Sized = Pick<Entry, 'bytes' | 'modified' | 'sidecars'>;

/** Undefined where the ending is not one that Assay knows. */
function kindOfName(name: string): Kind | undefined {
  const mime = mimeOfName(name);
  if (mime === 'application/pdf') return 'document';
  return KINDS.find((kind) => mime?.startsWith(`${kind}/`));
}
