const OF_PAGE = 1_024;

/** Numbers of rows, a bit each: those of a store lie close together. */
export class IdSet {
  readonly #pages = new Map<number, Uint8Array>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(id: number): void {
    const number = Math.floor(id / OF_PAGE);
    let page = this.#pages.get(number);
    if (page === undefined) {
      page = new Uint8Array(OF_PAGE / 8);
      this.#pages.set(number, page);
    }
    const [byte, bit] = placeOf(id);
    if (((page[byte] ?? 0) & bit) !== 0) return;
    page[byte] = (page[byte] ?? 0) | bit;
    this.#size += 1;
  }

  /** Whether it was in it. */
  delete(id: number): boolean {
    const page = this.#pages.get(Math.floor(id / OF_PAGE));
    const [byte, bit] = placeOf(id);
    if (page === undefined || ((page[byte] ?? 0) & bit) === 0) return false;
    page[byte] = (page[byte] ?? 0) & ~bit;
    this.#size -= 1;
    return true;
  }
}

function placeOf(id: number): [byte: number, bit: number] {
  const at = id % OF_PAGE;
  return [at >> 3, 1 << (at & 7)];
}
