import type { VisibleMarkRow, VisibleShape } from './row.js';

/**
 * White four-pointed star of Gemini and Nano Banana: 48 pixels at 32 pixels from both edges, 96 at 64, and since May
 * 2026 96 at 192 and 48 at 89. Scaling keeps the ratio of distance to size; cropping does not.
 */
const shape: VisibleShape = {
  kind: 'shape',
  sizes: [20, 102],
  places: [
    { distance: 1.167, tolerance: 0.05 },
    { distance: 2.354, tolerance: 0.08 },
    { distance: 2.5, tolerance: 0.08 },
  ],
  exponent: 0.65,
  enlargement: 1.08,
  opacity: { from: 0.4, to: 0.6 },
  correlation: 0.5,
};

export const GEMINI_STAR = {
  id: 'visible-gemini-star',
  signal: 'visible.star',
  service: 'Google Gemini',
  corners: ['lowerRight'],
  look: shape,
  grade: 'S',
  source:
    'Shape drawn by us; sizes and places measured on samples (docs/visible-marks.md) and described in wiltodelta/remove-ai-watermarks and GargantuaX/gemini-watermark-remover',
} as const satisfies VisibleMarkRow;
