import { asRecord } from '../ground/json-shape.js';

/** Another one is not understood: the file is then needed. */
export const KEPT_FORMAT = 2;

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
