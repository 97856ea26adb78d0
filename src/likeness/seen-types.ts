import type { Likeness, LikenessKind, Tier } from '../core/likeness/likeness.js';
import type { Turn } from '../core/likeness/pdq.js';

/** A kept file that is near enough to be told. */
export interface NearOne {
  id: number;
  kind: LikenessKind;
  /** Bits that differ, of 256. Of a video the middle one of its matching frames; of a sound the share of its bits. */
  distance: number;
  tier: Tier;
  /** How the picture asked about is turned or mirrored against the kept one. */
  turn?: Turn;
  /** `cut`: it is near to a part of the kept picture. `content`: what stands within a border or a screen’s bars of it is. */
  part?: 'cut' | 'content';
  /** Of a video: its frames that were found, of how many that were asked about, and how many are kept of the other. */
  frames?: { matched: number; of: number; ofKept: number };
}

export interface SearchAnswer {
  /** The best of each id, the nearest first, then by id. */
  near: NearOne[];
  /** Rows of the tenant, of the kinds asked about, that were held against it. */
  searched: number;
  /** Rows of the same that were not: there was nothing to search by, or no memory to hold them. */
  notSearchable: number;
  /** More are near than are told. */
  more: boolean;
}

export interface SearchOptions {
  /** Bits of 256, `SIMILAR_BITS` where it is not said; of sounds never more than `SIMILAR_SOUND_BITS`. */
  most?: number;
  /** How many are told at most. */
  limit?: number;
  /** Ids that are not told: the file’s own. */
  without?: readonly number[];
}

/** How far what is held is behind what is kept. */
export interface Lag {
  /** All that was kept at the start, or since a thread had to load anew, is held. */
  loaded: boolean;
  /** Since all that was kept was held, in milliseconds; undefined before the first time. */
  millis?: number;
  /** Rows that are searched. */
  held: number;
  /** Rows for which there was no memory: told as not searchable by every answer. */
  notHeld: number;
  /** Memory that fingerprints take. */
  bytes: number;
}

export interface Seen {
  /** Throws a SeenError: not loaded in time, too many that ask, ended. */
  search(tenant: string, asked: readonly Likeness[], options?: SearchOptions): Promise<SearchAnswer>;
  /** Resolves when all that is kept at this moment is held. Throws what the source throws, or a SeenError. */
  refresh(): Promise<void>;
  readonly lag: Lag;
  close(): Promise<void>;
}

export interface SeenOptions {
  /** One a core where it is not said, four at most. */
  threads?: number;
  /** Memory for fingerprints, of all threads together. */
  mostBytes?: number;
  /** How often the source is asked for what is new. */
  pollMillis?: number;
  /** How long a search waits and lasts in all. */
  deadlineMillis?: number;
  /** Told when the source fails or a thread ends; both are tried again. */
  onFault(error: Error): void;
}
