import type { LikenessKind } from './likeness.js';

/** What is kept of one file of one kind, as a store gives it to whoever holds all in memory. */
export interface ShelfRow {
  /** In the order of commits; of each row the last. */
  seq: number;
  /** Never of another fingerprint; what is kept under it never changes. */
  id: number;
  tenant: string;
  /** It was removed: nothing of it counts any more. One that was never seen may come so. */
  gone: boolean;
  kind: LikenessKind;
  frames: number;
  seconds?: number;
  /** `Likeness.shelf`; empty where it cannot be searched. */
  shelf: Uint8Array;
  /** Of a collection whose matches are told at once, as it was when this was read. */
  watched: boolean;
}
