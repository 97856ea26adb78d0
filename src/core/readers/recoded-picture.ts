import { limits } from '../ground/limits.js';
import type { SmallPicture } from '../media/pictures.js';
import { openPicture } from './pixels/open-picture.js';

/** A little above what the picture came in, so that what is lost twice is not seen. */
const SOFTER = [82, 60, 40] as const;

/**
 * A small picture from hands that are not trusted, decoded and encoded anew: what leaves is an encoder's output, whatever
 * came in. Always lossy: bytes that were written into pixels one by one do not come through as they were. Undefined where
 * it is no whole WebP of one frame and of the size that is said.
 */
export async function recodedPicture({ width, height, webp }: SmallPicture): Promise<Buffer | undefined> {
  const bytes = Buffer.from(webp, 'base64');
  try {
    const seen = await (await openPicture(bytes, limits.largePicturePixels ** 2)).metadata();
    if (seen.format !== 'webp' || (seen.pages ?? 1) !== 1) return undefined;
    if (seen.width !== width || seen.height !== height) return undefined;
    for (const quality of SOFTER) {
      const image = await openPicture(bytes, limits.largePicturePixels ** 2);
      const anew = await image.webp({ quality, effort: 0 }).toBuffer();
      if (anew.length <= limits.smallPictureBytes) return anew;
    }
  } catch {
    // What sharp says of it leads nowhere: it is no picture.
  }
  return undefined;
}
