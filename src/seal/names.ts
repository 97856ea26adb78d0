import { TAG_MANIFEST } from './bag.js';

/** What stands in a sealed bag beside what every bag has. */

export const CERTIFICATES = 'certificates.pem';
export const PUBLIC_KEY = 'public-key.pem';
export const VERIFY = 'VERIFY.txt';
export const SIGNATURES = { cms: 'signature.p7s', ed25519: 'signature.sig' } as const;
export const STAMP = 'timestamp.tsr';
export const STAMP_CERTIFICATES = 'timestamp-certificates.pem';
export const REPORT = 'data/report.json';

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
export const INFO = { kind: 'Assay-Kind', at: 'Assay-Sealed-At', stamp: 'Assay-Timestamp' } as const;
