import type { RunLine } from './runs.js';

/** Row of the checks, with its mark. */

/** Shapes that are distinguishable without colour. */
export const MARKS = { present: '●', none: '○', 'not-checked': '–', contradiction: '△' } as const;

export type Mark = keyof typeof MARKS;

export interface Check {
  /** Row id, used as link target on a page. */
  row?: string;
  label: string;
  mark: Mark;
  word: RunLine;
  notes: RunLine[];
}
