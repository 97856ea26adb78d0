import type { SharpInput } from 'sharp';
import { fault, type ReadFault } from '../../ground/fault.js';

import { limits } from '../../ground/limits.js';
import type { SmallPicture } from '../../media/pictures.js';
import { openPicture } from '../pixels/open-picture.js';
import { tooManyPixels, undecoded } from '../pixels/picture.js';

/** What a picture may be in. */
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']);

const SOFTER = [78, 60, 40] as const;

/**
 * The first frame, turned as it is to be shown, in sRGB, no side longer than `side` and never enlarged. Only pixels are
 * taken over: no EXIF, XMP, IPTC, profile or comment. Where the file is damaged, what could be decoded, and it says so.
 */
export async function smallPicture(
  input: SharpInput,
  side: number,
  most: number = limits.picturePixels,
): Promise<SmallPicture | ReadFault> {
  const whole = await attempt(input, side, most, 'error');
  if (!('code' in whole) || whole.code !== 'pixels.unreadable') return whole;
  const part = await attempt(input, side, most, 'none');
  return 'code' in part || (await isEmpty(part)) ? whole : { ...part, damaged: true };
}

/** Where nothing could be decoded, libvips leaves one even tone. */
async function isEmpty({ webp }: SmallPicture): Promise<boolean> {
  const { channels } = await (await openPicture(Buffer.from(webp, 'base64'), false)).stats();
  return channels.every(({ min, max }) => min === max);
}

async function attempt(
  input: SharpInput,
  side: number,
  most: number,
  failOn: 'error' | 'none',
): Promise<SmallPicture | ReadFault> {
  try {
    const { format, width, height, pageHeight } = await (
      await openPicture(input, false, { failOn })
    ).metadata();
    if (!FORMATS.has(format)) return undecoded(undefined);
    // A few hundred bytes may claim any size: the header is asked before memory is taken.
    if (width * (pageHeight ?? height) > most) return tooManyPixels(most);
    for (const quality of SOFTER) {
      const image = await openPicture(input, most, { failOn, ignoreIcc: false });
      const { data, info } = await image
        .autoOrient()
        .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
        .webp({ quality, effort: 0 })
        .toBuffer({ resolveWithObject: true });
      if (data.length <= limits.smallPictureBytes)
        return { width: info.width, height: info.height, webp: data.toString('base64') };
    }
    return fault('bound.picture');
  } catch (error) {
    return undecoded(error);
  }
}
