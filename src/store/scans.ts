import type { Likenesses } from '../core/likeness/likeness.js';
import type { SealedBytes } from '../secrets/secret-keys.js';

/** Scans whose records are kept in the database. What a record holds is the scan's business; here it is text. */
export interface ScanStore {
  create(scan: { id: string; tenant: string; header: string; plan?: string }, at: string): Promise<KeptScan>;
  /** Of that tenant; left out: whoever's it is, for workers, which serve all. */
  get(id: string, tenant?: string): Promise<KeptScan | undefined>;
  /** By its number, as rows name it. */
  numbered(number: number, tenant: string): Promise<KeptScan | undefined>;
  /** The newest first. */
  list(tenant: string, most: number): Promise<KeptScan[]>;
  /** What is written from now on is of another run: its number. */
  beginRun(number: number): Promise<number>;
  /** What was asked, and of which parts, where all records are of others now. */
  setHeader(number: number, header: string): Promise<void>;
  /** What workers are to do, where a later run has more to say of it. */
  setPlan(number: number, plan: string): Promise<void>;
  /** False where it has ended or has been cancelled already. */
  setStatus(number: number, status: ScanStatus, at: string): Promise<boolean>;
  /** What is known of these files, by path. */
  known(number: number, paths: readonly string[]): Promise<Map<string, KnownFile>>;
  /** What is kept of one file; undefined where nothing is. */
  record(number: number, path: string): Promise<string | undefined>;
  /**
   * Each takes the place of what was kept of the same path; what stood there before this run is remembered. Rejects with a
   * RangeError where something beside a record is too large.
   */
  put(scan: Pick<KeptScan, 'number' | 'run'>, records: readonly ScanRecordRow[]): Promise<void>;
  /** The picture kept beside a record. */
  preview(number: number, path: string): Promise<Buffer | undefined>;
  /** The manifest store kept beside a record, to be opened with `openedManifest`. */
  manifest(number: number, path: string): Promise<SealedBytes | undefined>;
  /** What is kept beside its records. */
  beside(number: number): Promise<BesideCounts>;
  /** In an order of its own, from after a key on; the key of the last asks for the next. */
  page(number: number, asked: PageAsked): Promise<PagedRecord[]>;
  /** As `page`: what that run has written, beside what stood there before. */
  changes(scan: Pick<KeptScan, 'number' | 'run'>, asked: PageAsked): Promise<ChangedRecord[]>;
  /** As `page`: of each file what tells whether it is the same. */
  files(number: number, asked: PageAsked): Promise<PagedFile[]>;
  /** Their records go. */
  drop(number: number, paths: readonly string[]): Promise<void>;
  /** With all its records; some thousand at a time, so that others need not wait. */
  delete(number: number): Promise<void>;
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
  tenant: string;
  run: number;
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
  beside?: BesideRecord;
}

/**
 * Kept with a record, in its transaction, and gone with it. Where a file is another one than before (`sha256`), what was
 * beside its record goes, whether something takes its place or not. Left out members stay as they are.
 */
export interface BesideRecord {
  /** What could not be made is kept too; the `query` side is not. */
  likenesses?: Likenesses;
  /** WebP, 320 px at most; at most `BESIDE_BOUNDS.previewBytes`. */
  preview?: Uint8Array;
  /** The manifest store as it stands in the file (`sealedManifest`); at most `BESIDE_BOUNDS.manifestBytes`, sealed. */
  manifest?: SealedBytes;
}

export const BESIDE_BOUNDS = {
  previewBytes: 128 * 1024,
  manifestBytes: 8 * 1024 * 1024,
} as const;

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

export interface ChangedRecord extends PagedRecord {
  was?: string;
}

export interface PagedFile extends KnownFile {
  key: string;
  path: string;
}

export interface ScanCounts {
  /** Without those that are gone. */
  files: number;
  gone: number;
  bytes: number;
  errors: number;
  origins: Record<string, number>;
  presences: Record<string, number>;
  integrity: Record<string, number>;
}

export interface BesideCounts {
  /** Files that can be searched for, and files of which nothing can. */
  searchable: number;
  notSearchable: number;
  previews: number;
  previewBytes: number;
  manifests: number;
  /** As they are kept: sealed. */
  manifestBytes: number;
}

export interface JobCounts {
  jobs: number;
  jobsDone: number;
  files: number;
  filesDone: number;
  /** Of those that are not done, those that came back undone, how often in all, and the last few reasons. */
  handedBack: number;
  handedBackTimes: number;
  handedBackFor: string[];
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
