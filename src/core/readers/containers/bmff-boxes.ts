import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { bounded, cachePerAsset, malformed, type Walk } from './walk.js';

export interface BmffBox {
  type: string;
  offset: number;
  dataOffset: number;
  dataBytes: number;
}

/** Budget shared by nested walks: number of boxes that may still be listed. */
export interface BoxWalk {
  boxesLeft: number;
  /**
   * Whether the walk is inside another box. There QuickTime ends a list with zeros, and no box extends to the end of
   * the file.
   */
  isNested: boolean;
  /** Ends the walk before the first box for which it returns true; that box is not listed. */
  stopsAt?: (box: BmffBox, index: number) => boolean;
}

/** Lists the top-level boxes only (ISO/IEC 14496-12 §4.2). */
export function listTopBoxes(asset: Asset): Promise<Walk<BmffBox>> {
  return cachePerAsset(asset, 'bmff', () => walkBoxes(asset, 0));
}

export const createBoxWalk = (): BoxWalk => ({
  boxesLeft: limits.bmffBoxes,
  isNested: true,
});

/** Lists the boxes from `start` to `end`, by default the end of the file. */
export async function walkBoxes(
  asset: Asset,
  start: number,
  end = asset.bytes,
  shared: BoxWalk = { ...createBoxWalk(), isNested: false },
): Promise<Walk<BmffBox>> {
  const { isNested: nested } = shared;
  const items: BmffBox[] = [];
  let at = start;
  while (at + 8 <= end) {
    if (shared.boxesLeft <= 0) {
      return {
        items,
        fault: bounded('bound.entries', { place: 'ISO BMFF', most: limits.bmffBoxes }),
      };
    }
    const head = await asset.read(at, 16);
    if (head.length < 8) break;
    const type = head.toString('latin1', 4, 8);
    if (nested && head.readUInt32BE(0) === 0) return { items };
    const { header, bytes } = lengths(head, end - at);
    if (!nested && end === asset.bytes && bytes >= header && at + bytes > end && TOP_TYPES.has(type))
      return { items, fault: cutOff(type, at + bytes, end) };
    if (bytes < header || at + bytes > end) {
      return {
        items,
        fault: malformed('data.lengthAt', { place: 'ISO BMFF', at }),
      };
    }
    const box = { type, offset: at, dataOffset: at + header, dataBytes: bytes - header };
    if (shared.stopsAt?.(box, items.length)) return { items };
    items.push(box);
    shared.boxesLeft -= 1;
    at += bytes;
  }
  if (at === end || (nested && (await isZero(asset, at, end)))) return { items };
  return { items, fault: malformed('data.unknownAt', { place: 'ISO BMFF', at }) };
}

/** Returns the lengths of a box and its header. A size of zero fills the remaining space. */
function lengths(head: Buffer, room: number): { header: number; bytes: number } {
  const short = head.readUInt32BE(0);
  if (short === 1 && head.length >= 16) return { header: 16, bytes: Number(head.readBigUInt64BE(8)) };
  return { header: 8, bytes: short === 0 ? room : short };
}

/** Types of top-level boxes: data of any other type whose length exceeds the file is not a box. */
const TOP_TYPES: ReadonlySet<string> = new Set(
  'ftyp styp moov moof mdat meta free skip wide uuid sidx mfra pdin udta jumb jp2c jxlc jxlp Exif brob xml '
    .split(' ')
    .map((type) => type.padEnd(4)),
);

function cutOff(type: string, stated: number, bytes: number) {
  const box = type.trim();
  return stated > 2 * bytes
    ? malformed('bmff.mostMissing', { box })
    : malformed('bmff.truncated', { what: 'other', box });
}

async function isZero(asset: Asset, from: number, to: number): Promise<boolean> {
  return (await asset.read(from, to - from)).every((byte) => byte === 0);
}
