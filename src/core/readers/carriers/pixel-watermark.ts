import type { PixelWatermark } from '../../evidence/evidence.js';
import { PIXEL_WATERMARKS, type PixelWatermarkRow } from '../../signatures/pixel-watermarks.js';
import { conclude } from '../conclude.js';
import { countBlockVotes, fitPayload, type PayloadFit } from '../pixels/block-votes.js';
import { canDecode, decodePicture, NOT_REQUESTED, notDecodable, type Picture } from '../pixels/picture.js';
import type { Reader } from '../reader.js';

/** Minimum size of pictures that the encoder accepts. */
const MIN_PIXELS = 256 * 256;

/** Detects watermarks of reference pipelines. They survive in lossless copies only, so their absence proves nothing. */
export const pixelWatermarkReader: Reader<'pixelWatermark'> = {
  carrier: 'pixelWatermark',

  async read(asset, { deep = false }) {
    if (!deep) return NOT_REQUESTED;
    if (!canDecode(asset)) return notDecodable(asset);
    const pixels = await decodePicture(asset, deep);
    if ('fault' in pixels) return pixels.fault;
    const found = findWatermarks(pixels.picture);
    return conclude(found, found.length === 0);
  },
};

export function findWatermarks(picture: Picture): PixelWatermark[] {
  if (picture.channels < 3 || picture.width * picture.height < MIN_PIXELS) return [];
  const best = new Map<string, { correlation: number; mark: PixelWatermark }>();
  for (const { votes, convention, channels } of countBlockVotes(picture)) {
    for (const row of PIXEL_WATERMARKS) {
      const one = fitPayload(votes, row.bits);
      if (!isFound(row, one) || one.correlation <= (best.get(row.id)?.correlation ?? 0)) continue;
      const { matches, correlation } = one;
      const mark = { row: row.id, matches, of: row.bits.length, convention, channels };
      best.set(row.id, { correlation, mark });
    }
  }
  return [...best.values()].map(({ mark }) => mark);
}

function isFound(
  { minMatches: leastMatches, minCorrelation: leastCorrelation, needs }: PixelWatermarkRow,
  one: PayloadFit,
): boolean {
  const enough = [one.matches >= leastMatches, one.correlation >= leastCorrelation];
  return needs === 'both' ? enough.every(Boolean) : enough.some(Boolean);
}
