import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { PictureSize } from '../pictures/picture-size.js';
import { canFfmpegDecode, decodeReducedPng } from './ffmpeg.js';
import { openPicture } from './open-picture.js';
import type { Grey } from './perceptual-hash.js';
import {
  canDecode,
  notDecodable,
  readPictureSize,
  tooManyPixels,
  toUndecoded,
  type Undecoded,
} from './picture.js';
import { IN_TILES, isWholePicture } from './tiles.js';

/** Sufficient for a hash of 32 by 32 even if the sides are cropped. */
const SIDE = 256;

/** Returns a small grey copy of the picture as stored, without rotation. */
export async function decodeGrey(asset: Asset): Promise<Grey | Undecoded> {
  if (canDecode(asset)) {
    // Reads the size from the file itself and not only through libvips, which calls some pictures corrupt that merely
    // exceed its limit.
    const size = await readPictureSize(asset);
    return 'code' in size ? size : decodeSmallGrey(await asset.source(), limits.picturePixels, size);
  }
  if (!canFfmpegDecode(asset)) return notDecodable(asset);
  return throughFfmpeg(asset);
}

export const decodeGreyJpeg = (jpeg: Buffer): Promise<Grey | Undecoded> =>
  decodeSmallGrey(jpeg, limits.thumbnailPixels);

async function decodeSmallGrey(
  input: string | Buffer,
  most: number,
  known?: PictureSize,
): Promise<Grey | Undecoded> {
  try {
    const { width, height } = known ?? (await (await openPicture(input, false)).metadata());
    if (width * height > most) return tooManyPixels(most);
    const { data, info } = await (await openPicture(input, most))
      .flatten({ background: 'white' })
      .greyscale()
      .resize({ width: SIDE, height: SIDE, fit: 'inside', withoutEnlargement: true })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: data.filter((_, i) => i % info.channels === 0) };
  } catch (error) {
    return toUndecoded(error);
  }
}

async function throughFfmpeg(asset: Asset): Promise<Grey | Undecoded> {
  const size = asset.mediaType.container === 'heif' ? await readPictureSize(asset) : undefined;
  if (size && 'code' in size) return size;
  const divisor = size && Math.max(1, Math.floor(Math.min(size.width, size.height) / SIDE));
  const reduced = await decodeReducedPng(asset, divisor === undefined ? { within: SIDE } : { divisor });
  if ('code' in reduced) return reduced;
  if (size && divisor !== undefined && !(await isWholePicture(reduced.png, size, divisor))) return IN_TILES;
  return decodeSmallGrey(reduced.png, limits.picturePixels);
}
