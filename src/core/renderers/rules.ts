import { speechOf } from '../../say/speech.js';
import type { Finding, Outcome } from '../finding-schema.js';
import type { Report } from '../report.js';
import { loadRulebooks } from '../rulebooks/index.js';
import { type FindingWords, findingWords, tellRulebooks } from '../rulebooks/tell.js';
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

export function rules(report: Report, words: Words, jumps: Jumps): RulesSection | undefined {
  const { findings, tool } = report;
  if (findings.length === 0) return undefined;
  const ids = [...new Set(findings.map(({ rulebook }) => rulebook))];
  const speech = speechOf(words.language);
  const known = tellRulebooks(tool.rulebooks, speech, loadRulebooks());
  const said = (finding: Finding) => findingWords(finding, report, speech, loadRulebooks());
  const books = ids.map((id) => {
    const law = known.find((one) => one.id === id);
    return book(
      law === undefined ? id : `${law.title}${words.marks.open}${law.jurisdiction}${words.marks.close}`,
      law?.edition,
      findings.filter(({ rulebook }) => rulebook === id),
      said,
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
  said: (finding: Finding) => FindingWords,
  words: Words,
  jumps: Jumps,
): Book {
  const findings = all.slice(0, MOST_FINDINGS_A_BOOK);
  const unread = findings.filter(({ verified }) => !verified);
  const which =
    unread.length === findings.length
      ? words.phrases.uncomparedAll
      : unread.map((one) => said(one).clause).join(words.marks.item);
  return {
    title,
    ...(edition === undefined ? {} : { edition: words.phrases.edition(edition) }),
    rows: findings
      .filter(({ outcome }) => TOLD.has(outcome))
      .map((finding) => row(finding, said(finding), words, jumps)),
    rest: REST.flatMap((outcome) => {
      const rows = findings
        .filter((one) => one.outcome === outcome)
        .map((finding) => row(finding, said(finding), words, jumps));
      return rows.length === 0 ? [] : [{ outcome: capital(outcomeWord(outcome, words)), rows }];
    }),
    ...(unread.length === 0
      ? {}
      : { uncompared: `${words.phrases.uncompared}${words.marks.colon}${which}${words.marks.stop}` }),
  };
}

const outcomeWord = (outcome: Outcome, { language }: Words) =>
  speechOf(language).words(`law.outcome.${outcome}`);

function row(
  finding: Finding,
  { clause, title, statement }: FindingWords,
  words: Words,
  jumps: Jumps,
): RuleRow {
  const { from, until } = finding.inForce;
  return {
    clause,
    title,
    statement,
    outcome: outcomeWord(finding.outcome, words),
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

function nextOf({ next, outcome }: Finding, { language }: Words): { next?: string } {
  const silent = next === 'nothing' || outcome === 'not-in-force';
  return silent ? {} : { next: speechOf(language).words(`law.next.${next}`) };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
