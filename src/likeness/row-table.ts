const FIRST_ROOM = 64;

/**
 * Rows of one tenant and kind, in the order of their entries, some 25 bytes each: an id, where its entries begin and how many
 * they are, and its frames. A row that is taken out keeps its place until the table is made anew.
 */
export class RowTable {
  #ids = new Float64Array(FIRST_ROOM);
  #starts = new Uint32Array(FIRST_ROOM);
  /** Entries of the row; 0 of one that was taken out. */
  #counts = new Uint32Array(FIRST_ROOM);
  #frames = new Uint32Array(FIRST_ROOM);
  /** Row and 1, by a number made of its id; 0 where there is none. */
  #slots = new Uint32Array(FIRST_ROOM * 2);
  #rows = 0;
  #live = 0;

  get rows(): number {
    return this.#rows;
  }

  /** Without those taken out. */
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

  /** At the end. Whoever calls has taken out what had the same id. */
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
    const held = this.#slots[this.#slotOf(id)] ?? 0;
    return held === 0 || this.count(held - 1) === 0 ? undefined : held - 1;
  }

  takeOut(row: number): void {
    this.#counts[row] = 0;
    this.#live -= 1;
  }

  /** The row to which an entry belongs. */
  rowAt(entry: number): number {
    let [from, to] = [0, this.#rows];
    while (to - from > 1) {
      const middle = (from + to) >>> 1;
      if (this.start(middle) <= entry) from = middle;
      else to = middle;
    }
    return from;
  }

  /** The slot of an id, or the free one that it would get. */
  #slotOf(id: number): number {
    const last = this.#slots.length - 1;
    for (let at = mixed(id) & last; ; at = (at + 1) & last) {
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
    // Of two rows with the same id the later one counts, and it comes later here too.
    for (let row = 0; row < this.#rows; row += 1) this.#slots[this.#slotOf(this.id(row))] = row + 1;
  }
}

/** Ids come one after another, and every so-manieth stands here. */
export function mixed(id: number): number {
  let bits = (id ^ Math.floor(id / 2 ** 32)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
