import type { Asset } from '../../media/asset.js';
import { readGifExtensions as gifExtensions, joinSubBlocks } from '../containers/gif-blocks.js';
import { BlockCollector, type MetadataBlocks } from './block.js';
import { findIimInPhotoshop } from './photoshop.js';

/** Identifier and code of the application extensions that hold metadata. ImageMagick writes the last two. */
export const GIF_XMP = 'XMP DataXMP';
export const GIF_8BIM = 'MGK8BIM0000';
export const GIF_IPTC = 'MGKIPTC0000';

/** The packet is followed by 1, then 255 down to 0, then the empty sub-block (XMP Specification Part 3 §1.1.2). */
const MAGIC_TRAILER = Buffer.from([0x01, 0xff, 0xfe, 0xfd]);
const FIRST_OF_PACKET = 0x3c;

/** Returns the metadata blocks in the application extensions of GIF89a. */
export async function readGifMetadataBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await gifExtensions(asset);
  const gatherer = new BlockCollector(asset);
  const { blocks } = gatherer;
  for (const { application = '', dataOffset, end } of walk.items) {
    if (application !== GIF_XMP && application !== GIF_8BIM && application !== GIF_IPTC) continue;
    const kind = application === GIF_XMP ? 'xmp' : 'iim';
    const place = `application extension ${application}`;
    const bytes = await gatherer.bytes(kind, { locator: place, dataOffset, dataBytes: end - dataOffset });
    if (!bytes) continue;
    if (kind === 'xmp') blocks.xmp.push({ locator: place, offset: dataOffset, bytes: packetOf(bytes) });
    else if (application === GIF_IPTC)
      blocks.iim.push({ locator: place, offset: dataOffset, bytes: joinSubBlocks(bytes) });
    // The resources continue across sub-blocks, so they have no offset in the file.
    else blocks.iim.push(...findIimInPhotoshop(joinSubBlocks(bytes), `${place} 8BIM 0x0404`));
  }
  return gatherer.conclude(walk.fault);
}

/** The packet is stored verbatim, without sub-blocks; writers that do not know this split it into some. */
function packetOf(bytes: Buffer): Buffer {
  if (bytes[0] !== FIRST_OF_PACKET && bytes[1] === FIRST_OF_PACKET) return joinSubBlocks(bytes);
  const trailer = bytes.lastIndexOf(MAGIC_TRAILER);
  return trailer < 0 ? bytes : bytes.subarray(0, trailer);
}
