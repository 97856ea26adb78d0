import type { Asset } from '../../asset.js';
import { limits } from '../../limits.js';
import { riffChunks } from '../containers/riff-chunks.js';
import { bounded } from '../containers/walk.js';
import type { MetadataBlocks } from '../metadata-blocks.js';

/** WebP container: `EXIF` and `XMP ` chunks, usually at the end. The EXIF payload may start with the JPEG prefix. */
export async function webpBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await riffChunks(asset);
  const blocks: MetadataBlocks = { exif: [], xmp: [], iim: [] };
  let fault = walk.fault;
  for (const chunk of walk.items) {
    if (chunk.id !== 'EXIF' && chunk.id !== 'XMP ') continue;
    if (chunk.dataBytes > Math.max(limits.exifBlockBytes, limits.xmpPacketBytes)) {
      fault ??= bounded('bound.chunk', `A ${chunk.id} chunk is larger than the bound.`);
      continue;
    }
    const bytes = await asset.read(chunk.dataOffset, chunk.dataBytes);
    const skip = bytes.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0;
    const block = {
      place: `${chunk.id.trim()} chunk`,
      offset: chunk.dataOffset + skip,
      bytes: bytes.subarray(skip),
    };
    if (chunk.id === 'EXIF') blocks.exif.push(block);
    else blocks.xmp.push(block);
  }
  return fault ? { ...blocks, fault } : blocks;
}
