import { describe, expect, it } from 'vitest';
import type { Exclusion } from '../../../src/core/c2pa/claim-facts.js';
import { findUncovered, type StoreLocation } from '../../../src/core/c2pa/uncovered.js';

const STORE: StoreLocation = {
  ranges: [
    { start: 100, bytes: 50 },
    { start: 150, bytes: 20 },
    { start: 40, bytes: 4 },
  ],
  metadata: [
    { start: 0, bytes: 2 },
    { start: 2, bytes: 98 },
    { start: 170, bytes: 30 },
  ],
};
const by = (exclusions: Exclusion[], place = STORE) =>
  findUncovered([{ label: 'c2pa.hash.data', exclusions }], place);
const range = (start: number, end: number) => ({ start, bytes: end - start });
const NOTHING = { parts: [], isMetadata: true };

describe('what a hash leaves out beside the store', () => {
  it('is nothing where it leaves out the store, whole or in part, and the fields that state its length', () => {
    expect(by([range(100, 170)])).toEqual(NOTHING);
    expect(by([range(110, 160), range(40, 44)])).toEqual(NOTHING);
    expect(by([range(120, 120)])).toEqual(NOTHING);
  });

  it('is each range that lies around it', () => {
    expect(by([range(90, 180)], { ranges: STORE.ranges ?? [] })).toEqual({
      parts: [range(90, 100), range(170, 180)],
      isMetadata: false,
    });
    expect(by([range(100, 170), range(40, 46)])).toMatchObject({ parts: [range(44, 46)] });
  });

  it('is metadata where whole segments of it are left out, and nothing of another', () => {
    expect(by([range(0, 200)])).toMatchObject({ isMetadata: true });
    expect(by([range(0, 200)])?.parts).toEqual([range(0, 40), range(44, 100), range(170, 200)]);
    // A segment that continues at the start of the hash could include bytes that the hash covers.
    expect(by([range(0, 199)])).toMatchObject({ isMetadata: false });
    expect(by([range(0, 201)])).toMatchObject({ isMetadata: false });
  });

  it('cannot be told without a place, or without a binding', () => {
    expect(by([range(100, 170)], {})).toBeUndefined();
    expect(findUncovered([], STORE)).toBeUndefined();
  });

  it('is no box that every signer leaves out', () => {
    const own = ['/ftyp', '/mfra', '/free', '/skip', '/meta/iloc', '/moov/trak/mdia/minf/stbl/stco'];
    expect(by([{ box: '/uuid', isC2pa: true }, ...own.map((box) => ({ box }))], {})).toEqual(NOTHING);
    expect(by([{ box: 'C2PA' }], {})).toEqual(NOTHING);
  });

  it('is any other box, of metadata or of content', () => {
    expect(by([{ box: '/uuid' }, { box: '/moov/udta' }], {})).toEqual({
      parts: [{ box: '/uuid' }, { box: '/moov/udta' }],
      isMetadata: true,
    });
    for (const box of ['/mdat', '/moov', '/moof', '/meta', 'SOS'])
      expect(by([{ box: '/moov/udta' }, { box }], {})).toMatchObject({ isMetadata: false });
  });

  it('is no media data that a tree of hashes covers', () => {
    const leftOut = { label: 'c2pa.hash.bmff.v3', exclusions: [{ box: '/mdat' }] };
    expect(findUncovered([{ ...leftOut, hasMerkleTree: true }], {})).toEqual(NOTHING);
    expect(findUncovered([leftOut], {})).toMatchObject({ isMetadata: false });
  });

  it('is told of a store in thousands of segments without delay', () => {
    const ranges = Array.from({ length: 4_000 }, (_, at) => range(at * 20, at * 20 + 10));
    const many = Array.from({ length: 4_096 }, (_, at) => range(at * 5, at * 5 + 5));
    const begun = performance.now();
    expect(by(many, { ranges })?.isMetadata).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
