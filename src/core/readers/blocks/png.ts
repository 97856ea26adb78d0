import type { Asset } from '../../asset.js';
import { limits } from '../../limits.js';
import { pngChunks } from '../containers/png-chunks.js';
import { bounded } from '../containers/walk.js';
import type { MetadataBlocks } from '../metadata-blocks.js';
import { readPngText, XMP_KEYWORD } from '../png-text-chunk.js';

/** `eXIf` chunks and the iTXt chunk whose keyword is XML:com.adobe.xmp (PNG Third Edition §11.3.2.5, XMP Part 3 §1.1.5). */
export async function pngBlocks(asset: Asset): Promise<MetadataBlocks> {
  const walk = await pngChunks(asset);
  const blocks: MetadataBlocks = { exif: [], xmp: [], iim: [] };
  if (walk.fault) blocks.fault = walk.fault;
  for (const chunk of walk.items) {
    if (chunk.type === 'eXIf') {
      if (chunk.dataBytes > limits.exifBlockBytes) {
        blocks.exifFault ??= bounded(
          'bound.exif',
          `An eXIf chunk is larger than ${limits.exifBlockBytes} bytes.`,
        );
        continue;
      }
      const bytes = await asset.read(chunk.dataOffset, chunk.dataBytes);
      // Some writers put the JPEG prefix before the TIFF header.
      const skip = bytes.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0;
      blocks.exif.push({ place: 'eXIf', offset: chunk.dataOffset + skip, bytes: bytes.subarray(skip) });
    } else if (chunk.type === 'iTXt') {
      const text = await readPngText(asset, chunk);
      if ('fault' in text) blocks.xmpFault ??= text.fault;
      else if (text.text.keyword === XMP_KEYWORD) {
        blocks.xmp.push({
          place: `iTXt ${XMP_KEYWORD}`,
          offset: chunk.offset,
          bytes: Buffer.from(text.text.text, 'utf8'),
        });
      }
    }
  }
  return blocks;
}
