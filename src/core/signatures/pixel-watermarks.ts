import type { SignatureRow } from './row.js';

/**
 * Watermarks that reference pipelines embed into pixels with ShieldMnt/invisible-watermark, method "dwtDct".
 *
 * Thresholds: 44 of 48 matching bits occur by chance once in 1.3 thousand million attempts (sum of C(48,0..4) / 2^48);
 * every row uses this probability or a lower one: 43 of 46 (1 in 4.3e9), 125 of 136 (the same share; far rarer).
 * Correlations likewise (Student's t on the number of bits). 32 bits allow no errors: all of them must match (1 in
 * 4.3e9), as well as the correlation. Measured on 482 unmarked pictures with every payload, convention and channel
 * order: at most 0.75 of the bits, correlation 0.49.
 */
export interface PixelWatermarkRow extends SignatureRow {
  /** One period, in the order of the blocks. */
  bits: string;
  minMatches: number;
  minCorrelation: number;
  /** Whether one of the two thresholds is sufficient. */
  needs: 'either' | 'both';
}

/** Most significant bit first. */
const bitsOf = (ascii: string) =>
  [...ascii].map((character) => character.charCodeAt(0).toString(2).padStart(8, '0')).join('');

export const PIXEL_WATERMARKS = [
  {
    id: 'pixels-sd1',
    signal: 'watermark.pixels.sd1',
    tool: 'Stable Diffusion 1 reference scripts (CompVis)',
    proves: 'generated',
    carriers: ['pixelWatermark'],
    bits: bitsOf('StableDiffusionV1'),
    minMatches: 125,
    minCorrelation: 0.75,
    needs: 'either',
    grade: 'S',
    source: 'CompVis/stable-diffusion scripts/txt2img.py, put_watermark',
  },
  {
    id: 'pixels-sd2',
    signal: 'watermark.pixels.sd2',
    tool: 'Stable Diffusion 2 reference scripts (Stability AI)',
    proves: 'generated',
    carriers: ['pixelWatermark'],
    bits: bitsOf('SDV2'),
    minMatches: 32,
    minCorrelation: 0.85,
    needs: 'both',
    grade: 'S',
    source: 'Stability-AI/stablediffusion scripts/txt2img.py, put_watermark',
  },
  {
    id: 'pixels-sdxl',
    signal: 'watermark.pixels.sdxl',
    tool: 'Stable Diffusion XL reference pipelines (Stability AI, diffusers)',
    proves: 'generated',
    carriers: ['pixelWatermark'],
    bits: '101100111110110010010000011110111011000110011110',
    minMatches: 44,
    minCorrelation: 0.75,
    needs: 'either',
    grade: 'S',
    source:
      'Stability-AI/generative-models scripts/demo/streamlit_helpers.py; huggingface/diffusers pipelines/stable_diffusion_xl/watermark.py',
  },
  {
    // The constant has 48 bits, but Python's bin() drops the two leading zeros, so the period is 46.
    id: 'pixels-flux',
    signal: 'watermark.pixels.flux',
    tool: 'FLUX reference scripts (Black Forest Labs)',
    proves: 'generated',
    carriers: ['pixelWatermark'],
    bits: '1010101111111010000111100111001111010100101110',
    minMatches: 43,
    minCorrelation: 0.76,
    needs: 'either',
    grade: 'S',
    source: 'black-forest-labs/flux src/flux/util.py, WATERMARK_BITS',
  },
] as const satisfies readonly PixelWatermarkRow[];
