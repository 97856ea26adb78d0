import { limits } from '../../../base/limits.js';
import type { WalkFault } from '../conclude.js';
import { bounded, malformed } from './walk.js';

/** AMF0 (Adobe, Action Message Format): typed values in the script tags of FLV. */

export interface AmfText {
  /** Names of the enclosing members, `outer:inner`. */
  key: string;
  value: string;
  /** Offset of its type byte within the given bytes. */
  at: number;
}

const TYPE = {
  number: 0,
  boolean: 1,
  string: 2,
  object: 3,
  null: 5,
  undefined: 6,
  reference: 7,
  ecmaArray: 8,
  end: 9,
  strictArray: 10,
  date: 11,
  longString: 12,
  unsupported: 13,
  xml: 15,
  typedObject: 16,
} as const;

/** Length in bytes of the types that have a fixed length and no text. */
const SKIPPED_BYTES: Readonly<Record<number, number>> = {
  [TYPE.null]: 0,
  [TYPE.undefined]: 0,
  [TYPE.unsupported]: 0,
  [TYPE.reference]: 2,
};

export class AmfReader {
  readonly texts: AmfText[] = [];
  fault: WalkFault | undefined;
  #at = 0;

  constructor(readonly bytes: Buffer) {}

  /**
   * Reads the value at the current position, including nested values, into `texts`. Returns `false` if it could not be
   * read.
   */
  value(key = '', depth = 0): boolean {
    const at = this.#at;
    const type = this.#take(1)?.[0];
    if (type === undefined) return false;
    if (depth > limits.amfDepth)
      return this.#fail(bounded('bound.depth', { place: 'AMF', most: limits.amfDepth }));
    const text = (value: string | undefined) => value !== undefined && this.#add({ key, value, at });
    switch (type) {
      case TYPE.number: {
        const number = this.#take(8)?.readDoubleBE(0);
        return text(number === undefined ? undefined : String(number));
      }
      case TYPE.boolean: {
        const flag = this.#take(1)?.[0];
        return text(flag === undefined ? undefined : String(flag !== 0));
      }
      case TYPE.string:
        return text(this.#string(2));
      case TYPE.longString:
      case TYPE.xml:
        return text(this.#string(4));
      case TYPE.date: {
        const millis = this.#take(10)?.readDoubleBE(0);
        return text(millis === undefined ? undefined : dateText(millis));
      }
      case TYPE.typedObject:
        return this.#string(2) !== undefined && this.#members(key, depth);
      case TYPE.ecmaArray:
        return this.#take(4) !== undefined && this.#members(key, depth);
      case TYPE.object:
        return this.#members(key, depth);
      case TYPE.strictArray:
        return this.#list(key, depth);
      default: {
        const skipped = SKIPPED_BYTES[type];
        if (skipped !== undefined) return this.#take(skipped) !== undefined;
        return this.#fail(malformed('flv.amfType', { type }));
      }
    }
  }

  /** Reads names and values up to an empty name and the end mark. */
  #members(key: string, depth: number): boolean {
    for (;;) {
      const name = this.#string(2);
      if (name === undefined) return false;
      if (name === '' && this.bytes[this.#at] === TYPE.end) return this.#take(1) !== undefined;
      if (!this.value(key === '' ? name : `${key}:${name}`, depth + 1)) return false;
    }
  }

  /** Adds only the length of a list: lists hold times and file positions of keyframes, thousands of numbers. */
  #list(key: string, depth: number): boolean {
    const at = this.#at - 1;
    const count = this.#take(4)?.readUInt32BE(0);
    if (count === undefined) return false;
    let numbers = 0;
    for (let i = 0; i < count; i++) {
      if (this.bytes[this.#at] === TYPE.number) {
        if (!this.#take(9)) return false;
        numbers += 1;
      } else if (!this.value(key, depth + 1)) return false;
    }
    return numbers === 0 || this.#add({ key, value: `${numbers} numbers`, at });
  }

  #string(lengthBytes: 2 | 4): string | undefined {
    const length = this.#take(lengthBytes)?.readUIntBE(0, lengthBytes);
    return length === undefined ? undefined : this.#take(length)?.toString('utf8');
  }

  #take(length: number): Buffer | undefined {
    if (this.#at + length > this.bytes.length) {
      this.fault ??= malformed('flv.amf');
      return undefined;
    }
    this.#at += length;
    return this.bytes.subarray(this.#at - length, this.#at);
  }

  #add(text: AmfText): boolean {
    if (this.texts.length >= limits.tagsPerCarrier)
      return this.#fail(bounded('bound.tags', { most: limits.tagsPerCarrier, of: 'other' }));
    this.texts.push(text);
    return true;
  }

  #fail(fault: WalkFault): false {
    this.fault ??= fault;
    return false;
  }
}

const LAST_MILLI = 8.64e15;

function dateText(millis: number): string {
  return Math.abs(millis) <= LAST_MILLI ? new Date(millis).toISOString() : String(millis);
}
