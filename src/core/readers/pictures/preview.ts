import type { ReadFault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { SmallPicture } from '../../media/pictures.js';
import { ffmpegDecodes, reducedPng } from '../pixels/ffmpeg.js';
import { canDecode, notDecodable, pictureSize } from '../pixels/picture.js';
import { IN_TILES, isWholePicture } from '../pixels/tiles.js';
import { smallPicture } from './small-picture.js';

interface Own {
  preview: SmallPicture;
  /** Left out where the preview shows all that there is, or where it could not be made: nobody misses it. */
  large?: SmallPicture;
}

/** The file’s own picture, decoded once: large where it is, and small. */
export async function preview(asset: Asset): Promise<Own | ReadFault> {
  const large = await within(asset, limits.largePicturePixels);
  if ('code' in large) {
    // Of some, the larger one alone is beyond a bound.
    const small = TOO_LARGE.has(large.code) ? await within(asset, limits.previewPixels) : large;
    return 'code' in small ? small : { preview: small };
  }
  if (Math.max(large.width, large.height) <= limits.previewPixels) return { preview: large };
  const small = await smallPicture(Buffer.from(large.webp, 'base64'), limits.previewPixels);
  if ('code' in small) return small;
  return { preview: { ...small, ...(large.damaged && { damaged: true }) }, large };
}

const TOO_LARGE: ReadonlySet<string> = new Set(['bound.picture', 'bound.ffmpegBytes']);

async function within(asset: Asset, side: number): Promise<SmallPicture | ReadFault> {
  if (canDecode(asset) || asset.mediaType.mime === 'image/gif')
    return smallPicture(await asset.source(), side);
  return ffmpegDecodes(asset) ? throughFfmpeg(asset, side) : notDecodable(asset);
}

async function throughFfmpeg(asset: Asset, side: number): Promise<SmallPicture | ReadFault> {
  const size = asset.mediaType.container === 'heif' ? await pictureSize(asset) : undefined;
  if (size && 'code' in size) return size;
  const divisor = size && Math.max(1, Math.ceil(Math.max(size.width, size.height) / side));
  const by = divisor === undefined ? { within: side } : { divisor };
  const reduced = await reducedPng(asset, by, { turned: true });
  if ('code' in reduced) return reduced;
  if (size && divisor && !(await isWholePicture(reduced.png, size, divisor))) return IN_TILES;
  return smallPicture(reduced.png, side);
}
