import type { ReadFault } from '../../base/fault.js';
import type { FingerprintKind, Fingerprints } from '../../matching/fingerprint.js';

/**
 * Collections of a tenant: pictures that people examined, or an agency's, with their fingerprints. Text in them is by
 * people and quoted as theirs; none of it is a finding of Assay. Every call names the tenant; no call crosses tenants.
 */

/** Conclusion of people, in their words. */
export interface CollectionFinding {
  text: string;
  /** Author of the text. */
  by?: string;
  /** http or https; never requested by Assay. */
  link?: string;
}

export const COLLECTION_BOUNDS = {
  /** Maximum lengths in characters. */
  name: 200,
  text: 4_000,
  by: 200,
  link: 2_000,
  itemName: 1_000,
  note: 4_000,
  key: 4_000,
  previewBytes: 128 * 1024,
  collections: 1_000,
  /** Items per collection. */
  items: 1_000_000,
  /** Items per call. */
  itemsAtOnce: 500,
} as const;

export interface NewCollection {
  name: string;
  /** Finding for all items that have none of their own. */
  finding?: CollectionFinding;
  /** Matches with the collection are reported at once. */
  watched?: boolean;
}

export interface CollectionPatch {
  name?: string;
  /** Null removes it. */
  finding?: CollectionFinding | null;
  watched?: boolean;
}

export interface StoredCollection {
  /** Id in the format of inspection ids. */
  id: string;
  tenant: string;
  name: string;
  createdAt: string;
  changedAt: string;
  finding?: CollectionFinding;
  watched: boolean;
  items: number;
  /** Items without any fingerprint, which no search can find. */
  notSearchable: number;
}

export interface NewCollectionItem {
  /**
   * Key that distinguishes the item within the collection, such as a path; an item with an existing key replaces the
   * old one. If absent, a new item is added.
   */
  key?: string;
  name: string;
  note?: string;
  /** Finding for this item; if absent, that of the collection applies. */
  finding?: CollectionFinding;
  /** WebP of at most 320 px. */
  preview?: Uint8Array;
  fingerprints: Fingerprints;
}

export interface CollectionItem {
  id: string;
  name: string;
  note?: string;
  finding?: CollectionFinding;
  at: string;
  hasPreview: boolean;
  /** Kinds of fingerprints by which it can be found. */
  kinds: FingerprintKind[];
  missing: (ReadFault & { kind: FingerprintKind })[];
}

export interface CollectionPage<T> {
  items: T[];
  /** Cursor of the next page; absent at the end. */
  next?: string;
}

/** `collection.bad`: too long, empty, or an invalid link. `collection.full`: a limit is reached. */
export const COLLECTION_ERROR_CODES = ['collection.bad', 'collection.full', 'collection.bad-cursor'] as const;
export type CollectionErrorCode = (typeof COLLECTION_ERROR_CODES)[number];

export class CollectionError extends Error {
  override name = 'CollectionError';
  constructor(
    readonly code: CollectionErrorCode,
    /** Invalid member, and index of its item (from 0), for `collection.bad`. */
    readonly place?: { member: string; item?: number },
  ) {
    super(code);
  }
}
