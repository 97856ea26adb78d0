import type { Generated } from 'kysely';

export interface FingerprintsTable {
  id: Generated<number>;
  /** In the order of commits (fingerprint-order.ts). */
  seq: number;
  tenant: string;
  /** `inspection`, `scan` or `collection`. */
  holder: string;
  /** The inspection's or the collection's id, the scan's number; empty of what is gone. */
  holder_id: string;
  /** The path's key, or the item's id; empty of inspections. */
  item: string;
  kind: string;
  at: string;
  /** Null: it stays as long as its holder. */
  expires_at: string | null;
  /** It was removed, and nothing of it is here any more. */
  gone_at: string | null;
  quality: number;
  frames: number;
  seconds: number | null;
  /** JSON: ReadFault. */
  missing: string | null;
  /** JSON: ReadFault, of what was made of a part of the file alone. */
  partly: string | null;
  /** JSON: LeftOfReport, where the report is gone. */
  left_of_report: string | null;
  /** Of `shelf`; 0: not searchable. */
  bytes: number;
  shelf: Buffer;
}

/** Apart from the rows that whoever searches reads over. */
export interface FingerprintQueriesTable {
  fingerprint: number;
  query: Buffer;
}

/** One row. */
export interface FingerprintOrderTable {
  one: number;
  last: number;
  /** Of what was removed, everything up to here may be forgotten. */
  floor: number;
}

export interface CollectionsTable {
  id: string;
  tenant: string;
  created_at: string;
  changed_at: string;
  name: string;
  /** JSON: PeoplesFinding. */
  finding: string | null;
  watched: number;
  items: number;
  not_searchable: number;
  /** 1: it was deleted, and its items go. */
  leaving: number;
}

export interface CollectionItemsTable {
  collection: string;
  id: string;
  at: string;
  name: string;
  note: string | null;
  /** JSON: PeoplesFinding. */
  finding: string | null;
  searchable: number;
}

export interface CollectionPreviewsTable {
  collection: string;
  item: string;
  content: Buffer;
}
