import { GENERATOR_ROWS } from './generators.js';
import { GENERATOR_MAKER_ROWS } from './generators-makers.js';
import { GENERATOR_TOOL_ROWS } from './generators-tools.js';
import type { SignatureRow } from './row.js';

/** Traces that generators and AI editors write into pictures, sound and video. */
export const ALL_GENERATOR_ROWS: readonly SignatureRow[] = [
  ...GENERATOR_ROWS,
  ...GENERATOR_TOOL_ROWS,
  ...GENERATOR_MAKER_ROWS,
];
