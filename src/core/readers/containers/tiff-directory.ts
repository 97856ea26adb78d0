import { limits } from '../../../base/limits.js';
import { type ByteSource, bounded, malformed, type Walk } from './walk.js';

/** Entry of a TIFF directory. */
export interface TiffDirectoryEntry {
  tag: number;
  type: number;
  count: number;
  /** Offset of the entry itself. */
  entryOffset: number;
  /** Length in bytes of its count field. */
  countBytes: number;
  /** Offset of its value. */
  offset: number;
  /** Length of its value. */
  bytes: number;
}

export interface TiffDirectory extends Walk<TiffDirectoryEntry> {
  /** Offset of the next directory of the chain; 0 if there is none. */
  next: number;
}

/** Bytes per value by field type: TIFF 6.0, then LONG8, SLONG8 and IFD8 of BigTIFF. */
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

/** BigTIFF is TIFF with 64-bit offsets and counts (Adobe, “BigTIFF Design”). Its header states their width. */
const BIG_TIFF = 43;
const BIG_OFFSET_BYTES = 8;

/** Field widths in bytes. An entry has tag, type, count, and either the value or its offset. */
interface Layout {
  /** Width of the number of entries in a directory. */
  entries: 2 | 8;
  /** Width of counts and offsets, and of a value stored in its entry. */
  offset: 4 | 8;
}

const CLASSIC: Layout = { entries: 2, offset: 4 };
const BIG: Layout = { entries: 8, offset: 8 };

/**
 * Reads TIFF 6.0 §2: byte order, then directories that point to each other. Offsets count from the start of the source.
 * Olympus (`RO`, `RS`) and Panasonic (`U\0`) replace the 42 of TIFF by marks of their own and otherwise conform.
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
    if (head.readU16(header, 2) !== BIG_TIFF)
      return new TiffStructure(source, little, CLASSIC, head.readU32(header, 4));
    if (header.length < 16) return malformed('tiff.truncated', { what: 'header' });
    if (head.readU16(header, 4) !== BIG_OFFSET_BYTES || head.readU16(header, 6) !== 0)
      return malformed('tiff.big');
    return new TiffStructure(source, little, BIG, head.readOffset(header, 8));
  }

  readU16(bytes: Buffer, at: number): number {
    return this.little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  }

  readU32(bytes: Buffer, at: number): number {
    return this.little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  }

  /** A value too large for an exact number is past the end of any file, so it is clamped to the largest safe integer. */
  readU64(bytes: Buffer, at: number): number {
    const value = this.little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at);
    return Math.min(Number(value), Number.MAX_SAFE_INTEGER);
  }

  /** Reads a count or an offset. */
  readOffset(bytes: Buffer, at: number): number {
    return this.layout.offset === 8 ? this.readU64(bytes, at) : this.readU32(bytes, at);
  }

  /**
   * Reads the entries of one directory, up to the first that is truncated. `budget`: number of entries that may still
   * be read.
   */
  async readDirectory(at: number, budget: number): Promise<TiffDirectory> {
    const { entries: countBytes, offset: width } = this.layout;
    const head = await this.source.read(at, countBytes);
    if (head.length < countBytes)
      return {
        items: [],
        next: 0,
        fault: malformed(at === this.first ? 'tiff.firstIfd' : 'tiff.ifdOffset'),
      };
    const entries = countBytes === 8 ? this.readU64(head, 0) : this.readU16(head, 0);
    if (entries > budget)
      return {
        items: [],
        next: 0,
        fault: bounded('bound.tags', { most: limits.tiffEntries, of: 'tiff' }),
      };
    const entryBytes = 4 + 2 * width;
    const body = await this.source.read(at + countBytes, entries * entryBytes + width);
    const items: TiffDirectoryEntry[] = [];
    for (let i = 0; i < entries; i++) {
      const entry = i * entryBytes;
      if (entry + entryBytes > body.length)
        return { items, next: 0, fault: malformed('tiff.truncated', { what: 'other' }) };
      const type = this.readU16(body, entry + 2);
      const count = this.readOffset(body, entry + 4);
      const bytes = count * (TYPE_BYTES[type] ?? 1);
      const entryOffset = at + countBytes + entry;
      const value = 4 + width;
      items.push({
        tag: this.readU16(body, entry),
        type,
        count,
        entryOffset,
        countBytes: width,
        offset: bytes <= width ? entryOffset + value : this.readOffset(body, entry + value),
        bytes,
      });
    }
    const end = entries * entryBytes;
    return { items, next: body.length >= end + width ? this.readOffset(body, end) : 0 };
  }
}

/** Wraps a block in memory as a source. */
export function createBufferSource(bytes: Buffer): ByteSource {
  return {
    bytes: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}
