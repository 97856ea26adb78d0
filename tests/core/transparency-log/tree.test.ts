import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyProof,
  EMPTY_ROOT,
  GrowingTree,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  rootOf,
} from '../../../src/core/transparency-log/tree.js';

/** Test entries and roots of Certificate Transparency’s own programs. */
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const LEAVES = ENTRIES.map((entry) => leafHash(Buffer.from(entry, 'hex')));
const many = (count: number) => Array.from({ length: count }, (_none, at) => leafHash(Buffer.from(`${at}`)));

describe('the tree of RFC 6962', () => {
  it('has the roots of the reference', () => {
    expect(ROOTS.map((_root, at) => rootOf(LEAVES.slice(0, at + 1)).toString('hex'))).toEqual(ROOTS);
    expect(rootOf([])).toEqual(EMPTY_ROOT);
  });

  it('goes on from what was kept of it', () => {
    const tree = new GrowingTree();
    for (const [at, leaf] of many(70).entries()) {
      const again = GrowingTree.restore(tree.size, tree.peaks);
      tree.add(leaf);
      again.add(leaf);
      expect(again.root).toEqual(tree.root);
      expect(tree.root).toEqual(rootOf(many(at + 1)));
    }
    expect(() => GrowingTree.restore(3, [LEAVES[0] ?? Buffer.alloc(0)])).toThrow(RangeError);
  });

  it('shows every leaf, at its place alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 130 }), fc.nat(), fc.nat(), (size, seed, other) => {
        const leaves = many(size);
        const index = seed % size;
        const proof = inclusionProof(leaves, index);
        const leaf = leaves[index] ?? EMPTY_ROOT;
        const root = rootOf(leaves);
        expect(isIncluded({ leaf, index, size }, proof, root)).toBe(true);
        const elsewhere = other % size;
        expect(isIncluded({ leaf, index: elsewhere, size }, proof, root)).toBe(elsewhere === index);
        expect(isIncluded({ leaf: EMPTY_ROOT, index, size }, proof, root)).toBe(false);
        expect(isIncluded({ leaf, index, size }, [...proof, EMPTY_ROOT], root)).toBe(false);
        if (proof.length > 0) expect(isIncluded({ leaf, index, size }, proof.slice(1), root)).toBe(false);
      }),
    );
  });

  it('shows that a later tree only adds to an earlier one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 130 }), fc.nat(), (size, seed) => {
        const leaves = many(size);
        const from = seed % (size + 1);
        const proof = consistencyProof(leaves, from);
        const earlier = { size: from, root: rootOf(leaves.slice(0, from)) };
        const later = { size, root: rootOf(leaves) };
        expect(isConsistent(earlier, later, proof)).toBe(true);
        if (from === 0) return;
        // One earlier entry is replaced.
        const changed = leaves.with(seed % from, EMPTY_ROOT);
        const other = { size, root: rootOf(changed) };
        expect(isConsistent(earlier, other, consistencyProof(changed, from))).toBe(false);
        expect(isConsistent(earlier, later, [...proof, EMPTY_ROOT])).toBe(false);
      }),
    );
  });
});
