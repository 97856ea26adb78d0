import { limits } from '../../../base/limits.js';
import { decodeUtf16 } from '../text/tag-text.js';

/**
 * Property sets ([MS-OLEPS]): numbered, typed values in which old Office documents store title, author and dates. All
 * offsets are checked; invalid values are omitted and reported.
 */

export interface Property {
  /** Identifier of the set: 32 upper-case hexadecimal digits in textual order. */
  set: string;
  id: number;
  /** Name of the property, if the set has a dictionary. */
  name?: string;
  /** Value as text; times are in ISO 8601. */
  value: string;
}

export interface PropertySets {
  items: Property[];
  /** Whether an offset is invalid. */
  isDamaged: boolean;
  /** Whether there are more properties than the limit. */
  isCut: boolean;
}

const BYTE_ORDER = 0xfffe;
/** Length of byte order, version, system, class and number of sets. */
const HEADER_BYTES = 28;
/** Length of a format identifier and the offset of its set. */
const PLACE_BYTES = 20;
/** A stream has one set; the stream of user-defined properties has two. */
const MAX_SETS = 2;

const ID = { dictionary: 0, codePage: 1, locale: 0x80000000, behaviour: 0x80000003 } as const;
const NOT_SHOWN: ReadonlySet<number> = new Set(Object.values(ID));

const TYPE = { i2: 2, i4: 3, bstr: 8, bool: 11, ui4: 19, lpstr: 30, lpwstr: 31, fileTime: 64 } as const;

const UTF16 = 1200;
/** Code pages of Windows and the Macintosh, by their names in the WHATWG Encoding Standard. */
const ENCODINGS: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  10007: 'x-mac-cyrillic',
  20866: 'koi8-r',
  54936: 'gb18030',
  65001: 'utf-8',
};

export function parsePropertySets(bytes: Buffer): PropertySets {
  const found: PropertySets = { items: [], isDamaged: false, isCut: false };
  if (bytes.length < HEADER_BYTES || bytes.readUInt16LE(0) !== BYTE_ORDER)
    return { ...found, isDamaged: true };
  const sets = Math.min(bytes.readUInt32LE(24), MAX_SETS);
  for (let index = 0; index < sets; index++) {
    const at = HEADER_BYTES + index * PLACE_BYTES;
    if (at + PLACE_BYTES > bytes.length) return { ...found, isDamaged: true };
    const set = bytes.toString('hex', at, at + 16).toUpperCase();
    new SetReader(bytes, bytes.readUInt32LE(at + 16), set, found).read();
  }
  return found;
}

class SetReader {
  #encoding = 'windows-1252';
  #isWide = false;
  #names = new Map<number, string>();
  /** Remaining text budget, because thousands of properties may name the same long text. */
  #textLeft: number = limits.carrierTextCharacters;

  constructor(
    readonly bytes: Buffer,
    /** Origin of all offsets. */
    readonly start: number,
    readonly set: string,
    readonly found: PropertySets,
  ) {}

  read(): void {
    const count = this.#u32(this.start + 4);
    if (count === undefined) {
      this.#damaged();
      return;
    }
    if (count > limits.tagsPerCarrier) this.found.isCut = true;
    const places = new Map<number, number>();
    for (let index = 0; index < Math.min(count, limits.tagsPerCarrier); index++) {
      const at = this.start + 8 + index * 8;
      const [id, offset] = [this.#u32(at), this.#u32(at + 4)];
      if (id === undefined || offset === undefined) {
        this.#damaged();
        return;
      }
      if (!places.has(id)) places.set(id, this.start + offset);
    }
    this.#readCodePage(places.get(ID.codePage));
    this.#readDictionary(places.get(ID.dictionary));
    for (const [id, at] of places) if (!NOT_SHOWN.has(id)) this.#take(id, at);
  }

  #readCodePage(at: number | undefined): void {
    if (at === undefined || at + 6 > this.bytes.length) return;
    const page = this.bytes.readUInt16LE(at + 4);
    this.#isWide = page === UTF16;
    const known = ENCODINGS[page];
    if (known !== undefined) this.#encoding = known;
    else if (page >= 1250 && page <= 1258) this.#encoding = `windows-${page}`;
  }

  /** Reads the dictionary (§2.17): number, length and name of each property; in UTF-16 each is padded to four bytes. */
  #readDictionary(from: number | undefined): void {
    if (from === undefined) return;
    const count = this.#u32(from) ?? 0;
    let at = from + 4;
    for (let index = 0; index < Math.min(count, limits.tagsPerCarrier); index++) {
      const [id, length] = [this.#u32(at), this.#u32(at + 4)];
      if (id === undefined || length === undefined) {
        this.#damaged();
        return;
      }
      const size = this.#isWide ? length * 2 : length;
      if (at + 8 + size > this.bytes.length) {
        this.#damaged();
        return;
      }
      this.#names.set(id, this.#text(at + 8, size));
      at += 8 + (this.#isWide ? size + ((4 - (size % 4)) % 4) : size);
    }
  }

  #take(id: number, at: number): void {
    const type = this.#u32(at);
    if (type === undefined) {
      this.#damaged();
      return;
    }
    const name = this.#names.get(id);
    const value = this.#value(type & 0xffff, at + 4);
    if (value === undefined || value === '') return;
    this.found.items.push({ set: this.set, id, value, ...(name === undefined ? {} : { name }) });
  }

  /** Skips pictures, lists of headings and other values that are not text, number or time. */
  #value(type: number, at: number): string | undefined {
    if (type === TYPE.lpstr || type === TYPE.bstr) return this.#counted(at, 1);
    if (type === TYPE.lpwstr) return this.#counted(at, 2);
    if (type === TYPE.i2 && at + 2 <= this.bytes.length) return String(this.bytes.readInt16LE(at));
    if (type === TYPE.i4 && at + 4 <= this.bytes.length) return String(this.bytes.readInt32LE(at));
    if (type === TYPE.ui4) return this.#u32(at)?.toString();
    if (type === TYPE.bool && at + 2 <= this.bytes.length)
      return this.bytes.readUInt16LE(at) === 0 ? 'false' : 'true';
    return type === TYPE.fileTime && at + 8 <= this.bytes.length
      ? formatTime(this.bytes.readBigUInt64LE(at))
      : undefined;
  }

  /** `unit`: size in bytes of the counted unit. */
  #counted(at: number, unit: 1 | 2): string | undefined {
    const length = this.#u32(at);
    if (length === undefined || at + 4 + length * unit > this.bytes.length) {
      this.#damaged();
      return undefined;
    }
    return this.#text(at + 4, length * unit, unit === 2);
  }

  #text(at: number, length: number, isWide = this.#isWide): string {
    if (length > this.#textLeft) {
      this.found.isCut = true;
      return '';
    }
    this.#textLeft -= length;
    const bytes = this.bytes.subarray(at, at + length);
    return stripTerminator(isWide ? decodeUtf16(bytes, 'le') : new TextDecoder(this.#encoding).decode(bytes));
  }

  #u32(at: number): number | undefined {
    return at + 4 <= this.bytes.length ? this.bytes.readUInt32LE(at) : undefined;
  }

  #damaged(): void {
    this.found.isDamaged = true;
  }
}

/** Removes the trailing zeros of a text. */
const stripTerminator = (text: string): string => {
  const end = text.indexOf('\0');
  return (end < 0 ? text : text.slice(0, end)).trim();
};

/** Milliseconds from 1601, the epoch of FILETIME, to 1970. */
const EPOCH_MILLIS = 11_644_473_600_000n;
const TICKS_PER_MILLI = 10_000n;
/** Last time whose year has four digits. */
const LAST_MILLIS = BigInt(Date.parse('9999-12-31T23:59:59Z'));

/** Formats a time; zero means that none was set. A value outside the calendar is returned as a number. */
function formatTime(ticks: bigint): string | undefined {
  if (ticks === 0n) return undefined;
  const since1970 = ticks / TICKS_PER_MILLI - EPOCH_MILLIS;
  if (since1970 > LAST_MILLIS) return String(ticks);
  return new Date(Number(since1970)).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
