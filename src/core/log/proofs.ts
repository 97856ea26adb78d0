import { type Digest, EMPTY_ROOT, largestPowerBelow, nodeHash, rootOf } from './tree.js';

/** Where the roots of whole subtrees are kept, so that a proof needs few of them and no leaf. */
export interface Nodes {
  /** Of the 2^level leaves from `index` · 2^level on. Rejects where they are not all there. */
  root(level: number, index: number): Promise<Digest>;
}

/** Of the leaves from `from` to before `to`; `from` is where RFC 6962 splits a tree. */
export async function rangeRoot(nodes: Nodes, from: number, to: number): Promise<Digest> {
  const count = to - from;
  if (count <= 0) return EMPTY_ROOT;
  const level = Math.log2(count);
  if (Number.isInteger(level)) return nodes.root(level, from / count);
  const half = largestPowerBelow(count);
  return nodeHash(await rangeRoot(nodes, from, from + half), await rangeRoot(nodes, from + half, to));
}

/** As `inclusionProof` of tree.ts, of the tree of the first `size` leaves. */
export async function storedInclusion(nodes: Nodes, index: number, size: number): Promise<Digest[]> {
  if (!(index >= 0 && index < size)) throw new RangeError('no such leaf');
  const proof: Digest[] = [];
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

/** As `consistencyProof` of tree.ts: from the tree of the first `earlier` leaves to that of the first `size`. */
export async function storedConsistency(nodes: Nodes, earlier: number, size: number): Promise<Digest[]> {
  if (!(earlier >= 0 && earlier <= size)) throw new RangeError('no such tree');
  if (earlier === 0 || earlier === size) return [];
  const proof: Digest[] = [];
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

/** Hashes that are kept together: 2^8, as C2SP’s `tlog-tiles` has it. */
export const TILE_HASHES = 256;
export const TILE_LEVELS = 8;

export interface TileSource {
  /** Its 256 hashes, where they are all there. */
  full(level: number, index: number): Promise<readonly Digest[] | undefined>;
  /** The root of a full one, without its hashes; undefined where it is not full. */
  rootOfFull(level: number, index: number): Promise<Digest | undefined>;
  /** The same of all that are full, from `from` to before `to`. */
  rootsOfFull(level: number, from: number, to: number): Promise<readonly Digest[]>;
  /** Hashes of leaves that stand behind the last full tile of level 0. */
  tail(index: number): Promise<readonly Digest[]>;
}

const MOST_HELD = 64;

/** Nodes that are made of kept tiles; remembers a few, for proofs of neighbours. */
export class TiledNodes implements Nodes {
  readonly #source: TileSource;
  readonly #held = new Map<string, readonly Digest[]>();

  constructor(source: TileSource) {
    this.#source = source;
  }

  async root(level: number, index: number): Promise<Digest> {
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

  async #hashes(level: number, index: number): Promise<readonly Digest[]> {
    const name = `${level}/${index}`;
    const held = this.#held.get(name);
    if (held !== undefined) return held;
    const hashes = (await this.#source.full(level, index)) ?? (await this.#partial(level, index));
    if (this.#held.size >= MOST_HELD) this.#held.delete(this.#held.keys().next().value ?? '');
    this.#held.set(name, hashes);
    return hashes;
  }

  async #partial(level: number, index: number): Promise<readonly Digest[]> {
    if (level === 0) return this.#source.tail(index);
    return this.#source.rootsOfFull(level - 1, index * TILE_HASHES, (index + 1) * TILE_HASHES);
  }
}
