import { type FaultParams, fault, type KnownCode, type ReadFault } from '../ground/fault.js';

/**
 * CBOR (RFC 8949) of claims and assertions. Unlike a claim signature (trust/cbor.ts), these hold tags that say
 * nothing to us (dates, URIs) and lists that run into the thousands, so tags are stepped over here and the bounds
 * are wider. Only data comes out: records, arrays, text, numbers, byte ranges.
 */

/** Nesting; assertions in the wild stay under ten. */
const DEPTH = 32;

/** What one manifest store may cost, over all its claims and assertions together. */
export class CborBudget {
  #items = 0;

  constructor(readonly most = 262_144) {}

  take(): boolean {
    this.#items += 1;
    return this.#items <= this.most;
  }
}

export type ClaimCbor = { value: unknown } | { fault: ReadFault };

/** The first item; padding after it is left alone. */
export function readClaimCbor(bytes: Buffer, budget: CborBudget): ClaimCbor {
  try {
    return { value: new Reader(bytes, budget).item(0) };
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
  readonly #budget: CborBudget;

  constructor(bytes: Buffer, budget: CborBudget) {
    this.#bytes = bytes;
    this.#budget = budget;
  }

  item(depth: number): unknown {
    const value = this.#next(depth);
    if (value === BREAK) fail('cbor.break');
    return value;
  }

  #next(depth: number): unknown {
    if (depth > DEPTH) fail('bound.cborDepth', { most: DEPTH });
    if (!this.#budget.take()) fail('bound.cborItems', { of: 'claims', most: this.#budget.most });
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
        return this.#take(this.#definite(argument)).toString('utf8');
      case 4:
        return this.#array(argument, depth);
      case 5:
        return this.#map(argument, depth);
      default:
        this.#definite(argument);
        return this.item(depth + 1);
    }
  }

  /** Undefined where the length is indefinite. */
  #argument(additional: number): number | undefined {
    if (additional < 24) return additional;
    if (additional === INDEFINITE) return undefined;
    if (additional > 27) fail('cbor.invalid');
    if (additional === 24) return this.#byte();
    const width = 2 ** (additional - 24);
    const bytes = this.#take(width);
    return width === 8 ? Number(bytes.readBigUInt64BE(0)) : bytes.readUIntBE(0, width);
  }

  #definite(argument: number | undefined): number {
    return argument ?? fail('cbor.indefinite', { how: 'notRead' });
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

  /** Own members only, `__proto__` among them; json-shape.ts reads them. Keys that are not text are stepped over. */
  #map(length: number | undefined, depth: number): Readonly<Record<string, unknown>> {
    const entries = new Map<string, unknown>();
    for (let seen = 0; length === undefined || seen < length; seen++) {
      const key = this.#next(depth + 1);
      if (key === BREAK) {
        if (length !== undefined) fail('cbor.break');
        break;
      }
      const value = this.item(depth + 1);
      if (typeof key !== 'string') continue;
      // Parsers differ in which of the two they take.
      if (entries.has(key)) fail('cbor.duplicateKey');
      entries.set(key, value);
    }
    return Object.fromEntries(entries);
  }

  #simple(additional: number): unknown {
    switch (additional) {
      case 20:
        return false;
      case 21:
        return true;
      case 22:
      case 23:
        return null;
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

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) fail('cbor.truncated');
    const bytes = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }
}

function fail<C extends KnownCode>(code: C, ...params: FaultParams<C>): never {
  throw new CborError(fault(code, ...params));
}
