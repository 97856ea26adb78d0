import type { Asset } from '../../asset.js';
import { limits } from '../../limits.js';
import { ByteWindow, bounded, malformed, once, type Walk } from './walk.js';

export interface BmffBox {
  type: string;
  offset: number;
  dataOffset: number;
  dataBytes: number;
}

/** ISO/IEC 14496-12 §4.2: top-level boxes only. */
export function topBoxes(asset: Asset): Promise<Walk<BmffBox>> {
  return once(asset, 'bmff', () => walkBoxes(asset, 0));
}

/** Walks boxes from `start` up to `end`, by default the file's. */
export async function walkBoxes(asset: Asset, start: number, end = asset.bytes): Promise<Walk<BmffBox>> {
  const window = new ByteWindow(asset);
  const items: BmffBox[] = [];
  let at = start;
  while (at + 8 <= end) {
    if (items.length >= limits.bmffBoxes) {
      return {
        items,
        fault: bounded('bound.boxes', `More than ${limits.bmffBoxes} boxes; later ones were not read.`),
      };
    }
    const head = await window.bytes(at, 16);
    const type = head.toString('latin1', 4, 8);
    const short = head.readUInt32BE(0);
    const large = short === 1 && head.length >= 16;
    const header = large ? 16 : 8;
    const bytes = large ? Number(head.readBigUInt64BE(8)) : short === 0 ? end - at : short;
    if (bytes < header || at + bytes > end) {
      return {
        items,
        fault: malformed('bmff.boxSize', `The box at byte ${at} gives a size that does not fit the file.`),
      };
    }
    items.push({ type, offset: at, dataOffset: at + header, dataBytes: bytes - header });
    at += bytes;
  }
  if (at !== end) return { items, fault: malformed('bmff.trailing', `Bytes from ${at} on are no box.`) };
  return { items };
}
