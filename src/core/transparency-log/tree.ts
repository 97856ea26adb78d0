import { createHash } from 'node:crypto';

/**
 * Merkle tree of RFC 6962 (and 9162), section 2.1, with SHA-256. One digest represents all entries in their order;
 * short proofs show that an entry is included and that a later tree only appends to an earlier one.
 */

/** 32 bytes. */
export type TreeHash = Buffer;

/** Root of the tree without entries. */
export const EMPTY_ROOT: TreeHash = createHash('sha256').digest();

export const leafHash = (entry: Uint8Array): TreeHash =>
  createHash('sha256').update(Buffer.of(0)).update(entry).digest();

export const nodeHash = (left: Uint8Array, right: Uint8Array): TreeHash =>
  createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();

/**
 * Append-only tree that stores only the roots of its complete subtrees, the largest first: one for each binary 1 of its
 * size.
 */
export class GrowingTree {
  #size = 0;
  readonly #peaks: TreeHash[] = [];

  /** Restores a tree from its stored `peaks`. Throws `RangeError` if they do not match the size. */
  static restore(size: number, peaks: readonly Uint8Array[]): GrowingTree {
    if (!Number.isSafeInteger(size) || size < 0 || peaks.length !== countOnes(size))
      throw new RangeError('no such tree');
    const tree = new GrowingTree();
    tree.#size = size;
    tree.#peaks.push(...peaks.map((peak) => Buffer.from(peak)));
    return tree;
  }

  get size(): number {
    return this.#size;
  }

  get peaks(): readonly TreeHash[] {
    return this.#peaks;
  }

  get root(): TreeHash {
    const [last, ...before] = [...this.#peaks].reverse();
    if (last === undefined) return EMPTY_ROOT;
    return before.reduce((right, left) => nodeHash(left, right), last);
  }

  add(leaf: Uint8Array): void {
    let node: TreeHash = Buffer.from(leaf);
    for (let size = this.#size; size % 2 === 1; size = Math.floor(size / 2))
      node = nodeHash(this.#peaks.pop() ?? EMPTY_ROOT, node);
    this.#peaks.push(node);
    this.#size += 1;
  }
}

function countOnes(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}

/** Leaf hashes in order. */
type LeafHashes = readonly Uint8Array[];

export function rootOf(leaves: LeafHashes): TreeHash {
  const tree = new GrowingTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root;
}

/** Returns the proof that a leaf is included (2.1.1). Throws `RangeError` if there is no such leaf. */
export function inclusionProof(leaves: LeafHashes, index: number): TreeHash[] {
  if (!(index >= 0 && index < leaves.length)) throw new RangeError('no such leaf');
  if (leaves.length === 1) return [];
  const half = largestPowerBelow(leaves.length);
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)];
  return index < half
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - half), rootOf(left)];
}

/** Returns the proof that the tree of the first `from` leaves is the start of the whole tree (2.1.2). */
export function consistencyProof(leaves: LeafHashes, from: number): TreeHash[] {
  if (!(from >= 0 && from <= leaves.length)) throw new RangeError('no such tree');
  return from === 0 || from === leaves.length ? [] : subproof(leaves, from, true);
}

function subproof(leaves: LeafHashes, from: number, isWhole: boolean): TreeHash[] {
  if (from === leaves.length) return isWhole ? [] : [rootOf(leaves)];
  const half = largestPowerBelow(leaves.length);
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)];
  return from <= half
    ? [...subproof(left, from, isWhole), rootOf(right)]
    : [...subproof(right, from - half, false), rootOf(left)];
}

export function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** Returns whether the proof leads from the leaf to the root (RFC 9162, 2.1.3.2). */
export function isIncluded(
  { leaf, index, size }: { leaf: Uint8Array; index: number; size: number },
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isIndex(index) || !isIndex(size) || index >= size) return false;
  let [at, last] = [index, size - 1];
  let node: TreeHash = Buffer.from(leaf);
  for (const step of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(step, node);
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else node = nodeHash(node, step);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && node.equals(root);
}

/** Returns whether the proof shows that the later tree only appends to the earlier one (RFC 9162, 2.1.4.2). */
export function isConsistent(
  earlier: { size: number; root: Uint8Array },
  later: { size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!isIndex(earlier.size) || !isIndex(later.size) || earlier.size > later.size) return false;
  if (earlier.size === 0) return proof.length === 0 && EMPTY_ROOT.equals(earlier.root);
  if (earlier.size === later.size) return proof.length === 0 && Buffer.from(earlier.root).equals(later.root);
  const steps = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : [...proof];
  let [at, last] = [earlier.size - 1, later.size - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  const [first, ...rest] = steps;
  if (first === undefined) return false;
  let [old, young]: [TreeHash, TreeHash] = [Buffer.from(first), Buffer.from(first)];
  for (const step of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      old = nodeHash(step, old);
      young = nodeHash(step, young);
      while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else young = nodeHash(young, step);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && old.equals(earlier.root) && young.equals(later.root);
}

const isIndex = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isPowerOfTwo = (value: number): boolean => countOnes(value) === 1;
