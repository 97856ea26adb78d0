import type { ExifField } from '../evidence/evidence.js';
import { conclude, notesOf, type WalkFault } from './conclude.js';
import { bufferSource } from './containers/tiff-directory.js';
import { type BlockSource, readExifBlock } from './exif-block.js';
import { exifText } from './exif-text.js';
import { metadataBlocks } from './metadata-blocks.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';

/** EXIF fields of pictures, each with the place of its entry in the file. */
export const exifReader: Reader<'exif'> = {
  carrier: 'exif',
  reach: reach({
    read: 'jpeg png webp tiff heif jxl bmff avi wav cr3 raf psd jp2 postscript',
    none: 'gif svg matroska flv mp3 flac ogg aiff aac pdf zip tar mail cfb mxf ts ps asf dpx exr bmp xmp',
  }),

  async read(asset) {
    const blocks = await metadataBlocks(asset);
    const fields: ExifField[] = [];
    let fault: WalkFault | undefined = blocks.fault ?? blocks.faults.exif;
    // A TIFF file is its own EXIF block: its entries are read from disk one by one.
    const sources: BlockSource[] = asset.mediaType.container === 'tiff' ? [{ source: asset, offset: 0 }] : [];
    for (const { bytes, offset, holds } of blocks.exif) {
      const at = offset === undefined ? {} : { offset };
      if (holds === 'MakerNote') fields.push({ block: 'Exif', name: holds, value: exifText(bytes), ...at });
      else if (bytes.length > 0)
        sources.push({
          source: bufferSource(bytes),
          ...at,
          ...(holds === undefined ? {} : { first: holds }),
        });
    }
    if (sources.length === 0) return conclude(fields, fields.length === 0, fault, notesOf(blocks.note));
    for (const source of sources) {
      const one = await readExifBlock(source, fields);
      fault ??= one;
    }
    return conclude(fields, fields.length === 0, fault, notesOf(blocks.note));
  },
};
