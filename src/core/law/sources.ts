import type { ClauseGrade, SourceKind } from '../report/rule-terms.js';
import type { Rule } from './rulebook.js';

/** Verification grade and references derived from the sources of a clause. */

type Sources = Rule['sources'];

const WORDED: ReadonlySet<SourceKind> = new Set(['official-text', 'verbatim-copy']);

/** Returns whether somebody read the official wording, or a copy of it, for this clause. */
export const isVerified = (sources: Sources): boolean =>
  sources.some(({ kind, supports }) => WORDED.has(kind) && supports.includes('wording'));

/** Returns the first source that has an address, else the first one. */
export function referenceOf(sources: Sources): { title: string; address?: string } {
  const [first] = sources;
  const { title, address } = sources.find((one) => one.address !== undefined) ?? first ?? { title: '' };
  return address === undefined ? { title } : { title, address };
}

export function gradeOf(sources: Sources): ClauseGrade {
  if (isVerified(sources) || sources.some(({ kind }) => kind === 'official-summary')) return 'A';
  const told = sources.filter(({ kind }) => kind !== 'memory');
  if (told.length === 0) return 'C';
  // Only sources that report the wording corroborate each other.
  return told.filter(({ supports }) => supports.includes('wording')).length > 1 ? 'B2' : 'B';
}
