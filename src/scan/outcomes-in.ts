import type { Outcome } from '../core/report/finding-schema.js';
import type { SlimRecord } from './record.js';

export interface OutcomeCount {
  rulebook: string;
  outcome: Outcome;
  clauses: number;
}

/** What the law made of a file, counted: each outcome of each rulebook once or several times. */
export function* outcomesIn({
  findings,
  silent = {},
}: Pick<SlimRecord, 'findings' | 'silent'>): Generator<OutcomeCount> {
  for (const { rulebook, outcome } of findings) yield { rulebook, outcome, clauses: 1 };
  for (const [rulebook, counts] of Object.entries(silent))
    for (const [outcome, clauses] of Object.entries(counts) as [Outcome, number][])
      if (clauses > 0) yield { rulebook, outcome, clauses };
}
