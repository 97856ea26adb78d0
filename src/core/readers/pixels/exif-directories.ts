/**
 * Directories of an EXIF block for the pixel readers: Exif, and IFD1 with its thumbnail. exif-block.ts truncates and
 * decodes values, but a signed text and a picture are needed as raw bytes.
 */
export interface ExifDirectories {
  exif: ExifDirectory;
  ifd1: ExifDirectory;
}

/** Maps a tag to its value: the bytes, and the number if it is a single SHORT or LONG. */
export type ExifDirectory = ReadonlyMap<number, { bytes: Buffer; number?: number }>;

const EXIF_IFD = 0x8769;
const NONE: ExifDirectory = new Map();
/** Bytes per value by TIFF 6.0 field type. */
const TYPE_BYTES: Readonly<Record<number, number>> = {
  ...{ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8 },
};

/** Reads at most three directories, none of them twice; `undefined` if the block is not a TIFF structure. */
export function readExifDirectories(block: Buffer): ExifDirectories | undefined {
  const order = block.toString('latin1', 0, 2);
  if (block.length < 8 || (order !== 'II' && order !== 'MM')) return undefined;
  const tiff = new Tiff(block, order === 'II');
  const first = tiff.directory(tiff.u32(4));
  const exifAt = first.entries.get(EXIF_IFD)?.number;
  return {
    exif: exifAt === undefined ? NONE : tiff.directory(exifAt).entries,
    ifd1: first.next === 0 ? NONE : tiff.directory(first.next).entries,
  };
}

class Tiff {
  constructor(
    readonly block: Buffer,
    readonly little: boolean,
  ) {}

  u16 = (at: number) => (this.little ? this.block.readUInt16LE(at) : this.block.readUInt16BE(at));
  u32 = (at: number) => (this.little ? this.block.readUInt32LE(at) : this.block.readUInt32BE(at));

  /** Reads the part of the directory that lies within the block. */
  directory(at: number): { entries: ExifDirectory; next: number } {
    const entries = new Map<number, { bytes: Buffer; number?: number }>();
    if (at === 0 || at + 2 > this.block.length) return { entries, next: 0 };
    const count = this.u16(at);
    const nextAt = at + 2 + count * 12;
    for (let entry = at + 2; entry < nextAt && entry + 12 <= this.block.length; entry += 12) {
      const type = this.u16(entry + 2);
      const values = this.u32(entry + 4);
      const length = values * (TYPE_BYTES[type] ?? 1);
      const from = length <= 4 ? entry + 8 : this.u32(entry + 8);
      if (from + length > this.block.length) continue;
      const number = values !== 1 ? undefined : this.#number(type, entry + 8);
      const bytes = this.block.subarray(from, from + length);
      entries.set(this.u16(entry), number === undefined ? { bytes } : { bytes, number });
    }
    return { entries, next: nextAt + 4 <= this.block.length ? this.u32(nextAt) : 0 };
  }

  #number(type: number, at: number): number | undefined {
    if (type === 3) return this.u16(at);
    return type === 4 ? this.u32(at) : undefined;
  }
}
