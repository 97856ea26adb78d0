/** Stream bytes assembled from pieces of the file, with the file offset of each piece. */
export interface AssembledStream {
  bytes: Buffer;
  offsetOf(at: number): number;
  /** Whether the file holds more of the stream than was assembled. */
  isCut: boolean;
}

/** Assembles pieces up to a limit. */
export class StreamAssembler {
  readonly #pieces: { at: number; offset: number; bytes: Buffer }[] = [];
  #length = 0;
  #cut = false;

  constructor(readonly most: number) {}

  get length(): number {
    return this.#length;
  }

  get isFull(): boolean {
    return this.#length >= this.most;
  }

  /**
   * Adds a piece. `offset`: its offset in the file. The bytes are copied, so that a few of them do not retain a large
   * block.
   */
  add(bytes: Buffer, offset: number): void {
    const held = bytes.subarray(0, this.most - this.#length);
    if (held.length < bytes.length) this.#cut = true;
    if (held.length === 0) return;
    this.#pieces.push({ at: this.#length, offset, bytes: Buffer.from(held) });
    this.#length += held.length;
  }

  assemble(): AssembledStream {
    const pieces = this.#pieces;
    return {
      bytes: Buffer.concat(pieces.map(({ bytes }) => bytes)),
      offsetOf: (at) => {
        const piece = pieces.findLast((one) => one.at <= at);
        return piece ? piece.offset + at - piece.at : 0;
      },
      isCut: this.#cut,
    };
  }
}
