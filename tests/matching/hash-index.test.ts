import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { HashIndex } from '../../src/matching/hash-index.js';

const BYTES = 32;
const made = (seed: string): Uint8Array => createHash('sha256').update(seed).digest();
const bits = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((sum, byte, at) => sum + (byte ^ (other[at] ?? 0)).toString(2).replaceAll('0', '').length, 0);

/** Returns a copy with this many bits flipped. */
function off(one: Uint8Array, count: number): Uint8Array {
  const other = Uint8Array.from(one);
  for (let bit = 0; bit < count; bit += 1) {
    const at = (bit * 5) % BYTES;
    other[at] = (other[at] ?? 0) ^ (1 << (Math.floor(bit / BYTES) % 8));
  }
  return other;
}

it('finds what a plain count of bits finds, at every bound and for any number of queries', () => {
  const entries = Array.from({ length: 3_000 }, (_none, at) => made(`entry ${at}`));
  const queries = [0, 20, 31, 32, 60, 61, 90].map((count, at) => off(entries[at * 400] ?? made(''), count));
  const shelf = new HashIndex();
  for (const entry of entries) shelf.append(entry);

  for (const most of [0, 31, 60, 110])
    for (const some of [queries, queries.slice(0, 1), queries.slice(2, 6)]) {
      const expected = entries.flatMap((entry, number) =>
        some.flatMap((query, at) => {
          const distance = bits(entry, query);
          return distance <= most ? [{ entry: number, query: at, distance }] : [];
        }),
      );
      expect(shelf.search(some, most)).toEqual({ matches: expected, hasMore: false });
    }
  expect(shelf.search(queries, 31).matches.map(({ entry, distance }) => [entry, distance])).toEqual([
    [0, 0],
    [400, 20],
    [800, 31],
  ]);
});

it('grows while it is searched, and forgets what is taken out', () => {
  const shelf = new HashIndex();
  for (let batch = 0; batch < 20; batch += 1) {
    shelf.append(Buffer.concat(Array.from({ length: 1_000 }, (_none, at) => made(`${batch} ${at}`))));
    expect(shelf.search([made(`${batch} 7`)], 31).matches).toEqual([
      { entry: batch * 1_000 + 7, query: 0, distance: 0 },
    ]);
  }
  shelf.remove(3_007);
  expect(shelf.search([made('3 7')], 60).matches).toEqual([]);
  expect(shelf.search([made('4 7')], 60, 3_000, 4_000).matches).toEqual([]);
  expect(shelf.count).toBe(20_000);
});

it('says when there is more than it can tell', () => {
  const shelf = new HashIndex();
  shelf.append(Buffer.concat(Array.from({ length: 9_000 }, () => made('same'))));
  const { matches: near, hasMore: more } = shelf.search([made('same')], 31);
  expect(more).toBe(true);
  expect(near).toHaveLength(8_192);
});
