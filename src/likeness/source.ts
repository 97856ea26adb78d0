import type { LikenessKind } from '../core/likeness/likeness.js';

/** What is kept of one file of one kind, as a store gives it to whoever holds all in memory. */
export interface ShelfRow {
  /** In the order of commits; of each row the last. */
  seq: number;
  id: number;
  tenant: string;
  /** It was removed: nothing of it counts any more. */
  gone: boolean;
  kind: LikenessKind;
  frames: number;
  seconds?: number;
  /** `Likeness.shelf`; empty where it cannot be searched. */
  shelf: Uint8Array;
  watched: boolean;
}

/** What a store is to those who search: all rows in the order in which they were put, changed or removed. */
export interface ShelfSource {
  /** Those after `after`, in order, `limit` at most, and no more bytes than a source tells at once; an empty answer is the end. */
  follow(after: number, limit: number): Promise<ShelfRow[]>;
  /**
   * Up to this number removed rows are told no more. Whoever read less far, and not from the beginning, loads anew. A
   * source without it tells them for ever.
   */
  floor?(): Promise<number>;
}
