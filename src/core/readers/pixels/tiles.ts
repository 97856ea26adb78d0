import { fault } from '../../ground/fault.js';
import { openPicture } from './open-picture.js';
import type { Undecoded } from './picture.js';

/** HEIC keeps large pictures in tiles, and an ffmpeg that cannot join them yields one: its size gives that away. */
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
