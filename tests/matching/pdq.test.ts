import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { hashAsReference, ORIENTATIONS } from '../../src/matching/pdq.js';
import { MADE } from './pdq-vectors.js';

const SIDE = 64;
const number = (hex: string): bigint => BigInt(`0x${hex}`);

it.each(MADE)('$name', ({ point, sha256, quality, hashes, decided }) => {
  const points = new Uint8Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y += 1) for (let x = 0; x < SIDE; x += 1) points[y * SIDE + x] = point(x, y);
  expect(createHash('sha256').update(points).digest('hex')).toBe(sha256);

  const hashed = hashAsReference({ width: SIDE, height: SIDE, points: Float32Array.from(points) });

  const all = [hashed.hash, ...ORIENTATIONS.map((orientation) => hashed.byOrientation[orientation])].map(
    (bytes) => Buffer.from(bytes).toString('hex'),
  );
  expect(hashed.quality).toBe(quality);
  if (decided === undefined) expect(all).toEqual(hashes);
  else expect((number(all[0] ?? '') ^ number(hashes[0] ?? '')) & number(decided)).toBe(0n);
  // `undecided` identifies pictures without content in most frequencies, which the quality alone does not.
  expect(hashed.undecided > 8).toBe(decided !== undefined);
});
