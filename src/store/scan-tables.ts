import type { Generated } from 'kysely';

export interface ScansTable {
  number: Generated<number>;
  id: string;
  tenant: Generated<string>;
  /** How many times it was begun or gone on with. */
  run: Generated<number>;
  created_at: string;
  ended_at: string | null;
  status: string;
  /** JSON: the header of its results. */
  header: string;
  /** JSON: what workers are to do with its files; null where none has a share in it. */
  plan: string | null;
  /** When records of it were last written, give or take some seconds. */
  seen_at: Generated<string | null>;
  /** 1: something was kept beside its records. */
  beside: Generated<number>;
}

/** One row a job of a scan that many machines share: the queue forgets what is done. */
export interface ScanJobsTable {
  scan: number;
  job: string;
  files: number;
  done_at: string | null;
  /** How often it came back undone, and the last time for what. */
  handed_back: Generated<number>;
  handed_back_for: string | null;
  /** Who has it or had it last, and since when. */
  worker: Generated<string | null>;
  taken_at: Generated<string | null>;
  /** It was not done by then, and never is. */
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
  /** JSON: the record as a line of results has it. */
  record: string;
  /** The run that wrote it, and what stood in its place before that run: a record, too. */
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
  /** Which key opens it. */
  secret_key: string;
  sealed: Buffer;
}
