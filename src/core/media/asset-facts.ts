import type { Said } from '../../say/said.js';
import type { MediaType } from './media-kinds.js';

/** Of a file that was given with another. `sha256`: lower-case hexadecimal. */
export interface InitFacts {
  bytes: number;
  sha256: string;
}

/**
 * What is known of the file under inspection before any carrier is read. What others call it is no part of it
 * (said.ts): detectors see only what the bytes say.
 */
export interface AssetFacts {
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
  mediaType: MediaType;
  /** Content Credentials could not be read, and Assay's own walk of the file came to where they stand. */
  storeLocated?: true;
  /** Of a segment, the initialisation segment that it was read with. */
  init?: InitFacts;
  /** Answers to the signature checks that labels in the file ask for, by the check's key. */
  labelSignatures?: ReadonlyMap<string, LabelSignatureAnswer>;
}

/** `signed`: which of the texts that the signature may be over it was found to be over, by the names in it. */
export type LabelSignatureAnswer =
  | { outcome: 'holds'; signed: string; form: 'text' | 'digest' }
  | { outcome: 'does-not-hold' }
  | { outcome: 'cannot-check'; reason: Said };
