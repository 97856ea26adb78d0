import { asRecord } from '../ground/json-shape.js';

/** Another one is not understood: the file is then needed. */
export const KEPT_FORMAT = 1;

/** What cannot be told without the file. */
export const CANNOT_TELL = ['listed', 'issuer', 'revocation', 'certificate', 'earlier'] as const;
export type Untold = (typeof CANNOT_TELL)[number];

const MEMBERS = ['format', 'missed', 'signers', 'store'];

/** Whether a text can be what a recheck is given (kept-trust.ts): it is taken apart only where files are read. */
export function isKeptTrust(text: string): boolean {
  try {
    const kept = asRecord(JSON.parse(text));
    return (
      kept?.['format'] === KEPT_FORMAT &&
      Object.keys(kept).sort().join() === MEMBERS.join() &&
      asRecord(kept['store']) !== undefined &&
      Array.isArray(kept['signers'])
    );
  } catch {
    return false;
  }
}
