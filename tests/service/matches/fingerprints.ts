import { createHash } from 'node:crypto';
import type { Fingerprint, FingerprintKind } from '../../../src/matching/fingerprint.js';
import { ORIENTATIONS } from '../../../src/matching/pdq.js';

export const BYTES = 32;

/** Returns a unique fingerprint; half of its bits are ones, as in real ones. */
export const made = (seed: string): Uint8Array => new Uint8Array(createHash('sha256').update(seed).digest());

export const bits = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((sum, byte, at) => sum + ONES.charCodeAt(byte ^ (other[at] ?? 0)), 0);
const ONES = String.fromCharCode(
  ...Array.from({ length: 256 }, (_none, byte) => byte.toString(2).replaceAll('0', '').length),
);

/** Returns a copy with this many bits flipped. */
export function off(one: Uint8Array, count: number): Uint8Array {
  const other = Uint8Array.from(one);
  for (let bit = 0; bit < count; bit += 1) {
    const at = (bit * 5) % BYTES;
    other[at] = (other[at] ?? 0) ^ (1 << (Math.floor(bit / BYTES) % 8));
  }
  return other;
}

/** Returns 17 hashes, as of a picture and its crops. */
export const shelfOf = (seed: string, count = 17): Uint8Array =>
  Buffer.concat(Array.from({ length: count }, (_none, at) => made(`${seed} ${at}`)));

/** Returns a query with these views, none of which is near to its own rotations. */
export function asking(kind: FingerprintKind, views: readonly Uint8Array[], frames = 1): Fingerprint {
  const turned = views.flatMap((view, at) => [
    view,
    ...ORIENTATIONS.map((orientation) =>
      made(`${orientation} of ${at} ${Buffer.from(view).toString('hex')}`),
    ),
  ]);
  return { kind, quality: 100, frames, shelf: new Uint8Array(), query: Buffer.concat(turned) };
}
