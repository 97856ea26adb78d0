import { MOST_ENTRIES, Shelf } from '../core/likeness/shelf.js';

/** Fingerprints of a block, 16 KB: small enough for a tenant of few pictures, large enough to be searched at full speed. */
export const BLOCK = 512;
export const FINGERPRINT_BYTES = 32;
const BLOCK_BYTES = BLOCK * FINGERPRINT_BYTES;
const BLOCKS_OF_SHELF = Math.floor(MOST_ENTRIES / BLOCK);
const EMPTY = new Uint8Array(BLOCK_BYTES);

/** Where entries lie: one shelf, and the number of the first in it. */
export interface Place {
  shelf: Shelf;
  entry: number;
}

/**
 * Memory for the fingerprints of all tenants of a thread, in blocks. A memory of WebAssembly cannot shrink and takes address
 * space by the gigabyte, so tenants share one; what one gives back another gets.
 */
export class Arena {
  readonly #shelves: Shelf[] = [];
  readonly #free: number[] = [];
  readonly #most: number;
  #made = 0;

  /** `mostBytes`: no more than that is taken, rounded down to whole blocks. */
  constructor(mostBytes: number) {
    this.#most = Math.floor(mostBytes / BLOCK_BYTES);
  }

  /** Of the blocks that are given out. */
  get bytes(): number {
    return (this.#made - this.#free.length) * BLOCK_BYTES;
  }

  /** Whether so many blocks can be had. */
  has(blocks: number): boolean {
    return this.#free.length + this.#most - this.#made >= blocks;
  }

  /** The number of a block whose entries nobody uses, all zero; undefined where there is none, or the machine has no memory. */
  take(): number | undefined {
    const free = this.#free.pop();
    if (free !== undefined) {
      const { shelf, entry } = this.placeOf(free);
      shelf.bytesOf(entry, BLOCK).fill(0);
      return free;
    }
    if (this.#made >= this.#most) return undefined;
    const at = Math.floor(this.#made / BLOCKS_OF_SHELF);
    try {
      this.#shelves[at] ??= new Shelf();
      this.#shelves[at].put(EMPTY);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
    this.#made += 1;
    return this.#made - 1;
  }

  give(block: number): void {
    this.#free.push(block);
  }

  placeOf(block: number): Place {
    const shelf = this.#shelves[Math.floor(block / BLOCKS_OF_SHELF)];
    if (shelf === undefined) throw new RangeError('no such block');
    return { shelf, entry: (block % BLOCKS_OF_SHELF) * BLOCK };
  }
}
