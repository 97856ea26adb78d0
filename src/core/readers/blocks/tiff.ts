import type { Asset } from '../../media/asset.js';
import { READ_TYPES } from '../../media/read-types.js';
import type { WalkFault } from '../conclude.js';
import { walkJpeg } from '../containers/jpeg-segments.js';
import { type TiffEntry, tiffEntries } from '../containers/tiff-ifds.js';
import { malformed } from '../containers/walk.js';
import { BLOCK_KINDS, BlockGatherer, type MetadataBlocks } from './block.js';
import { PHOTOSHOP_TAG, TAG_KINDS } from './exif-tags.js';
import { jpegBlocksOf } from './jpeg.js';
import { iimOf8bim } from './photoshop.js';

/** `JpgFromRaw` (ExifTool, PanasonicRaw module): the whole JPEG that the camera made, with its own EXIF and XMP. */
const JPG_FROM_RAW = 0x2e;

/** TIFF and the raws built on it: tags 700, 33723 and 34377 of the main directories. EXIF is the file itself. */
export async function tiffBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await tiffEntries(asset);
  const gatherer = new BlockGatherer(asset);
  const jpegs = asset.mediaType.mime === READ_TYPES.rw2.mime ? walk.items.filter(isJpgFromRaw) : [];
  // There is one: thousands of entries may point to the same.
  if (jpegs[0]) await takeJpeg(gatherer, jpegs[0]);
  if (jpegs.length > 1) lackAll(gatherer, malformed('tiff.jpgFromRaw'));
  for (const { ifd, tag, offset, bytes } of walk.items) {
    const kind = TAG_KINDS.get(tag);
    if (!kind) continue;
    const run = { place: `IFD${ifd} tag ${tag}`, dataOffset: offset, dataBytes: bytes };
    if (tag !== PHOTOSHOP_TAG) await gatherer.take(kind, run);
    else {
      const resources = await gatherer.bytes(kind, run);
      if (resources) gatherer.blocks.iim.push(...iimOf8bim(resources, `${run.place} 8BIM 0x0404`, offset));
    }
  }
  return gatherer.upTo(walk.fault);
}

const isJpgFromRaw = ({ tag }: TiffEntry): boolean => tag === JPG_FROM_RAW;

const JPEG_START = 'ffd8';

async function takeJpeg(gatherer: BlockGatherer, { ifd, offset }: TiffEntry): Promise<void> {
  const { asset, blocks } = gatherer;
  if ((await asset.read(offset, 2)).toString('hex') !== JPEG_START) {
    lackAll(gatherer, malformed('tiff.jpgFromRaw'));
    return;
  }
  const inside = await jpegBlocksOf(asset, await walkJpeg(asset, offset), `IFD${ifd} JpgFromRaw `);
  for (const kind of BLOCK_KINDS) {
    blocks[kind].push(...inside[kind]);
    const fault = inside.faults[kind] ?? inside.fault;
    if (fault) gatherer.lacks(kind, fault);
  }
}

function lackAll(gatherer: BlockGatherer, fault: WalkFault): void {
  for (const kind of BLOCK_KINDS) gatherer.lacks(kind, fault);
}
