import { type FaultParams, fault, type KnownCode, type ReadFault } from '../../../base/fault.js';

/**
 * CBOR (RFC 8949) from a file, bounded. Strings without a length are not read. What differs between a claim signature
 * (cose.ts) and a claim with its assertions (core/readers/c2pa/claim-cbor.ts) is said by a `CborForm`.
 */
export interface CborDialect {
  budget: CborBudget;
  /** Maximum nesting depth. */
  depth: number;
  /** Converts a tagged value; returns `undefined` if the tag is not allowed there. */
  convertTag(tag: number, value: unknown, isOutermost: boolean): { value: unknown } | undefined;
  /** Converts a map. */
  convertMap(entries: Map<unknown, unknown>): unknown;
}

/** Budget of items and bytes, shared by several decodings. */
export class CborBudget {
  #items = 0;

  constructor(readonly most: number) {}

  take(): boolean {
    this.#items += 1;
    return this.#items <= this.most;
  }
}

export type CborResult = { value: unknown } | { fault: ReadFault };

/** Decodes the first item; padding after it is ignored. */
export function readCbor(bytes: Buffer, form: CborDialect): CborResult {
  try {
    return { value: new Reader(bytes, form).item(0) };
  } catch (error) {
    if (error instanceof CborError) return { fault: error.fault };
    throw error;
  }
}

class CborError extends Error {
  constructor(readonly fault: ReadFault) {
    super(fault.code);
  }
}

const BREAK = Symbol('break');
const INDEFINITE = 31;

class Reader {
  #at = 0;
  readonly #bytes: Buffer;
  readonly #form: CborDialect;

  constructor(bytes: Buffer, form: CborDialect) {
    this.#bytes = bytes;
    this.#form = form;
  }

  item(depth: number): unknown {
    const value = this.#next(depth);
    if (value === BREAK) fail('cbor.break');
    return value;
  }

  #next(depth: number): unknown {
    const { budget, depth: most } = this.#form;
    if (depth > most) fail('bound.depth', { place: 'CBOR', most });
    if (!budget.take()) fail('bound.entries', { place: 'CBOR', most: budget.most });
    const first = this.#byte();
    const major = first >> 5;
    const additional = first & 0x1f;
    if (major === 7) return this.#simple(additional);
    const argument = this.#argument(additional);
    switch (major) {
      case 0:
        return this.#definite(argument);
      case 1:
        return -1 - this.#definite(argument);
      case 2:
        return this.#take(this.#definite(argument));
      case 3:
        return this.#text(this.#definite(argument));
      case 4:
        return this.#array(argument, depth);
      case 5:
        return this.#map(argument, depth);
      default:
        return this.#tagged(this.#definite(argument), depth);
    }
  }

  /** Returns `undefined` for an indefinite length. */
  #argument(additional: number): number | undefined {
    if (additional < 24) return additional;
    if (additional === INDEFINITE) return undefined;
    if (additional > 27) fail('cbor.invalid');
    if (additional === 24) return this.#byte();
    const width = 1 << (additional - 24);
    const at = this.#past(width);
    return width === 8 ? Number(this.#bytes.readBigUInt64BE(at)) : this.#bytes.readUIntBE(at, width);
  }

  #definite(argument: number | undefined): number {
    return argument ?? fail('cbor.indefinite');
  }

  #array(length: number | undefined, depth: number): unknown[] {
    const values: unknown[] = [];
    while (length === undefined || values.length < length) {
      const value = this.#next(depth + 1);
      if (value === BREAK) {
        if (length !== undefined) fail('cbor.break');
        break;
      }
      values.push(value);
    }
    return values;
  }

  #tagged(tag: number, depth: number): unknown {
    const told = this.#form.convertTag(tag, this.item(depth + 1), depth === 0);
    return (told ?? fail('cbor.tag')).value;
  }

  #map(length: number | undefined, depth: number): unknown {
    const entries = new Map<unknown, unknown>();
    for (let seen = 0; length === undefined || seen < length; seen++) {
      const key = this.#next(depth + 1);
      if (key === BREAK) {
        if (length !== undefined) fail('cbor.break');
        break;
      }
      // Duplicate keys are refused, since parsers differ in which one they use.
      if (entries.has(key)) fail('cbor.duplicateKey');
      entries.set(key, this.item(depth + 1));
    }
    return this.#form.convertMap(entries);
  }

  #simple(additional: number): unknown {
    switch (additional) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
        return null;
      case 23:
        return undefined;
      case 25:
        return this.#half();
      case 26:
        return this.#take(4).readFloatBE(0);
      case 27:
        return this.#take(8).readDoubleBE(0);
      case INDEFINITE:
        return BREAK;
      default:
        return fail('cbor.simple');
    }
  }

  /** Decodes a half-precision float (RFC 8949 Appendix D). */
  #half(): number {
    const bits = this.#take(2).readUInt16BE(0);
    const exponent = (bits >> 10) & 0x1f;
    const mantissa = bits & 0x3ff;
    const size =
      exponent === 0
        ? mantissa * 2 ** -24
        : exponent === 31
          ? mantissa === 0
            ? Number.POSITIVE_INFINITY
            : Number.NaN
          : (mantissa + 1024) * 2 ** (exponent - 25);
    return bits & 0x8000 ? -size : size;
  }

  /** Reads a byte by index, because a subarray per byte would dominate the cost. */
  #byte(): number {
    const byte = this.#bytes[this.#at] ?? fail('cbor.truncated');
    this.#at += 1;
    return byte;
  }

  #text(length: number): string {
    const at = this.#past(length);
    return this.#bytes.toString('utf8', at, at + length);
  }

  #take(length: number): Buffer {
    const at = this.#past(length);
    return this.#bytes.subarray(at, at + length);
  }

  /** Advances by `length` and returns the previous position. */
  #past(length: number): number {
    const at = this.#at;
    if (at + length > this.#bytes.length) fail('cbor.truncated');
    this.#at = at + length;
    return at;
  }
}

function fail<C extends KnownCode>(code: C, ...params: FaultParams<C>): never {
  throw new CborError(fault(code, ...params));
}

/** Encodes a byte string as in RFC 8949 §4.2.1. */
export const cborBytes = (bytes: Buffer): Buffer => Buffer.concat([cborHead(bytes.length), bytes]);

/** Encodes the head of a byte string of `n` bytes. */
export function cborHead(n: number): Buffer {
  if (n < 24) return Buffer.from([0x40 + n]);
  const width = n < 0x100 ? 1 : n < 0x1_0000 ? 2 : 4;
  const head = Buffer.allocUnsafe(1 + width);
  head[0] = 0x58 + Math.log2(width);
  head.writeUIntBE(n, 1, width);
  return head;
}
