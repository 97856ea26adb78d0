import type { Term } from './glossary.js';
import type { Line } from './runs.js';

/** Lines under one title. */
export interface Group {
  title: string;
  lines: Line[];
  /** What the title speaks of, where the glossary explains it. */
  term?: Term;
  /** Addresses of the lines within the page, where they have some. */
  anchors?: readonly string[];
}

/** Nothing where there is nothing to say. */
export function group(title: string, lines: Line[]): Group[] {
  return lines.length === 0 ? [] : [{ title, lines }];
}
