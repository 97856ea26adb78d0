import type { SharpInput } from 'sharp';
import type { ReadFault } from '../../ground/fault.js';
import { openPicture } from '../pixels/open-picture.js';
import { type Picture, tooManyPixels, undecoded } from '../pixels/picture.js';

/** What a picture may be in. */
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']);

/** A picture as it is to be shown: turned, in sRGB, made small. */
export interface ShownPixels extends Picture {
  /** The file is damaged: this is what could be decoded of it. */
  damaged?: true;
}

/**
 * The first frame, turned as it is to be shown, in sRGB, no side longer than `side` and never enlarged. Where the file is
 * damaged, what could be decoded, and it says so.
 */
export async function shownPixels(
  input: SharpInput,
  side: number,
  most: number,
): Promise<ShownPixels | ReadFault> {
  const whole = await attempt(input, side, most, 'error');
  if (!('code' in whole) || whole.code !== 'pixels.unreadable') return whole;
  const part = await attempt(input, side, most, 'none');
  return 'code' in part || isEmpty(part) ? whole : { ...part, damaged: true };
}

/** Where nothing could be decoded, libvips leaves one even tone. */
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
    if (!FORMATS.has(format)) return undecoded(undefined);
    // A few hundred bytes may claim any size: the header is asked before memory is taken.
    if (width * (pageHeight ?? height) > most) return tooManyPixels(most);
    const { data, info } = await (await openPicture(input, most, { failOn, ignoreIcc: false }))
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, channels: info.channels, data };
  } catch (error) {
    return undecoded(error);
  }
}
