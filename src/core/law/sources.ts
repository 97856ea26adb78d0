import type { Grade, SourceKind } from '../report/rule-terms.js';
import type { Rule } from './rulebook.js';

/** What the sources of a clause come to. */

type Sources = Rule['sources'];

const WORDED: ReadonlySet<SourceKind> = new Set(['official-text', 'verbatim-copy']);

/** Whether somebody read the official words, or a copy of them, for this clause. */
export const verifiedBy = (sources: Sources): boolean =>
  sources.some(({ kind, supports }) => WORDED.has(kind) && supports.includes('wording'));

export function gradeOf(sources: Sources): Grade {
  if (verifiedBy(sources) || sources.some(({ kind }) => kind === 'official-summary')) return 'A';
  const told = sources.filter(({ kind }) => kind !== 'memory');
  if (told.length === 0) return 'C';
  // Only those that tell what it says bear each other out.
  return told.filter(({ supports }) => supports.includes('wording')).length > 1 ? 'B2' : 'B';
}
