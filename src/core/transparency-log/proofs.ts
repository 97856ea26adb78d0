import { EMPTY_ROOT, largestPowerBelow, nodeHash, rootOf, type TreeHash } from './tree.js';

/** Source of the stored roots of complete subtrees. Proofs then need few of them and no leaves. */
export interface TreeNodes {
  /** Returns the root of the 2^level leaves from `index` · 2^level on. Rejects if some are missing. */
  root(level: number, index: number): Promise<TreeHash>;
}

/** Returns the root of the leaves from `from` up to, but not including, `to`; `from` must be a split point of RFC 6962. */
export async function rangeRoot(nodes: TreeNodes, from: number, to: number): Promise<TreeHash> {
  const count = to - from;
  if (count <= 0) return EMPTY_ROOT;
  const level = Math.log2(count);
  if (Number.isInteger(level)) return nodes.root(level, from / count);
  const half = largestPowerBelow(count);
  return nodeHash(await rangeRoot(nodes, from, from + half), await rangeRoot(nodes, from + half, to));
}

/** Returns the inclusion proof of a leaf in the tree of the first `size` leaves, like `inclusionProof` of tree.ts. */
export async function storedInclusionProof(
  nodes: TreeNodes,
  index: number,
  size: number,
): Promise<TreeHash[]> {
  if (!(index >= 0 && index < size)) throw new RangeError('no such leaf');
  const proof: TreeHash[] = [];
  for (let [from, to] = [0, size]; to - from > 1; ) {
    const middle = from + largestPowerBelow(to - from);
    if (index < middle) {
      proof.unshift(await rangeRoot(nodes, middle, to));
      to = middle;
    } else {
      proof.unshift(await rangeRoot(nodes, from, middle));
      from = middle;
    }
  }
  return proof;
}

/**
 * Returns the consistency proof from the first `earlier` leaves to the first `size`, like `consistencyProof` of
 * tree.ts.
 */
export async function storedConsistencyProof(
  nodes: TreeNodes,
  earlier: number,
  size: number,
): Promise<TreeHash[]> {
  if (!(earlier >= 0 && earlier <= size)) throw new RangeError('no such tree');
  if (earlier === 0 || earlier === size) return [];
  const proof: TreeHash[] = [];
  let isWhole = true;
  let [from, to] = [0, size];
  while (earlier !== to) {
    const middle = from + largestPowerBelow(to - from);
    if (earlier <= middle) {
      proof.unshift(await rangeRoot(nodes, middle, to));
      to = middle;
    } else {
      proof.unshift(await rangeRoot(nodes, from, middle));
      from = middle;
      isWhole = false;
    }
  }
  return isWhole ? proof : [await rangeRoot(nodes, from, to), ...proof];
}

/** Hashes per tile: 2^8, as in C2SP’s `tlog-tiles`. */
export const TILE_HASHES = 256;
export const TILE_LEVELS = 8;

export interface TileSource {
  /** Returns the 256 hashes of a tile; `undefined` if it is not complete. */
  full(level: number, index: number): Promise<readonly TreeHash[] | undefined>;
  /** Returns the root of a complete tile without loading its hashes; `undefined` if it is not complete. */
  rootOfFull(level: number, index: number): Promise<TreeHash | undefined>;
  /** Returns the roots of all complete tiles from `from` up to, but not including, `to`. */
  rootsOfFull(level: number, from: number, to: number): Promise<readonly TreeHash[]>;
  /** Returns the hashes of leaves behind the last complete tile of level 0. */
  tail(index: number): Promise<readonly TreeHash[]>;
}

const MAX_CACHED_TILES = 64;

/** Computes nodes from stored tiles. Caches a few tiles, because proofs of neighbouring leaves share them. */
export class TiledNodes implements TreeNodes {
  readonly #source: TileSource;
  readonly #held = new Map<string, readonly TreeHash[]>();

  constructor(source: TileSource) {
    this.#source = source;
  }

  async root(level: number, index: number): Promise<TreeHash> {
    const row = Math.floor(level / TILE_LEVELS);
    const count = 2 ** (level % TILE_LEVELS);
    const first = index * count;
    const tile = Math.floor(first / TILE_HASHES);
    const within = first - tile * TILE_HASHES;
    if (count === 1 && row > 0) {
      const known = await this.#source.rootOfFull(row - 1, index);
      if (known !== undefined) return known;
    }
    const hashes = (await this.#hashes(row, tile)).slice(within, within + count);
    if (hashes.length < count) throw new RangeError('no such subtree');
    return rootOf(hashes);
  }

  async #hashes(level: number, index: number): Promise<readonly TreeHash[]> {
    const name = `${level}/${index}`;
    const held = this.#held.get(name);
    if (held !== undefined) return held;
    const hashes = (await this.#source.full(level, index)) ?? (await this.#partial(level, index));
    if (this.#held.size >= MAX_CACHED_TILES) this.#held.delete(this.#held.keys().next().value ?? '');
    this.#held.set(name, hashes);
    return hashes;
  }

  async #partial(level: number, index: number): Promise<readonly TreeHash[]> {
    if (level === 0) return this.#source.tail(index);
    return this.#source.rootsOfFull(level - 1, index * TILE_HASHES, (index + 1) * TILE_HASHES);
  }
}
