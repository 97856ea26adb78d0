import type { SharpInput } from 'sharp';
import type { ReadFault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import type { SmallPicture } from '../../media/pictures.js';
import { ffmpegDecodes, reducedPng } from '../pixels/ffmpeg.js';
import { canDecode, notDecodable, pictureSize } from '../pixels/picture.js';
import { IN_TILES, isWholePicture } from '../pixels/tiles.js';
import { type ShownPixels, shownPixels } from './shown-pixels.js';
import { encoded } from './small-picture.js';

interface Own {
  preview: SmallPicture;
  /** Left out where the preview shows all that there is, where it was not asked for or could not be made: nobody misses it. */
  large?: SmallPicture;
}

/** What the file’s own picture is to be shown as: decoded once, as large as it is ever shown or compared. */
export async function ownPixels(asset: Asset, side: number): Promise<ShownPixels | ReadFault> {
  const whole = await within(asset, side);
  // Of some, the larger one alone is beyond a bound.
  const isTooLarge = 'code' in whole && TOO_LARGE.has(whole.code) && side > limits.previewPixels;
  return isTooLarge ? within(asset, limits.previewPixels) : whole;
}

/** The file’s own picture: small, and large where it is and that is asked for. */
export async function preview(
  own: ShownPixels,
  { large: isAsked }: { large: boolean },
): Promise<Own | ReadFault> {
  const small = await encoded(own, limits.previewPixels);
  if ('code' in small) return small;
  if (!isAsked || Math.max(own.width, own.height) <= limits.previewPixels) return { preview: small };
  const large = await encoded(own, limits.largePicturePixels);
  return { preview: small, ...(!('code' in large) && { large }) };
}

const TOO_LARGE: ReadonlySet<string> = new Set(['bound.ffmpegBytes']);

async function within(asset: Asset, side: number): Promise<ShownPixels | ReadFault> {
  const decoded = (input: SharpInput) => shownPixels(input, side, limits.picturePixels);
  if (canDecode(asset) || asset.mediaType.mime === 'image/gif') return decoded(await asset.source());
  return ffmpegDecodes(asset) ? throughFfmpeg(asset, side, decoded) : notDecodable(asset);
}

async function throughFfmpeg(
  asset: Asset,
  side: number,
  decoded: (input: SharpInput) => Promise<ShownPixels | ReadFault>,
): Promise<ShownPixels | ReadFault> {
  const size = asset.mediaType.container === 'heif' ? await pictureSize(asset) : undefined;
  if (size && 'code' in size) return size;
  const divisor = size && Math.max(1, Math.ceil(Math.max(size.width, size.height) / side));
  const by = divisor === undefined ? { within: side } : { divisor };
  const reduced = await reducedPng(asset, by, { turned: true });
  if ('code' in reduced) return reduced;
  if (size && divisor && !(await isWholePicture(reduced.png, size, divisor))) return IN_TILES;
  return decoded(reduced.png);
}
