import { GEMINI_STAR } from './gemini-star.js';
import type { VisibleMarkRow } from './row.js';

/** All visible marks. */
export const VISIBLE_MARKS: readonly VisibleMarkRow[] = [GEMINI_STAR];
