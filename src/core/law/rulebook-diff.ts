import type { Finding } from '../report/finding-schema.js';
import type { StoredReport } from '../report/report.js';
import type { Role } from '../report/rule-terms.js';
import { reevaluate } from './reevaluate.js';
import type { Rule, Rulebook } from './rulebook.js';
import type { WatchedLaw } from './watched.js';

/** Changes of law between two days: clauses that begin and end, and their effect on a Report. */

export interface RuleChange {
  /** First day of the change. */
  on: string;
  change: 'begins' | 'ends';
  rulebook: string;
  rule: Rule;
  /** Cohort concerned; absent if the change applies to all. */
  cohort?: string;
}

/** Returns the clauses whose first or last day falls after `from` and not after `to`; by date, then in Report order. */
export function changesBetween(rulebooks: readonly Rulebook[], from: string, to: string): RuleChange[] {
  const within = (day: string | undefined): day is string => day !== undefined && from < day && day <= to;
  const changes = rulebooks.flatMap(({ id, rules }) =>
    rules.flatMap((rule) =>
      rule.periods.flatMap(({ from: begins, until, cohort }): RuleChange[] => {
        const whose = { rulebook: id, rule, ...(cohort === undefined ? {} : { cohort }) };
        return [
          ...(within(until) ? [{ on: until, change: 'ends' as const, ...whose }] : []),
          ...(within(begins) ? [{ on: begins, change: 'begins' as const, ...whose }] : []),
        ];
      }),
    ),
  );
  return changes.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** Watched law that begins, or whose sources are due for another look because a change was expected. */
export interface WatchedChange {
  on: string;
  change: 'begins' | 'due';
  watched: WatchedLaw;
}

/** Returns changes of watched law after `from` and not after `to`; a known month or year counts from its first day. */
export function watchedChangesBetween(all: readonly WatchedLaw[], from: string, to: string): WatchedChange[] {
  const changes = all.flatMap((watched): WatchedChange[] => {
    const { effective, checkAgainOn } = watched;
    const begins = effective === undefined ? undefined : `${effective}-01-01`.slice(0, 10);
    return [
      ...(begins === undefined ? [] : [{ on: begins, change: 'begins' as const, watched }]),
      ...(checkAgainOn === undefined ? [] : [{ on: checkAgainOn, change: 'due' as const, watched }]),
    ];
  });
  return changes
    .filter(({ on }) => from < on && on <= to)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

export interface FindingChange {
  before: Finding;
  after: Finding;
}

/** Returns the clauses whose outcome for this Report differs between the two days. */
export function findingChanges(
  report: StoredReport,
  rulebooks: readonly Rulebook[],
  from: string,
  to: string,
  roles?: readonly Role[],
): FindingChange[] {
  const before = reevaluate(report, rulebooks, from, roles);
  const after = reevaluate(report, rulebooks, to, roles);
  return before.flatMap((one, index) => {
    const other = after[index];
    return other !== undefined && other.outcome !== one.outcome ? [{ before: one, after: other }] : [];
  });
}
