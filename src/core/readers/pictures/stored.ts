import type { ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { SmallPicture } from '../../media/pictures.js';
import { readMetadataBlocks } from '../blocks/metadata-blocks.js';
import { findExifThumbnail } from '../carriers/thumbnail.js';
import { CONTAINER_REACH } from '../container-reach.js';
import { decodeGrey, decodeGreyJpeg } from '../pixels/grey.js';
import { HASH_BITS } from '../pixels/perceptual-hash.js';
import { computeThumbnailDistance } from '../pixels/thumbnail-distance.js';
import { makeSmallPicture } from './small-picture.js';

interface Stored {
  picture: SmallPicture;
  /** Absent if the two could not be compared. */
  apart?: { differing: number; of: number };
}

/**
 * Returns the small picture in EXIF; `undefined` if there is none. `compared`: whether to compare it with the file's
 * own picture, which then has to be decoded.
 */
export async function readExifPicture(
  asset: Asset,
  compared: boolean,
): Promise<Stored | ReadFault | undefined> {
  const { container } = asset.mediaType;
  if (container === 'unread' || container === 'other' || CONTAINER_REACH[container].thumbnail !== 'read')
    return undefined;
  const blocks = (await readMetadataBlocks(asset)).exif.slice(0, limits.embeddedAssets);
  for (const block of blocks) {
    const found = findExifThumbnail(block);
    if (found === undefined) continue;
    if ('kind' in found) return found;
    const picture = await makeSmallPicture(found.jpeg, limits.storedPicturePixels, limits.thumbnailPixels);
    if ('code' in picture) return picture;
    const apart = compared ? await distance(asset, found.jpeg) : undefined;
    return { picture, ...(apart === undefined ? {} : { apart: { differing: apart, of: HASH_BITS } }) };
  }
  return undefined;
}

async function distance(asset: Asset, jpeg: Buffer): Promise<number | undefined> {
  const [picture, small] = [await decodeGrey(asset), await decodeGreyJpeg(jpeg)];
  return 'code' in picture || 'code' in small ? undefined : computeThumbnailDistance(picture, small);
}
