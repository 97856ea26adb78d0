import { isDifferentThumbnail } from '../../base/thumbnail-differs.js';
import { message } from '../../i18n/message.js';
import { foundValue } from '../media/carrier.js';
import { defineDetector } from './detector.js';

export const pixelThumbnail = defineDetector({
  id: 'pixel-thumbnail',
  needs: ['thumbnail'],
  raises: ['file.thumbnailDiffers'],

  detect: ({ thumbnail }) =>
    (foundValue(thumbnail) ?? [])
      .filter(({ differing }) => isDifferentThumbnail(differing))
      .map(({ locator: place, differing, of }) => ({
        id: 'file.thumbnailDiffers' as const,
        backing: 'unsigned' as const,
        messages: { value: message('fact.bitsDiffer', { differing, of }) },
        basis: [{ carrier: 'thumbnail' as const, locator: place }],
      })),
});
