import { fault } from '../../../base/fault.js';
import { openPicture } from './open-picture.js';
import type { Undecoded } from './picture.js';

/**
 * Returns whether ffmpeg decoded the whole picture. HEIC stores large pictures in tiles, and an ffmpeg that cannot join
 * them returns one tile, which its size reveals.
 */
export async function isWholePicture(
  png: Buffer,
  size: { width: number; height: number },
  divisor: number,
): Promise<boolean> {
  const { width, height } = await (await openPicture(png, false)).metadata();
  const sides = [size.width, size.height].map((side) => Math.trunc(side / divisor)).sort((a, b) => a - b);
  return [width, height].sort((a, b) => a - b).every((side, i) => side === sides[i]);
}

export const IN_TILES: Undecoded = {
  status: 'unsupported',
  ...fault('carrier.notRead', { what: 'tiles', format: 'HEIF' }),
};
