import type { Generated } from 'kysely';

/** A row a tenant: its log as it stands. Whoever adds leaves holds it. */
export interface LogTreesTable {
  tenant: string;
  /** Leaves. */
  size: number;
  /** Roots of its whole subtrees, the largest first, 32 bytes each. */
  peaks: Buffer;
  /** Of the last signed head. */
  headed: number;
  /** Leaves before this one have left no more than their hashes. */
  pruned: number;
  /** Under which name heads are signed; null until the first. */
  origin: string | null;
  /** The last number that an entry had before the log was begun; numbers of leaves follow it. */
  numbers_from: number;
}

export interface LogLeavesTable {
  tenant: string;
  at_index: number;
  hash: Buffer;
  /** Canonical JSON; null once it is pruned. */
  leaf: string | null;
  subject: string | null;
  at: string;
  /** 1: the answer to a request, as the audit log tells it. */
  asked: number;
}

/** Who it was; goes with its time, and the leaf stays. */
export interface LogPersonsTable {
  tenant: string;
  at_index: number;
  at: string;
  salt: string;
  who: string;
  key_id: string | null;
}

/** 256 hashes at a time: of leaves at level 0, of the tiles of the level below at the others. */
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
  /** The signed text. */
  checkpoint: string;
}

/** Written with the deed itself, in its transaction, until it has its place among the leaves. */
export interface LogWaitingTable {
  number: Generated<number>;
  tenant: string;
  /** JSON: LogEvent without its tenant. */
  event: string;
}

/** A row a process that may hold entries in memory; gone once it has written all of them. */
export interface LogWritersTable {
  id: string;
  seen_at: string;
}
