import { limits } from '../../../base/limits.js';
import type { SmallPicture } from '../../media/pictures.js';
import { openPicture } from '../pixels/open-picture.js';

/** Qualities to try, starting slightly above the picture's own, so that the second loss is invisible. */
const QUALITIES = [82, 60, 40] as const;

/**
 * Decodes and re-encodes a small picture from an untrusted source, so that the result is always an encoder's output.
 * The encoding is lossy, so that data hidden in single pixels do not survive. Returns `undefined` if it is not a
 * complete WebP of one frame and of the stated size.
 */
export async function recodePicture({ width, height, webp }: SmallPicture): Promise<Buffer | undefined> {
  const bytes = Buffer.from(webp, 'base64');
  try {
    const metadata = await (await openPicture(bytes, limits.largePicturePixels ** 2)).metadata();
    if (metadata.format !== 'webp' || (metadata.pages ?? 1) !== 1) return undefined;
    if (metadata.width !== width || metadata.height !== height) return undefined;
    for (const quality of QUALITIES) {
      const image = await openPicture(bytes, limits.largePicturePixels ** 2);
      const recoded = await image.webp({ quality, effort: 0 }).toBuffer();
      if (recoded.length <= limits.smallPictureBytes) return recoded;
    }
  } catch {
    // sharp's error message is of no use: the input is not a picture.
  }
  return undefined;
}
