import { said } from '../../say/said.js';
import { thumbnailDiffers } from '../ground/thumbnail-differs.js';
import { readValue } from '../media/carrier.js';
import { defineDetector } from './detector.js';

export const pixelThumbnail = defineDetector({
  id: 'pixel-thumbnail',
  needs: ['thumbnail'],
  raises: ['file.thumbnailDiffers'],

  detect: ({ thumbnail }) =>
    (readValue(thumbnail) ?? [])
      .filter(({ differing }) => thumbnailDiffers(differing))
      .map(({ place, differing, of }) => ({
        id: 'file.thumbnailDiffers' as const,
        backing: 'unsigned' as const,
        said: { value: said('fact.bitsDiffer', { differing, of }) },
        basis: [{ carrier: 'thumbnail' as const, place }],
      })),
});
