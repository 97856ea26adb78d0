import { HASH_BITS, type PdqHash } from './pdq.js';

/** Frames of a video that are fingerprinted per second. */
export const FRAMES_PER_SECOND = 2;

/** Frames closer than this to the last stored one are considered equal to it. */
export const MAX_SAME_FRAME_BITS = 2;

const BYTES = HASH_BITS / 8;

/** Returns the number of differing bits of two arrays of equal length. */
export function hammingDistance(one: Uint8Array, other: Uint8Array): number {
  let differing = 0;
  for (let at = 0; at < one.length; at += 1) differing += BIT_COUNTS[(one[at] ?? 0) ^ (other[at] ?? 0)] ?? 0;
  return differing;
}

const BIT_COUNTS = Uint8Array.from(
  { length: 256 },
  (_none, byte) => byte.toString(2).replaceAll('0', '').length,
);

export interface FrameComparison {
  /** Query frames that occur in the stored video, and their total. */
  matched: number;
  of: number;
  /** Frames of the stored video that occur in the query, and their total. */
  matchedOfKept: number;
  ofStored: number;
  /** Median distance of the matching frames in bits; undefined if none matched. */
  distance?: number;
}

/**
 * Compares frames as Meta’s vPDQ does: each side’s share of frames that occur in the other. Both sides have several
 * fingerprints per frame, for its parts and orientations; the closest two count. Time grows with the number of pairs.
 */
export function compareFrames(
  queryFrames: readonly (readonly PdqHash[])[],
  storedFrames: readonly (readonly PdqHash[])[],
  max: number,
): FrameComparison {
  const nearest = new Array<number>(queryFrames.length).fill(HASH_BITS);
  let matchedOfKept = 0;
  for (const frame of storedFrames) {
    let isMatched = false;
    for (const [at, queries] of queryFrames.entries()) {
      for (const query of queries)
        for (const entry of frame) {
          const bits = hammingDistance(query, entry);
          if (bits <= max) isMatched = true;
          if (bits < (nearest[at] ?? 0)) nearest[at] = bits;
        }
    }
    if (isMatched) matchedOfKept += 1;
  }
  const matching = nearest.filter((bits) => bits <= max).sort((one, other) => one - other);
  const middle = matching[(matching.length - 1) >> 1];
  return {
    matched: matching.length,
    of: queryFrames.length,
    matchedOfKept,
    ofStored: storedFrames.length,
    ...(middle !== undefined && { distance: middle }),
  };
}

/** Share of one side's frames that must occur in the other. A clip is found in its film, and a film by a clip of it. */
const MIN_SHARED_RATIO = 0.5;
/** A single frame is no evidence for a longer video. */
const MIN_FRAMES = 2;

/** Returns whether two videos share enough frames to be reported as a match. */
export function hasSharedFrames({
  matched,
  of,
  matchedOfKept,
  ofStored,
}: Omit<FrameComparison, 'distance'>): boolean {
  const min = Math.min(MIN_FRAMES, of, ofStored);
  return (
    Math.max(matched, matchedOfKept) >= min &&
    (matched >= of * MIN_SHARED_RATIO || matchedOfKept >= ofStored * MIN_SHARED_RATIO)
  );
}

/** Splits the fingerprints of a video (`shelf` or `query`) by frame; empty if the length is no multiple. */
export function splitFrames(bytes: Uint8Array, frames: number): PdqHash[][] {
  const each = bytes.length / BYTES / frames;
  if (!Number.isInteger(each) || each === 0) return [];
  return Array.from({ length: frames }, (_none, frame) =>
    Array.from({ length: each }, (_same, at) => {
      const from = (frame * each + at) * BYTES;
      return bytes.subarray(from, from + BYTES);
    }),
  );
}
