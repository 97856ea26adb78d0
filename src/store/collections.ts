import type { ReadFault } from '../core/ground/fault.js';
import type { Likenesses, LikenessKind } from '../core/likeness/likeness.js';
import type { Holds } from './holds.js';

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

/** Rejects with a CollectionError. */
export interface CollectionStore {
  create(tenant: string, news: NewCollection, at: string): Promise<KeptCollection>;
  /** The newest first. Rejects with a StoreError `store.bad-cursor`. */
  list(tenant: string, page: { limit: number; cursor?: string }): Promise<CollectionPage<KeptCollection>>;
  get(tenant: string, id: string): Promise<KeptCollection | undefined>;
  /** The newest of that name, letter by letter. */
  named(tenant: string, name: string): Promise<KeptCollection | undefined>;
  /** `holds`: asked of it as it is, within the same transaction; where it says no, nothing is done and it rejects (`store.changed`). */
  patch(
    tenant: string,
    id: string,
    patch: CollectionPatch,
    at: string,
    holds?: Holds<KeptCollection>,
  ): Promise<KeptCollection | undefined>;
  /** With its items and their fingerprints. False where there was none. */
  delete(tenant: string, id: string, holds?: Holds<KeptCollection>): Promise<boolean>;
  /** All of them or none, with their fingerprints; the ids, in the order given. Undefined where there is no such collection. */
  putItems(
    tenant: string,
    id: string,
    items: readonly NewCollectionItem[],
    at: string,
  ): Promise<string[] | undefined>;
  /** In the order of their ids. */
  items(
    tenant: string,
    id: string,
    page: { limit: number; cursor?: string },
  ): Promise<CollectionPage<CollectionItem> | undefined>;
  item(tenant: string, id: string, item: string): Promise<CollectionItem | undefined>;
  preview(tenant: string, id: string, item: string): Promise<Buffer | undefined>;
  removeItem(tenant: string, id: string, item: string): Promise<boolean>;
  /** Goes on with what a kill left of deletions; some at a time: again until it says 0. */
  sweep(): Promise<number>;
}
