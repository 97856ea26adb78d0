import { dayMessage } from '../../../../i18n/amounts.js';
import type { Translator } from '../../../../i18n/translator.js';
import { type FindingTexts, findingTexts, localizeRulebooks } from '../../../law/rulebooks/finding-texts.js';
import { loadRulebooks } from '../../../law/rulebooks/index.js';
import type { Finding, Outcome } from '../../../report/finding-schema.js';
import type { StoredReport } from '../../../report/report.js';
import type { SignalId } from '../../../report/signal.js';
import { meaningMessage } from '../../../signals/meaning.js';
import type { Anchors } from '../anchors.js';
import { type DisplayText, markLanguage } from '../display-text.js';
import { punctuationFor } from '../marks.js';
import type { RunLine } from '../runs.js';
import { lawLines } from './law-lines.js';

export interface RuleRow {
  clause: string;
  title: DisplayText;
  statement: DisplayText;
  /** Quotations of the law within the statement. */
  quotations: NonNullable<FindingTexts['quotations']>;
  outcome: string;
  code: Outcome;
  /** Missing parts, if only some were found. */
  missing?: DisplayText;
  /** Label of the signals below: whether they decided the outcome or could not be looked for. */
  becauseLabel: string;
  /** True if the signals could not be looked for. */
  unread: boolean;
  /** Deciding signals; `anchor` is their fragment identifier in the details. */
  because: { id: SignalId; meaning: string; anchor?: string }[];
  /** Next step; absent if there is nothing to do. */
  next?: string;
  reference: Finding['reference'];
  dates: string;
}

export interface RulebookSection {
  title: RunLine;
  edition?: string;
  /** Outcome counts shown while folded: `answered (2) · no signal found (3)`. */
  counts: string;
  rows: RuleRow[];
  /** Clauses whose outcome says little about this file, grouped by outcome because they are many. */
  rest: { outcome: string; heading: string; rows: RuleRow[] }[];
  /** Notice about clauses whose text was not yet compared with the official one. */
  uncompared?: string;
}

export interface RulesSection {
  heading: string;
  /** Summary of each jurisdiction, and the file’s own days. */
  lines: string[];
  books: RulebookSection[];
}

/** Outcomes shown clause by clause. */
const LISTED_OUTCOMES: ReadonlySet<Outcome> = new Set([
  'answered',
  'partly-answered',
  'indicator-seen',
  'indeterminate',
  'look',
]);
const FOLDED_OUTCOMES = [
  'no-signal-found',
  'none-seen',
  'not-assessable',
  'not-triggered',
  'kind-not-read',
  'outside-clause',
  'not-in-force',
  'superseded',
] as const satisfies readonly Outcome[];

const MAX_FINDINGS_PER_RULEBOOK = 200;

export function buildRules(
  report: StoredReport,
  translator: Translator,
  jumps: Anchors,
): RulesSection | undefined {
  const { findings, tool } = report;
  const lines = lawLines(report, translator);
  if (findings.length === 0 && lines.length === 0) return undefined;
  const laws = findings.length === 0 ? [] : localizeRulebooks(tool.rulebooks, translator, loadRulebooks());
  const said = (finding: Finding) => findingTexts(finding, report, translator, loadRulebooks());
  const ids = [...new Set(findings.map(({ rulebook }) => rulebook))];
  const books = ids.map((id) => {
    const known = laws.find((one) => one.id === id);
    return toRulebookSection(
      known === undefined
        ? [id]
        : [
            known.title,
            `${punctuationFor(translator).open}${[known.jurisdiction, ...(known.kind === 'law' ? [] : [translator.text(`law.bookKind.${known.kind}`)])].join(punctuationFor(translator).item)}${punctuationFor(translator).close}`,
          ],
      known?.edition,
      findings.filter(({ rulebook }) => rulebook === id),
      said,
      translator,
      jumps,
    );
  });
  return { heading: translator.text('page.phrase.rulesOn', { day: dayMessage(tool.asOf) }), lines, books };
}

function toRulebookSection(
  title: RunLine,
  edition: string | undefined,
  all: readonly Finding[],
  said: (finding: Finding) => FindingTexts,
  translator: Translator,
  jumps: Anchors,
): RulebookSection {
  const findings = all.slice(0, MAX_FINDINGS_PER_RULEBOOK);
  const unread = findings.filter(({ verified }) => !verified);
  const which =
    unread.length === findings.length
      ? translator.text('page.phrase.uncomparedAll')
      : unread.map((one) => said(one).clause).join(punctuationFor(translator).item);
  const rows = findings
    .filter(({ outcome }) => LISTED_OUTCOMES.has(outcome))
    .map((finding) => toRuleRow(finding, said(finding), translator, jumps));
  const rest = FOLDED_OUTCOMES.flatMap((outcome) => {
    const rows = findings
      .filter((one) => one.outcome === outcome)
      .map((finding) => toRuleRow(finding, said(finding), translator, jumps));
    const word = translator.text(`law.outcome.${outcome}`);
    return rows.length === 0 ? [] : [{ outcome: word, heading: capitalize(word, translator), rows }];
  });
  return {
    title,
    counts: countsOf([...rows, ...rest.flatMap(({ rows: those }) => those)], translator),
    rows,
    rest,
    ...(edition === undefined
      ? {}
      : { edition: translator.text('page.phrase.edition', { day: dayMessage(edition) }) }),
    ...(unread.length === 0
      ? {}
      : {
          uncompared: `${translator.text('page.phrase.uncompared')}${punctuationFor(translator).colon}${which}${punctuationFor(translator).stop}`,
        }),
  };
}

function countsOf(rows: readonly RuleRow[], translator: Translator): string {
  const { open, close } = punctuationFor(translator);
  const counts = new Map<string, number>();
  for (const { outcome } of rows) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${outcome}${open}${count}${close}`).join(' · ');
}

function toRuleRow(
  finding: Finding,
  { clause, title, statement, quotations = [], missing, language }: FindingTexts,
  translator: Translator,
  jumps: Anchors,
): RuleRow {
  const unread = finding.outcome === 'indeterminate';
  return {
    clause,
    title: markLanguage(title, language),
    statement: markLanguage(statement, language),
    quotations,
    outcome: translator.text(`law.outcome.${finding.outcome}`),
    code: finding.outcome,
    ...(missing === undefined ? {} : { missing: markLanguage(missing, language) }),
    becauseLabel: translator.text(unread ? 'page.phrase.couldNotLookFor' : 'page.phrase.because'),
    unread,
    ...nextOf(finding, translator),
    because: finding.because.map((id) => {
      const anchor = jumps.toSignal(id);
      return {
        id,
        meaning: translator.translate(meaningMessage(id)),
        ...(anchor === undefined ? {} : { anchor }),
      };
    }),
    reference: finding.reference,
    dates: datesOf(finding, translator),
  };
}

function datesOf({ inForce: { from, until } }: Finding, translator: Translator): string {
  if (from === undefined) return translator.text('page.phrase.notLawYet');
  return until === undefined
    ? translator.text('page.phrase.inForceFrom', { from: dayMessage(from) })
    : translator.text('page.phrase.inForceBetween', { from: dayMessage(from), until: dayMessage(until) });
}

function nextOf({ next, outcome }: Finding, translator: Translator): { next?: string } {
  const silent = next === 'nothing' || outcome === 'not-in-force';
  return silent ? {} : { next: translator.text(`law.next.${next}`) };
}

function capitalize(text: string, { language }: Translator): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(language) + text.slice(first.length);
}
