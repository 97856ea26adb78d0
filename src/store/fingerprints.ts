import type { ReadFault } from '../core/ground/fault.js';
import type { ToldPath } from '../core/ground/path-text.js';
import type { Likeness, Likenesses, LikenessKind } from '../core/likeness/likeness.js';
import type { ShelfRow } from '../core/likeness/shelf-row.js';
import type { MessageId } from '../say/said.js';
import type { Inside } from './inside.js';

/**
 * The contract of kept fingerprints. tests/store/fingerprints.test.ts says the rest, and both databases pass it. Times are
 * RFC 3339, UTC, milliseconds. Whoever asks says the tenant; only `follow`, for the process that searches, reads all.
 */

/** Whose a fingerprint is. It goes with its holder, where a person deletes that. */
export type Holder =
  | { inspection: string }
  /** A record of a scan in the database, as its line of results tells the path. */
  | ({ scan: number } & ToldPath)
  /** A newsroom's own. */
  | { collection: string; item: string };

/** Which could not be made, and why. */
export type NotMade = ReadFault & { kind: LikenessKind };

export interface NewFingerprint {
  tenant: string;
  holder: Holder;
  /** When the file was seen. */
  at: string;
  /** Left out: it stays as long as its holder. */
  expiresAt?: string;
  /** What could not be made is kept too: so a search can say how many it could not ask. */
  likeness: Likeness | { missing: NotMade };
  /** Of one that was made: what of the file was not looked at. */
  partly?: ReadFault;
}

/** All that was made of one file, and what was not, as the store takes it. */
export function newsOf(
  of: Pick<NewFingerprint, 'tenant' | 'holder' | 'at' | 'expiresAt'>,
  { made, missing, partly = [] }: Likenesses,
): NewFingerprint[] {
  return [
    ...missing.map((one) => ({ ...of, likeness: { missing: one } })),
    ...made.map((likeness) => {
      const only = partly.find(({ kind }) => kind === likeness.kind);
      return { ...of, likeness, ...(only === undefined ? {} : { partly: only }) };
    }),
  ];
}

/** What is left where a report went by its day and its fingerprint stays longer: nothing that names file or person. */
export interface LeftOfReport {
  /** As one of a batch, or alone. */
  door: 'inspection' | 'batch';
  /** What stood above it, without what it was about. */
  headline?: MessageId;
  /** As the report had it: masked. */
  signer?: string;
}

export type KeptHolder = Holder & {
  kind: LikenessKind;
  at: string;
  notSearchable?: ReadFault;
  /** It can be found by a part of the file alone. */
  partly?: ReadFault;
  /** Its report is gone: this is all there is. */
  left?: LeftOfReport;
  /** Of a collection whose matches are told at once. */
  watched?: true;
};

export interface FingerprintCounts {
  /** Of pictures, of videos' frames and of sounds: a video with sound is two. */
  searchable: number;
  /** The same of what is kept without anything to search by. */
  notSearchable: number;
  /** What the searchable ones take in the memory of a process that searches. */
  bytes: number;
}

export interface FingerprintStore {
  /**
   * Each takes the place of what its holder had of that kind; the same again changes nothing. All of it or nothing, on the
   * disk once this resolves. Left out are those whose holder is not there (any more). `within`: part of the caller's own
   * transaction, at its end, since others wait for it from here on. Rejects with a RangeError what is too large or not
   * whole.
   */
  put(news: readonly NewFingerprint[], within?: Inside): Promise<void>;
  /**
   * What an inspection has is given to another about the same bytes (`cachedFrom`), which so need not be made again; the
   * other's stay its own when the first goes. False: there is nothing to give, or nobody to give it to.
   */
  give(tenant: string, from: string, to: string): Promise<boolean>;
  /**
   * Of all tenants, what has changed after a number, in the order in which it was kept: nothing comes in behind somebody
   * who follows. Bounded in bytes too, so it may be fewer than asked for; an empty answer is the end.
   */
  follow(after: number, limit: number): Promise<ShelfRow[]>;
  /**
   * Removed ones are forgotten after some days, up to this number. Whoever follows asks before it begins and after each
   * answer: where it has grown past the number that was asked for, something may have been missed, and all has to be
   * read anew from 0.
   */
  floor(): Promise<number>;
  /** Of these; without those that are gone and those of other tenants. */
  holders(tenant: string, ids: readonly number[]): Promise<Map<number, KeptHolder>>;
  /** Ids of what a holder has, to be left out where it asks itself. */
  idsOf(tenant: string, holder: Holder): Promise<number[]>;
  /**
   * To ask with. Where only the side that is searched was kept (scans), each frame is asked with as it is, without its
   * turns. `frames` and the like as they were made.
   */
  likenessOf(tenant: string, holder: Holder): Promise<Likenesses>;
  counts(tenant: string): Promise<FingerprintCounts>;
  /** By a person; what a report left behind, too. True where there was something. */
  remove(tenant: string, holder: Holder, within?: Inside): Promise<boolean>;
  /** What is past its day goes, and what was removed long ago is forgotten; some at a time: again until it says 0. */
  expire(now: string): Promise<number>;
}
