import { limits } from '../../ground/limits.js';
import { type ByteSource, bounded, malformed, type Walk } from './walk.js';

/** One entry of a directory. */
export interface DirectoryEntry {
  tag: number;
  type: number;
  count: number;
  /** Of the entry itself. */
  entryOffset: number;
  /** How many bytes its count takes. */
  countBytes: number;
  /** Of its value. */
  offset: number;
  /** Of its value. */
  bytes: number;
}

export interface Directory extends Walk<DirectoryEntry> {
  /** Where the next directory of the chain stands; 0 where there is none. */
  next: number;
}

/** Bytes of one value by field type: TIFF 6.0, then LONG8, SLONG8 and IFD8 of BigTIFF. */
export const TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

/** BigTIFF is TIFF with 64-bit offsets and counts (Adobe, “BigTIFF Design”): its header says how wide they are. */
const BIG_TIFF = 43;
const BIG_OFFSET_BYTES = 8;

/** Widths in bytes; an entry is tag, type, count, and the value or where it stands. */
interface Layout {
  /** Of the number of entries in a directory. */
  entries: 2 | 8;
  /** Of counts and offsets, and of a value that stands in its entry. */
  offset: 4 | 8;
}

const CLASSIC: Layout = { entries: 2, offset: 4 };
const BIG: Layout = { entries: 8, offset: 8 };

/**
 * TIFF 6.0 §2: byte order, then directories that point to each other. Offsets count from the source's start. Olympus
 * (`RO`, `RS`) and Panasonic (`U\0`) have a mark of their own where TIFF has 42, and all else as TIFF has it.
 */
export class TiffStructure {
  private constructor(
    readonly source: ByteSource,
    readonly little: boolean,
    readonly layout: Layout,
    readonly first: number,
  ) {}

  static async open(source: ByteSource): Promise<TiffStructure | NonNullable<Walk<never>['fault']>> {
    const header = await source.read(0, 16);
    if (header.length < 8) return malformed('tiff.truncated', { what: 'header' });
    const order = header.toString('latin1', 0, 2);
    if (order !== 'II' && order !== 'MM') return malformed('tiff.order');
    const little = order === 'II';
    const head = new TiffStructure(source, little, BIG, 0);
    if (head.u16(header, 2) !== BIG_TIFF)
      return new TiffStructure(source, little, CLASSIC, head.u32(header, 4));
    if (header.length < 16) return malformed('tiff.truncated', { what: 'header' });
    if (head.u16(header, 4) !== BIG_OFFSET_BYTES || head.u16(header, 6) !== 0) return malformed('tiff.big');
    return new TiffStructure(source, little, BIG, head.offset(header, 8));
  }

  u16(bytes: Buffer, at: number): number {
    return this.little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  }

  u32(bytes: Buffer, at: number): number {
    return this.little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  }

  /** What no number can hold exactly is past the end of any file all the same: then the largest that one can. */
  u64(bytes: Buffer, at: number): number {
    const value = this.little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at);
    return Math.min(Number(value), Number.MAX_SAFE_INTEGER);
  }

  /** A count or an offset. */
  offset(bytes: Buffer, at: number): number {
    return this.layout.offset === 8 ? this.u64(bytes, at) : this.u32(bytes, at);
  }

  /** The entries of one directory, up to the first that is cut off; `budget` is how many may still be read. */
  async directory(at: number, budget: number): Promise<Directory> {
    const { entries: countBytes, offset: width } = this.layout;
    const head = await this.source.read(at, countBytes);
    if (head.length < countBytes)
      return {
        items: [],
        next: 0,
        fault: malformed(at === this.first ? 'tiff.firstIfd' : 'tiff.ifdOffset'),
      };
    const entries = countBytes === 8 ? this.u64(head, 0) : this.u16(head, 0);
    if (entries > budget)
      return {
        items: [],
        next: 0,
        fault: bounded('bound.tags', { most: limits.tiffEntries, of: 'tiff' }),
      };
    const entryBytes = 4 + 2 * width;
    const body = await this.source.read(at + countBytes, entries * entryBytes + width);
    const items: DirectoryEntry[] = [];
    for (let i = 0; i < entries; i++) {
      const entry = i * entryBytes;
      if (entry + entryBytes > body.length)
        return { items, next: 0, fault: malformed('tiff.truncated', { what: 'other' }) };
      const type = this.u16(body, entry + 2);
      const count = this.offset(body, entry + 4);
      const bytes = count * (TYPE_BYTES[type] ?? 1);
      const entryOffset = at + countBytes + entry;
      const value = 4 + width;
      items.push({
        tag: this.u16(body, entry),
        type,
        count,
        entryOffset,
        countBytes: width,
        offset: bytes <= width ? entryOffset + value : this.offset(body, entry + value),
        bytes,
      });
    }
    const end = entries * entryBytes;
    return { items, next: body.length >= end + width ? this.offset(body, end) : 0 };
  }
}

/** A block that was already read. */
export function bufferSource(bytes: Buffer): ByteSource {
  return {
    bytes: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}
