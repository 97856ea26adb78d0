import { daySaid } from '../../say/amounts.js';
import type { Speech } from '../../say/speech.js';
import { loadRulebooks } from '../law/rulebooks/index.js';
import { type FindingWords, findingWords, tellRulebooks } from '../law/rulebooks/tell.js';
import type { Finding, Outcome } from '../report/finding-schema.js';
import type { Report } from '../report/report.js';
import type { SignalId } from '../report/signal.js';
import { meaningOf } from '../signals/meaning.js';
import { inLanguage, type Text } from './kept-text.js';
import { marksOf } from './marks.js';
import type { Jumps } from './places.js';
import type { Line } from './runs.js';

export interface RuleRow {
  clause: string;
  title: Text;
  statement: Text;
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
  title: Line;
  edition?: string;
  rows: RuleRow[];
  /** Clauses whose outcome says little of this file, by outcome: they are many. */
  rest: { outcome: string; heading: string; rows: RuleRow[] }[];
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

export function rules(report: Report, speech: Speech, jumps: Jumps): RulesSection | undefined {
  const { findings, tool } = report;
  if (findings.length === 0) return undefined;
  const laws = tellRulebooks(tool.rulebooks, speech, loadRulebooks());
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
  return { heading: speech.words('page.phrase.rulesOn', { day: daySaid(tool.asOf) }), books };
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
  return {
    title,
    ...(edition === undefined
      ? {}
      : { edition: speech.words('page.phrase.edition', { day: daySaid(edition) }) }),
    rows: findings
      .filter(({ outcome }) => TOLD.has(outcome))
      .map((finding) => row(finding, said(finding), speech, jumps)),
    rest: REST.flatMap((outcome) => {
      const rows = findings
        .filter((one) => one.outcome === outcome)
        .map((finding) => row(finding, said(finding), speech, jumps));
      const word = speech.words(`law.outcome.${outcome}`);
      return rows.length === 0 ? [] : [{ outcome: word, heading: capital(word, speech), rows }];
    }),
    ...(unread.length === 0
      ? {}
      : {
          uncompared: `${speech.words('page.phrase.uncompared')}${marksOf(speech).colon}${which}${marksOf(speech).stop}`,
        }),
  };
}

function row(
  finding: Finding,
  { clause, title, statement, language }: FindingWords,
  speech: Speech,
  jumps: Jumps,
): RuleRow {
  const { from, until } = finding.inForce;
  return {
    clause,
    title: inLanguage(title, language),
    statement: inLanguage(statement, language),
    outcome: speech.words(`law.outcome.${finding.outcome}`),
    becauseLabel:
      finding.outcome === 'indeterminate'
        ? speech.words('page.phrase.couldNotLookFor')
        : speech.words('page.phrase.because'),
    ...nextOf(finding, speech),
    because: finding.because.map((id) => {
      const anchor = jumps.toSignal(id);
      return { id, meaning: speech.say(meaningOf(id)), ...(anchor === undefined ? {} : { anchor }) };
    }),
    reference: finding.reference,
    dates:
      until === undefined
        ? speech.words('page.phrase.inForceFrom', { from: daySaid(from) })
        : speech.words('page.phrase.inForceBetween', { from: daySaid(from), until: daySaid(until) }),
  };
}

function nextOf({ next, outcome }: Finding, speech: Speech): { next?: string } {
  const silent = next === 'nothing' || outcome === 'not-in-force';
  return silent ? {} : { next: speech.words(`law.next.${next}`) };
}

function capital(text: string, { language }: Speech): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(language) + text.slice(first.length);
}
