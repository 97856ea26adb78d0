import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { JPEG_HEADS, startsWith } from './jpeg-heads.js';
import type { JpegSegment } from './jpeg-segments.js';
import { createBufferSource, TiffStructure } from './tiff-directory.js';
import { bounded, type Walk } from './walk.js';

/** Picture listed in the index of a multi-picture file (CIPA DC-007 §5.2.3). */
export interface MpfEntry {
  /** Offset from the start of the file. */
  offset: number;
  bytes: number;
  /** Lowest 24 bits of the attribute: 0x050000 is a gain map. */
  type: number;
}

const APP2 = 0xe2;
const ENTRIES_TAG = 0xb002;
const ENTRY_BYTES = 16;

export interface MpfIndex extends Walk<MpfEntry> {
  /** Set if the index is truncated or invalid; the pictures are then found without it. */
  isDamaged?: true;
}

export const findMpfSegment = (items: readonly JpegSegment[]): JpegSegment | undefined =>
  items.find(({ marker, head }) => marker === APP2 && startsWith(head, JPEG_HEADS.mpf));

/**
 * Returns the pictures that the index in this segment lists, except the first. The index is a TIFF directory, and
 * offsets count from its header. Only the first directory is the index; the next one describes a single picture.
 */
export async function readMpfIndex(asset: Asset, segment: JpegSegment): Promise<MpfIndex> {
  const data = await asset.read(segment.dataOffset, segment.dataBytes);
  const block = data.subarray(JPEG_HEADS.mpf.length);
  const tiff = await TiffStructure.open(createBufferSource(block));
  if (!(tiff instanceof TiffStructure)) return { items: [], isDamaged: true };
  const { items: entries } = await tiff.readDirectory(tiff.first, limits.tiffEntries);
  const list = entries.find(({ tag }) => tag === ENTRIES_TAG);
  if (!list) return { items: [] };
  const bytes = block.subarray(list.offset, list.offset + list.bytes);
  const items: MpfEntry[] = [];
  // The first entry is the picture that contains the index; its offset is 0.
  for (let at = ENTRY_BYTES; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
    if (items.length >= limits.parts) return { items, fault: bounded('bound.parts', { most: limits.parts }) };
    items.push({
      type: tiff.readU32(bytes, at) & 0xffffff,
      bytes: tiff.readU32(bytes, at + 4),
      offset: segment.dataOffset + JPEG_HEADS.mpf.length + tiff.readU32(bytes, at + 8),
    });
  }
  return bytes.length < list.bytes ? { items, isDamaged: true } : { items };
}
