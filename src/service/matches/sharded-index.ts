import type { HashMatch } from '../../matching/hash-index.js';
import type { PdqHash } from '../../matching/pdq.js';
import { BLOCK_ENTRIES, FINGERPRINT_BYTES, type FingerprintArena } from './fingerprint-arena.js';
import { IdSet } from './id-set.js';
import { RowTable } from './row-table.js';

/** Share of entries of deleted rows above which the index is compacted: they slow down searches and occupy memory. */
const DEAD_SHARE = 0.25;

/** Index of one tenant's fingerprints of one kind in this thread. */
export class ShardedIndex {
  readonly #arena: FingerprintArena;
  readonly #blocks: number[] = [];
  #table = new RowTable();
  #entries = 0;
  #dead = 0;
  /** Running searches; entries keep their numbers while there are any. */
  #users = 0;
  /** Rows without a searchable fingerprint, or with an incomplete one. */
  readonly notSearchable = new IdSet();
  /** Rows skipped because memory was exhausted. */
  readonly notIndexed = new IdSet();

  constructor(arena: FingerprintArena) {
    this.#arena = arena;
  }

  get table(): RowTable {
    return this.#table;
  }

  get blocks(): number {
    return this.#blocks.length;
  }

  get isEmpty(): boolean {
    return this.#table.live + this.notSearchable.size + this.notIndexed.size === 0;
  }

  /** Whether no search is running on it. */
  get isIdle(): boolean {
    return this.#users === 0;
  }

  /** Adds the row, replacing any row of the same id. */
  put({ id, frames, shelf }: { id: number; frames: number; shelf: Uint8Array }): void {
    this.delete(id);
    const count = shelf.length / FINGERPRINT_BYTES;
    if (count < 1 || !Number.isInteger(count)) this.notSearchable.add(id);
    else if (!this.#make(count)) this.notIndexed.add(id);
    else {
      this.#table.add({ id, start: this.#entries, count, frames });
      this.#write(this.#entries, shelf);
      this.#entries += count;
    }
  }

  /** Deletes the row; returns whether it existed. */
  delete(id: number): boolean {
    if (this.notSearchable.delete(id) || this.notIndexed.delete(id)) return true;
    const row = this.#table.find(id);
    if (row === undefined) return false;
    const start = this.#table.start(row);
    const count = this.#table.count(row);
    for (const { shelf, entry, length } of this.#runs(start, start + count))
      for (let at = entry; at < entry + length; at += 1) shelf.remove(at);
    this.#table.delete(row);
    this.#dead += count;
    return true;
  }

  /**
   * Compares the entries of blocks `from` to `to` with the queries. Blocks that are adjacent in memory are searched
   * together.
   */
  search(
    queries: readonly PdqHash[],
    most: number,
    from: number,
    to: number,
    take: (near: HashMatch) => void,
  ): void {
    for (const run of this.#runs(from * BLOCK_ENTRIES, Math.min(to * BLOCK_ENTRIES, this.#entries)))
      searchRun(queries, most, run, take);
  }

  /** Returns the bytes of all fingerprints of a row. */
  bytesOf(row: number): Uint8Array {
    const start = this.#table.start(row);
    const bytes = new Uint8Array(this.#table.count(row) * FINGERPRINT_BYTES);
    for (const { shelf, entry, length, first } of this.#runs(start, start + this.#table.count(row)))
      bytes.set(shelf.bytesOf(entry, length), (first - start) * FINGERPRINT_BYTES);
    return bytes;
  }

  acquire(): void {
    this.#users += 1;
  }

  release(): void {
    this.#users -= 1;
    this.compact();
  }

  /** Compacts entries and frees memory if a large share belongs to deleted rows and no search is running. */
  compact(): void {
    if (this.#users > 0 || this.#dead === 0) return;
    if (this.#table.live > 0 && this.#dead < Math.max(BLOCK_ENTRIES, this.#entries * DEAD_SHARE)) return;
    const before = this.#table;
    this.#table = new RowTable();
    let end = 0;
    for (let row = 0; row < before.rows; row += 1) {
      const count = before.count(row);
      if (count === 0) continue;
      // Rows move towards the start in order, so a row is never overwritten before it has moved.
      this.#move(before.start(row), end, count);
      this.#table.add({ id: before.id(row), start: end, count, frames: before.frames(row) });
      end += count;
    }
    this.#entries = end;
    this.#dead = 0;
    for (const block of this.#blocks.splice(Math.ceil(end / BLOCK_ENTRIES))) this.#arena.free(block);
    this.#clearEnd();
  }

  /** Frees all memory. */
  clear(): void {
    for (const block of this.#blocks.splice(0)) this.#arena.free(block);
  }

  /** Allocates blocks for further entries; returns `false`, with nothing allocated, if memory is exhausted. */
  #make(count: number): boolean {
    const missing = Math.ceil((this.#entries + count) / BLOCK_ENTRIES) - this.#blocks.length;
    if (missing <= 0) return true;
    if (!this.#arena.has(missing)) return false;
    const before = this.#blocks.length;
    for (let made = 0; made < missing; made += 1) {
      const block = this.#arena.allocate();
      if (block === undefined) {
        for (const given of this.#blocks.splice(before)) this.#arena.free(given);
        return false;
      }
      this.#blocks.push(block);
    }
    return true;
  }

  #write(start: number, bytes: Uint8Array): void {
    for (const { shelf, entry, length, first } of this.#runs(
      start,
      start + bytes.length / FINGERPRINT_BYTES,
    )) {
      const from = (first - start) * FINGERPRINT_BYTES;
      shelf.bytesOf(entry, length).set(bytes.subarray(from, from + length * FINGERPRINT_BYTES));
    }
  }

  #move(from: number, to: number, count: number): void {
    if (from === to) return;
    const bytes = new Uint8Array(count * FINGERPRINT_BYTES);
    for (const { shelf, entry, length, first } of this.#runs(from, from + count))
      bytes.set(shelf.bytesOf(entry, length), (first - from) * FINGERPRINT_BYTES);
    this.#write(to, bytes);
  }

  /** Clears the unused entries at the end of the last block. */
  #clearEnd(): void {
    for (const { shelf, entry, length } of this.#runs(this.#entries, this.#blocks.length * BLOCK_ENTRIES))
      shelf.bytesOf(entry, length).fill(0);
  }

  /** Yields a range of entries as contiguous runs in memory. */
  *#runs(from: number, to: number): Generator<EntryRun> {
    for (let first = from; first < to; ) {
      const run = this.#run(first, to);
      yield run;
      first += run.length;
    }
  }

  #run(first: number, to: number): EntryRun {
    const begun = Math.floor(first / BLOCK_ENTRIES);
    const { index: shelf, entry } = this.#arena.positionOf(this.#blocks[begun] ?? -1);
    let length = Math.min(to - first, BLOCK_ENTRIES - (first % BLOCK_ENTRIES));
    // Blocks allocated one after another are usually adjacent.
    for (let next = begun + 1; first + length < to; next += 1) {
      const place = this.#arena.positionOf(this.#blocks[next] ?? -1);
      if (place.index !== shelf || place.entry !== entry + (next - begun) * BLOCK_ENTRIES) break;
      length += Math.min(to - first - length, BLOCK_ENTRIES);
    }
    return { shelf, entry: entry + (first % BLOCK_ENTRIES), length, first };
  }
}

interface EntryRun {
  shelf: ReturnType<FingerprintArena['positionOf']>['index'];
  /** Number of the first entry in the hash index; `first` is its number in this tenant's index. */
  entry: number;
  first: number;
  length: number;
}

/** Reports every near entry. If the index reports only some of them, each half is searched again. */
function searchRun(
  queries: readonly PdqHash[],
  most: number,
  { shelf, entry, first, length }: EntryRun,
  take: (near: HashMatch) => void,
): void {
  const { matches: near, hasMore: more } = shelf.search(queries, most, entry, entry + length);
  if (!more) {
    for (const one of near) take({ ...one, entry: one.entry - entry + first });
    return;
  }
  const half = length >> 1;
  searchRun(queries, most, { shelf, entry, first, length: half }, take);
  searchRun(queries, most, { shelf, entry: entry + half, first: first + half, length: length - half }, take);
}
