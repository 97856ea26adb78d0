import { said } from '../../say/said.js';
import type { ThumbnailComparison } from '../evidence/evidence.js';
import { limits } from '../ground/limits.js';
import type { MetadataBlock } from './blocks/block.js';
import { conclude, type WalkFault } from './conclude.js';
import { bounded, malformed } from './containers/walk.js';
import { metadataBlocks } from './metadata-blocks.js';
import { exifDirectories } from './pixels/exif-directories.js';
import { greyOf, greyOfJpeg } from './pixels/grey.js';
import { HASH_BITS } from './pixels/perceptual-hash.js';
import { NOT_ASKED } from './pixels/picture.js';
import { thumbnailDistance } from './pixels/thumbnail-distance.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';

/** JPEGInterchangeFormat and its length (EXIF 3.0 §4.6.7): the thumbnail of IFD1. */
const JPEG_OFFSET = 0x0201;
const JPEG_LENGTH = 0x0202;

/** How far the thumbnail in EXIF and the picture are apart. What that means is said elsewhere. */
export const thumbnailReader: Reader<'thumbnail'> = {
  carrier: 'thumbnail',
  // TIFF and raw files keep whole pictures in their directories: no thumbnail of this kind.
  reach: reach({
    read: 'jpeg png webp heif jxl',
    unreached: 'bmff avi wav psd jp2',
    none: 'gif tiff svg matroska flv mp3 flac ogg aiff aac pdf cr3 raf zip tar mail cfb mxf ts ps asf dpx exr bmp postscript xmp',
  }),

  async read(asset, { deep = false }) {
    if (!deep) return NOT_ASKED;
    const blocks = await metadataBlocks(asset);
    let fault: WalkFault | undefined = blocks.fault ?? blocks.faults.exif;
    const found: ThumbnailComparison[] = [];
    let tooEven = false;
    for (const block of blocks.exif.slice(0, limits.embeddedAssets)) {
      const thumbnail = thumbnailIn(block);
      if (thumbnail === undefined) continue;
      if ('kind' in thumbnail) {
        fault ??= thumbnail;
        continue;
      }
      const small = await greyOfJpeg(thumbnail.jpeg);
      if ('code' in small) {
        fault ??= malformed('thumbnail.unreadable');
        continue;
      }
      const picture = await greyOf(asset);
      if ('code' in picture) return picture;
      const differing = thumbnailDistance(picture, small);
      if (differing === undefined) tooEven = true;
      else found.push({ place: `${block.place} IFD1`, differing, of: HASH_BITS });
    }
    if (tooEven && !fault) return { status: 'found', value: found, notes: [TOO_EVEN] };
    return conclude(found, found.length === 0, fault);
  },
};

const TOO_EVEN = said('note.thumbnailTooEven');

/** The JPEG in IFD1 of an EXIF block, not decoded. */
export function thumbnailIn({ bytes }: MetadataBlock): { jpeg: Buffer } | WalkFault | undefined {
  const ifd1 = exifDirectories(bytes)?.ifd1;
  const from = ifd1?.get(JPEG_OFFSET)?.number;
  const length = ifd1?.get(JPEG_LENGTH)?.number;
  if (from === undefined || length === undefined || length === 0) return undefined;
  if (length > limits.thumbnailBytes) {
    return bounded('bound.thumbnail', { most: limits.thumbnailBytes });
  }
  const jpeg = bytes.subarray(from, from + length);
  return jpeg.length < length || jpeg.readUInt16BE(0) !== 0xffd8 ? malformed('thumbnail.range') : { jpeg };
}
