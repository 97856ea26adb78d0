import { CAMERA_ROWS } from './cameras.js';
import { CREDIT_LINES } from './credit-lines.js';
import { EDITOR_ROWS } from './editors.js';
import { ALL_GENERATOR_ROWS } from './generators-all.js';
import { PIXEL_PROOFS } from './pixel-proofs.js';
import { PIXEL_WATERMARKS } from './pixel-watermarks.js';
import { PLATFORM_HINT_ROWS, PLATFORM_ROWS } from './platforms.js';
import type { SignatureRow } from './row.js';
import { VIDEO_AUDIO_ROWS } from './video-audio.js';

/** All rows of all tables: used by the docs, by the derived origins, and by the test that requires a fixture for each. */
export const SIGNATURE_ROWS: readonly SignatureRow[] = [
  ...CREDIT_LINES,
  ...ALL_GENERATOR_ROWS,
  ...VIDEO_AUDIO_ROWS,
  ...CAMERA_ROWS,
  ...EDITOR_ROWS,
  ...PLATFORM_ROWS,
  ...PLATFORM_HINT_ROWS,
  ...PIXEL_PROOFS,
  ...PIXEL_WATERMARKS,
];
