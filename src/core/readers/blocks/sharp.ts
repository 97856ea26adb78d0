import type { Asset } from '../../asset.js';
import { malformed } from '../containers/walk.js';
import type { MetadataBlock, MetadataBlocks } from '../metadata-blocks.js';

/** HEIC, HEIF and AVIF: libheif finds the `Exif` and `mime` items; it tells no offsets. No pixel is decoded. */
export async function sharpBlocks(asset: Asset): Promise<MetadataBlocks> {
  const blocks: MetadataBlocks = { exif: [], xmp: [], iim: [] };
  try {
    const { default: sharp } = await import('sharp');
    const { exif, xmp, iptc } = await sharp(asset.path).metadata();
    if (exif) blocks.exif.push(exifBlock(exif));
    if (xmp) blocks.xmp.push({ place: 'HEIF item mime application/rdf+xml', bytes: xmp });
    if (iptc) blocks.iim.push({ place: 'HEIF item', bytes: iptc });
    return blocks;
  } catch (error) {
    const words = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    return {
      ...blocks,
      fault: malformed('heif.unreadable', `The HEIF structure could not be read (${words.slice(0, 160)}).`),
    };
  }
}

function exifBlock(exif: Buffer): MetadataBlock {
  const skip = exif.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0;
  return { place: 'HEIF item Exif', bytes: exif.subarray(skip) };
}
