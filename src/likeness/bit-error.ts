import { FINGERPRINT_BITS } from '../core/likeness/pdq.js';

/** Values of Chromaprint are 0.124 s apart; below five seconds two sounds are alike by chance. */
const LEAST_OVERLAP = 40;

/**
 * Of two sounds that lie one beside the other: the share of bits that differ where both are, of 256, rounded up. `place`: values that
 * the second has before the first begins; negative where the first begins before. Undefined where they share too little.
 */
export function bitErrorOf(asked: Uint8Array, kept: Uint8Array, place: number): number | undefined {
  const from = Math.max(0, -place);
  const values = Math.min(asked.length / 4 - from, kept.length / 4 - (from + place));
  // A short one lies within the long one, but for its ends.
  const shorter = Math.min(asked.length, kept.length) / 4;
  if (values < Math.max(LEAST_OVERLAP, shorter / 2)) return undefined;
  const [one, other] = [viewOf(asked), viewOf(kept)];
  let differing = 0;
  for (let at = from; at < from + values; at += 1)
    differing += bitsOf(one.getUint32(at * 4, true) ^ other.getUint32((at + place) * 4, true));
  return Math.ceil((differing * FINGERPRINT_BITS) / (values * 32));
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function bitsOf(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
