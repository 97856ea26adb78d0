import type { EncryptedBytes } from '../../base/secrets/secret-keys.js';
import type { Fingerprints } from '../../matching/fingerprint.js';

/** `listing`: files are still being found. `running`: all files are found, and some have no record yet. */
export const SCAN_STATUSES = ['listing', 'running', 'done', 'cancelled'] as const;
export type ScanStatus = (typeof SCAN_STATUSES)[number];

export interface DatabaseScan {
  /** Short key for rows. */
  number: number;
  id: string;
  tenant: string;
  run: number;
  createdAt: string;
  endedAt?: string;
  /** Time of the last written record, accurate to some seconds. */
  seenAt?: string;
  status: ScanStatus;
  header: string;
  plan?: string;
}

export interface ScannedFile {
  bytes: number;
  /** Milliseconds since 1970. */
  modified: number;
  outcome: string;
}

export interface ScanRecordRow extends ScannedFile {
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
  attachments?: ScanRecordAttachments;
}

/**
 * Attachments of a record, written and deleted with it. If the file's content changes (`sha256`), its old attachments
 * are deleted even without replacement. Absent members stay unchanged.
 */
export interface ScanRecordAttachments {
  /** Failures are stored too; the `query` side is not. */
  fingerprints?: Fingerprints;
  /** WebP of at most 320 px and `BESIDE_BOUNDS.previewBytes` bytes. */
  preview?: Uint8Array;
  /** Manifest store of the file (`sealedManifest`), sealed, with at most `BESIDE_BOUNDS.manifestBytes` bytes. */
  manifest?: EncryptedBytes;
}

export const ATTACHMENT_LIMITS = {
  previewBytes: 128 * 1024,
  manifestBytes: 8 * 1024 * 1024,
} as const;

/** Filters, all of which must match. */
export interface RecordFilter {
  origin?: string;
  integrity?: string;
  signer?: string;
  /** Selects only files that could not be inspected. */
  errors?: boolean;
}

export interface ScanPageRequest {
  after?: string;
  limit: number;
  filter?: RecordFilter;
}

export interface PagedRecord {
  key: string;
  record: string;
}

export interface ChangedRecord extends PagedRecord {
  was?: string;
}

export interface PagedFile extends ScannedFile {
  key: string;
  path: string;
}

export interface ScanCounts {
  /** Number of files, without those that are gone. */
  files: number;
  gone: number;
  bytes: number;
  /** Errors, without objects of which only the first bytes were fetched, as requested. */
  errors: number;
  notFetched: number;
  origins: Record<string, number>;
  presences: Record<string, number>;
  integrity: Record<string, number>;
}

export interface AttachmentCounts {
  /** Files with a searchable fingerprint, and files without any. */
  searchable: number;
  notSearchable: number;
  previews: number;
  previewBytes: number;
  manifests: number;
  /** Sealed size. */
  manifestBytes: number;
}

export interface JobCounts {
  jobs: number;
  jobsDone: number;
  files: number;
  filesDone: number;
  /** Unfinished jobs that were handed back, how often in total, and the most recent reasons. */
  handedBack: number;
  handedBackTimes: number;
  handedBackFor: string[];
  /** Files of jobs cancelled before they were done. */
  filesCancelled: number;
}

export interface WorkerCounts {
  name: string;
  jobsDone: number;
  filesDone: number;
  filesSince: number;
  /** Unfinished jobs that it holds: one, unless it died. */
  holds: number;
  /** Time at which it last took or finished a job. */
  seenAt?: string;
}
