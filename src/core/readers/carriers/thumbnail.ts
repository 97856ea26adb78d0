import { limits } from '../../../base/limits.js';
import { message } from '../../../i18n/message.js';
import type { ThumbnailComparison } from '../../evidence/evidence.js';
import type { MetadataBlock } from '../blocks/block.js';
import { readMetadataBlocks } from '../blocks/metadata-blocks.js';
import { conclude, type WalkFault } from '../conclude.js';
import { bounded, malformed } from '../containers/walk.js';
import { readExifDirectories } from '../pixels/exif-directories.js';
import { decodeGrey, decodeGreyJpeg } from '../pixels/grey.js';
import { HASH_BITS } from '../pixels/perceptual-hash.js';
import { NOT_REQUESTED } from '../pixels/picture.js';
import { computeThumbnailDistance } from '../pixels/thumbnail-distance.js';
import type { Reader } from '../reader.js';

/** JPEGInterchangeFormat and its length: the thumbnail of IFD1 (EXIF 3.0 §4.6.7). */
const JPEG_OFFSET = 0x0201;
const JPEG_LENGTH = 0x0202;

/** Measures the distance between the thumbnail in EXIF and the picture. Its interpretation is done elsewhere. */
export const thumbnailReader: Reader<'thumbnail'> = {
  carrier: 'thumbnail',

  async read(asset, { deep = false }) {
    if (!deep) return NOT_REQUESTED;
    const blocks = await readMetadataBlocks(asset);
    let fault: WalkFault | undefined = blocks.fault ?? blocks.faults.exif;
    const found: ThumbnailComparison[] = [];
    let tooEven = false;
    for (const block of blocks.exif.slice(0, limits.embeddedAssets)) {
      const thumbnail = findExifThumbnail(block);
      if (thumbnail === undefined) continue;
      if ('kind' in thumbnail) {
        fault ??= thumbnail;
        continue;
      }
      const small = await decodeGreyJpeg(thumbnail.jpeg);
      if ('code' in small) {
        fault ??= malformed('thumbnail.unreadable');
        continue;
      }
      const picture = await decodeGrey(asset);
      if ('code' in picture) return picture;
      const differing = computeThumbnailDistance(picture, small);
      if (differing === undefined) tooEven = true;
      else found.push({ locator: `${block.locator} IFD1`, differing, of: HASH_BITS });
    }
    if (tooEven && !fault) return { status: 'found', value: found, notes: [TOO_EVEN] };
    return conclude(found, found.length === 0, fault);
  },
};

const TOO_EVEN = message('note.thumbnailTooEven');

/** Returns the undecoded JPEG in IFD1 of an EXIF block. */
export function findExifThumbnail({ bytes }: MetadataBlock): { jpeg: Buffer } | WalkFault | undefined {
  const ifd1 = readExifDirectories(bytes)?.ifd1;
  const from = ifd1?.get(JPEG_OFFSET)?.number;
  const length = ifd1?.get(JPEG_LENGTH)?.number;
  if (from === undefined || length === undefined || length === 0) return undefined;
  if (length > limits.thumbnailBytes) {
    return bounded('bound.bytes', { place: 'EXIF IFD1', most: limits.thumbnailBytes });
  }
  const jpeg = bytes.subarray(from, from + length);
  return jpeg.length < length || jpeg.readUInt16BE(0) !== 0xffd8 ? malformed('thumbnail.range') : { jpeg };
}
