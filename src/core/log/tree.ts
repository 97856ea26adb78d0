import { createHash } from 'node:crypto';

/**
 * The tree of RFC 6962 (and 9162), section 2.1, with SHA-256: over entries in their order, so that one digest stands for all,
 * and short proofs show that an entry is among them and that a later tree only adds to an earlier one.
 */

/** 32 bytes. */
export type Digest = Buffer;

/** Of no entry at all. */
export const EMPTY_ROOT: Digest = createHash('sha256').digest();

export const leafHash = (entry: Uint8Array): Digest =>
  createHash('sha256').update(Buffer.of(0)).update(entry).digest();

export const nodeHash = (left: Uint8Array, right: Uint8Array): Digest =>
  createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();

/**
 * A tree that grows at its end, of which no more is kept than the roots of its whole subtrees, the largest first: as many as its
 * size has ones in binary.
 */
export class GrowingTree {
  #size = 0;
  readonly #peaks: Digest[] = [];

  /** As it was kept (`peaks`). Throws a RangeError where the two do not go together. */
  static of(size: number, peaks: readonly Uint8Array[]): GrowingTree {
    if (!Number.isSafeInteger(size) || size < 0 || peaks.length !== onesOf(size))
      throw new RangeError('no such tree');
    const tree = new GrowingTree();
    tree.#size = size;
    tree.#peaks.push(...peaks.map((peak) => Buffer.from(peak)));
    return tree;
  }

  get size(): number {
    return this.#size;
  }

  get peaks(): readonly Digest[] {
    return this.#peaks;
  }

  get root(): Digest {
    const [last, ...before] = [...this.#peaks].reverse();
    if (last === undefined) return EMPTY_ROOT;
    return before.reduce((right, left) => nodeHash(left, right), last);
  }

  add(leaf: Uint8Array): void {
    let node: Digest = Buffer.from(leaf);
    for (let size = this.#size; size % 2 === 1; size = Math.floor(size / 2))
      node = nodeHash(this.#peaks.pop() ?? EMPTY_ROOT, node);
    this.#peaks.push(node);
    this.#size += 1;
  }
}

function onesOf(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}

/** Hashes of leaves, in their order. */
type Leaves = readonly Uint8Array[];

export function rootOf(leaves: Leaves): Digest {
  const tree = new GrowingTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root;
}

/** Shows that the leaf stands there among these (2.1.1). Throws a RangeError where there is none. */
export function inclusionProof(leaves: Leaves, index: number): Digest[] {
  if (!(index >= 0 && index < leaves.length)) throw new RangeError('no such leaf');
  if (leaves.length === 1) return [];
  const half = largestPowerBelow(leaves.length);
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)];
  return index < half
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - half), rootOf(left)];
}

/** Shows that the tree of the first `from` leaves is the beginning of the tree of all (2.1.2). */
export function consistencyProof(leaves: Leaves, from: number): Digest[] {
  if (!(from >= 0 && from <= leaves.length)) throw new RangeError('no such tree');
  return from === 0 || from === leaves.length ? [] : subproof(leaves, from, true);
}

function subproof(leaves: Leaves, from: number, isWhole: boolean): Digest[] {
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

/** Whether the proof leads from that leaf to that root (RFC 9162, 2.1.3.2). */
export function isIncluded(
  { leaf, index, size }: { leaf: Uint8Array; index: number; size: number },
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isPlace(index) || !isPlace(size) || index >= size) return false;
  let [at, last] = [index, size - 1];
  let node: Digest = Buffer.from(leaf);
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

/** Whether the proof shows that the later tree only adds to the earlier one (RFC 9162, 2.1.4.2). */
export function isConsistent(
  earlier: { size: number; root: Uint8Array },
  later: { size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!isPlace(earlier.size) || !isPlace(later.size) || earlier.size > later.size) return false;
  if (earlier.size === 0) return proof.length === 0 && EMPTY_ROOT.equals(earlier.root);
  if (earlier.size === later.size) return proof.length === 0 && Buffer.from(earlier.root).equals(later.root);
  const steps = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : [...proof];
  let [at, last] = [earlier.size - 1, later.size - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  const [first, ...rest] = steps;
  if (first === undefined) return false;
  let [old, young]: [Digest, Digest] = [Buffer.from(first), Buffer.from(first)];
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

const isPlace = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isPowerOfTwo = (value: number): boolean => onesOf(value) === 1;
