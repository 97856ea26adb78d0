import { daySaid } from '../../say/amounts.js';
import type { Speech } from '../../say/speech.js';
import type { Finding, Outcome } from '../finding-schema.js';
import type { Report } from '../report.js';
import type { SignalId } from '../signal.js';
import { type Text, textOf } from './kept-text.js';
import { marksOf } from './marks.js';
import type { Jumps } from './places.js';
import type { Line } from './runs.js';
import { clauseText, nextText, outcomeWord, signalMeaning } from './vocabulary.js';

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

export function rules({ findings, tool }: Report, speech: Speech, jumps: Jumps): RulesSection | undefined {
  if (findings.length === 0) return undefined;
  const ids = [...new Set(findings.map(({ rulebook }) => rulebook))];
  const books = ids.map((id) => {
    const known = tool.rulebooks.find((one) => one.id === id);
    return book(
      known === undefined
        ? [id]
        : [
            textOf(known, 'title', speech) ?? id,
            `${marksOf(speech).open}${known.jurisdiction}${marksOf(speech).close}`,
          ],
      known?.edition,
      findings.filter(({ rulebook }) => rulebook === id),
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
  speech: Speech,
  jumps: Jumps,
): Book {
  const findings = all.slice(0, MOST_FINDINGS_A_BOOK);
  const unread = findings.filter(({ verified }) => !verified);
  const which =
    unread.length === findings.length
      ? speech.words('page.phrase.uncomparedAll')
      : unread.map(({ clause }) => clauseText(clause, speech)).join(marksOf(speech).item);
  return {
    title,
    ...(edition === undefined
      ? {}
      : { edition: speech.words('page.phrase.edition', { day: daySaid(edition) }) }),
    rows: findings.filter(({ outcome }) => TOLD.has(outcome)).map((finding) => row(finding, speech, jumps)),
    rest: REST.flatMap((outcome) => {
      const rows = findings
        .filter((one) => one.outcome === outcome)
        .map((finding) => row(finding, speech, jumps));
      const word = outcomeWord(outcome, speech);
      return rows.length === 0 ? [] : [{ outcome: word, heading: capital(word, speech), rows }];
    }),
    ...(unread.length === 0
      ? {}
      : {
          uncompared: `${speech.words('page.phrase.uncompared')}${marksOf(speech).colon}${which}${marksOf(speech).stop}`,
        }),
  };
}

function row(finding: Finding, speech: Speech, jumps: Jumps): RuleRow {
  const { from, until } = finding.inForce;
  return {
    clause: clauseText(finding.clause, speech),
    title: textOf(finding, 'title', speech) ?? '',
    statement: textOf(finding, 'statement', speech) ?? '',
    outcome: outcomeWord(finding.outcome, speech),
    becauseLabel:
      finding.outcome === 'indeterminate'
        ? speech.words('page.phrase.couldNotLookFor')
        : speech.words('page.phrase.because'),
    ...nextOf(finding, speech),
    because: finding.because.map((id) => {
      const anchor = jumps.toSignal(id);
      return { id, meaning: signalMeaning(id, speech), ...(anchor === undefined ? {} : { anchor }) };
    }),
    reference: finding.reference,
    dates:
      until === undefined
        ? speech.words('page.phrase.inForceFrom', { from: daySaid(from) })
        : speech.words('page.phrase.inForceBetween', { from: daySaid(from), until: daySaid(until) }),
  };
}

function nextOf({ next, outcome }: Finding, speech: Speech): { next?: string } {
  const text = next === 'nothing' || outcome === 'not-in-force' ? undefined : nextText(next, speech);
  return text === undefined ? {} : { next: text };
}

function capital(text: string, { language }: Speech): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(language) + text.slice(first.length);
}
