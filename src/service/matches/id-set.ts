const IDS_PER_PAGE = 1_024;

/** Set of row numbers with one bit each, in pages: the numbers of a store are close together. */
export class IdSet {
  readonly #pages = new Map<number, Uint8Array>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(id: number): void {
    const number = Math.floor(id / IDS_PER_PAGE);
    let page = this.#pages.get(number);
    if (page === undefined) {
      page = new Uint8Array(IDS_PER_PAGE / 8);
      this.#pages.set(number, page);
    }
    const [byte, bit] = bitOf(id);
    if (((page[byte] ?? 0) & bit) !== 0) return;
    page[byte] = (page[byte] ?? 0) | bit;
    this.#size += 1;
  }

  /** Removes the id; returns whether it was present. */
  delete(id: number): boolean {
    const page = this.#pages.get(Math.floor(id / IDS_PER_PAGE));
    const [byte, bit] = bitOf(id);
    if (page === undefined || ((page[byte] ?? 0) & bit) === 0) return false;
    page[byte] = (page[byte] ?? 0) & ~bit;
    this.#size -= 1;
    return true;
  }
}

function bitOf(id: number): [byte: number, bit: number] {
  const at = id % IDS_PER_PAGE;
  return [at >> 3, 1 << (at & 7)];
}
