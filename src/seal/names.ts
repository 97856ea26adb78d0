import { TAG_MANIFEST } from './bag.js';

/** What stands in a sealed bag beside what every bag has. */

export const CERTIFICATES = 'certificates.pem';
export const PUBLIC_KEY = 'public-key.pem';
export const VERIFY = 'VERIFY.txt';
export const SIGNATURES = { cms: 'signature.p7s', ed25519: 'signature.sig' } as const;
export const STAMP = 'timestamp.tsr';
export const STAMP_CERTIFICATES = 'timestamp-certificates.pem';
export const REPORT = 'data/report.json';
export const VERSIONS = 'data/versions.json';
/** As it stands in the file (JUMBF). */
export const MANIFEST_STORE = 'data/manifest-store.c2pa';

/** Of a bag about several files: what is said of each stands under its own name. */
export const CASE = 'data/case.json';
export const CLAIM_REVIEWS = 'data/claim-review.json';
export const INSPECTIONS = 'data/inspections/';

/**
 * What may be another one each time that one inspection is sealed, and therefore stands beside `data/`: what looked alike by then,
 * what was exchanged with a server, what people wrote, and what the log says.
 */
export const MATCHES = 'matches.json';
export const EXCHANGES = 'exchanges.warc.gz';
export const NOTES = 'notes.json';
export const LOG = 'log.json';
/** The log’s signed head; what of it is signed, the signature and the key, so that OpenSSL can check it. */
export const LOG_HEAD = 'log-head.txt';
export const LOG_SIGNED = 'log-head-signed.txt';
export const LOG_SIGNATURE = 'log-head.sig';
export const LOG_KEY = 'log-key.pem';

/** What the signature is not over: itself, what was made of it, and the list that it is over. */
export const OUTSIDE: ReadonlySet<string> = new Set([
  TAG_MANIFEST,
  ...Object.values(SIGNATURES),
  STAMP,
  STAMP_CERTIFICATES,
]);

/** `full` holds the file as it was received; `shareable` its hashes, and nothing that the Report masks. */
export const KINDS = ['full', 'shareable'] as const;
export type Kind = (typeof KINDS)[number];

/** Labels of `bag-info.txt` that are ours. */
export const INFO = {
  kind: 'Assay-Kind',
  at: 'Assay-Sealed-At',
  stamp: 'Assay-Timestamp',
  /** Where the Report comes from: it was made then, or kept. */
  inspection: 'Assay-Inspection',
  /** Where the file comes from, of `full`. */
  file: 'Assay-File-From',
  /** There may be one in the file, and why it is not here. */
  manifestStore: 'Assay-Manifest-Store',
} as const;
