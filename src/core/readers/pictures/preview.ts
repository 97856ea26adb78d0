import type { ReadFault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { SmallPicture } from '../../media/pictures.js';
import { ffmpegDecodes, reducedPng } from '../pixels/ffmpeg.js';
import { canDecode, notDecodable, pictureSize } from '../pixels/picture.js';
import { IN_TILES, isWholePicture } from '../pixels/tiles.js';
import { smallPicture } from './small-picture.js';

/** The file’s own picture, small. */
export async function preview(asset: Asset): Promise<SmallPicture | ReadFault> {
  if (canDecode(asset) || asset.mediaType.mime === 'image/gif')
    return smallPicture(asset.path, limits.previewPixels);
  return ffmpegDecodes(asset) ? throughFfmpeg(asset) : notDecodable(asset);
}

async function throughFfmpeg(asset: Asset): Promise<SmallPicture | ReadFault> {
  const size = asset.mediaType.container === 'heif' ? await pictureSize(asset) : undefined;
  if (size && 'code' in size) return size;
  const side = limits.previewPixels;
  const divisor = size && Math.max(1, Math.ceil(Math.max(size.width, size.height) / side));
  const by = divisor === undefined ? { within: side } : { divisor };
  const reduced = await reducedPng(asset, by, { turned: true });
  if ('code' in reduced) return reduced;
  if (size && divisor && !(await isWholePicture(reduced.png, size, divisor))) return IN_TILES;
  return smallPicture(reduced.png, side);
}
