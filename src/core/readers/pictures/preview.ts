import type { SharpInput } from 'sharp';
import type { ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import type { SmallPicture } from '../../media/pictures.js';
import { canFfmpegDecode, decodeReducedPng } from '../pixels/ffmpeg.js';
import { canDecode, notDecodable, readPictureSize } from '../pixels/picture.js';
import { IN_TILES, isWholePicture } from '../pixels/tiles.js';
import { decodeShownPixels, type ShownPixels } from './shown-pixels.js';
import { encodeSmallPicture } from './small-picture.js';

interface OwnPreview {
  preview: SmallPicture;
  /**
   * Large version; absent if the preview already shows everything, if it was not requested, or if it failed. A failure
   * is not reported.
   */
  large?: SmallPicture;
}

/** Decodes the file's own picture once, at the maximum size for display and comparison. */
export async function decodeOwnPixels(asset: Asset, side: number): Promise<ShownPixels | ReadFault> {
  const whole = await decodeWithin(asset, side);
  // For some pictures only the larger version exceeds a limit.
  const isTooLarge = 'code' in whole && TOO_LARGE.has(whole.code) && side > limits.previewPixels;
  return isTooLarge ? decodeWithin(asset, limits.previewPixels) : whole;
}

/** Encodes the file's own picture: small, and also large if it is large and `large` is set. */
export async function makePreview(
  own: ShownPixels,
  { large: isAsked }: { large: boolean },
): Promise<OwnPreview | ReadFault> {
  const small = await encodeSmallPicture(own, limits.previewPixels);
  if ('code' in small) return small;
  if (!isAsked || Math.max(own.width, own.height) <= limits.previewPixels) return { preview: small };
  const large = await encodeSmallPicture(own, limits.largePicturePixels);
  return { preview: small, ...(!('code' in large) && { large }) };
}

const TOO_LARGE: ReadonlySet<string> = new Set(['bound.ffmpegBytes']);

async function decodeWithin(asset: Asset, side: number): Promise<ShownPixels | ReadFault> {
  const decoded = (input: SharpInput) => decodeShownPixels(input, side, limits.picturePixels);
  if (canDecode(asset) || asset.mediaType.mime === 'image/gif') return decoded(await asset.source());
  return canFfmpegDecode(asset) ? throughFfmpeg(asset, side, decoded) : notDecodable(asset);
}

async function throughFfmpeg(
  asset: Asset,
  side: number,
  decoded: (input: SharpInput) => Promise<ShownPixels | ReadFault>,
): Promise<ShownPixels | ReadFault> {
  const size = asset.mediaType.container === 'heif' ? await readPictureSize(asset) : undefined;
  if (size && 'code' in size) return size;
  const divisor = size && Math.max(1, Math.ceil(Math.max(size.width, size.height) / side));
  const by = divisor === undefined ? { within: side } : { divisor };
  const reduced = await decodeReducedPng(asset, by, { turned: true });
  if ('code' in reduced) return reduced;
  if (size && divisor && !(await isWholePicture(reduced.png, size, divisor))) return IN_TILES;
  return decoded(reduced.png);
}
