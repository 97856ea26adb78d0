import { NEAREST_BASE64 } from './nearest-module.js';
import { FINGERPRINT_BITS, type Fingerprint } from './pdq.js';
import { Instance, Memory, Module } from './web-assembly.js';

/** A fingerprint within the distance asked for. */
export interface Near {
  /** Number of the entry, in the order in which they were put there. */
  entry: number;
  /** Number of the query. */
  query: number;
  /** Bits that differ, 0 to 256. */
  distance: number;
}

export interface Found {
  near: Near[];
  /** There were more than could be told at once: ask for nearer ones. */
  more: boolean;
}

const ENTRY_BYTES = FINGERPRINT_BITS / 8;
const PAGE_BYTES = 64 * 1024;
/** What a WebAssembly memory of 32 bits can have. */
const MOST_PAGES = 65_536;
const AT_ONCE = 4;
/** Queries of one search: eight turns of a few parts of a picture. */
const MOST_QUERIES = 256;
const ROOM = 8_192;
const OUT_BYTES = 32;

const QUERIES_AT = 0;
const OUT_AT = MOST_QUERIES * ENTRY_BYTES;
const ENTRIES_AT = Math.ceil((OUT_AT + ROOM * OUT_BYTES) / PAGE_BYTES) * PAGE_BYTES;

/** Entries that one shelf can hold: 134 million in 4 GB. */
export const MOST_ENTRIES = Math.floor((MOST_PAGES * PAGE_BYTES - ENTRIES_AT) / ENTRY_BYTES);

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

/** Fingerprints in memory, 32 bytes each, searched exactly: every one is held against every query. */
export class Shelf {
  readonly #memory = new Memory({ initial: ENTRIES_AT / PAGE_BYTES, maximum: MOST_PAGES });
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

  /** Entries one after another, 32 bytes each. Throws a RangeError where there is no room for them. */
  put(entries: Uint8Array): void {
    if (entries.length % ENTRY_BYTES !== 0) throw new RangeError('not whole fingerprints');
    const count = this.#count + entries.length / ENTRY_BYTES;
    if (count > MOST_ENTRIES) throw new RangeError('the shelf is full');
    const at = ENTRIES_AT + this.#count * ENTRY_BYTES;
    this.#grow(at + entries.length);
    new Uint8Array(this.#memory.buffer).set(entries, at);
    this.#count = count;
  }

  /** The bytes of entries, to be read and written to in place. Good until the shelf grows. */
  bytesOf(entry: number, count: number): Uint8Array {
    if (entry < 0 || entry + count > this.#count) throw new RangeError('no such entries');
    return new Uint8Array(this.#memory.buffer, ENTRIES_AT + entry * ENTRY_BYTES, count * ENTRY_BYTES);
  }

  /** Takes an entry out of what is searched; its number stays its own. */
  blank(entry: number): void {
    // No picture has it: half of the bits of a fingerprint are ones. So it is 128 bits from each, and within no bound.
    new Uint8Array(this.#memory.buffer).fill(
      0,
      ENTRIES_AT + entry * ENTRY_BYTES,
      ENTRIES_AT + (entry + 1) * ENTRY_BYTES,
    );
  }

  /** Those within `most` bits of a query, in the order of entries. `from` and `to`: entries to be searched. */
  search(queries: readonly Fingerprint[], most: number, from = 0, to = this.#count): Found {
    if (queries.length === 0 || to <= from) return { near: [], more: false };
    if (queries.length > MOST_QUERIES) throw new RangeError('too many queries');
    const bytes = new Uint8Array(this.#memory.buffer);
    const padded = Math.ceil(queries.length / AT_ONCE) * AT_ONCE;
    for (let at = 0; at < padded; at += 1)
      bytes.set(queries[Math.min(at, queries.length - 1)] ?? [], QUERIES_AT + at * ENTRY_BYTES);
    const start = ENTRIES_AT + from * ENTRY_BYTES;
    const found = this.#kernel.nearest(start, to - from, QUERIES_AT, padded, most, OUT_AT, ROOM);
    const out = new DataView(this.#memory.buffer, OUT_AT, Math.min(found, ROOM) * OUT_BYTES);
    const near: Near[] = [];
    for (let at = 0; at < out.byteLength; at += OUT_BYTES)
      for (let lane = 0; lane < AT_ONCE; lane += 1) {
        const distance = out.getUint32(at + 16 + lane * 4, true);
        const query = out.getUint32(at + 4, true) + lane;
        if (distance <= most && query < queries.length)
          near.push({ entry: from + out.getUint32(at, true), query, distance });
      }
    return { near, more: found > ROOM };
  }

  #grow(bytes: number): void {
    const missing = Math.ceil(bytes / PAGE_BYTES) - this.#memory.buffer.byteLength / PAGE_BYTES;
    if (missing <= 0) return;
    // Some more than asked for: each growth may move all there is.
    const spare = Math.min(Math.ceil(this.#memory.buffer.byteLength / PAGE_BYTES / 4), MOST_PAGES);
    const now = this.#memory.buffer.byteLength / PAGE_BYTES;
    this.#memory.grow(Math.min(Math.max(missing, spare), MOST_PAGES - now));
  }
}
