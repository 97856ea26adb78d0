import type { ReadFault } from '../../base/fault.js';
import type { RecordPath } from '../../base/path-text.js';
import type { MessageId } from '../../i18n/message.js';
import type { Fingerprint, FingerprintKind, Fingerprints } from '../../matching/fingerprint.js';

/**
 * The contract of kept fingerprints. tests/storage/fingerprints.test.ts says the rest, and both databases pass it. Times are
 * RFC 3339, UTC, milliseconds. Whoever asks says the tenant; only `follow`, for the process that searches, reads all.
 */

/** Owner of a fingerprint. The fingerprint is deleted when a person deletes its owner. */
export type FingerprintOwner =
  | { inspection: string }
  /** Record of a scan in the database, by the path in its result line. */
  | ({ scan: number } & RecordPath)
  /** Item of a collection. */
  | { collection: string; item: string };

/** Kind that could not be made, and the reason. */
export type MissingKind = ReadFault & { kind: FingerprintKind };

export interface NewFingerprint {
  tenant: string;
  holder: FingerprintOwner;
  /** Time at which the file was inspected. */
  at: string;
  /** If absent, stored as long as its owner. */
  expiresAt?: string;
  /** Failures are stored too, so that a search can report how many files it could not search. */
  fingerprint: Fingerprint | { missing: MissingKind };
  /** Fault if only a part of the file was fingerprinted. */
  partly?: ReadFault;
}

/** Returns all fingerprints made of one file, and the failures, for the store. */
export function newFingerprintsOf(
  of: Pick<NewFingerprint, 'tenant' | 'holder' | 'at' | 'expiresAt'>,
  { made, missing, partly = [] }: Fingerprints,
): NewFingerprint[] {
  return [
    ...missing.map((one) => ({ ...of, fingerprint: { missing: one } })),
    ...made.map((fingerprint) => {
      const only = partly.find(({ kind }) => kind === fingerprint.kind);
      return { ...of, fingerprint, ...(only === undefined ? {} : { partly: only }) };
    }),
  ];
}

/** Remainder of an expired report whose fingerprint is stored longer; names neither file nor person. */
export interface ReportRemainder {
  /** Whether it was inspected as part of a batch or alone. */
  door: 'inspection' | 'batch';
  /** Headline of the report, without its parameters. */
  headline?: MessageId;
  /** Signer as in the report: masked. */
  signer?: string;
}

export type StoredOwner = FingerprintOwner & {
  kind: FingerprintKind;
  at: string;
  notSearchable?: ReadFault;
  /** Fault if only a part of the file can be found. */
  partly?: ReadFault;
  /** Set if the report was deleted. */
  remainder?: ReportRemainder;
  /** Set for a collection whose matches are reported at once. */
  watched?: true;
};

export interface FingerprintCounts {
  /** Number of fingerprints of pictures, videos' frames and sounds: a video with sound counts as two. */
  searchable: number;
  /** Number stored without searchable content. */
  notSearchable: number;
  /** Memory of the searchable ones in a searching process, in bytes. */
  bytes: number;
}
