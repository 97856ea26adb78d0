import type { Generated } from 'kysely';

export interface ScansTable {
  number: Generated<number>;
  id: string;
  tenant: Generated<string>;
  /** Number of runs, including continued ones. */
  run: Generated<number>;
  created_at: string;
  ended_at: string | null;
  status: string;
  /** JSON: the header of its results. */
  header: string;
  /** JSON: plan for workers; null if the scan uses none. */
  plan: string | null;
  /** Time of the last written record, accurate to some seconds. */
  seen_at: Generated<string | null>;
  /** 1 if any attachment was stored with its records. */
  beside: Generated<number>;
}

/** One row per job of a scan shared by several machines, because the queue forgets finished jobs. */
export interface ScanJobsTable {
  scan: number;
  job: string;
  files: number;
  done_at: string | null;
  /** Number of times it was handed back, and the last reason. */
  handed_back: Generated<number>;
  handed_back_for: string | null;
  /** Current or last worker, and the start of its lease. */
  worker: Generated<string | null>;
  taken_at: Generated<string | null>;
  /** Time of cancellation before it was done. */
  cancelled_at: Generated<string | null>;
}

export interface ScanRecordsTable {
  scan: number;
  path_key: string;
  path: string;
  bytes: number;
  modified: number;
  outcome: string;
  sha256: string | null;
  kind: string | null;
  origin: string | null;
  backing: string | null;
  presence: string | null;
  integrity: string | null;
  signer: string | null;
  error_code: string | null;
  /** JSON: the record as in a result line. */
  record: string;
  /** Run that wrote the record, and the record it replaced from before that run. */
  run: Generated<number>;
  was: Generated<string | null>;
}

export interface ScanPreviewsTable {
  scan: number;
  path_key: string;
  content: Buffer;
}

export interface ScanManifestsTable {
  scan: number;
  path_key: string;
  /** Key that decrypts it. */
  secret_key: string;
  sealed: Buffer;
}
