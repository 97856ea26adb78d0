import { FINGERPRINT_BITS } from './pdq.js';

const VALUE_BITS = 32;
/** Highest bits by which places are found where two sounds may lie one upon the other. */
const VOTING_BITS = 16;
/** Places with the most votes that are looked at. */
const MOST_PLACES = 16;
/** Of one value: a held tone has the same for long, and its pairs say nothing of the place. */
const MOST_SAME = 64;
/** Values that two sounds have to share: eight seconds. */
export const LEAST_SHARED = 64;

export interface SoundsCompared {
  /** Share of bits that differ where both are, of 256, rounded up: as pictures are told. */
  distance: number;
  /** Values of the other before the first of this one; negative where this one begins before. */
  place: number;
  /** Values that both have there and that say something. */
  shared: number;
}

/**
 * The place at which two sounds are most alike, and how much; undefined where there is none at which they share enough to
 * tell. Both as in `Likeness`: values of 4 bytes, little endian. Places come from values whose highest bits are the same;
 * time goes with the length of both and with what they repeat, which is bounded.
 */
export function compareSounds(asked: Uint8Array, kept: Uint8Array): SoundsCompared | undefined {
  return bestAt(placesOf, asked, kept);
}

/** The same where it is known at which places they may lie one upon the other. */
export function compareSoundsAt(
  asked: Uint8Array,
  kept: Uint8Array,
  places: Iterable<number>,
): SoundsCompared | undefined {
  return bestAt(() => places, asked, kept);
}

function bestAt(
  places: (one: Uint32Array, other: Uint32Array) => Iterable<number>,
  asked: Uint8Array,
  kept: Uint8Array,
): SoundsCompared | undefined {
  const [one, other] = [valuesIn(asked), valuesIn(kept)];
  let best: SoundsCompared | undefined;
  for (const place of places(one, other)) {
    const compared = comparedAt(one, other, place);
    if (compared && (best === undefined || compared.distance < best.distance)) best = compared;
  }
  return best;
}

export function valuesIn(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length >> 2 }, (_none, at) => view.getUint32(at * 4, true));
}

export function bytesOf(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [at, value] of values.entries()) view.setUint32(at * 4, value, true);
  return bytes;
}

/** A value that stands there three times running says nothing: silence, or a held tone. */
const isHeld = (values: Uint32Array, at: number): boolean =>
  values[at] === values[at - 1] && values[at] === values[at + 1];

function placesOf(one: Uint32Array, other: Uint32Array): number[] {
  const byBits = new Map<number, number[]>();
  for (const [at, value] of other.entries()) {
    if (isHeld(other, at)) continue;
    const bits = value >>> (VALUE_BITS - VOTING_BITS);
    const places = byBits.get(bits);
    if (places === undefined) byBits.set(bits, [at]);
    else if (places.length < MOST_SAME) places.push(at);
  }
  const votes = new Map<number, number>();
  for (const [at, value] of one.entries()) {
    if (isHeld(one, at)) continue;
    for (const there of byBits.get(value >>> (VALUE_BITS - VOTING_BITS)) ?? [])
      votes.set(there - at, (votes.get(there - at) ?? 0) + 1);
  }
  return [...votes]
    .sort(([, first], [, second]) => second - first)
    .slice(0, MOST_PLACES)
    .map(([place]) => place);
}

function comparedAt(one: Uint32Array, other: Uint32Array, place: number): SoundsCompared | undefined {
  let differing = 0;
  let shared = 0;
  const last = Math.min(one.length, other.length - place);
  for (let at = Math.max(0, -place); at < last; at += 1) {
    if (isHeld(one, at) && isHeld(other, at + place)) continue;
    differing += bitsIn((one[at] ?? 0) ^ (other[at + place] ?? 0));
    shared += 1;
  }
  // A short one lies within the long one, but for its ends.
  const least = Math.min(LEAST_SHARED, Math.min(one.length, other.length) >> 1);
  if (shared < Math.max(least, 1)) return undefined;
  return { distance: Math.ceil((differing * FINGERPRINT_BITS) / (shared * VALUE_BITS)), place, shared };
}

function bitsIn(value: number): number {
  const pairs = value - ((value >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
