import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { JPEG_HEADS, startsWith } from './jpeg-heads.js';
import type { JpegSegment } from './jpeg-segments.js';
import { bufferSource, TiffStructure } from './tiff-directory.js';
import { bounded, type Walk } from './walk.js';

/** A picture that the index of a multi-picture file names (CIPA DC-007 §5.2.3). */
export interface MpfEntry {
  /** From the start of the file. */
  offset: number;
  bytes: number;
  /** The lowest 24 bits of its attribute: 0x050000 is a gain map. */
  type: number;
}

const APP2 = 0xe2;
const ENTRIES_TAG = 0xb002;
const ENTRY_BYTES = 16;

export interface MpfIndex extends Walk<MpfEntry> {
  /** It breaks off, or is none: what stands in the file is found without it. */
  damaged?: true;
}

export const mpfSegment = (items: readonly JpegSegment[]): JpegSegment | undefined =>
  items.find(({ marker, head }) => marker === APP2 && startsWith(head, JPEG_HEADS.mpf));

/**
 * The pictures that the index in this segment names, but the first: a TIFF directory, from whose header offsets count.
 * Only the first directory holds the index; the one behind it speaks of one picture.
 */
export async function mpfIndex(asset: Asset, segment: JpegSegment): Promise<MpfIndex> {
  const data = await asset.read(segment.dataOffset, segment.dataBytes);
  const block = data.subarray(JPEG_HEADS.mpf.length);
  const tiff = await TiffStructure.open(bufferSource(block));
  if (!(tiff instanceof TiffStructure)) return { items: [], damaged: true };
  const { items: entries } = await tiff.directory(tiff.first, limits.tiffEntries);
  const list = entries.find(({ tag }) => tag === ENTRIES_TAG);
  if (!list) return { items: [] };
  const bytes = block.subarray(list.offset, list.offset + list.bytes);
  const items: MpfEntry[] = [];
  // The first entry is the picture that holds the index, and says 0 for its place.
  for (let at = ENTRY_BYTES; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
    if (items.length >= limits.parts) return { items, fault: bounded('bound.parts', { most: limits.parts }) };
    items.push({
      type: tiff.u32(bytes, at) & 0xffffff,
      bytes: tiff.u32(bytes, at + 4),
      offset: segment.dataOffset + JPEG_HEADS.mpf.length + tiff.u32(bytes, at + 8),
    });
  }
  return bytes.length < list.bytes ? { items, damaged: true } : { items };
}
