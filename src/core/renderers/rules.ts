import { daySaid } from '../../say/amounts.js';
import type { Speech } from '../../say/speech.js';
import { loadRulebooks } from '../law/rulebooks/index.js';
import { type FindingWords, findingWords, tellRulebooks } from '../law/rulebooks/tell.js';
import type { Finding, Outcome } from '../report/finding-schema.js';
import type { Report } from '../report/report.js';
import type { SignalId } from '../report/signal.js';
import { meaningOf } from '../signals/meaning.js';
import { inLanguage, type Text } from './kept-text.js';
import { lawLines } from './law-lines.js';
import { marksOf } from './marks.js';
import type { Jumps } from './places.js';
import type { Line } from './runs.js';

export interface RuleRow {
  clause: string;
  title: Text;
  statement: Text;
  /** Words of it that are the law's own. */
  quotations: NonNullable<Finding['quotations']>;
  outcome: string;
  code: Outcome;
  /** Of what was found in part: what of it is not there. */
  missing?: Text;
  /** What the signals below it did: decided it, or could not be looked for. */
  becauseLabel: string;
  /** They could not be looked for. */
  unread: boolean;
  /** `anchor`: where the details show it. */
  because: { id: SignalId; meaning: string; anchor?: string }[];
  /** What to do next; left out where nothing is to be done. */
  next?: string;
  reference: Finding['reference'];
  dates: string;
}

export interface Book {
  title: Line;
  edition?: string;
  /** `answered (2) · no signal found (3)`: what is inside, without opening it. */
  counts: string;
  rows: RuleRow[];
  /** Clauses whose outcome says little of this file, by outcome: they are many. */
  rest: { outcome: string; heading: string; rows: RuleRow[] }[];
  /** Clauses whose text was not yet compared with the official one. */
  uncompared?: string;
}

export interface RulesSection {
  heading: string;
  /** What each place makes of the file, in brief, and the file’s own days. */
  lines: string[];
  books: Book[];
}

/** What the reader wants to see clause by clause. */
const TOLD: ReadonlySet<Outcome> = new Set([
  'answered',
  'partly-answered',
  'indicator-seen',
  'indeterminate',
  'look',
]);
const REST = [
  'no-signal-found',
  'none-seen',
  'not-assessable',
  'not-applicable',
  'not-in-force',
  'superseded',
] as const satisfies readonly Outcome[];

const MOST_FINDINGS_A_BOOK = 200;

export function rules(report: Report, speech: Speech, jumps: Jumps): RulesSection | undefined {
  const { findings, tool } = report;
  const lines = lawLines(report, speech);
  if (findings.length === 0 && lines.length === 0) return undefined;
  const laws = findings.length === 0 ? [] : tellRulebooks(tool.rulebooks, speech, loadRulebooks());
  const said = (finding: Finding) => findingWords(finding, report, speech, loadRulebooks());
  const ids = [...new Set(findings.map(({ rulebook }) => rulebook))];
  const books = ids.map((id) => {
    const known = laws.find((one) => one.id === id);
    return book(
      known === undefined
        ? [id]
        : [known.title, `${marksOf(speech).open}${known.jurisdiction}${marksOf(speech).close}`],
      known?.edition,
      findings.filter(({ rulebook }) => rulebook === id),
      said,
      speech,
      jumps,
    );
  });
  return { heading: speech.words('page.phrase.rulesOn', { day: daySaid(tool.asOf) }), lines, books };
}

function book(
  title: Line,
  edition: string | undefined,
  all: readonly Finding[],
  said: (finding: Finding) => FindingWords,
  speech: Speech,
  jumps: Jumps,
): Book {
  const findings = all.slice(0, MOST_FINDINGS_A_BOOK);
  const unread = findings.filter(({ verified }) => !verified);
  const which =
    unread.length === findings.length
      ? speech.words('page.phrase.uncomparedAll')
      : unread.map((one) => said(one).clause).join(marksOf(speech).item);
  const rows = findings
    .filter(({ outcome }) => TOLD.has(outcome))
    .map((finding) => row(finding, said(finding), speech, jumps));
  const rest = REST.flatMap((outcome) => {
    const rows = findings
      .filter((one) => one.outcome === outcome)
      .map((finding) => row(finding, said(finding), speech, jumps));
    const word = speech.words(`law.outcome.${outcome}`);
    return rows.length === 0 ? [] : [{ outcome: word, heading: capital(word, speech), rows }];
  });
  return {
    title,
    counts: countsOf([...rows, ...rest.flatMap(({ rows: those }) => those)], speech),
    rows,
    rest,
    ...(edition === undefined
      ? {}
      : { edition: speech.words('page.phrase.edition', { day: daySaid(edition) }) }),
    ...(unread.length === 0
      ? {}
      : {
          uncompared: `${speech.words('page.phrase.uncompared')}${marksOf(speech).colon}${which}${marksOf(speech).stop}`,
        }),
  };
}

function countsOf(rows: readonly RuleRow[], speech: Speech): string {
  const { open, close } = marksOf(speech);
  const counts = new Map<string, number>();
  for (const { outcome } of rows) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${outcome}${open}${count}${close}`).join(' · ');
}

function row(
  finding: Finding,
  { clause, title, statement, quotations = [], missing, language }: FindingWords,
  speech: Speech,
  jumps: Jumps,
): RuleRow {
  const unread = finding.outcome === 'indeterminate';
  return {
    clause,
    title: inLanguage(title, language),
    statement: inLanguage(statement, language),
    quotations,
    outcome: speech.words(`law.outcome.${finding.outcome}`),
    code: finding.outcome,
    ...(missing === undefined ? {} : { missing: inLanguage(missing, language) }),
    becauseLabel: speech.words(unread ? 'page.phrase.couldNotLookFor' : 'page.phrase.because'),
    unread,
    ...nextOf(finding, speech),
    because: finding.because.map((id) => {
      const anchor = jumps.toSignal(id);
      return { id, meaning: speech.say(meaningOf(id)), ...(anchor === undefined ? {} : { anchor }) };
    }),
    reference: finding.reference,
    dates: datesOf(finding, speech),
  };
}

function datesOf({ inForce: { from, until } }: Finding, speech: Speech): string {
  if (from === undefined) return speech.words('page.phrase.notLawYet');
  return until === undefined
    ? speech.words('page.phrase.inForceFrom', { from: daySaid(from) })
    : speech.words('page.phrase.inForceBetween', { from: daySaid(from), until: daySaid(until) });
}

function nextOf({ next, outcome }: Finding, speech: Speech): { next?: string } {
  const silent = next === 'nothing' || outcome === 'not-in-force';
  return silent ? {} : { next: speech.words(`law.next.${next}`) };
}

function capital(text: string, { language }: Speech): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(language) + text.slice(first.length);
}
