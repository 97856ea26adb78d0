import { HASH_BITS } from './pdq.js';

const VALUE_BITS = 32;
/** Highest bits of a value that are used to find possible alignments of two sounds. */
const VOTING_BITS = 16;
/** Alignments with the most votes that are evaluated. */
const MAX_OFFSETS = 16;
/** Positions recorded per value: a held tone repeats a value for long, and its pairs do not indicate an alignment. */
const MAX_POSITIONS_PER_VALUE = 64;
/** Values that two sounds must share: eight seconds. */
export const MIN_SHARED_VALUES = 64;

export interface SoundComparison {
  /** Share of differing bits in the overlap, scaled to 256 and rounded up, to be comparable with pictures. */
  distance: number;
  /** Offset of this sound within the other one, in values; negative if it begins earlier. */
  offset: number;
  /** Values in the overlap, without silence and held tones. */
  shared: number;
}

/**
 * Finds the alignment at which two sounds are most similar; `undefined` if they share too little at every alignment.
 * Both are in the format of `Fingerprint`: values of 4 bytes, little endian. Alignments come from values with equal
 * highest bits. Time grows with the length of both sounds and with their repetitions, which are bounded.
 */
export function compareSounds(query: Uint8Array, stored: Uint8Array): SoundComparison | undefined {
  return findBestOffset(findOffsets, query, stored);
}

/** Compares two sounds at given alignments only. */
export function compareSoundsAt(
  query: Uint8Array,
  stored: Uint8Array,
  offsets: Iterable<number>,
): SoundComparison | undefined {
  return findBestOffset(() => offsets, query, stored);
}

function findBestOffset(
  offsetsOf: (one: Uint32Array, other: Uint32Array) => Iterable<number>,
  query: Uint8Array,
  stored: Uint8Array,
): SoundComparison | undefined {
  const [one, other] = [decodeValues(query), decodeValues(stored)];
  let best: SoundComparison | undefined;
  for (const offset of offsetsOf(one, other)) {
    const compared = compareAtOffset(one, other, offset);
    if (compared && (best === undefined || compared.distance < best.distance)) best = compared;
  }
  return best;
}

export function decodeValues(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length >> 2 }, (_none, at) => view.getUint32(at * 4, true));
}

export function encodeValues(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [at, value] of values.entries()) view.setUint32(at * 4, value, true);
  return bytes;
}

/** Returns whether a value stands three times in a row: silence or a held tone, which do not count. */
const isHeld = (values: Uint32Array, at: number): boolean =>
  values[at] === values[at - 1] && values[at] === values[at + 1];

function findOffsets(one: Uint32Array, other: Uint32Array): number[] {
  const byBits = new Map<number, number[]>();
  for (const [at, value] of other.entries()) {
    if (isHeld(other, at)) continue;
    const bits = value >>> (VALUE_BITS - VOTING_BITS);
    const places = byBits.get(bits);
    if (places === undefined) byBits.set(bits, [at]);
    else if (places.length < MAX_POSITIONS_PER_VALUE) places.push(at);
  }
  const votes = new Map<number, number>();
  for (const [at, value] of one.entries()) {
    if (isHeld(one, at)) continue;
    for (const there of byBits.get(value >>> (VALUE_BITS - VOTING_BITS)) ?? [])
      votes.set(there - at, (votes.get(there - at) ?? 0) + 1);
  }
  return [...votes]
    .sort(([, first], [, second]) => second - first)
    .slice(0, MAX_OFFSETS)
    .map(([place]) => place);
}

function compareAtOffset(one: Uint32Array, other: Uint32Array, offset: number): SoundComparison | undefined {
  let differing = 0;
  let shared = 0;
  const last = Math.min(one.length, other.length - offset);
  for (let at = Math.max(0, -offset); at < last; at += 1) {
    if (isHeld(one, at) && isHeld(other, at + offset)) continue;
    differing += countBits((one[at] ?? 0) ^ (other[at + offset] ?? 0));
    shared += 1;
  }
  // A short sound must lie within the longer one by at least half of its length.
  const min = Math.min(MIN_SHARED_VALUES, Math.min(one.length, other.length) >> 1);
  if (shared < Math.max(min, 1)) return undefined;
  return { distance: Math.ceil((differing * HASH_BITS) / (shared * VALUE_BITS)), offset, shared };
}

function countBits(value: number): number {
  const pairs = value - ((value >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
