import type { MissedParts } from '../credentials/judge-store.js';
import type { KeptStore } from '../credentials/kept-store.js';
import { asRecord } from '../ground/json-shape.js';
import { jsonValues } from '../ground/json-text.js';
import { limits } from '../ground/limits.js';
import type { KeptSigner } from '../trust/kept-signer.js';

/** Another one is not understood: the file is then needed. */
export const KEPT_FORMAT = 3;

const MEMBERS = ['format', 'missed', 'signers', 'store'];

/** Whether a text can be what a recheck is given (kept-trust.ts): it is taken apart only where files are read. */
export function isKeptTrust(text: string): boolean {
  if (jsonValues(text) > limits.answerValues) return false;
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

/**
 * What stays of a signed file when it goes, so that its signers can be held against other lists and on another day:
 * the manifest store and the signers without what leads to a person. JSON.
 */
export interface KeptTrust {
  format: typeof KEPT_FORMAT;
  store: KeptStore;
  signers: { label: string; signer: KeptSigner }[];
  /** What could not be read, whatever list is installed. */
  missed: MissedParts;
}
