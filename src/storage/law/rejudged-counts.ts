import type { OutcomeChange } from '../../core/law/outcome-changes.js';
import { NOT_JUDGED_REASONS, type NotJudgedReason, type RejudgementCounts } from './rejudgements.js';

/** Outcome of one Report or scan record. */
export type RejudgedOutcome =
  | { is: 'superseded' }
  | { is: 'not-judged'; why: NotJudgedReason }
  | { is: 'judged'; changes: readonly OutcomeChange[]; otherwise: boolean; onItsDay: boolean };

/** Returns the counts with one more outcome. */
export function addOutcome(counts: RejudgementCounts, one: RejudgedOutcome): RejudgementCounts {
  const more = (name: Exclude<keyof RejudgementCounts, 'notJudged'>, isSo = true) => ({
    [name]: counts[name] + (isSo ? 1 : 0),
  });
  if (one.is === 'superseded') return { ...counts, ...more('reports'), ...more('superseded') };
  if (one.is === 'not-judged') {
    const { why } = one;
    const notJudged = { ...counts.notJudged, [why]: (counts.notJudged[why] ?? 0) + 1 };
    return { ...counts, ...more('reports'), notJudged };
  }
  const { changes, otherwise, onItsDay } = one;
  const has = (is: OutcomeChange['is']): boolean => changes.some((change) => change.is === is);
  return {
    ...counts,
    ...more('reports'),
    ...more('judged'),
    ...more('changed', changes.length > 0),
    ...more('newFindings', has('new')),
    ...more('endedFindings', has('ended')),
    ...more('otherwise', otherwise && changes.length === 0),
    ...more('onTheirDay', onItsDay),
  };
}

/** Returns the sum of several counts. */
export function sumCounts(all: readonly RejudgementCounts[]): RejudgementCounts {
  const sum = (name: Exclude<keyof RejudgementCounts, 'notJudged'>): number =>
    all.reduce((total, counts) => total + counts[name], 0);
  const notJudged: RejudgementCounts['notJudged'] = {};
  for (const counts of all)
    for (const why of NOT_JUDGED_REASONS)
      if (counts.notJudged[why] !== undefined) notJudged[why] = (notJudged[why] ?? 0) + counts.notJudged[why];
  return {
    reports: sum('reports'),
    judged: sum('judged'),
    changed: sum('changed'),
    newFindings: sum('newFindings'),
    endedFindings: sum('endedFindings'),
    otherwise: sum('otherwise'),
    onTheirDay: sum('onTheirDay'),
    superseded: sum('superseded'),
    notJudged,
  };
}
