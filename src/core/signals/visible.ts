import { VISIBLE } from './families.js';
import type { SignalRow } from './row.js';

/** Marks that people can see in the picture. They are hints: anyone can paste or remove them. */
export const VISIBLE_SIGNALS = {
  'visible.star': VISIBLE,
  'visible.text': VISIBLE,
} as const satisfies Record<string, SignalRow>;
