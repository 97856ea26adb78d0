import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { PictureSize } from '../picture-size.js';
import { ffmpegDecodes, reducedPng } from './ffmpeg.js';
import { openPicture } from './open-picture.js';
import type { Grey } from './perceptual-hash.js';
import { canDecode, notDecodable, pictureSize, tooManyPixels, type Undecoded, undecoded } from './picture.js';
import { IN_TILES, isWholePicture } from './tiles.js';

/** Enough for a hash of 32 by 32, whatever is cut off at the sides. */
const SIDE = 256;

/** A small grey copy of the picture as stored: not turned. */
export async function greyOf(asset: Asset): Promise<Grey | Undecoded> {
  if (canDecode(asset)) {
    // Asked of the file and not of libvips alone, which calls some pictures corrupt that are only too large for it.
    const size = await pictureSize(asset);
    return 'code' in size ? size : small(await asset.source(), limits.picturePixels, size);
  }
  if (!ffmpegDecodes(asset)) return notDecodable(asset);
  return throughFfmpeg(asset);
}

export const greyOfJpeg = (jpeg: Buffer): Promise<Grey | Undecoded> => small(jpeg, limits.thumbnailPixels);

async function small(input: string | Buffer, most: number, known?: PictureSize): Promise<Grey | Undecoded> {
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
    return undecoded(error);
  }
}

async function throughFfmpeg(asset: Asset): Promise<Grey | Undecoded> {
  const size = asset.mediaType.container === 'heif' ? await pictureSize(asset) : undefined;
  if (size && 'code' in size) return size;
  const divisor = size && Math.max(1, Math.floor(Math.min(size.width, size.height) / SIDE));
  const reduced = await reducedPng(asset, divisor === undefined ? { within: SIDE } : { divisor });
  if ('code' in reduced) return reduced;
  if (size && divisor !== undefined && !(await isWholePicture(reduced.png, size, divisor))) return IN_TILES;
  return small(reduced.png, limits.picturePixels);
}
