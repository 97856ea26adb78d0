import { message } from '../../i18n/message.js';
import type { PixelWatermark } from '../evidence/evidence.js';
import { foundValue } from '../media/carrier.js';
import type { Signal } from '../report/signal.js';
import { PIXEL_WATERMARKS } from '../signatures/pixel-watermarks.js';
import { defineDetector } from './detector.js';

/** Detects watermarks above their thresholds. The encoder is public, so anyone can put one into any picture. */
export const pixelWatermark = defineDetector({
  id: 'pixel-watermark',
  needs: ['pixelWatermark'],
  raises: PIXEL_WATERMARKS.map((row) => row.signal),

  detect: ({ pixelWatermark: read }) => (foundValue(read) ?? []).flatMap(signalOf),
});

function signalOf({ row: id, matches, of, channels }: PixelWatermark): Signal[] {
  const row = PIXEL_WATERMARKS.find((one) => one.id === id);
  if (!row) return [];
  return [
    {
      id: row.signal,
      backing: 'inferred',
      messages: { value: message('fact.bitsMatch', { matches, of }) },
      grade: row.grade,
      facts: [
        { name: 'tool', value: row.tool },
        { name: 'channel order', value: channels.toUpperCase() },
      ],
      basis: [{ carrier: 'pixelWatermark', locator: 'U channel, low band', row: id }],
    },
  ];
}
