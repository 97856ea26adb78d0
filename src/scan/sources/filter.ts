import { basename } from 'node:path';
import { MEDIA_KINDS, type MediaKind } from '../../core/media/media-kinds.js';
import { mimeByExtension } from '../../core/media/media-types.js';
import { type ArchiveKind, archiveKindOf } from './archive-kinds.js';
import type { Entry } from './entry.js';
import type { ExclusionReason } from './exclusions.js';
import { Patterns } from './patterns.js';

export interface FilterOptions {
  include?: readonly string[];
  exclude?: readonly string[];
  types?: readonly MediaKind[];
  minBytes?: number;
  maxBytes?: number;
  /** Milliseconds since 1970; only files changed at or after this moment are read. */
  newerThan?: number;
  /** Archives that are opened like folders; the other filters then apply to their members. */
  archives?: readonly ArchiveKind[];
}

/**
 * Selects the files of a scan. Excluded files get no record, since they were not requested; the reason is returned so
 * that it can be counted.
 */
export class FileFilter {
  readonly #options: FilterOptions;
  readonly #includes: Patterns | undefined;
  readonly #excludes: Patterns | undefined;

  constructor(options: FilterOptions) {
    this.#options = options;
    const { include, exclude } = options;
    this.#includes = include && new Patterns(include);
    this.#excludes = exclude && new Patterns(exclude);
  }

  /** Patterns without a match so far, and `!` patterns that have nothing to re-include. */
  get unmatchedPatterns(): {
    include: readonly string[];
    exclude: readonly string[];
    idle: readonly string[];
  } {
    const idle = this.#excludes?.ineffective ?? [];
    return {
      include: this.#includes?.unmatched ?? [],
      exclude: (this.#excludes?.unmatched ?? []).filter((text) => !idle.includes(text)),
      idle,
    };
  }

  /** Returns why a folder is not entered. */
  readonly folderExclusion = (relative: string): ExclusionReason | undefined =>
    this.#excludes?.matchFolder(relative) === true || this.#includes?.reincludesFolder(relative)
      ? 'excluded'
      : undefined;

  /** Returns why a walk does not yield a name. */
  readonly nameExclusion = (relative: string): ExclusionReason | undefined => {
    if (!this.isOpenedArchive(relative)) return this.fileExclusion(relative);
    return this.#excludes?.matchFile(relative) === true ? 'excluded' : undefined;
  };

  readonly entersFolder = (relative: string): boolean => this.folderExclusion(relative) === undefined;
  readonly wantsName = (relative: string): boolean => this.nameExclusion(relative) === undefined;

  readonly isOpenedArchive = (name: string): boolean => {
    const { archives } = this.#options;
    const kind = archives === undefined ? undefined : archiveKindOf(name);
    return kind !== undefined && archives?.includes(kind) === true;
  };

  readonly wantsFile = (relative: string): boolean => this.fileExclusion(relative) === undefined;

  /** Applies to files that are not opened as archives, whatever their name. */
  readonly fileExclusion = (relative: string): ExclusionReason | undefined => {
    if (this.#excludes?.matchFile(relative) === true) return 'excluded';
    if (this.#includes !== undefined) {
      const said = this.#includes.matchFileOrParents(relative);
      if (said === false) return 'excluded';
      // If the patterns only exclude (`!`), everything else is included.
      if (said === undefined && !this.#includes.areAllNegated) return 'notIncluded';
    }
    const { types } = this.#options;
    const kind = types === undefined ? undefined : kindOfName(basename(relative));
    // A file whose name shows no type is not excluded yet; `wantsKind` decides by its bytes.
    return types === undefined || kind === undefined || types.includes(kind) ? undefined : 'kind';
  };

  readonly wantsEntry = (entry: FilteredEntry): boolean => this.entryExclusion(entry) === undefined;

  readonly entryExclusion = ({
    bytes,
    modified,
    sidecars = [],
  }: FilteredEntry): ExclusionReason | undefined => {
    const { minBytes = 0, maxBytes = Number.POSITIVE_INFINITY, newerThan } = this.#options;
    if (bytes < minBytes || bytes > maxBytes) return 'size';
    // Sidecars have no record of their own, so a change of a sidecar counts as a change of the file.
    const newest = Math.max(modified, ...sidecars.map((one) => one.modified));
    return newerThan === undefined || newest >= newerThan ? undefined : 'time';
  };

  /** Whether files are selected by the type of their bytes. */
  get hasKinds(): boolean {
    return this.#options.types !== undefined;
  }

  /** Decides once the type of the bytes is known. */
  readonly wantsKind = (kind: MediaKind): boolean => this.#options.types?.includes(kind) ?? true;
}

type FilteredEntry = Pick<Entry, 'bytes' | 'modified' | 'sidecars'>;

/** Returns `undefined` if the ending is unknown. */
function kindOfName(name: string): MediaKind | undefined {
  const mime = mimeByExtension(name);
  if (mime === 'application/pdf') return 'document';
  return MEDIA_KINDS.find((kind) => mime?.startsWith(`${kind}/`));
}
