import { EndOfStreamError } from 'strtok3/core';
import { type Peek, RangeTokenizer } from './range-tokenizer.js';

/** Returns up to `length` bytes from `offset`; fewer at the end. */
export type ReadRange = (offset: number, length: number) => Buffer;

/** Tokenizer for file-type. Most signatures are in the head, which was read already; few need further reads. */
export class HeadTokenizer extends RangeTokenizer {
  readonly fileInfo: { size: number };
  readonly #read: ReadRange;
  readonly #head: Buffer;

  constructor(read: ReadRange, head: Buffer, bytes: number) {
    super();
    this.fileInfo = { size: bytes };
    this.#read = read;
    this.#head = head;
  }

  async peekBuffer(target: Uint8Array, options?: Peek): Promise<number> {
    const { position, length, mayBeLess } = this.normalizeOptions(target, options);
    const known = this.#head.subarray(position, position + length);
    target.set(known);
    const more = known.length < length ? this.#read(position + known.length, length - known.length) : EMPTY;
    target.set(more, known.length);
    const filled = known.length + more.length;
    if (filled < length && !mayBeLess) throw new EndOfStreamError();
    return filled;
  }
}

const EMPTY = Buffer.alloc(0);
