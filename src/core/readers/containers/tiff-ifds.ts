import type { Asset } from '../../asset.js';
import { limits } from '../../limits.js';
import { bounded, malformed, once, type Walk } from './walk.js';

export interface TiffEntry {
  /** Which directory of the main chain: 0 is IFD0. */
  ifd: number;
  tag: number;
  type: number;
  count: number;
  /** Of the value in the file. */
  offset: number;
  bytes: number;
}

/** Bytes of one value by TIFF 6.0 field type. */
const TYPE_BYTES: Readonly<Record<number, number>> = {
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
};

/** TIFF 6.0 §2: entries of the main chain of directories. Sub-directories are not followed: they can multiply. */
export function tiffEntries(asset: Asset): Promise<Walk<TiffEntry>> {
  return once(asset, 'tiff', () => walkTiff(asset));
}

async function walkTiff(asset: Asset): Promise<Walk<TiffEntry>> {
  const items: TiffEntry[] = [];
  const header = await asset.read(0, 8);
  if (header.length < 8) return { items, fault: malformed('tiff.truncated', 'The TIFF header is cut off.') };
  const little = header[0] === 0x49;
  const u16 = (b: Buffer, at: number) => (little ? b.readUInt16LE(at) : b.readUInt16BE(at));
  const u32 = (b: Buffer, at: number) => (little ? b.readUInt32LE(at) : b.readUInt32BE(at));
  const seen = new Set<number>();
  let at = u32(header, 4);
  for (let ifd = 0; at !== 0; ifd++) {
    if (ifd >= limits.exifIfds)
      return {
        items,
        fault: bounded('bound.ifds', `More than ${limits.exifIfds} directories; later ones were not read.`),
      };
    if (seen.has(at)) return { items, fault: malformed('tiff.loop', 'The TIFF directories form a loop.') };
    seen.add(at);
    const count = await asset.read(at, 2);
    if (count.length < 2)
      return { items, fault: malformed('tiff.ifdOffset', 'A TIFF directory lies past the end of the file.') };
    const entries = u16(count, 0);
    if (items.length + entries > limits.tiffEntries)
      return {
        items,
        fault: bounded('bound.tags', `More than ${limits.tiffEntries} TIFF tags; later ones were not read.`),
      };
    const body = await asset.read(at + 2, entries * 12 + 4);
    if (body.length < entries * 12)
      return { items, fault: malformed('tiff.truncated', 'A TIFF directory is cut off.') };
    for (let i = 0; i < entries; i++) {
      const type = u16(body, i * 12 + 2);
      const values = u32(body, i * 12 + 4);
      const bytes = values * (TYPE_BYTES[type] ?? 1);
      const inline = at + 2 + i * 12 + 8;
      items.push({
        ifd,
        tag: u16(body, i * 12),
        type,
        count: values,
        offset: bytes <= 4 ? inline : u32(body, i * 12 + 8),
        bytes,
      });
    }
    at = body.length >= entries * 12 + 4 ? u32(body, entries * 12) : 0;
  }
  return { items };
}
