import { asRecord } from '../../base/json-shape.js';
import { countJsonValues } from '../../base/json-text.js';
import { limits } from '../../base/limits.js';
import type { StoredStore } from '../credentials/stored-manifests.js';
import type { MissedParts } from '../credentials/verify-store.js';
import type { StoredSigner } from '../trust/stored-signer.js';

/** Version of the stored form. Other versions are not understood, and a recheck then needs the file. */
export const STORED_TRUST_FORMAT = 3;

const STORED_TRUST_MEMBERS = ['format', 'missed', 'signers', 'store'];

/**
 * Returns whether a text may be trust data for a recheck (core/pipeline/stored-trust.ts). Only the members are checked here; the
 * content is parsed in reading processes.
 */
export function isStoredTrust(text: string): boolean {
  if (countJsonValues(text) > limits.answerValues) return false;
  try {
    const record = asRecord(JSON.parse(text));
    return (
      record?.['format'] === STORED_TRUST_FORMAT &&
      Object.keys(record).sort().join() === STORED_TRUST_MEMBERS.join() &&
      asRecord(record['store']) !== undefined &&
      Array.isArray(record['signers'])
    );
  } catch {
    return false;
  }
}

/**
 * Trust data of a signed file, stored so that its signers can be judged again with other lists or on another day after
 * the file is deleted: manifest store and signers without data that identifies a person. JSON.
 */
export interface StoredTrust {
  format: typeof STORED_TRUST_FORMAT;
  store: StoredStore;
  signers: { label: string; signer: StoredSigner }[];
  /** Parts of the store that could not be read, independent of the installed lists. */
  missed: MissedParts;
}
