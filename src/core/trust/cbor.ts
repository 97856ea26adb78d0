import { type FaultParams, fault, type KnownCode, type ReadFault } from '../ground/fault.js';

/**
 * CBOR (RFC 8949) from a file, bounded. Strings without a length are not read. What differs between a claim signature
 * (cose.ts) and a claim with its assertions (readers/claim-cbor.ts) is said by a `CborForm`.
 */
export interface CborForm {
  budget: CborBudget;
  /** Nesting. */
  depth: number;
  /** What a tagged value comes to; undefined where the tag has no place there. */
  tagged(tag: number, value: unknown, isOutermost: boolean): { value: unknown } | undefined;
  /** What a map comes to. */
  mapped(entries: Map<unknown, unknown>): unknown;
}

/** What may be read, over all that shares it. */
export class CborBudget {
  #items = 0;

  constructor(
    readonly most: number,
    readonly of: 'claims' | 'other',
  ) {}

  take(): boolean {
    this.#items += 1;
    return this.#items <= this.most;
  }
}

export type CborAnswer = { value: unknown } | { fault: ReadFault };

/** The first item; padding after it is left alone. */
export function readCbor(bytes: Buffer, form: CborForm): CborAnswer {
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
  readonly #form: CborForm;

  constructor(bytes: Buffer, form: CborForm) {
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
    if (depth > most) fail('bound.cborDepth', { most });
    if (!budget.take()) fail('bound.cborItems', { of: budget.of, most: budget.most });
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

  /** Undefined where the length is indefinite. */
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
    const told = this.#form.tagged(tag, this.item(depth + 1), depth === 0);
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
      // Parsers differ in which of the two they take.
      if (entries.has(key)) fail('cbor.duplicateKey');
      entries.set(key, this.item(depth + 1));
    }
    return this.#form.mapped(entries);
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

  /** RFC 8949 Appendix D. */
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

  /** A range of its own for each would cost more than all else here. */
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

  /** Where as many bytes begin as are read next. */
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

/** A byte string as RFC 8949 §4.2.1 writes it. */
export const cborBytes = (bytes: Buffer): Buffer => Buffer.concat([cborHead(bytes.length), bytes]);

/** What stands before the bytes of one. */
export function cborHead(n: number): Buffer {
  if (n < 24) return Buffer.from([0x40 + n]);
  const width = n < 0x100 ? 1 : n < 0x1_0000 ? 2 : 4;
  const head = Buffer.allocUnsafe(1 + width);
  head[0] = 0x58 + Math.log2(width);
  head.writeUIntBE(n, 1, width);
  return head;
}
