import type { Term } from './glossary.js';
import type { RunLine } from './runs.js';

/** Lines under one title. */
export interface LineGroup {
  title: string;
  lines: RunLine[];
  /** Glossary term of the title, if there is one. */
  term?: Term;
  /** Fragment identifiers of the lines, if they are link targets. */
  anchors?: readonly string[];
}

/** Returns no group if there are no lines. */
export function toGroup(title: string, lines: RunLine[]): LineGroup[] {
  return lines.length === 0 ? [] : [{ title, lines }];
}
