import type { Generated } from 'kysely';

export interface FingerprintsTable {
  id: Generated<number>;
  /** Number in the order of commits (see `takeNumbers`). */
  seq: number;
  tenant: string;
  /** `inspection`, `scan` or `collection`. */
  holder: string;
  /** Id of the inspection or collection, number of the scan; empty if removed. */
  holder_id: string;
  /** Key of the path, or id of the item; empty for inspections. */
  item: string;
  kind: string;
  at: string;
  /** If null, stored as long as its owner. */
  expires_at: string | null;
  /** Time of removal; no data remains in the row. */
  gone_at: string | null;
  quality: number;
  frames: number;
  seconds: number | null;
  /** JSON: ReadFault. */
  missing: string | null;
  /** JSON: ReadFault, if only a part of the file was fingerprinted. */
  partly: string | null;
  /** JSON: LeftOfReport, if the report was deleted. */
  left_of_report: string | null;
  /** Size of `shelf`; 0 if not searchable. */
  bytes: number;
  shelf: Buffer;
}

/** In a table of its own, because searches do not read it. */
export interface FingerprintQueriesTable {
  fingerprint: number;
  query: Buffer;
}

/** Table with a single row. */
export interface FingerprintOrderTable {
  one: number;
  last: number;
  /** Removed rows up to this number may be deleted. */
  floor: number;
}

export interface CollectionsTable {
  id: string;
  tenant: string;
  created_at: string;
  changed_at: string;
  name: string;
  /** JSON: ReviewerFinding. */
  finding: string | null;
  watched: number;
  items: number;
  not_searchable: number;
  /** 1 if the collection was deleted and its items are being deleted. */
  leaving: number;
}

export interface CollectionItemsTable {
  collection: string;
  id: string;
  at: string;
  name: string;
  note: string | null;
  /** JSON: ReviewerFinding. */
  finding: string | null;
  searchable: number;
}

export interface CollectionPreviewsTable {
  collection: string;
  item: string;
  content: Buffer;
}
