/** Bytes of a stream that stand in pieces of the file, put together, with where each of them stands. */
export interface HeldStream {
  bytes: Buffer;
  offsetOf(at: number): number;
  /** More of it stands in the file than is held. */
  cut: boolean;
}

/** Puts pieces together up to a bound. */
export class Gathered {
  readonly #pieces: { at: number; offset: number; bytes: Buffer }[] = [];
  #length = 0;
  #cut = false;

  constructor(readonly most: number) {}

  get length(): number {
    return this.#length;
  }

  get full(): boolean {
    return this.#length >= this.most;
  }

  /** `offset`: where the piece stands in the file. It is copied: a few bytes are not to keep a large block. */
  add(bytes: Buffer, offset: number): void {
    const held = bytes.subarray(0, this.most - this.#length);
    if (held.length < bytes.length) this.#cut = true;
    if (held.length === 0) return;
    this.#pieces.push({ at: this.#length, offset, bytes: Buffer.from(held) });
    this.#length += held.length;
  }

  held(): HeldStream {
    const pieces = this.#pieces;
    return {
      bytes: Buffer.concat(pieces.map(({ bytes }) => bytes)),
      offsetOf: (at) => {
        const piece = pieces.findLast((one) => one.at <= at);
        return piece ? piece.offset + at - piece.at : 0;
      },
      cut: this.#cut,
    };
  }
}
