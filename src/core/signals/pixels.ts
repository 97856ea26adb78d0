import { FILE, PIXELS } from './families.js';
import type { SignalRow } from './row.js';

/** These are only searched for on request, so they do not leave the gathered fact unknown. */
const traces = { fact: 'file.aiTrace', isRequired: false } as const;

const PROOF = { ...PIXELS, maker: 'proof', backing: 'own-key' } as const;
const WATERMARK = {
  ...PIXELS,
  states: 'ai-generated',
  decides: 'watermark',
  contradicts: ['stated'],
  gathering: traces,
} as const satisfies SignalRow;

/** Findings in the pixels themselves: proofs and watermarks that can be checked offline. */
export const PIXEL_SIGNALS = {
  'watermark.stealthText': PIXELS,
  'generator.novelai.proof.holds': {
    ...PROOF,
    states: 'ai-generated',
    decides: 'proof',
    contradicts: ['stated'],
    gathering: traces,
    trace: 'proof-holds',
  },
  'generator.novelai.proof.broken': { ...PROOF, trace: 'proof-broken' },
  'watermark.pixels.sd1': WATERMARK,
  'watermark.pixels.sd2': WATERMARK,
  'watermark.pixels.sdxl': WATERMARK,
  'watermark.pixels.flux': WATERMARK,
  'file.thumbnailDiffers': { ...FILE, backing: 'trace' },
} as const satisfies Record<string, SignalRow>;
