import type { Sharp, SharpInput, SharpOptions } from 'sharp';
import { onceAsked } from '../../ground/once-asked.js';

/**
 * Its loaders that draw (SVG) or read formats of libvips' own. The bytes are of another format by then, but what libvips
 * makes of them is its own guess.
 */
const NEVER = ['VipsForeignLoadSvg', 'VipsForeignLoadVips', 'VipsForeignLoadCsv', 'VipsForeignLoadMatrix'];

/** Loaded when the first picture is opened: most files are done without. */
const loaded = onceAsked(async () => {
  const { default: sharp } = await import('sharp');
  // It remembers by path, and hostile files are read one after the other at the same one: nothing of one is kept for the next.
  sharp.cache(false);
  sharp.block({ operation: NEVER });
  return sharp;
});

/** The one place that hands anything to sharp. Nothing is decoded before it is asked for. */
export async function openPicture(
  input: SharpInput,
  limitInputPixels: number | false,
  options: SharpOptions = {},
): Promise<Sharp> {
  const sharp = await loaded();
  return sharp(input, { limitInputPixels, failOn: 'error', ignoreIcc: true, ...options });
}
