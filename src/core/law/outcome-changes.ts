import { knownKindOf } from '../media/media-types.js';
import type { Finding, Outcome } from '../report/finding-schema.js';
import type { LawSummary as LawEntry } from '../report/law-schema.js';
import { bindsOneOf } from './binding.js';
import { evaluate } from './evaluate.js';
import { listSelectedRulebooks, type ResolvedLaw } from './law-selection.js';
import { findUnknowable, type JudgedReport } from './reevaluate.js';

/** `new`: the clause now says something about the file and did not before. `ended`: the reverse. */
export const CHANGE_KINDS = ['new', 'ended', 'other'] as const;

export interface OutcomeChange {
  rulebook: string;
  rule: string;
  /** Absent if nothing was reported for the clause, or it did not exist. */
  before?: Outcome;
  /** Absent if the clause no longer exists. */
  after?: Outcome;
  is: (typeof CHANGE_KINDS)[number];
}

export interface OutcomeComparison {
  /** Changes in which one side says something about the file. */
  changes: OutcomeChange[];
  /** True if the outcome changed for a clause that says nothing about the file. */
  otherwise: boolean;
}

const SEES: ReadonlySet<string> = new Set(['answered', 'partly-answered', 'indicator-seen']);
/** True if the outcome says something about this file that has to be reported. */
const isReportable = (outcome: string | undefined): boolean =>
  outcome !== undefined && (SEES.has(outcome) || outcome === 'look');

/** Findings and summaries of the stored Report before re-evaluation. */
export interface StoredFindings {
  findings: readonly Pick<Finding, 'rulebook' | 'rule' | 'outcome'>[];
  law?: readonly Pick<LawEntry, 'books'>[] | undefined;
}

/**
 * Compares the findings of other law with those stored for a file, using its stored signals. Pure: the file is not
 * opened. Every selected clause is evaluated, including those that a Report leaves out.
 */
export function findOutcomeChanges(
  before: JudgedReport & StoredFindings,
  law: ResolvedLaw,
  asOf: string,
): OutcomeComparison {
  const now = evaluateNow(before, law, asOf);
  const reported = collectReported(before);
  const changes: OutcomeChange[] = [];
  let otherwise = false;
  for (const key of new Set([...now.keys(), ...reported.keys()])) {
    const [was, finding] = [reported.get(key), now.get(key)];
    const outcome = finding?.outcome;
    if (was?.outcome === outcome) continue;
    const clause = finding ?? was;
    if (clause === undefined) continue;
    if (!isReportable(was?.outcome) && !isReportable(outcome)) {
      // The earlier outcome of a clause that was left out is unknown.
      otherwise ||= was !== undefined;
      continue;
    }
    const { rulebook, rule } = clause;
    changes.push({
      ...{ rulebook, rule },
      ...(was === undefined ? {} : { before: was.outcome }),
      ...(outcome === undefined ? {} : { after: outcome }),
      is: !isReportable(was?.outcome) ? 'new' : isReportable(outcome) ? 'other' : 'ended',
    });
  }
  return { changes, otherwise };
}

/** Returns the current finding of each clause that the given law options select. */
function evaluateNow(before: JudgedReport, law: ResolvedLaw, asOf: string): Map<string, Finding> {
  const { asset, signals } = before;
  const facts = { kind: knownKindOf(asset), signals, unknowable: findUnknowable(before), asOf };
  const full = new Set(law.inFull.map(({ id }) => id));
  const inPlaces = new Set(law.jurisdictions.flatMap(({ rulebooks }) => rulebooks.map(({ id }) => id)));
  const isTold = (finding: Finding): boolean =>
    (full.has(finding.rulebook) && bindsOneOf(finding, law.roles)) ||
    (inPlaces.has(finding.rulebook) && bindsOneOf(finding, law.summaryRoles));
  const findings = evaluate(listSelectedRulebooks(law), facts).filter(isTold);
  return new Map(findings.map((finding) => [keyOf(finding), finding]));
}

interface ReportedClause {
  rulebook: string;
  rule: string;
  outcome: Outcome;
}

function collectReported({ findings, law = [] }: StoredFindings): Map<string, ReportedClause> {
  const reported = new Map<string, ReportedClause>();
  for (const { rulebook, clauses } of law.flatMap(({ books }) => books))
    for (const { rule, outcome } of clauses)
      reported.set(keyOf({ rulebook, rule }), { rulebook, rule, outcome });
  // Findings list also the clauses that summaries leave out.
  for (const { rulebook, rule, outcome } of findings)
    reported.set(keyOf({ rulebook, rule }), { rulebook, rule, outcome });
  return reported;
}

const keyOf = ({ rulebook, rule }: { rulebook: string; rule: string }): string => `${rulebook} ${rule}`;
