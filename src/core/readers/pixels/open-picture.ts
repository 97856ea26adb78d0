import type { Sharp, SharpInput, SharpOptions } from 'sharp';
import { memoizeAsync } from '../../../base/memoize.js';

/**
 * Loaders of libvips that render (SVG) or read its own formats. The type was already detected, but libvips guesses it
 * again.
 */
const NEVER = ['VipsForeignLoadSvg', 'VipsForeignLoadVips', 'VipsForeignLoadCsv', 'VipsForeignLoadMatrix'];

/** Loads sharp when the first picture is opened, because most files do not need it. */
const loaded = memoizeAsync(async () => {
  const { default: sharp } = await import('sharp');
  // sharp caches by path, but hostile files are read one after the other at the same path, so nothing may carry over.
  sharp.cache(false);
  sharp.block({ operation: NEVER });
  return sharp;
});

/** Opens a picture with sharp; no other module does. Nothing is decoded until requested. */
export async function openPicture(
  input: SharpInput,
  limitInputPixels: number | false,
  options: SharpOptions = {},
): Promise<Sharp> {
  const sharp = await loaded();
  return sharp(input, { limitInputPixels, failOn: 'error', ignoreIcc: true, ...options });
}
