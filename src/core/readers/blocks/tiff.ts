import type { Asset } from '../../media/asset.js';
import { READ_TYPES } from '../../media/read-types.js';
import type { WalkFault } from '../conclude.js';
import { walkJpeg } from '../containers/jpeg-segments.js';
import { readTiffEntries, type TiffEntry } from '../containers/tiff-ifds.js';
import { malformed } from '../containers/walk.js';
import { BLOCK_KINDS, BlockCollector, type MetadataBlocks } from './block.js';
import { PHOTOSHOP_TAG, TAG_KINDS } from './exif-tags.js';
import { readBlocksOfJpeg } from './jpeg.js';
import { findIimInPhotoshop } from './photoshop.js';

/** `JpgFromRaw` (ExifTool, PanasonicRaw module): the whole JPEG that the camera made, with EXIF and XMP of its own. */
const JPG_FROM_RAW = 0x2e;

/**
 * Returns tags 700, 33723 and 34377 of the main directories of TIFF and the raw formats built on it. The file itself is
 * the EXIF block.
 */
export async function readTiffBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await readTiffEntries(asset);
  const gatherer = new BlockCollector(asset);
  const jpegs = asset.mediaType.mime === READ_TYPES.rw2.mime ? walk.items.filter(isJpgFromRaw) : [];
  // Reads only the first JPEG, because thousands of entries may point to the same one.
  if (jpegs[0]) await takeJpeg(gatherer, jpegs[0]);
  if (jpegs.length > 1) lackAll(gatherer, malformed('tiff.jpgFromRaw'));
  for (const { ifd, tag, offset, bytes } of walk.items) {
    const kind = TAG_KINDS.get(tag);
    if (!kind) continue;
    const run = { locator: `IFD${ifd} tag ${tag}`, dataOffset: offset, dataBytes: bytes };
    if (tag !== PHOTOSHOP_TAG) await gatherer.addBlock(kind, run);
    else {
      const resources = await gatherer.bytes(kind, run);
      if (resources)
        gatherer.blocks.iim.push(...findIimInPhotoshop(resources, `${run.locator} 8BIM 0x0404`, offset));
    }
  }
  return gatherer.conclude(walk.fault);
}

const isJpgFromRaw = ({ tag }: TiffEntry): boolean => tag === JPG_FROM_RAW;

const JPEG_START = 'ffd8';

async function takeJpeg(gatherer: BlockCollector, { ifd, offset }: TiffEntry): Promise<void> {
  const { asset, blocks } = gatherer;
  if ((await asset.read(offset, 2)).toString('hex') !== JPEG_START) {
    lackAll(gatherer, malformed('tiff.jpgFromRaw'));
    return;
  }
  const inside = await readBlocksOfJpeg(asset, await walkJpeg(asset, offset), `IFD${ifd} JpgFromRaw `);
  for (const kind of BLOCK_KINDS) {
    blocks[kind].push(...inside[kind]);
    const fault = inside.faults[kind] ?? inside.fault;
    if (fault) gatherer.addFault(kind, fault);
  }
}

function lackAll(gatherer: BlockCollector, fault: WalkFault): void {
  for (const kind of BLOCK_KINDS) gatherer.addFault(kind, fault);
}
