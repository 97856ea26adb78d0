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
        value: `${differing} of ${of} bits differ`,
        basis: [{ carrier: 'thumbnail' as const, place }],
      })),
});
