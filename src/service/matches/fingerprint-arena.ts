import { HashIndex, MAX_ENTRIES } from '../../matching/hash-index.js';

/**
 * Fingerprints per block, 16 KB: small enough for a tenant with few pictures, large enough to be searched at full
 * speed.
 */
export const BLOCK_ENTRIES = 512;
export const FINGERPRINT_BYTES = 32;
const BLOCK_BYTES = BLOCK_ENTRIES * FINGERPRINT_BYTES;
const BLOCKS_PER_INDEX = Math.floor(MAX_ENTRIES / BLOCK_ENTRIES);
const EMPTY = new Uint8Array(BLOCK_BYTES);

/** Position of entries: an index and the number of the first entry in it. */
export interface BlockPosition {
  index: HashIndex;
  entry: number;
}

/**
 * Memory for the fingerprints of all tenants of a thread, in blocks. A WebAssembly memory cannot shrink and reserves
 * address space by the gigabyte, so tenants share one and reuse each other's free blocks.
 */
export class FingerprintArena {
  readonly #shelves: HashIndex[] = [];
  readonly #free: number[] = [];
  readonly #most: number;
  #made = 0;

  /** `mostBytes` is the upper limit, rounded down to whole blocks. */
  constructor(mostBytes: number) {
    this.#most = Math.floor(mostBytes / BLOCK_BYTES);
  }

  /** Bytes of the blocks in use. */
  get bytes(): number {
    return (this.#made - this.#free.length) * BLOCK_BYTES;
  }

  /** Returns whether that many blocks are available. */
  has(blocks: number): boolean {
    return this.#free.length + this.#most - this.#made >= blocks;
  }

  /**
   * Returns the number of an unused block filled with zeros; `undefined` if the limit is reached or the machine has no
   * memory left.
   */
  allocate(): number | undefined {
    const free = this.#free.pop();
    if (free !== undefined) {
      const { index: shelf, entry } = this.positionOf(free);
      shelf.bytesOf(entry, BLOCK_ENTRIES).fill(0);
      return free;
    }
    if (this.#made >= this.#most) return undefined;
    const at = Math.floor(this.#made / BLOCKS_PER_INDEX);
    try {
      this.#shelves[at] ??= new HashIndex();
      this.#shelves[at].append(EMPTY);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
    this.#made += 1;
    return this.#made - 1;
  }

  free(block: number): void {
    this.#free.push(block);
  }

  positionOf(block: number): BlockPosition {
    const shelf = this.#shelves[Math.floor(block / BLOCKS_PER_INDEX)];
    if (shelf === undefined) throw new RangeError('no such block');
    return { index: shelf, entry: (block % BLOCKS_PER_INDEX) * BLOCK_ENTRIES };
  }
}
