import type { Likenesses } from '../core/likeness/likeness.js';
import type { SealedBytes } from '../secrets/secret-keys.js';

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
  /** Not among them: objects whose first bytes alone were fetched, as was asked. */
  errors: number;
  notFetched: number;
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
