/** Scans whose records are kept in the database. What a record holds is the scan's business; here it is text. */
export interface ScanStore {
  create(scan: { id: string; header: string; plan?: string }, at: string): Promise<KeptScan>;
  get(id: string): Promise<KeptScan | undefined>;
  /** The newest first. */
  list(most: number): Promise<KeptScan[]>;
  /** False where it has ended or has been cancelled already. */
  setStatus(number: number, status: ScanStatus, at: string): Promise<boolean>;
  /** What is known of these files, by path. */
  known(number: number, paths: readonly string[]): Promise<Map<string, KnownFile>>;
  /** What is kept of one file; undefined where nothing is. */
  record(number: number, path: string): Promise<string | undefined>;
  /** Each takes the place of what was kept of the same path. */
  put(number: number, records: readonly ScanRecordRow[]): Promise<void>;
  /** In an order of its own, from after a key on; the key of the last asks for the next. */
  page(number: number, asked: PageAsked): Promise<PagedRecord[]>;
  counts(number: number): Promise<ScanCounts>;
  /** Of a scan that many machines share: what is handed out and not done. */
  jobs(number: number): Promise<JobCounts>;
  /** Who works on it or did; `since` (RFC 3339): what they did from then on is told apart. */
  workers(number: number, since: string): Promise<WorkerCounts[]>;
}

/** `listing`: files are still being found. `running`: all are found, and not all have their record. */
export const SCAN_STATUSES = ['listing', 'running', 'done', 'cancelled'] as const;
export type ScanStatus = (typeof SCAN_STATUSES)[number];

export interface KeptScan {
  /** Short, for rows. */
  number: number;
  id: string;
  createdAt: string;
  endedAt?: string;
  /** When records of it were last written, give or take some seconds. */
  seenAt?: string;
  status: ScanStatus;
  header: string;
  plan?: string;
}

export interface KnownFile {
  bytes: number;
  /** Milliseconds since 1970. */
  modified: number;
  outcome: string;
}

export interface ScanRecordRow extends KnownFile {
  path: string;
  sha256?: string;
  kind?: string;
  origin?: string;
  backing?: string;
  presence?: string;
  integrity?: string;
  signer?: string;
  errorCode?: string;
  record: string;
}

/** All of them have to hold. */
export interface RecordFilter {
  origin?: string;
  integrity?: string;
  signer?: string;
  /** Only files that could not be inspected. */
  errors?: boolean;
}

export interface PageAsked {
  after?: string;
  most: number;
  filter?: RecordFilter;
}

export interface PagedRecord {
  key: string;
  record: string;
}

export interface ScanCounts {
  files: number;
  bytes: number;
  errors: number;
  origins: Record<string, number>;
  presences: Record<string, number>;
  integrity: Record<string, number>;
}

export interface JobCounts {
  jobs: number;
  jobsDone: number;
  files: number;
  filesDone: number;
  /** Of jobs that were cancelled before they were done. */
  filesCancelled: number;
}

export interface WorkerCounts {
  name: string;
  jobsDone: number;
  filesDone: number;
  filesSince: number;
  /** Jobs it holds and has not done: one, unless it died. */
  holds: number;
  /** Last it took or did a job. */
  seenAt?: string;
}
