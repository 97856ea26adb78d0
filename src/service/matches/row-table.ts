const INITIAL_CAPACITY = 64;

/**
 * Rows of one tenant and kind in the order of their entries, about 25 bytes each: id, first entry, number of entries
 * and frames. A deleted row keeps its position until the table is rebuilt.
 */
export class RowTable {
  #ids = new Float64Array(INITIAL_CAPACITY);
  #starts = new Uint32Array(INITIAL_CAPACITY);
  /** Number of entries of the row; 0 if it was deleted. */
  #counts = new Uint32Array(INITIAL_CAPACITY);
  #frames = new Uint32Array(INITIAL_CAPACITY);
  /** Hash table from id to row number plus 1; 0 marks a free slot. */
  #slots = new Uint32Array(INITIAL_CAPACITY * 2);
  #rows = 0;
  #live = 0;

  get rows(): number {
    return this.#rows;
  }

  /** Rows that are not deleted. */
  get live(): number {
    return this.#live;
  }

  get bytes(): number {
    return this.#ids.length * 20 + this.#slots.length * 4;
  }

  id = (row: number): number => this.#ids[row] ?? -1;
  start = (row: number): number => this.#starts[row] ?? 0;
  count = (row: number): number => this.#counts[row] ?? 0;
  frames = (row: number): number => this.#frames[row] ?? 1;

  /** Appends the row. The caller has deleted any row with the same id. */
  add(row: { id: number; start: number; count: number; frames: number }): void {
    if (this.#rows === this.#ids.length) this.#grow();
    const at = this.#rows;
    this.#ids[at] = row.id;
    this.#starts[at] = row.start;
    this.#counts[at] = row.count;
    this.#frames[at] = row.frames;
    this.#rows += 1;
    this.#live += 1;
    this.#slots[this.#slotOf(row.id)] = at + 1;
  }

  find(id: number): number | undefined {
    const occupant = this.#slots[this.#slotOf(id)] ?? 0;
    return occupant === 0 || this.count(occupant - 1) === 0 ? undefined : occupant - 1;
  }

  delete(row: number): void {
    this.#counts[row] = 0;
    this.#live -= 1;
  }

  /** Returns the row to which an entry belongs. */
  rowAt(entry: number): number {
    let [from, to] = [0, this.#rows];
    while (to - from > 1) {
      const middle = (from + to) >>> 1;
      if (this.start(middle) <= entry) from = middle;
      else to = middle;
    }
    return from;
  }

  /** Returns the slot of an id, or the free one that it would take. */
  #slotOf(id: number): number {
    const last = this.#slots.length - 1;
    for (let at = hashId(id) & last; ; at = (at + 1) & last) {
      const held = this.#slots[at] ?? 0;
      if (held === 0 || this.#ids[held - 1] === id) return at;
    }
  }

  #grow(): void {
    const room = this.#ids.length * 2;
    const grown = <A extends Float64Array | Uint32Array>(made: A, of: A): A => {
      made.set(of);
      return made;
    };
    this.#ids = grown(new Float64Array(room), this.#ids);
    this.#starts = grown(new Uint32Array(room), this.#starts);
    this.#counts = grown(new Uint32Array(room), this.#counts);
    this.#frames = grown(new Uint32Array(room), this.#frames);
    this.#slots = new Uint32Array(room * 2);
    // If an id occurs twice, the later row counts; it is inserted later here too.
    for (let row = 0; row < this.#rows; row += 1) this.#slots[this.#slotOf(this.id(row))] = row + 1;
  }
}

/** Hashes an id: ids are consecutive, and each thread holds every n-th of them. */
export function hashId(id: number): number {
  let bits = (id ^ Math.floor(id / 2 ** 32)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
