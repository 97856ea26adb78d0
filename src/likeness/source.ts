import type { ShelfRow } from '../core/likeness/shelf-row.js';

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
