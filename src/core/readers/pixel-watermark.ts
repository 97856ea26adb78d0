import type { PixelWatermark } from '../evidence/evidence.js';
import { PIXEL_WATERMARKS, type PixelWatermarkRow } from '../signatures/pixel-watermarks.js';
import { conclude } from './conclude.js';
import { blockVotes, type Fit, fitOf } from './pixels/block-votes.js';
import { canDecode, decoded, NOT_ASKED, notDecodable, type Picture } from './pixels/picture.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';

/** The encoder refuses smaller pictures. */
const LEAST_PIXELS = 256 * 256;

/** Watermarks of reference pipelines. They last in lossless copies only: that none is found says nothing. */
export const pixelWatermarkReader: Reader<'pixelWatermark'> = {
  carrier: 'pixelWatermark',
  reach: reach({
    read: 'jpeg png webp tiff heif jxl cr3 raf',
    unreached: 'psd jp2',
    none: 'gif svg bmff matroska avi flv mp3 wav flac ogg aiff aac pdf zip tar mail cfb mxf ts ps asf dpx exr bmp postscript xmp',
  }),

  async read(asset, { deep = false }) {
    if (!deep) return NOT_ASKED;
    if (!canDecode(asset)) return notDecodable(asset);
    const pixels = await decoded(asset, deep);
    if ('fault' in pixels) return pixels.fault;
    const found = watermarksIn(pixels.picture);
    return conclude(found, found.length === 0);
  },
};

export function watermarksIn(picture: Picture): PixelWatermark[] {
  if (picture.channels < 3 || picture.width * picture.height < LEAST_PIXELS) return [];
  const best = new Map<string, { correlation: number; mark: PixelWatermark }>();
  for (const { votes, convention, channels } of blockVotes(picture)) {
    for (const row of PIXEL_WATERMARKS) {
      const one = fitOf(votes, row.bits);
      if (!isFound(row, one) || one.correlation <= (best.get(row.id)?.correlation ?? 0)) continue;
      const { matches, correlation } = one;
      const mark = { row: row.id, matches, of: row.bits.length, convention, channels };
      best.set(row.id, { correlation, mark });
    }
  }
  return [...best.values()].map(({ mark }) => mark);
}

function isFound({ leastMatches, leastCorrelation, needs }: PixelWatermarkRow, one: Fit): boolean {
  const enough = [one.matches >= leastMatches, one.correlation >= leastCorrelation];
  return needs === 'both' ? enough.every(Boolean) : enough.some(Boolean);
}
