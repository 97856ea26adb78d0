import { EndOfStreamError } from 'strtok3/core';
import { type Peek, RangeTokenizer } from './range-tokenizer.js';

/** Up to `length` bytes from `offset`; shorter at the end. */
export type ReadRange = (offset: number, length: number) => Buffer;

/** What file-type reads a file through: most signatures stand in the head that was read already, few ask for more. */
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
