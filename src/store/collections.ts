import type { ReadFault } from '../core/ground/fault.js';
import type { Likenesses, LikenessKind } from '../core/likeness/likeness.js';

/**
 * A newsroom's own: pictures that people looked into, or an agency's, by their fingerprints. What stands here is by people
 * and quoted as theirs; nothing of it is a finding of ours. Whoever asks says the tenant; nothing crosses.
 */

/** In their words. */
export interface PeoplesFinding {
  text: string;
  /** Who says so. */
  by?: string;
  /** http or https; never followed by us. */
  link?: string;
}

export const COLLECTION_BOUNDS = {
  /** Characters. */
  name: 200,
  text: 4_000,
  by: 200,
  link: 2_000,
  itemName: 1_000,
  note: 4_000,
  key: 4_000,
  previewBytes: 128 * 1024,
  collections: 1_000,
  /** Of one collection. */
  items: 1_000_000,
  /** In one call. */
  itemsAtOnce: 500,
} as const;

export interface NewCollection {
  name: string;
  /** Of all its items that have none of their own. */
  finding?: PeoplesFinding;
  /** Matches with it are told at once. */
  watched?: boolean;
}

export interface CollectionPatch {
  name?: string;
  /** Null takes it away. */
  finding?: PeoplesFinding | null;
  watched?: boolean;
}

export interface KeptCollection {
  /** As inspections have it. */
  id: string;
  tenant: string;
  name: string;
  createdAt: string;
  changedAt: string;
  finding?: PeoplesFinding;
  watched: boolean;
  items: number;
  /** Of those, the ones that no search can find: nothing of them has a fingerprint. */
  notSearchable: number;
}

export interface NewCollectionItem {
  /** What tells it from others of the collection, as a path: the same again takes the place of the one before. Left out: a new one. */
  key?: string;
  name: string;
  note?: string;
  /** Of this one; left out: the collection's. */
  finding?: PeoplesFinding;
  /** WebP, 320 px at most. */
  preview?: Uint8Array;
  likenesses: Likenesses;
}

export interface CollectionItem {
  id: string;
  name: string;
  note?: string;
  finding?: PeoplesFinding;
  at: string;
  hasPreview: boolean;
  /** By which it can be found. */
  kinds: LikenessKind[];
  missing: (ReadFault & { kind: LikenessKind })[];
}

export interface CollectionPage<T> {
  items: T[];
  /** Give it back for what follows; left out at the end. */
  next?: string;
}

/** `collection.bad`: too long, empty, or a link that is none. `collection.full`: there are as many as there may be. */
export const COLLECTION_ERROR_CODES = ['collection.bad', 'collection.full', 'collection.bad-cursor'] as const;
export type CollectionErrorCode = (typeof COLLECTION_ERROR_CODES)[number];

export class CollectionError extends Error {
  override name = 'CollectionError';
  constructor(
    readonly code: CollectionErrorCode,
    /** Of what is bad: which member, and of which item (from 0). */
    readonly place?: { member: string; item?: number },
  ) {
    super(code);
  }
}
