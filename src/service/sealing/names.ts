import { TAG_MANIFEST } from './bag.js';

/** Names of the files that a sealed bag has in addition to those of every bag. */

export const CERTIFICATES = 'certificates.pem';
export const PUBLIC_KEY = 'public-key.pem';
export const VERIFY = 'VERIFY.txt';
export const SIGNATURES = { cms: 'signature.p7s', ed25519: 'signature.sig' } as const;
export const STAMP = 'timestamp.tsr';
export const STAMP_CERTIFICATES = 'timestamp-certificates.pem';
export const REPORT = 'data/report.json';
export const VERSIONS = 'data/versions.json';
/** Manifest store as it is in the file (JUMBF). */
export const MANIFEST_STORE = 'data/manifest-store.c2pa';

/** Files of a bag about a case; each inspection has its own folder. */
export const CASE = 'data/case.json';
export const CLAIM_REVIEWS = 'data/claim-review.json';
export const INSPECTIONS = 'data/inspections/';

/**
 * Files next to `data/`, because they may differ each time that the same inspection is sealed: matches, HTTP exchanges,
 * notes and the log extract.
 */
export const MATCHES = 'matches.json';
export const EXCHANGES = 'exchanges.warc.gz';
export const NOTES = 'notes.json';
export const LOG = 'log.json';
/** The log’s signed head; its signed part, the signature and the key, so that OpenSSL can check it. */
export const LOG_HEAD = 'log-head.txt';
export const LOG_SIGNED = 'log-head-signed.txt';
export const LOG_SIGNATURE = 'log-head.sig';
export const LOG_KEY = 'log-key.pem';

/**
 * Files that the signature does not cover: the digest list that it signs, the signature itself, and the timestamp of
 * it.
 */
export const UNSIGNED_FILES: ReadonlySet<string> = new Set([
  TAG_MANIFEST,
  ...Object.values(SIGNATURES),
  STAMP,
  STAMP_CERTIFICATES,
]);

/** `full` holds the received file; `shareable` its hashes, and nothing that the Report masks. */
export const BUNDLE_KINDS = ['full', 'shareable'] as const;
export type BundleKind = (typeof BUNDLE_KINDS)[number];

/** Labels in `bag-info.txt` that Assay defines. */
export const INFO_LABELS = {
  kind: 'Assay-Kind',
  at: 'Assay-Sealed-At',
  stamp: 'Assay-Timestamp',
  /** Origin of the Report: made for this bag, or the id of a stored inspection. */
  inspection: 'Assay-Inspection',
  /** Origin of the file, for `full`. */
  file: 'Assay-File-From',
  /** Reason why the manifest store that the file may have is missing. */
  manifestStore: 'Assay-Manifest-Store',
} as const;
