import type { Finding, Outcome } from '../finding-schema.js';
import type { Report } from '../report.js';
import type { SignalId } from '../signal.js';
import type { Words } from '../words/words.js';
import type { Jumps } from './places.js';

export interface RuleRow {
  clause: string;
  title: string;
  statement: string;
  outcome: string;
  /** What the signals below it did: decided it, or could not be looked for. */
  becauseLabel: string;
  /** `anchor`: where the details show it. */
  because: { id: SignalId; meaning: string; anchor?: string }[];
  /** What to do next; left out where nothing is to be done. */
  next?: string;
  reference: Finding['reference'];
  dates: string;
}

export interface Book {
  title: string;
  edition?: string;
  rows: RuleRow[];
  /** Clauses whose outcome says little of this file, by outcome: they are many. */
  rest: { outcome: string; rows: RuleRow[] }[];
  /** Clauses whose text was not yet compared with the official one. */
  uncompared?: string;
}

export interface RulesSection {
  heading: string;
  books: Book[];
}

/** What the reader wants to see clause by clause. */
const TOLD: ReadonlySet<Outcome> = new Set(['answered', 'partly-answered', 'indeterminate']);
const REST = [
  'no-signal-found',
  'not-assessable',
  'not-applicable',
  'not-in-force',
  'superseded',
] as const satisfies readonly Outcome[];

const MOST_FINDINGS_A_BOOK = 200;

export function rules({ findings, tool }: Report, words: Words, jumps: Jumps): RulesSection | undefined {
  if (findings.length === 0) return undefined;
  const ids = [...new Set(findings.map(({ rulebook }) => rulebook))];
  const books = ids.map((id) => {
    const known = tool.rulebooks.find((one) => one.id === id);
    return book(
      known === undefined ? id : `${known.title}${words.marks.open}${known.jurisdiction}${words.marks.close}`,
      known?.edition,
      findings.filter(({ rulebook }) => rulebook === id),
      words,
      jumps,
    );
  });
  return { heading: words.phrases.rulesOn(tool.asOf), books };
}

function book(
  title: string,
  edition: string | undefined,
  all: readonly Finding[],
  words: Words,
  jumps: Jumps,
): Book {
  const findings = all.slice(0, MOST_FINDINGS_A_BOOK);
  const unread = findings.filter(({ verified }) => !verified);
  const which =
    unread.length === findings.length
      ? words.phrases.uncomparedAll
      : unread.map(({ clause }) => words.clause(clause)).join(words.marks.item);
  return {
    title,
    ...(edition === undefined ? {} : { edition: words.phrases.edition(edition) }),
    rows: findings.filter(({ outcome }) => TOLD.has(outcome)).map((finding) => row(finding, words, jumps)),
    rest: REST.flatMap((outcome) => {
      const rows = findings
        .filter((one) => one.outcome === outcome)
        .map((finding) => row(finding, words, jumps));
      return rows.length === 0 ? [] : [{ outcome: capital(words.findings.outcomes[outcome]), rows }];
    }),
    ...(unread.length === 0
      ? {}
      : { uncompared: `${words.phrases.uncompared}${words.marks.colon}${which}${words.marks.stop}` }),
  };
}

function row(finding: Finding, words: Words, jumps: Jumps): RuleRow {
  const { from, until } = finding.inForce;
  return {
    clause: words.clause(finding.clause),
    title: finding.title ?? '',
    statement: finding.statement ?? '',
    outcome: words.findings.outcomes[finding.outcome],
    becauseLabel: finding.outcome === 'indeterminate' ? words.phrases.couldNotLookFor : words.phrases.because,
    ...nextOf(finding, words),
    because: finding.because.map((id) => {
      const anchor = jumps.toSignal(id);
      return { id, meaning: words.signals[id], ...(anchor === undefined ? {} : { anchor }) };
    }),
    reference: finding.reference,
    dates: until === undefined ? words.phrases.inForceFrom(from) : words.phrases.inForceBetween(from, until),
  };
}

/** A word that is not ours says nothing to do. */
function nextOf({ next, outcome }: Finding, { findings }: Words): { next?: string } {
  const silent = next === 'nothing' || outcome === 'not-in-force' || !Object.hasOwn(findings.next, next);
  return silent ? {} : { next: findings.next[next] };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
