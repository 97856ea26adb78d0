import { limits } from '../../../base/limits.js';
import { createBufferSource, type TiffDirectoryEntry, TiffStructure } from '../containers/tiff-directory.js';
import { bounded, malformed } from '../containers/walk.js';
import { BLOCK_KINDS, type BlockKind, type MetadataBlock, type MetadataBlocks } from './block.js';
import { findIimInPhotoshop } from './photoshop.js';

/** TIFF tags that hold other kinds of metadata: XMP, IPTC-IIM, and Photoshop's resources, which may include IPTC-IIM. */
export const PHOTOSHOP_TAG = 34_377;
export const TAG_KINDS: ReadonlyMap<number, BlockKind> = new Map<number, BlockKind>([
  [700, 'xmp'],
  [33_723, 'iim'],
  [PHOTOSHOP_TAG, 'iim'],
]);

const EXIF_POINTER = 0x8769;

/**
 * Adds the blocks that those tags of the file's EXIF blocks contain. EXIF borrows TIFF's structure, and programs that
 * write XMP for TIFF write it there too (ExifTool: `ApplicationNotes`).
 */
export async function addExifTagBlocks(blocks: MetadataBlocks): Promise<MetadataBlocks> {
  const inside = await blocksInExif(blocks.exif);
  for (const kind of BLOCK_KINDS) {
    blocks[kind].push(...inside[kind]);
    const fault = inside.faults[kind];
    if (fault) blocks.faults[kind] ??= fault;
  }
  return blocks;
}

interface Found extends Pick<MetadataBlocks, BlockKind | 'faults'> {
  /** Remaining budget, because thousands of entries may name the same bytes. */
  bytesLeft: number;
}

async function blocksInExif(exif: readonly MetadataBlock[]): Promise<Found> {
  const found: Found = { exif: [], xmp: [], iim: [], faults: {}, bytesLeft: limits.metadataBlocksBytes };
  for (const block of exif) {
    if (block.exifDirectory === 'MakerNote' || block.exifDirectory === 'GPS' || block.bytes.length === 0)
      continue;
    const tiff = await TiffStructure.open(createBufferSource(block.bytes));
    // The EXIF reader reports faults of the block itself.
    if (tiff instanceof TiffStructure) await readDirectories(found, block, tiff);
  }
  return found;
}

/** Reads the first directory, the one after it (for the thumbnail) and the EXIF directory. */
async function readDirectories(found: Found, block: MetadataBlock, tiff: TiffStructure): Promise<void> {
  const first = await tiff.readDirectory(tiff.first, limits.tiffEntries);
  take(found, block, block.exifDirectory ?? 'IFD0', first.items);
  const pointer = first.items.find(({ tag, bytes }) => tag === EXIF_POINTER && bytes === 4);
  const value = pointer === undefined ? Buffer.alloc(0) : await tiff.source.read(pointer.offset, 4);
  const further = [
    { name: 'Exif', at: value.length === 4 ? tiff.readU32(value, 0) : 0 },
    { name: 'IFD1', at: first.next },
  ];
  for (const { name, at } of further)
    if (at !== 0) take(found, block, name, (await tiff.readDirectory(at, limits.tiffEntries)).items);
}

function take(
  found: Found,
  block: MetadataBlock,
  directory: string,
  entries: readonly TiffDirectoryEntry[],
): void {
  for (const { tag, offset, bytes } of entries) {
    const kind = TAG_KINDS.get(tag);
    if (kind === undefined) continue;
    const place = `${block.locator} ${directory} tag ${tag}`;
    const data = block.bytes.subarray(offset, offset + bytes);
    if (data.length < bytes) found.faults[kind] ??= malformed('metadata.truncated', { what: kind, place });
    if (data.length > found.bytesLeft) {
      found.faults[kind] ??= bounded('bound.bytes', {
        place: 'EXIF, XMP, IPTC-IIM',
        most: limits.metadataBlocksBytes,
      });
      continue;
    }
    found.bytesLeft -= data.length;
    const at = block.offset === undefined ? {} : { offset: block.offset + offset };
    if (tag === PHOTOSHOP_TAG) found.iim.push(...findIimInPhotoshop(data, `${place} 8BIM 0x0404`, at.offset));
    else found[kind].push({ locator: place, bytes: data, ...at });
  }
}
