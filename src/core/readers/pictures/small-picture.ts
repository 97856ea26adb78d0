import type { SharpInput } from 'sharp';
import { fault, type ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { SmallPicture } from '../../media/pictures.js';
import { openPicture } from '../pixels/open-picture.js';
import { toUndecoded } from '../pixels/picture.js';
import { decodeShownPixels, type ShownPixels } from './shown-pixels.js';

const SOFTER = [78, 60, 40] as const;

/**
 * Decodes and re-encodes a picture with no side longer than `side`. Only pixels are copied: no EXIF, XMP, IPTC, profile
 * or comment. Of a damaged file it encodes the decodable part and sets `damaged`.
 */
export async function makeSmallPicture(
  input: SharpInput,
  side: number,
  most: number = limits.picturePixels,
): Promise<SmallPicture | ReadFault> {
  const shown = await decodeShownPixels(input, side, most);
  return 'code' in shown ? shown : encodeSmallPicture(shown, side);
}

/** Encodes a small picture from decoded pixels. */
export async function encodeSmallPicture(
  { width, height, channels, data, isDamaged: damaged }: ShownPixels,
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
    return toUndecoded(error);
  }
}
