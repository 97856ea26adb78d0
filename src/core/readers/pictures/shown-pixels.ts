import type { SharpInput } from 'sharp';
import type { ReadFault } from '../../../base/fault.js';
import { openPicture } from '../pixels/open-picture.js';
import { type Picture, tooManyPixels, toUndecoded } from '../pixels/picture.js';

/** Input formats of pictures. */
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']);

/** Pixels of a picture ready for display: rotated, in sRGB, scaled down. */
export interface ShownPixels extends Picture {
  /** Set if the file is damaged and only part of it could be decoded. */
  isDamaged?: true;
}

/**
 * Returns the first frame, rotated for display, in sRGB, with no side longer than `side` and never enlarged. Of a
 * damaged file it returns the decodable part and sets `isDamaged`.
 */
export async function decodeShownPixels(
  input: SharpInput,
  side: number,
  most: number,
): Promise<ShownPixels | ReadFault> {
  const whole = await attempt(input, side, most, 'error');
  if (!('code' in whole) || whole.code !== 'pixels.unreadable') return whole;
  const part = await attempt(input, side, most, 'none');
  return 'code' in part || isEmpty(part) ? whole : { ...part, isDamaged: true };
}

/** Returns whether nothing was decoded; libvips then leaves a uniform colour. */
const isEmpty = ({ data, channels }: Picture): boolean =>
  data.every((value, at) => value === data[at % channels]);

async function attempt(
  input: SharpInput,
  side: number,
  most: number,
  failOn: 'error' | 'none',
): Promise<ShownPixels | ReadFault> {
  try {
    const { format, width, height, pageHeight } = await (
      await openPicture(input, false, { failOn })
    ).metadata();
    if (!FORMATS.has(format)) return toUndecoded(undefined);
    // Checks the size in the header before allocating memory, because a few hundred bytes may claim any size.
    if (width * (pageHeight ?? height) > most) return tooManyPixels(most);
    const { data, info } = await (await openPicture(input, most, { failOn, ignoreIcc: false }))
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, channels: info.channels, data };
  } catch (error) {
    return toUndecoded(error);
  }
}
