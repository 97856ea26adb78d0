import type { FingerprintKind } from './fingerprint.js';

/** Stored fingerprints of one kind of a file, as loaded from the store into memory. */
export interface IndexableRow {
  /** Sequence number in the order of commits; only the last version of a row counts. */
  seq: number;
  /** Never reused for other fingerprints; the fingerprints of an id never change. */
  id: number;
  tenant: string;
  /** The row was deleted. May be reported for rows that were never loaded. */
  gone: boolean;
  kind: FingerprintKind;
  frames: number;
  seconds?: number;
  /** `Fingerprint.shelf`; empty if it cannot be searched. */
  shelf: Uint8Array;
  /** Whether the collection reported matches immediately when the row was read. */
  watched: boolean;
}
