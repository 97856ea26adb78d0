import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { ByteWindow, bounded, cachePerAsset, malformed, type Walk } from './walk.js';

export interface JpegSegment {
  /** Second byte of the marker: 0xe1 is APP1. */
  marker: number;
  /** Offset of the 0xff before the marker byte. */
  offset: number;
  /** Offset of the payload, after the length field. */
  dataOffset: number;
  dataBytes: number;
  /** First bytes of the payload, enough to identify its owner. */
  head: Buffer;
}

export interface JpegWalk extends Walk<JpegSegment> {
  /** First byte after the end-of-image marker, if the walk reached it. */
  end?: number;
}

/** Walks a JPEG (ITU-T T.81 Annex B): segments with a length, then entropy-coded data up to the next marker. */
export function readJpegSegments(asset: Asset): Promise<JpegWalk> {
  return cachePerAsset(asset, 'jpeg', () => walkJpeg(asset, 0));
}

const HEAD_BYTES = 40;
const MARKER = { sos: 0xda, eoi: 0xd9, soi: 0xd8, tem: 0x01, rst0: 0xd0, rst7: 0xd7 } as const;

/** Walks the JPEG that starts at `start`; a file may hold several. */
export async function walkJpeg(asset: Asset, start: number): Promise<JpegWalk> {
  const window = new ByteWindow(asset);
  const items: JpegSegment[] = [];
  let at = start + 2;
  for (;;) {
    const head = await window.bytes(at, 4);
    if (head.length < 2) return { items, fault: malformed('jpeg.truncated', { where: 'other' }) };
    if (head[0] !== 0xff) {
      return { items, fault: malformed('data.unknownAt', { place: 'JPEG', at }) };
    }
    const marker = head[1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === MARKER.eoi) return { items, end: at + 2 };
    if (isStandalone(marker)) {
      at += 2;
      continue;
    }
    if (head.length < 4) return { items, fault: malformed('jpeg.truncated', { where: 'segment' }) };
    const length = head.readUInt16BE(2);
    if (length < 2)
      return {
        items,
        fault: malformed('jpeg.segmentLength', { at, how: 'short' }),
      };
    if (items.length >= limits.jpegSegments) {
      return {
        items,
        fault: bounded('bound.entries', { place: 'JPEG', most: limits.jpegSegments }),
      };
    }
    const dataBytes = length - 2;
    const start = await window.bytes(at + 4, Math.min(dataBytes, HEAD_BYTES));
    items.push({ marker, offset: at, dataOffset: at + 4, dataBytes, head: Buffer.from(start) });
    at += 2 + length;
    if (at > asset.bytes) return { items, fault: await faultInsideSegment(asset, items) };
    if (marker === MARKER.sos) {
      const next = await findMarkerAfterScan(asset, at);
      if (next === undefined) return { items, fault: malformed('jpeg.truncated', { where: 'picture' }) };
      at = next;
    }
  }
}

/** A file that ends with an end-of-image marker is not truncated, so a segment must have a wrong length. */
async function faultInsideSegment(asset: Asset, items: readonly JpegSegment[]) {
  const at = items.at(-1)?.offset ?? 0;
  const tail = await asset.read(Math.max(0, asset.bytes - 2), 2);
  const isWhole = tail.equals(Buffer.from([0xff, MARKER.eoi]));
  return isWhole
    ? malformed('jpeg.segmentLength', { at, how: 'other' })
    : malformed('jpeg.truncated', { where: 'segment' });
}

function isStandalone(marker: number): boolean {
  return marker === MARKER.tem || marker === MARKER.soi || (marker >= MARKER.rst0 && marker <= MARKER.rst7);
}

/** Returns the first marker after entropy-coded data that is neither a stuffed 0xff00 nor a restart. */
async function findMarkerAfterScan(asset: Asset, from: number): Promise<number | undefined> {
  let at = from;
  while (at < asset.bytes) {
    const block = await asset.read(at, limits.hashChunkBytes);
    let found = block.indexOf(0xff);
    while (found >= 0 && found + 1 < block.length) {
      const next = block[found + 1] ?? 0;
      if (next !== 0x00 && next !== 0xff && !(next >= MARKER.rst0 && next <= MARKER.rst7)) return at + found;
      found = block.indexOf(0xff, found + 1);
    }
    if (block.length < 2) return undefined;
    // The last byte may be the first half of a marker.
    at += block.length - 1;
    if (at + 1 >= asset.bytes) return undefined;
  }
  return undefined;
}

export function readSegmentData(asset: Asset, segment: JpegSegment): Promise<Buffer> {
  return asset.read(segment.dataOffset, segment.dataBytes);
}
