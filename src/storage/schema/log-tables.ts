import type { Generated } from 'kysely';

/** Current log of a tenant, one row each. Writers of leaves lock it. */
export interface LogTreesTable {
  tenant: string;
  /** Number of leaves. */
  size: number;
  /** Roots of its complete subtrees, largest first, 32 bytes each. */
  peaks: Buffer;
  /** Size in the last signed head. */
  headed: number;
  /** Only the hashes remain of leaves before this index. */
  pruned: number;
  /** Name under which heads are signed; null until the first. */
  origin: string | null;
  /** Last number of an entry from before the log; numbers of leaves follow it. */
  numbers_from: number;
}

export interface LogLeavesTable {
  tenant: string;
  at_index: number;
  hash: Buffer;
  /** Canonical JSON; null once pruned. */
  leaf: string | null;
  subject: string | null;
  at: string;
  /** 1 for the response to a request, as listed by the audit log. */
  asked: number;
}

/** Persons of leaves; deleted on expiry while the leaf stays. */
export interface LogPersonsTable {
  tenant: string;
  at_index: number;
  at: string;
  salt: string;
  who: string;
  key_id: string | null;
}

/** 256 hashes per row: of leaves at level 0, of the tiles below at higher levels. */
export interface LogTilesTable {
  tenant: string;
  level: number;
  at_index: number;
  hashes: Buffer;
  root: Buffer;
}

export interface LogHeadsTable {
  tenant: string;
  size: number;
  at: string;
  /** Signed text of the head. */
  checkpoint: string;
}

/** Events written in the transaction of their change, until they get a position among the leaves. */
export interface LogWaitingTable {
  number: Generated<number>;
  tenant: string;
  /** JSON: LogEvent without its tenant. */
  event: string;
}

/** Processes that may have events in memory, one row each; deleted once all are written. */
export interface LogWritersTable {
  id: string;
  seen_at: string;
}
