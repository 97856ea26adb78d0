import { NEAREST_BASE64 } from './hamming-module.js';
import { HASH_BITS, type PdqHash } from './pdq.js';
import { Instance, Memory, Module } from './web-assembly.js';

/** Fingerprint within the requested distance. */
export interface HashMatch {
  /** Index of the entry, in the order of insertion. */
  entry: number;
  /** Index of the query. */
  query: number;
  /** Number of differing bits, 0 to 256. */
  distance: number;
}

export interface HashSearchResult {
  matches: HashMatch[];
  /** More matches exist than could be returned at once; the caller should search with a smaller distance. */
  hasMore: boolean;
}

const ENTRY_BYTES = HASH_BITS / 8;
const PAGE_BYTES = 64 * 1024;
/** Maximum of a 32-bit WebAssembly memory. */
const MAX_PAGES = 65_536;
const QUERIES_PER_STEP = 4;
/** Queries of one search: eight orientations of a few parts of a picture. */
const MAX_QUERIES = 256;
const MAX_HITS = 8_192;
const OUT_BYTES = 32;

const QUERIES_AT = 0;
const OUT_AT = MAX_QUERIES * ENTRY_BYTES;
const ENTRIES_AT = Math.ceil((OUT_AT + MAX_HITS * OUT_BYTES) / PAGE_BYTES) * PAGE_BYTES;

/** Capacity of one index: 134 million entries in 4 GB. */
export const MAX_ENTRIES = Math.floor((MAX_PAGES * PAGE_BYTES - ENTRIES_AT) / ENTRY_BYTES);

interface Kernel {
  nearest(
    at: number,
    count: number,
    query: number,
    queries: number,
    most: number,
    out: number,
    room: number,
  ): number;
}

/** Index of fingerprints in memory, 32 bytes each. The search is exact: every entry is compared with every query. */
export class HashIndex {
  readonly #memory = new Memory({ initial: ENTRIES_AT / PAGE_BYTES, maximum: MAX_PAGES });
  readonly #kernel: Kernel;
  #count = 0;

  constructor() {
    const module = new Module(Buffer.from(NEAREST_BASE64, 'base64'));
    const { exports } = new Instance(module, { shelf: { memory: this.#memory } });
    this.#kernel = exports as Kernel;
  }

  get count(): number {
    return this.#count;
  }

  /** Appends entries of 32 bytes. Throws `RangeError` if the capacity is exceeded. */
  append(entries: Uint8Array): void {
    if (entries.length % ENTRY_BYTES !== 0) throw new RangeError('not whole fingerprints');
    const count = this.#count + entries.length / ENTRY_BYTES;
    if (count > MAX_ENTRIES) throw new RangeError('the shelf is full');
    const at = ENTRIES_AT + this.#count * ENTRY_BYTES;
    this.#grow(at + entries.length);
    new Uint8Array(this.#memory.buffer).set(entries, at);
    this.#count = count;
  }

  /** Returns a view of the entries' bytes for reading and writing in place. Valid until the index grows. */
  bytesOf(entry: number, count: number): Uint8Array {
    if (entry < 0 || entry + count > this.#count) throw new RangeError('no such entries');
    return new Uint8Array(this.#memory.buffer, ENTRIES_AT + entry * ENTRY_BYTES, count * ENTRY_BYTES);
  }

  /** Removes an entry from the search. Its index is not reused. */
  remove(entry: number): void {
    // No picture has an all-zero fingerprint: half of its bits are ones. The distance to every query is then about 128
    // bits, beyond any limit.
    new Uint8Array(this.#memory.buffer).fill(
      0,
      ENTRIES_AT + entry * ENTRY_BYTES,
      ENTRIES_AT + (entry + 1) * ENTRY_BYTES,
    );
  }

  /** Returns entries within `max` bits of a query, in the order of entries. `from` and `to` limit the searched entries. */
  search(queries: readonly PdqHash[], max: number, from = 0, to = this.#count): HashSearchResult {
    if (queries.length === 0 || to <= from) return { matches: [], hasMore: false };
    if (queries.length > MAX_QUERIES) throw new RangeError('too many queries');
    const bytes = new Uint8Array(this.#memory.buffer);
    const padded = Math.ceil(queries.length / QUERIES_PER_STEP) * QUERIES_PER_STEP;
    for (let at = 0; at < padded; at += 1)
      bytes.set(queries[Math.min(at, queries.length - 1)] ?? [], QUERIES_AT + at * ENTRY_BYTES);
    const start = ENTRIES_AT + from * ENTRY_BYTES;
    const found = this.#kernel.nearest(start, to - from, QUERIES_AT, padded, max, OUT_AT, MAX_HITS);
    const out = new DataView(this.#memory.buffer, OUT_AT, Math.min(found, MAX_HITS) * OUT_BYTES);
    const near: HashMatch[] = [];
    for (let at = 0; at < out.byteLength; at += OUT_BYTES)
      for (let lane = 0; lane < QUERIES_PER_STEP; lane += 1) {
        const distance = out.getUint32(at + 16 + lane * 4, true);
        const query = out.getUint32(at + 4, true) + lane;
        if (distance <= max && query < queries.length)
          near.push({ entry: from + out.getUint32(at, true), query, distance });
      }
    return { matches: near, hasMore: found > MAX_HITS };
  }

  #grow(bytes: number): void {
    const missing = Math.ceil(bytes / PAGE_BYTES) - this.#memory.buffer.byteLength / PAGE_BYTES;
    if (missing <= 0) return;
    // Grows by a quarter more than needed, because each growth may copy the whole memory.
    const spare = Math.min(Math.ceil(this.#memory.buffer.byteLength / PAGE_BYTES / 4), MAX_PAGES);
    const now = this.#memory.buffer.byteLength / PAGE_BYTES;
    this.#memory.grow(Math.min(Math.max(missing, spare), MAX_PAGES - now));
  }
}
