import type { ExifField } from '../../evidence/evidence.js';
import { readMetadataBlocks } from '../blocks/metadata-blocks.js';
import { conclude, toNotes, type WalkFault } from '../conclude.js';
import { createBufferSource } from '../containers/tiff-directory.js';
import { type BlockSource, readExifBlock } from '../exif/exif-block.js';
import { decodeExifText } from '../exif/exif-text.js';
import type { Reader } from '../reader.js';

/** Reads the EXIF fields of pictures, each with the file offset of its entry. */
export const exifReader: Reader<'exif'> = {
  carrier: 'exif',

  async read(asset) {
    const blocks = await readMetadataBlocks(asset);
    const fields: ExifField[] = [];
    let fault: WalkFault | undefined = blocks.fault ?? blocks.faults.exif;
    // A TIFF file is its own EXIF block: its entries are read from disk one by one.
    const sources: BlockSource[] = asset.mediaType.container === 'tiff' ? [{ source: asset, offset: 0 }] : [];
    for (const { bytes, offset, exifDirectory: holds } of blocks.exif) {
      const at = offset === undefined ? {} : { offset };
      if (holds === 'MakerNote')
        fields.push({ block: 'Exif', name: holds, value: decodeExifText(bytes), ...at });
      else if (bytes.length > 0)
        sources.push({
          source: createBufferSource(bytes),
          ...at,
          ...(holds === undefined ? {} : { first: holds }),
        });
    }
    if (sources.length === 0) return conclude(fields, fields.length === 0, fault, toNotes(blocks.note));
    for (const source of sources) {
      const one = await readExifBlock(source, fields);
      fault ??= one;
    }
    return conclude(fields, fields.length === 0, fault, toNotes(blocks.note));
  },
};
