import type { SharpInput } from 'sharp';
import { fault, type ReadFault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { SmallPicture } from '../../media/pictures.js';
import { openPicture } from '../pixels/open-picture.js';
import { undecoded } from '../pixels/picture.js';
import { type ShownPixels, shownPixels } from './shown-pixels.js';

const SOFTER = [78, 60, 40] as const;

/**
 * A picture decoded and encoded anew, no side longer than `side`. Only pixels are taken over: no EXIF, XMP, IPTC, profile or
 * comment. Where the file is damaged, what could be decoded, and it says so.
 */
export async function smallPicture(
  input: SharpInput,
  side: number,
  most: number = limits.picturePixels,
): Promise<SmallPicture | ReadFault> {
  const shown = await shownPixels(input, side, most);
  return 'code' in shown ? shown : encoded(shown, side);
}

/** The same of what is decoded already. */
export async function encoded(
  { width, height, channels, data, damaged }: ShownPixels,
  side: number,
): Promise<SmallPicture | ReadFault> {
  const raw = { width, height, channels: channels as 1 | 2 | 3 | 4 };
  try {
    for (const quality of SOFTER) {
      const { data: webp, info } = await (await openPicture(data, width * height, { raw }))
        .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
        .webp({ quality, effort: 0 })
        .toBuffer({ resolveWithObject: true });
      if (webp.length <= limits.smallPictureBytes)
        return {
          width: info.width,
          height: info.height,
          webp: webp.toString('base64'),
          ...(damaged && { damaged }),
        };
    }
    return fault('bound.picture');
  } catch (error) {
    return undecoded(error);
  }
}
