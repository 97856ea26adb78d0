import type { ReadFault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { SmallPicture } from '../../media/pictures.js';
import { metadataBlocks } from '../metadata-blocks.js';
import { greyOf, greyOfJpeg } from '../pixels/grey.js';
import { HASH_BITS } from '../pixels/perceptual-hash.js';
import { thumbnailDistance } from '../pixels/thumbnail-distance.js';
import { thumbnailIn, thumbnailReader } from '../thumbnail.js';
import { smallPicture } from './small-picture.js';

interface Stored {
  picture: SmallPicture;
  /** Left out where the two could not be compared. */
  apart?: { differing: number; of: number };
}

/** The small picture in EXIF; undefined where there is none. `compared`: with the file’s own, which has to be decoded for it. */
export async function storedPicture(
  asset: Asset,
  compared: boolean,
): Promise<Stored | ReadFault | undefined> {
  const { container } = asset.mediaType;
  if (container === 'unread' || container === 'other' || thumbnailReader.reach[container] !== 'read')
    return undefined;
  const blocks = (await metadataBlocks(asset)).exif.slice(0, limits.embeddedAssets);
  for (const block of blocks) {
    const found = thumbnailIn(block);
    if (found === undefined) continue;
    if ('kind' in found) return found;
    const picture = await smallPicture(found.jpeg, limits.storedPicturePixels, limits.thumbnailPixels);
    if ('code' in picture) return picture;
    const apart = compared ? await distance(asset, found.jpeg) : undefined;
    return { picture, ...(apart === undefined ? {} : { apart: { differing: apart, of: HASH_BITS } }) };
  }
  return undefined;
}

async function distance(asset: Asset, jpeg: Buffer): Promise<number | undefined> {
  const [picture, small] = [await greyOf(asset), await greyOfJpeg(jpeg)];
  return 'code' in picture || 'code' in small ? undefined : thumbnailDistance(picture, small);
}
