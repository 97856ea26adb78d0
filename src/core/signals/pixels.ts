import { FILE, PIXELS } from './families.js';
import type { SignalRow } from './row.js';

/** Looked for only where that is asked: a fact gathered from texts is known without. */
const traces = { into: 'file.aiTrace', leavesOpen: false } as const;

const PROOF = { ...PIXELS, by: 'proof', backing: 'own-key' } as const;
const WATERMARK = {
  ...PIXELS,
  states: 'ai-generated',
  decides: 'watermark',
  contradicts: ['stated'],
  gathered: traces,
} as const satisfies SignalRow;

/** What the pixels themselves show: proofs and watermarks that need no network. */
export const PIXEL_SIGNALS = {
  'watermark.stealthText': PIXELS,
  'generator.novelai.proof.holds': {
    ...PROOF,
    states: 'ai-generated',
    decides: 'proof',
    contradicts: ['stated'],
    gathered: traces,
    trace: 'proof-holds',
  },
  'generator.novelai.proof.broken': { ...PROOF, trace: 'proof-broken' },
  'watermark.pixels.sd1': WATERMARK,
  'watermark.pixels.sd2': WATERMARK,
  'watermark.pixels.sdxl': WATERMARK,
  'watermark.pixels.flux': WATERMARK,
  'file.thumbnailDiffers': { ...FILE, backing: 'trace' },
} as const satisfies Record<string, SignalRow>;
