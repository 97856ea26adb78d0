import type { IndexableRow } from '../../matching/indexed-row.js';

/** Store as seen by the matcher: all rows in the order in which they were added, changed or deleted. */
export interface FingerprintSource {
  /**
   * Returns rows after `after`, in order, at most `limit` and at most the source's bytes per read; an empty result is
   * the end.
   */
  follow(after: number, limit: number): Promise<IndexableRow[]>;
  /**
   * Returns the sequence number up to which deletions are forgotten. A reader that has read less than that, and not
   * from the beginning, must load again. A source without this method keeps deletions forever.
   */
  floor?(): Promise<number>;
}
