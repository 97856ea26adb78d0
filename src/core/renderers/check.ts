import type { Line } from './runs.js';

/** One row of what was looked for, and how it is marked. */

/** Shapes that differ without colour. */
export const MARKS = { present: '●', none: '○', 'not-checked': '–', contradiction: '△' } as const;

export type Mark = keyof typeof MARKS;

export interface Check {
  /** Which row of the checks it is, so that a page can lead there. */
  row?: string;
  label: string;
  mark: Mark;
  word: Line;
  notes: Line[];
}
