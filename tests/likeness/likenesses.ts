import { createHash } from 'node:crypto';
import type { Likeness, LikenessKind } from '../../src/core/likeness/likeness.js';
import { TURNS } from '../../src/core/likeness/pdq.js';

export const BYTES = 32;

/** A fingerprint like no other: half of its bits are ones, as of real ones. */
export const made = (seed: string): Uint8Array => new Uint8Array(createHash('sha256').update(seed).digest());

export const bits = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((sum, byte, at) => sum + ONES.charCodeAt(byte ^ (other[at] ?? 0)), 0);
const ONES = String.fromCharCode(
  ...Array.from({ length: 256 }, (_none, byte) => byte.toString(2).replaceAll('0', '').length),
);

/** The same with so many bits turned. */
export function off(one: Uint8Array, count: number): Uint8Array {
  const other = Uint8Array.from(one);
  for (let bit = 0; bit < count; bit += 1) {
    const at = (bit * 5) % BYTES;
    other[at] = (other[at] ?? 0) ^ (1 << (Math.floor(bit / BYTES) % 8));
  }
  return other;
}

/** 17 fingerprints as of a picture and its cuts. */
export const shelfOf = (seed: string, count = 17): Uint8Array =>
  Buffer.concat(Array.from({ length: count }, (_none, at) => made(`${seed} ${at}`)));

/** Asks with these: each is a view, and none is near to its turns. */
export function asking(kind: LikenessKind, views: readonly Uint8Array[], frames = 1): Likeness {
  const turned = views.flatMap((view, at) => [
    view,
    ...TURNS.map((turn) => made(`${turn} of ${at} ${Buffer.from(view).toString('hex')}`)),
  ]);
  return { kind, quality: 100, frames, shelf: new Uint8Array(), query: Buffer.concat(turned) };
}
