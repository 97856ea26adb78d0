import { trustLimits as limits } from '../lists/trust-limits.js';

/**
 * Element of a parsed ASN.1 structure, with its position (X.690 §8.1). Only the structure is parsed: a timestamp has
 * some 400 elements, of which about a dozen are needed, so the library decodes the content of those alone.
 */
export class Asn1Element {
  constructor(
    /** Buffer that contains the element. A view for each element would cost more than parsing it. */
    readonly whole: Buffer,
    readonly start: number,
    readonly end: number,
    /** Length of tag and length octets. */
    readonly headBytes: number,
    readonly tagClass: number,
    readonly tag: number,
    /** Children of a constructed element, in order. */
    readonly children: readonly Asn1Element[] | undefined,
  ) {}

  get byteLength(): number {
    return this.end - this.start;
  }

  /** Whole element, including tag and length. */
  get bytes(): Buffer {
    return this.whole.subarray(this.start, this.end);
  }

  /** Content after tag and length. */
  get content(): Buffer {
    return this.whole.subarray(this.start + this.headBytes, this.end);
  }

  /** Content after tag and length, as text. */
  contentAs(form: 'hex' | 'latin1'): string {
    return this.whole.toString(form, this.start + this.headBytes, this.end);
  }

  isUniversal(tag: number): boolean {
    return this.tagClass === UNIVERSAL && this.tag === tag;
  }
}

export const UNIVERSAL = 0;
export const CONTEXT = 2;
export const TAG = {
  endOfContents: 0,
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  objectIdentifier: 6,
  sequence: 16,
  set: 17,
  utcTime: 23,
  generalizedTime: 24,
} as const;

const CONSTRUCTED_BIT = 0x20;
const MANY_TAG_BYTES = 0x1f;
const INDEFINITE_LENGTH = 0x80;

/**
 * Parses the structure; `undefined` unless the bytes are exactly one element, within the bounds, with every child
 * inside its parent.
 */
export function parseOutline(bytes: Buffer): Asn1Element | undefined {
  if (bytes.length > limits.asn1Bytes) return undefined;
  const outline = new Outline(bytes);
  const element = outline.element(bytes.length, 0);
  return outline.at === bytes.length ? element : undefined;
}

class Outline {
  at = 0;
  readonly #bytes: Buffer;
  #elements = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Parses the element that begins at the current position and ends before `limit`. */
  element(limit: number, depth: number): Asn1Element | undefined {
    this.#elements += 1;
    if (depth > limits.asn1Depth || this.#elements > limits.asn1Nodes) return undefined;
    const start = this.at;
    const first = this.#bytes[this.at] ?? 0;
    const tag = this.#tag(limit);
    const length = this.#length(limit);
    const headBytes = this.at - start;
    if (tag === undefined || length === undefined) return undefined;
    const constructed = (first & CONSTRUCTED_BIT) !== 0;
    if (length === 'indefinite' && !constructed) return undefined;
    if (length !== 'indefinite' && length > limit - this.at) return undefined;
    const children = constructed ? this.#children(length, limit, depth + 1) : undefined;
    if (constructed && !children) return undefined;
    if (!constructed && length !== 'indefinite') this.at += length;
    return new Asn1Element(this.#bytes, start, this.at, headBytes, first >> 6, tag, children);
  }

  #children(length: number | 'indefinite', limit: number, depth: number): Asn1Element[] | undefined {
    const end = length === 'indefinite' ? limit : this.at + length;
    const children: Asn1Element[] = [];
    while (this.at < end) {
      const child = this.element(end, depth);
      if (!child) return undefined;
      if (length === 'indefinite' && child.isUniversal(TAG.endOfContents)) return children;
      children.push(child);
    }
    return length === 'indefinite' ? undefined : children;
  }

  /** Reads a tag from the first byte, or base 128 from the following bytes; advances the position. */
  #tag(limit: number): number | undefined {
    if (this.at >= limit) return undefined;
    const low = (this.#bytes[this.at++] ?? 0) & MANY_TAG_BYTES;
    if (low !== MANY_TAG_BYTES) return low;
    for (let tag = 0; this.at < limit && tag < 2 ** 24; ) {
      const byte = this.#bytes[this.at++] ?? 0;
      tag = tag * 128 + (byte & 0x7f);
      if (byte < 0x80) return tag;
    }
    return undefined;
  }

  #length(limit: number): number | 'indefinite' | undefined {
    if (this.at >= limit) return undefined;
    const first = this.#bytes[this.at++] ?? 0;
    if (first < INDEFINITE_LENGTH) return first;
    if (first === INDEFINITE_LENGTH) return 'indefinite';
    const count = first & 0x7f;
    // The structures are bounded well below what six bytes can express.
    if (count > 6 || count > limit - this.at) return undefined;
    const length = this.#bytes.readUIntBE(this.at, count);
    this.at += count;
    return length;
  }
}
