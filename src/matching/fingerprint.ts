import type { ReadFault } from '../base/fault.js';
import { HASH_BITS } from './pdq.js';

export const ALL_FINGERPRINT_KINDS = ['picture', 'video', 'sound'] as const;
export type FingerprintKind = (typeof ALL_FINGERPRINT_KINDS)[number];

/** Fingerprints of one kind of a file, in the stored form and in the query form. */
export interface Fingerprint {
  kind: FingerprintKind;
  /** PDQ quality from 0 to 100, of the whole picture or the best frame; 100 for a sound. */
  quality: number;
  /** Number of frames of a video; 1 otherwise. */
  frames: number;
  /** Present for videos and sounds. */
  seconds?: number;
  /**
   * Stored fingerprints that queries are compared with. Picture and video: 32 bytes each, the same number for each
   * frame, the whole first and then its crops (`standardCrops`). Sound: Chromaprint’s values, 4 bytes each, little
   * endian.
   */
  shelf: Uint8Array;
  /**
   * Fingerprints used to search. Picture and video: 32 bytes each, the same number for each frame: the whole and then
   * some parts (`queryCrops`), each upright and in all orientations (`ORIENTATIONS`, in that order). Sound: as `shelf`.
   */
  query: Uint8Array;
}

/** Fingerprints of a file. It may have several kinds: a video has its frames and its sound. */
export interface Fingerprints {
  made: Fingerprint[];
  /** Kinds that could not be made, with the reason: no detail, too small, not decoded, or a missing program. */
  missing: (ReadFault & { kind: FingerprintKind })[];
  /** Kinds that cover only a part of the file, which is long or damaged. */
  partly?: (ReadFault & { kind: FingerprintKind })[];
}

/** Maximum distance, of 256 bits, of the same picture, possibly recompressed. */
export const MAX_SAME_BITS = 31;
/** Maximum distance, of 256 bits, of a possible version of the picture. Larger distances are not reported. */
export const MAX_SIMILAR_BITS = 60;
/** Limit for sounds, which differ if more than a fifth of the bits do. */
export const MAX_SIMILAR_SOUND_BITS = Math.floor(HASH_BITS / 5);

/** With more undecided bits, the other bits are random too. */
export const MAX_UNDECIDED = 8;

/** Pictures of lower quality have too little detail and resemble many others. */
export const MIN_QUALITY = 50;

export type SimilarityTier = 'same' | 'similar';

export const similarityTier = (distance: number): SimilarityTier =>
  distance <= MAX_SAME_BITS ? 'same' : 'similar';
