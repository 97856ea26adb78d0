import type { ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { Luma } from '../../../matching/pdq.js';
import type { ShownPixels } from '../pictures/shown-pixels.js';
import { openPicture } from '../pixels/open-picture.js';
import { toUndecoded } from '../pixels/picture.js';

/** Luma weights of red, green and blue, as PDQ uses them. */
const [RED, GREEN, BLUE] = [0.299, 0.587, 0.114];
const WHITE = 255;

/**
 * Returns the luma of each pixel of a picture that was scaled down if necessary. Transparent pixels are blended with
 * white.
 */
export async function computeLuma(shown: ShownPixels): Promise<Luma | ReadFault> {
  const fitting = await fitPixels(shown);
  if ('code' in fitting) return fitting;
  const { width, height, channels, data } = fitting;
  const points = new Float32Array(width * height);
  const isGrey = channels < 3;
  const alphaAt = channels % 2 === 0 ? channels - 1 : undefined;
  for (let at = 0; at < points.length; at += 1) {
    const from = at * channels;
    const value = isGrey
      ? (data[from] ?? 0)
      : RED * (data[from] ?? 0) + GREEN * (data[from + 1] ?? 0) + BLUE * (data[from + 2] ?? 0);
    const alpha = alphaAt === undefined ? 1 : (data[from + alphaAt] ?? 0) / WHITE;
    points[at] = value * alpha + WHITE * (1 - alpha);
  }
  return { width, height, points };
}

async function fitPixels(shown: ShownPixels): Promise<ShownPixels | ReadFault> {
  const { width, height, channels, data } = shown;
  const side = limits.fingerprintPixels;
  if (Math.max(width, height) <= side) return shown;
  try {
    const raw = { width, height, channels: channels as 1 | 2 | 3 | 4 };
    const { data: small, info } = await (await openPicture(data, width * height, { raw }))
      .resize({ width: side, height: side, fit: 'inside' })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, channels: info.channels, data: small };
  } catch (error) {
    return toUndecoded(error);
  }
}
