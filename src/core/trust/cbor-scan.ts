import { fault, type ReadFault } from '../ground/fault.js';

import { trustLimits as limits } from './trust-limits.js';

/** COSE_Sign1, RFC 9052 §2. No other tag belongs into a claim signature. */
export const COSE_SIGN1_TAG = 18;

/** Where the first item ends, and how many entries its maps hold altogether. */
export type Scan = { end: number; mapEntries: number } | { fault: ReadFault };

/**
 * Walks the first CBOR item without building anything of it: well-formed, bounded, and nothing in it but data.
 */
export function scanCbor(bytes: Buffer): Scan {
  const scanner = new Scanner(bytes);
  for (let items = 0; items < limits.cborItems; items++) {
    const fault = scanner.next();
    if (fault) return { fault };
    if (scanner.closeFinished()) return { end: scanner.at, mapEntries: scanner.mapEntries };
  }
  return { fault: fault('bound.cborItems', { of: 'other', most: limits.cborItems }) };
}

/** An array, map or tag that is still open. */
interface Open {
  /** Values it waits for; undefined where a break ends it. */
  wanted: number | undefined;
  map: boolean;
  seen: number;
}

const MAJOR = { bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7 } as const;
const BREAK = 0xff;

class Scanner {
  at = 0;
  mapEntries = 0;
  readonly #bytes: Buffer;
  readonly #open: Open[] = [];
  /** The last step opened something that waits for values, so nothing is complete yet. */
  #waits = false;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Steps over one head, and over a string's content. */
  next(): ReadFault | undefined {
    this.#waits = false;
    if (this.at >= this.#bytes.length) return fault('cbor.truncated');
    return this.#bytes[this.at] === BREAK ? this.#break() : this.#item();
  }

  /** One value is complete: so may be what holds it, and what holds that. True where the whole item is. */
  closeFinished(): boolean {
    if (this.#waits) return false;
    for (let top = this.#open.at(-1); top; top = this.#open.at(-1)) {
      top.seen += 1;
      if (top.wanted === undefined || top.seen < top.wanted) return false;
      this.#open.pop();
    }
    return true;
  }

  #break(): ReadFault | undefined {
    const ended = this.#open.pop();
    if (!ended || ended.wanted !== undefined || (ended.map && ended.seen % 2 !== 0)) {
      return fault('cbor.break');
    }
    if (ended.map) this.mapEntries += ended.seen / 2;
    this.at += 1;
    return undefined;
  }

  #item(): ReadFault | undefined {
    const first = this.#bytes[this.at] ?? 0;
    const major = first >> 5;
    const additional = first & 0x1f;
    const argument = readArgument(this.#bytes, this.at + 1, additional);
    if (!argument) return fault('cbor.truncated');
    const start = this.at;
    const { value } = argument;
    this.at = argument.next;
    if (major === MAJOR.bytes || major === MAJOR.text) return this.#string(value);
    if (major === MAJOR.array || major === MAJOR.map) return this.#container(value, major === MAJOR.map);
    if (value === undefined) return fault('cbor.indefinite', { how: 'other' });
    if (major === MAJOR.tag) {
      if (value !== COSE_SIGN1_TAG || start !== 0) return fault('cbor.tag');
      return this.#enter({ wanted: 1, map: false, seen: 0 });
    }
    // Beyond false, true, null, undefined and floats, no simple value has a meaning here.
    return major === MAJOR.simple && (additional < 20 || additional === 24)
      ? fault('cbor.simple')
      : undefined;
  }

  #string(length: number | undefined): ReadFault | undefined {
    if (length === undefined) return fault('cbor.chunkedString');
    if (length > this.#bytes.length - this.at) return fault('cbor.length');
    this.at += length;
    return undefined;
  }

  #container(length: number | undefined, map: boolean): ReadFault | undefined {
    const wanted = length === undefined ? undefined : map ? length * 2 : length;
    // Every value takes a byte at least: a length beyond that is a lie that a decoder might allocate for.
    if (wanted !== undefined && wanted > this.#bytes.length - this.at) {
      return fault('cbor.length');
    }
    if (map) this.mapEntries += length ?? 0;
    return wanted === 0 ? undefined : this.#enter({ wanted, map, seen: 0 });
  }

  #enter(open: Open): ReadFault | undefined {
    if (this.#open.length >= limits.cborDepth) {
      return fault('bound.cborDepth', { most: limits.cborDepth });
    }
    this.#open.push(open);
    this.#waits = true;
    return undefined;
  }
}

/** RFC 8949 §3: the argument in the head's low bits or the 1, 2, 4 or 8 bytes after it; 31 is indefinite. */
function readArgument(
  bytes: Buffer,
  at: number,
  additional: number,
): { value?: number; next: number } | undefined {
  if (additional < 24) return { value: additional, next: at };
  if (additional === 31) return { next: at };
  if (additional > 27) return undefined;
  const width = 2 ** (additional - 24);
  if (bytes.length - at < width) return undefined;
  const value = width === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, width);
  return { value, next: at + width };
}
