import type { Language } from '../../i18n/languages.js';
import type { Finding } from '../report/finding-schema.js';
import type { StoredReport } from '../report/report.js';
import type { Role } from '../report/rule-terms.js';
import { bindsOneOf } from './binding.js';
import { reevaluate } from './reevaluate.js';
import type { Rule, Rulebook } from './rulebook.js';
import { chooseRulebooks, listJurisdictions, loadRulebooks } from './rulebooks/index.js';
import { firstDayOf, isWatchedIn, loadWatchedLaw, type WatchedLaw } from './watched.js';

/** Changes of law between two days: clauses that begin and end, and their effect on a Report. */

export const CLAUSE_CHANGES = ['begins', 'ends'] as const;
export const WATCHED_CHANGES = [...CLAUSE_CHANGES, 'due'] as const;

export interface RuleChange {
  /** First day of the change. */
  on: string;
  change: (typeof CLAUSE_CHANGES)[number];
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

/** Watched law that begins or ends, or whose sources are due for another look because a change was expected. */
export interface WatchedChange {
  on: string;
  change: (typeof WATCHED_CHANGES)[number];
  watched: WatchedLaw;
}

/** Returns changes of watched law after `from` and not after `to`; a known month or year counts from its first day. */
export function watchedChangesBetween(all: readonly WatchedLaw[], from: string, to: string): WatchedChange[] {
  const changes = all.flatMap((watched): WatchedChange[] => {
    const { effective, until, checkAgainOn } = watched;
    return [
      ...(until === undefined ? [] : [{ on: firstDayOf(until), change: 'ends' as const, watched }]),
      ...(effective === undefined ? [] : [{ on: firstDayOf(effective), change: 'begins' as const, watched }]),
      ...(checkAgainOn === undefined ? [] : [{ on: checkAgainOn, change: 'due' as const, watched }]),
    ];
  });
  return changes
    .filter(({ on }) => from < on && on <= to)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** Law that was selected, and its changes in a span of days. */
export interface LawChanges {
  books: readonly Rulebook[];
  changes: readonly RuleChange[];
  watched: readonly WatchedChange[];
}

interface LawFilter {
  /** A country includes its states. A place may have watched law alone. */
  jurisdictions?: readonly string[];
  /** Roles to which clauses are limited. Watched law does not record whom it binds, so all of it is listed. */
  roles?: readonly Role[];
}

/** Finds the changes of the law in force after `from` and not after `to`. Throws an error with code `unknown-jurisdiction` for a place without any law. */
export function findLawChanges(
  { jurisdictions, roles }: LawFilter,
  { from, to }: { from: string; to: string },
  language: Language,
): LawChanges {
  const all = loadWatchedLaw(language);
  const encoded = jurisdictions?.filter((one) => !all.some((law) => isWatchedIn(law, [one])) || hasBook(one));
  const books = chooseRulebooks({ ...(encoded && { jurisdictions: encoded }) }).map((book) => ({
    ...book,
    rules: book.rules.filter((rule) => bindsOneOf(rule, roles)),
  }));
  const watched = all.filter((one) => isWatchedIn(one, jurisdictions));
  return {
    books,
    changes: changesBetween(books, from, to),
    watched: watchedChangesBetween(watched, from, to),
  };
}

const hasBook = (place: string): boolean => listJurisdictions(loadRulebooks()).includes(place);

/** Returns the places that have law: those of rulebooks in their order, then those of watched law alone. */
export const listPlaces = (): string[] => [
  ...new Set([
    ...listJurisdictions(loadRulebooks()),
    ...loadWatchedLaw('en')
      .map(({ jurisdiction }) => jurisdiction)
      .sort(),
  ]),
];

export interface CalendarRequest extends LawFilter {
  /** First day of the twelve months. */
  from: string;
}

/** Finds the changes of twelve months, with their first and last day. */
export function findCalendar({ from, ...filter }: CalendarRequest, language: Language) {
  const span = calendarSpan(from);
  return { from, to: span.to, changes: findLawChanges(filter, span, language) };
}

/** Returns the span of a calendar, as {@link findLawChanges} takes it: the twelve months that begin with a day. */
export function calendarSpan(first: string): { from: string; to: string } {
  const to = new Date(`${first}T00:00:00Z`);
  to.setUTCFullYear(to.getUTCFullYear() + 1);
  return { from: dayBefore(new Date(`${first}T00:00:00Z`)), to: dayBefore(to) };
}

const dayBefore = (day: Date): string => new Date(day.getTime() - DAY_MILLIS).toISOString().slice(0, 10);
const DAY_MILLIS = 86_400_000;

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
