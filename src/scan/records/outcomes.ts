import type { Outcome } from '../../core/report/finding-schema.js';
import type { ScanRecord } from './record.js';

export interface OutcomeCount {
  rulebook: string;
  outcome: Outcome;
  clauses: number;
}

/**
 * Yields the outcomes of a file by rulebook with the number of clauses. An outcome of a rulebook may occur several
 * times.
 */
export function* outcomeCounts({
  findings,
  silent = {},
}: Pick<ScanRecord, 'findings' | 'silent'>): Generator<OutcomeCount> {
  for (const { rulebook, outcome } of findings) yield { rulebook, outcome, clauses: 1 };
  for (const [rulebook, counts] of Object.entries(silent))
    for (const [outcome, clauses] of Object.entries(counts) as [Outcome, number][])
      if (clauses > 0) yield { rulebook, outcome, clauses };
}
