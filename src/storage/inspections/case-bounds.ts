import type { Actor } from '../../core/transparency-log/leaf.js';

export const CASE_BOUNDS = {
  /** Maximum lengths in characters. */
  name: 200,
  text: 4_000,
  link: 2_000,
  rating: 200,
  person: 200,
  matchCharacters: 64 * 1024,
  /** Cases created by people; those created by a `caseRef` are not limited. */
  cases: 10_000,
  /** Items per case, without inspections. */
  items: 1_000,
  /** Inspections in a case that is sealed as a whole, since all of it is built at once. */
  sealed: 200,
  /** Bytes of a sealed case in memory, without files: Reports, pages, manifest stores, exchanges. */
  sealedBytes: 256 * 1024 ** 2,
  /** Includes removed items, of which author and time remain. */
  rows: 10_000,
  /** Former inspections listed individually; the others are counted. */
  formerTold: 1_000,
} as const;

/** Author and time of a change. */
export interface ChangeOrigin {
  at: string;
  by?: Actor | undefined;
}
