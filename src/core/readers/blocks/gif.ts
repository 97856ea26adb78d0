import type { Asset } from '../../media/asset.js';
import { gifBlocks as gifExtensions, subBlockData } from '../containers/gif-blocks.js';
import { BlockGatherer, type MetadataBlocks } from './block.js';
import { iimOf8bim } from './photoshop.js';

/** Identifier and code of the application extensions that hold metadata; the last two are ImageMagick's. */
export const GIF_XMP = 'XMP DataXMP';
export const GIF_8BIM = 'MGK8BIM0000';
export const GIF_IPTC = 'MGKIPTC0000';

/** XMP Specification Part 3 §1.1.2: the packet is followed by 1, then 255 down to 0, then the empty sub-block. */
const MAGIC_TRAILER = Buffer.from([0x01, 0xff, 0xfe, 0xfd]);
const FIRST_OF_PACKET = 0x3c;

/** Application extensions of GIF89a. */
export async function gifBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await gifExtensions(asset);
  const gatherer = new BlockGatherer(asset);
  const { blocks } = gatherer;
  for (const { application = '', dataOffset, end } of walk.items) {
    if (application !== GIF_XMP && application !== GIF_8BIM && application !== GIF_IPTC) continue;
    const kind = application === GIF_XMP ? 'xmp' : 'iim';
    const place = `application extension ${application}`;
    const bytes = await gatherer.bytes(kind, { place, dataOffset, dataBytes: end - dataOffset });
    if (!bytes) continue;
    if (kind === 'xmp') blocks.xmp.push({ place, offset: dataOffset, bytes: packetOf(bytes) });
    else if (application === GIF_IPTC)
      blocks.iim.push({ place, offset: dataOffset, bytes: subBlockData(bytes) });
    // Its resources run on through the sub-blocks, so that no offset in the file is theirs.
    else blocks.iim.push(...iimOf8bim(subBlockData(bytes), `${place} 8BIM 0x0404`));
  }
  return gatherer.upTo(walk.fault);
}

/** The packet stands there as it is, without sub-blocks; writers that do not know this put it into some. */
function packetOf(bytes: Buffer): Buffer {
  if (bytes[0] !== FIRST_OF_PACKET && bytes[1] === FIRST_OF_PACKET) return subBlockData(bytes);
  const trailer = bytes.lastIndexOf(MAGIC_TRAILER);
  return trailer < 0 ? bytes : bytes.subarray(0, trailer);
}
