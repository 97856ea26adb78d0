import type { ReadFault } from '../ground/fault.js';
import { FINGERPRINT_BITS } from './pdq.js';

export const LIKENESS_KINDS = ['picture', 'video', 'sound'] as const;
export type LikenessKind = (typeof LIKENESS_KINDS)[number];

/** What a file looks or sounds like, as it is kept and as it is asked with. */
export interface Likeness {
  kind: LikenessKind;
  /** PDQ’s own, 0 to 100, of the whole picture or of the best frame; 100 of a sound. */
  quality: number;
  /** Frames of a video; 1 of all else. */
  frames: number;
  /** Of a video and a sound. */
  seconds?: number;
  /**
   * What others are held against. Picture and video: fingerprints of 32 bytes, as many for each frame, the whole first and
   * then its cuts (`cutsOf`). Sound: Chromaprint’s values, 4 bytes each, little endian.
   */
  shelf: Uint8Array;
  /**
   * What is asked with. Picture and video: fingerprints of 32 bytes, as many for each frame: the whole and then
   * parts of it (`askedBoxes`), each as it is and in its turns (`TURNS`, in that order). Sound: as `shelf`.
   */
  query: Uint8Array;
}

/** A file can have several: a video its frames and its sound. */
export interface Likenesses {
  made: Likeness[];
  /** Which could not be made, and why: nothing to see in it, too small, not decoded, a program that is not there. */
  missing: (ReadFault & { kind: LikenessKind })[];
  /** Of those that were made, what was not looked at: the rest of a long one, or of one that is damaged. */
  partly?: (ReadFault & { kind: LikenessKind })[];
}

/** Of 256 bits: the same picture, or lightly packed anew. */
export const SAME_BITS = 31;
/** Of 256 bits: may be a version of it; beyond, nothing is told. */
export const SIMILAR_BITS = 60;
/** The same for a sound: more than a fifth of its bits is another one. */
export const SIMILAR_SOUND_BITS = Math.floor(FINGERPRINT_BITS / 5);

/** More undecided bits than these and the others are chance too. */
export const MOST_UNDECIDED = 8;

/** Below this a picture has too little to see: many others look like it. */
export const LEAST_QUALITY = 50;

export type Tier = 'same' | 'similar';

export const tierOf = (distance: number): Tier => (distance <= SAME_BITS ? 'same' : 'similar');
