import type { Fingerprint } from '../core/likeness/pdq.js';
import type { Near } from '../core/likeness/shelf.js';
import { type Arena, BLOCK, FINGERPRINT_BYTES } from './arena.js';
import { IdSet } from './id-set.js';
import { RowTable } from './row-table.js';

/** This many of its entries are of rows that were taken out: they are searched for nothing, and keep memory. */
const DEAD_SHARE = 0.25;

/** What one tenant has of one kind, in this thread. */
export class Rack {
  readonly #arena: Arena;
  readonly #blocks: number[] = [];
  #table = new RowTable();
  #entries = 0;
  #dead = 0;
  /** Searches that are at work on it: entries keep their numbers meanwhile. */
  #users = 0;
  /** Rows with nothing to search by, or not whole. */
  readonly flat = new IdSet();
  /** Rows for which there was no memory. */
  readonly unheld = new IdSet();

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  get table(): RowTable {
    return this.#table;
  }

  get blocks(): number {
    return this.#blocks.length;
  }

  get isEmpty(): boolean {
    return this.#table.live + this.flat.size + this.unheld.size === 0;
  }

  /** No search is at work on it. */
  get isQuiet(): boolean {
    return this.#users === 0;
  }

  /** A row of this id, whatever it was before. */
  put({ id, frames, shelf }: { id: number; frames: number; shelf: Uint8Array }): void {
    this.takeOut(id);
    const count = shelf.length / FINGERPRINT_BYTES;
    if (count < 1 || !Number.isInteger(count)) this.flat.add(id);
    else if (!this.#make(count)) this.unheld.add(id);
    else {
      this.#table.add({ id, start: this.#entries, count, frames });
      this.#write(this.#entries, shelf);
      this.#entries += count;
    }
  }

  /** Whether there was such a row. */
  takeOut(id: number): boolean {
    if (this.flat.delete(id) || this.unheld.delete(id)) return true;
    const row = this.#table.find(id);
    if (row === undefined) return false;
    const start = this.#table.start(row);
    const count = this.#table.count(row);
    for (const { shelf, entry, length } of this.#runs(start, start + count))
      for (let at = entry; at < entry + length; at += 1) shelf.blank(at);
    this.#table.takeOut(row);
    this.#dead += count;
    return true;
  }

  /** Entries from a block on, and the next ones with it where they lie together, held against queries. */
  search(
    queries: readonly Fingerprint[],
    most: number,
    from: number,
    to: number,
    take: (near: Near) => void,
  ): void {
    for (const run of this.#runs(from * BLOCK, Math.min(to * BLOCK, this.#entries)))
      searched(queries, most, run, take);
  }

  /** All bytes of a row. */
  bytesOf(row: number): Uint8Array {
    const start = this.#table.start(row);
    const bytes = new Uint8Array(this.#table.count(row) * FINGERPRINT_BYTES);
    for (const { shelf, entry, length, first } of this.#runs(start, start + this.#table.count(row)))
      bytes.set(shelf.bytesOf(entry, length), (first - start) * FINGERPRINT_BYTES);
    return bytes;
  }

  use(): void {
    this.#users += 1;
  }

  unuse(): void {
    this.#users -= 1;
    this.tidy();
  }

  /** Moves entries together and gives back memory, where much of it is of rows that were taken out and nobody searches. */
  tidy(): void {
    if (this.#users > 0 || this.#dead === 0) return;
    if (this.#table.live > 0 && this.#dead < Math.max(BLOCK, this.#entries * DEAD_SHARE)) return;
    const before = this.#table;
    this.#table = new RowTable();
    let end = 0;
    for (let row = 0; row < before.rows; row += 1) {
      const count = before.count(row);
      if (count === 0) continue;
      // Downwards, row by row: what is written over was moved before.
      this.#move(before.start(row), end, count);
      this.#table.add({ id: before.id(row), start: end, count, frames: before.frames(row) });
      end += count;
    }
    this.#entries = end;
    this.#dead = 0;
    for (const block of this.#blocks.splice(Math.ceil(end / BLOCK))) this.#arena.give(block);
    this.#clearEnd();
  }

  /** All memory back. */
  empty(): void {
    for (const block of this.#blocks.splice(0)) this.#arena.give(block);
  }

  /** Room for further entries; false where there is none, and then nothing was taken. */
  #make(count: number): boolean {
    const missing = Math.ceil((this.#entries + count) / BLOCK) - this.#blocks.length;
    if (missing <= 0) return true;
    if (!this.#arena.has(missing)) return false;
    const before = this.#blocks.length;
    for (let made = 0; made < missing; made += 1) {
      const block = this.#arena.take();
      if (block === undefined) {
        for (const given of this.#blocks.splice(before)) this.#arena.give(given);
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

  /** What stands behind the last entry of the last block is nobody’s. */
  #clearEnd(): void {
    for (const { shelf, entry, length } of this.#runs(this.#entries, this.#blocks.length * BLOCK))
      shelf.bytesOf(entry, length).fill(0);
  }

  /** Entries of ours from one number to another, as they lie in memory. */
  *#runs(from: number, to: number): Generator<Run> {
    for (let first = from; first < to; ) {
      const run = this.#run(first, to);
      yield run;
      first += run.length;
    }
  }

  #run(first: number, to: number): Run {
    const begun = Math.floor(first / BLOCK);
    const { shelf, entry } = this.#arena.placeOf(this.#blocks[begun] ?? -1);
    let length = Math.min(to - first, BLOCK - (first % BLOCK));
    // Blocks that were taken one after another lie so.
    for (let next = begun + 1; first + length < to; next += 1) {
      const place = this.#arena.placeOf(this.#blocks[next] ?? -1);
      if (place.shelf !== shelf || place.entry !== entry + (next - begun) * BLOCK) break;
      length += Math.min(to - first - length, BLOCK);
    }
    return { shelf, entry: entry + (first % BLOCK), length, first };
  }
}

interface Run {
  shelf: ReturnType<Arena['placeOf']>['shelf'];
  /** Where it begins in the shelf, and which of ours that is. */
  entry: number;
  first: number;
  length: number;
}

/** All of them, though the shelf tells only some at once. */
function searched(
  queries: readonly Fingerprint[],
  most: number,
  { shelf, entry, first, length }: Run,
  take: (near: Near) => void,
): void {
  const { near, more } = shelf.search(queries, most, entry, entry + length);
  if (!more) {
    for (const one of near) take({ ...one, entry: one.entry - entry + first });
    return;
  }
  const half = length >> 1;
  searched(queries, most, { shelf, entry, first, length: half }, take);
  searched(queries, most, { shelf, entry: entry + half, first: first + half, length: length - half }, take);
}
