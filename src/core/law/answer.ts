import type { Finding, Outcome } from '../report/finding-schema.js';
import type { StoredReport } from '../report/report.js';
import type { ClauseKind, Role } from '../report/rule-terms.js';
import { bindsOneOf } from './binding.js';
import { rulebooksOf } from './law-selection.js';
import { reevaluate } from './reevaluate.js';
import { loadRulebooks } from './rulebooks/index.js';

/** The few clauses that answer a person's question about the law of a place. */

export type AnsweredReport = Pick<
  StoredReport,
  'asset' | 'law' | 'signals' | 'reads' | 'contentCredentials' | 'tool'
>;

export interface LawAnswer {
  /** Jurisdiction as requested; `US` includes its states. */
  jurisdiction: string;
  /** Roles that were requested; absent if none was. */
  roles?: readonly Role[];
  findings: Finding[];
}

/** Number of clauses that a person is shown, over all places together. */
export const MAX_ANSWERS = 5;

/** Rank of an outcome: what the file shows comes first. Outcomes without a rank say nothing about this file. */
const RANK: Partial<Record<Outcome, number>> = {
  answered: 0,
  'partly-answered': 0,
  'indicator-seen': 0,
  'no-signal-found': 2,
  look: 2,
  indeterminate: 2,
  'none-seen': 4,
  'not-in-force': 6,
};
const KIND_RANK: Record<ClauseKind, number> = {
  mark: 0,
  tell: 0,
  prohibition: 1,
  'safe-harbour': 2,
  process: 2,
  encouraged: 2,
};

/**
 * Returns for each requested place the clauses to show, at most {@link MAX_ANSWERS} in all and the places in turn. They
 * are evaluated from the Report's own signals on its own day. Of an article only the
 * clause of a kind that says most is chosen.
 */
export function answerLaw(report: AnsweredReport): LawAnswer[] {
  const { law = [], tool } = report;
  const asked = [...new Set(law.flatMap(({ role }) => role ?? []))];
  const roles = asked.length === 0 ? undefined : asked;
  const all = loadRulebooks();
  const laws = new Set(all.filter(({ kind }) => kind === 'law').map(({ id }) => id));
  const places = [...new Set(law.map(({ jurisdiction }) => jurisdiction))].map((jurisdiction) => ({
    jurisdiction,
    waiting: rankFindings(reevaluate(report, rulebooksOf([jurisdiction], all), tool.asOf), roles, laws),
    findings: [] as Finding[],
  }));
  for (let left = MAX_ANSWERS, turn = 0; left > 0 && turn < MAX_ANSWERS; turn++) {
    for (const { waiting, findings } of places) {
      const next = waiting[turn];
      if (next === undefined || left === 0) continue;
      findings.push(next);
      left--;
    }
  }
  return places.map(({ jurisdiction, findings }) => ({
    jurisdiction,
    ...(roles === undefined ? {} : { roles }),
    findings,
  }));
}

function rankFindings(
  findings: readonly Finding[],
  roles: readonly Role[] | undefined,
  laws: ReadonlySet<string>,
): Finding[] {
  const ranked = findings
    .flatMap((finding) => {
      const { outcome, kind, status, inForce, rulebook } = finding;
      const rank = RANK[outcome];
      if (rank === undefined) return [];
      const isVoluntary = status === 'voluntary' || !laws.has(rulebook);
      // Only law has a day on which it comes into force.
      if (outcome === 'not-in-force' && (isVoluntary || inForce.from === undefined)) return [];
      const isForOthers = roles !== undefined && !bindsOneOf(finding, roles);
      const own =
        rank + (kind === undefined ? 2 : KIND_RANK[kind]) + (isForOthers ? 1 : 0) + (isVoluntary ? 1 : 0);
      return [{ finding, own }];
    })
    .sort((a, b) => a.own - b.own);
  const seen = new Set<string>();
  return ranked.flatMap(({ finding }) => {
    const { rulebook, provision, kind } = finding;
    const same = `${rulebook}/${provision}/${kind}`;
    if (seen.has(same)) return [];
    seen.add(same);
    return [finding];
  });
}
