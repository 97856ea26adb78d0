import type { Fingerprint, FingerprintKind, SimilarityTier } from '../../matching/fingerprint.js';
import type { Orientation } from '../../matching/pdq.js';

/** Stored file that is near enough to be reported. */
export interface FingerprintMatch {
  id: number;
  kind: FingerprintKind;
  /**
   * Bits that differ, of 256. For a video the median of its matching frames; for a sound its share of differing bits,
   * scaled to 256.
   */
  distance: number;
  tier: SimilarityTier;
  /** How the query is turned or mirrored relative to the stored picture. */
  orientation?: Orientation;
  /**
   * `cut`: the query matches a part of the stored picture. `content`: the query's content within its border or screen
   * bars matches.
   */
  part?: 'cut' | 'content';
  /** Frames of a video: how many matched, how many were searched for, and how many the stored video has. */
  frames?: { matched: number; of: number; ofStored: number };
}

export interface SearchAnswer {
  /** Best match of each id, nearest first, then by id. */
  near: FingerprintMatch[];
  /** Rows of the tenant and the requested kinds that were compared. */
  searched: number;
  /**
   * Rows of the tenant and the requested kinds that were not compared, because they have no searchable fingerprint or
   * memory was exhausted.
   */
  notSearchable: number;
  /** Whether there are more matches than are listed. */
  more: boolean;
}

export interface SearchOptions {
  /** Largest distance in bits of 256 (default: `SIMILAR_BITS`); for sounds at most `SIMILAR_SOUND_BITS`. */
  most?: number;
  /** Maximum number of matches. */
  limit?: number;
  /** Ids left out of the answer: those of the file itself. */
  without?: readonly number[];
}

/** How far the index is behind the store. */
export interface IndexLag {
  /** Whether all rows stored at the start, or at the restart of a thread, are loaded. */
  loaded: boolean;
  /** Milliseconds since the index was last complete; `undefined` before the first time. */
  millis?: number;
  /** Rows in the index. */
  indexed: number;
  /** Rows skipped because memory was exhausted; every answer counts them as not searchable. */
  notIndexed: number;
  /** Memory used by fingerprints. */
  bytes: number;
}

export interface Matcher {
  /** Rejects with `MatchError` if the index was not loaded in time, too many searches wait, or the matcher was closed. */
  search(tenant: string, asked: readonly Fingerprint[], options?: SearchOptions): Promise<SearchAnswer>;
  /** Resolves when everything stored at this moment is in the index. Rejects with the source's error or a `MatchError`. */
  refresh(): Promise<void>;
  readonly lag: IndexLag;
  close(): Promise<void>;
}

export interface MatcherOptions {
  /** Number of threads (default: one per core, at most four). */
  threads?: number;
  /** Memory for the fingerprints of all threads together. */
  mostBytes?: number;
  /** Interval at which the source is polled for new rows. */
  pollMillis?: number;
  /** Total time of a search, including the wait for its turn. */
  deadlineMillis?: number;
  /** Called if the source fails or a thread ends; both are retried. */
  onFault(error: Error): void;
}
