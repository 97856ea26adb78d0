import { defineDetector } from '../detector.js';
import { readValue } from '../evidence.js';
import { thumbnailDiffers } from '../thumbnail-differs.js';

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
