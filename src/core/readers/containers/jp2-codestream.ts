import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { type BmffBox, listTopBoxes } from './bmff-boxes.js';
import { bounded, malformed, type Walk } from './walk.js';

const START = 'ff4f';
const MARKER = { comment: 0xff64, tile: 0xff90 } as const;
/** Length and registration fields before the text. */
const BEFORE_TEXT_BYTES = 4;

/** Returns the comments in the main header of each codestream (ISO/IEC 15444-1 §A.9.2); a JPX may have several. */
export async function readJp2Comments(asset: Asset): Promise<Walk<{ offset: number; bytes: number }>> {
  const top = await listTopBoxes(asset);
  const items: { offset: number; bytes: number }[] = [];
  let left = limits.jpegSegments as number;
  let fault = top.fault;
  for (const box of top.items.filter(({ type }) => type === 'jp2c')) {
    const one = await inCodestream(asset, box, left);
    items.push(...one.items);
    fault ??= one.fault;
    left -= one.segments;
    if (one.fault?.kind === 'bounded') break;
  }
  return fault ? { items, fault } : { items };
}

async function inCodestream(
  asset: Asset,
  box: BmffBox,
  most: number,
): Promise<Walk<{ offset: number; bytes: number }> & { segments: number }> {
  const items: { offset: number; bytes: number }[] = [];
  const broken = (segments: number) => ({ items, segments, fault: malformed('jp2.codestream') });
  if ((await asset.read(box.dataOffset, 2)).toString('hex') !== START) return broken(0);
  let at = box.dataOffset + 2;
  for (let count = 0; count < most; count++) {
    const head = await asset.read(at, 4);
    if (head.length < 4) return broken(count);
    const marker = head.readUInt16BE(0);
    if (marker === MARKER.tile) return { items, segments: count + 1 };
    const length = head.readUInt16BE(2);
    if (marker < 0xff00 || length < 2 || at + 2 + length > box.dataOffset + box.dataBytes)
      return broken(count);
    if (marker === MARKER.comment && length > BEFORE_TEXT_BYTES)
      items.push({ offset: at + 2 + BEFORE_TEXT_BYTES, bytes: length - BEFORE_TEXT_BYTES });
    at += 2 + length;
  }
  return {
    items,
    segments: most,
    fault: bounded('bound.entries', { place: 'JPEG 2000', most: limits.jpegSegments }),
  };
}
