import { FINGERPRINT_BITS, type Fingerprint } from './pdq.js';

/** Frames that a video is described by. */
export const FRAMES_A_SECOND = 2;

/** Frames nearer than this to the last one that was kept show the same. */
export const SAME_FRAME_BITS = 2;

const BYTES = FINGERPRINT_BITS / 8;

/** Bits that differ between two runs of as many bytes. */
export function bitsBetween(one: Uint8Array, other: Uint8Array): number {
  let differing = 0;
  for (let at = 0; at < one.length; at += 1) differing += BITS_OF[(one[at] ?? 0) ^ (other[at] ?? 0)] ?? 0;
  return differing;
}

const BITS_OF = Uint8Array.from(
  { length: 256 },
  (_none, byte) => byte.toString(2).replaceAll('0', '').length,
);

export interface FramesCompared {
  /** Frames of the one that was asked about that the other has too, and of how many. */
  matched: number;
  of: number;
  /** Frames of the other that the first has too, and of how many. */
  matchedOfKept: number;
  ofKept: number;
  /** Bits of the middle one of those that matched; undefined where none did. */
  distance?: number;
}

/**
 * Frames held against frames as Meta’s vPDQ does it: each side’s share of frames that the other has too. `asked` and `kept`
 * have several fingerprints a frame, of its parts and turns; the nearest two count. Takes as much time as there are pairs.
 */
export function compareFrames(
  asked: readonly (readonly Fingerprint[])[],
  kept: readonly (readonly Fingerprint[])[],
  most: number,
): FramesCompared {
  const nearest = new Array<number>(asked.length).fill(FINGERPRINT_BITS);
  let matchedOfKept = 0;
  for (const frame of kept) {
    let isMatched = false;
    for (const [at, queries] of asked.entries()) {
      for (const query of queries)
        for (const entry of frame) {
          const bits = bitsBetween(query, entry);
          if (bits <= most) isMatched = true;
          if (bits < (nearest[at] ?? 0)) nearest[at] = bits;
        }
    }
    if (isMatched) matchedOfKept += 1;
  }
  const matching = nearest.filter((bits) => bits <= most).sort((one, other) => one - other);
  const middle = matching[(matching.length - 1) >> 1];
  return {
    matched: matching.length,
    of: asked.length,
    matchedOfKept,
    ofKept: kept.length,
    ...(middle !== undefined && { distance: middle }),
  };
}

/** Of the frames of one of the two so many have to be in the other: a clip is found in its film, and a film by a clip of it. */
const SHARE = 0.5;
/** One frame alone says nothing of a video of many. */
const LEAST_FRAMES = 2;

/** Whether so many frames are in both that the one may be told of the other. */
export function shareFrames({
  matched,
  of,
  matchedOfKept,
  ofKept,
}: Omit<FramesCompared, 'distance'>): boolean {
  const least = Math.min(LEAST_FRAMES, of, ofKept);
  return (
    Math.max(matched, matchedOfKept) >= least && (matched >= of * SHARE || matchedOfKept >= ofKept * SHARE)
  );
}

/** The fingerprints of each frame of a likeness’s `shelf` or `query`; none where they do not come out even. */
export function framesIn(bytes: Uint8Array, frames: number): Fingerprint[][] {
  const each = bytes.length / BYTES / frames;
  if (!Number.isInteger(each) || each === 0) return [];
  return Array.from({ length: frames }, (_none, frame) =>
    Array.from({ length: each }, (_same, at) => {
      const from = (frame * each + at) * BYTES;
      return bytes.subarray(from, from + BYTES);
    }),
  );
}
