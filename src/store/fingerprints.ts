import type { ReadFault } from '../core/ground/fault.js';
import type { ToldPath } from '../core/ground/path-text.js';
import type { Likeness, Likenesses, LikenessKind } from '../core/likeness/likeness.js';
import type { MessageId } from '../say/said.js';

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
