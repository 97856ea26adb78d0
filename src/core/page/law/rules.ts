import { dayMessage } from '../../../i18n/amounts.js';
import type { Translator } from '../../../i18n/translator.js';
import {
  disabledMessages,
  editionMessage,
  type FindingTexts,
  findingTexts,
  localizeRulebooks,
  outcomeMessage,
  pendingMessage,
} from '../../law/rulebooks/finding-texts.js';
import { loadRulebooks } from '../../law/rulebooks/index.js';
import type { Finding, Outcome } from '../../report/finding-schema.js';
import type { StoredReport } from '../../report/report.js';
import { BOOK_KINDS, type BookKind } from '../../report/rule-terms.js';
import type { SignalId } from '../../report/signal.js';
import { meaningMessage } from '../../signals/meaning.js';
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
  /** Law, voluntary code or practice, as a heading. */
  kind: string;
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

type RuleTexts = FindingTexts & { next?: string };

const MAX_FINDINGS_PER_RULEBOOK = 200;

export function buildRules(
  report: StoredReport,
  translator: Translator,
  jumps: Anchors,
): RulesSection | undefined {
  const { asset, findings, tool } = report;
  const lines = lawLines(report, translator);
  const disabled = tool.rulebooks.filter((one) => disabledMessages(one.disabled).length > 0);
  if (findings.length + lines.length + disabled.length === 0) return undefined;
  const laws =
    findings.length + disabled.length === 0
      ? []
      : localizeRulebooks(tool.rulebooks, translator, loadRulebooks());
  const said = (finding: Finding) => ({
    ...findingTexts(finding, report, translator, loadRulebooks()),
    ...nextOf(finding, report, translator),
  });
  const ids = [...new Set([...findings.map(({ rulebook }) => rulebook), ...disabled.map(({ id }) => id)])];
  const kindOf = (id: string): BookKind => tool.rulebooks.find((one) => one.id === id)?.kind ?? 'law';
  const sorted = BOOK_KINDS.flatMap((kind) => ids.filter((id) => kindOf(id) === kind));
  const books = sorted.map((id) => {
    const known = laws.find((one) => one.id === id);
    const kind = kindOf(id);
    const wordOf = (outcome: Outcome) => translator.translate(outcomeMessage(outcome, kind, asset.kind));
    return toRulebookSection(
      known === undefined
        ? [id]
        : [
            known.title,
            `${punctuationFor(translator).open}${[known.jurisdiction, ...(known.kind === 'law' ? [] : [translator.text(`law.bookKind.${known.kind}`)])].join(punctuationFor(translator).item)}${punctuationFor(translator).close}`,
          ],
      known,
      findings.filter(({ rulebook }) => rulebook === id),
      { kind, wordOf, said, translator, jumps },
    );
  });
  return { heading: translator.text('page.phrase.rulesOn', { day: dayMessage(tool.asOf) }), lines, books };
}

/** Splits rulebooks under one heading per kind; law alone needs none. */
export function groupByKind(
  books: readonly RulebookSection[],
): { heading?: string; books: RulebookSection[] }[] {
  const kinds = [...new Set(books.map(({ kind }) => kind))];
  if (kinds.length < 2) return [{ books: [...books] }];
  return kinds.map((heading) => ({ heading, books: books.filter(({ kind }) => kind === heading) }));
}

type ReportedBook = Pick<StoredReport['tool']['rulebooks'][number], 'edition' | 'signer' | 'disabled'>;

/** What the lines of one rulebook are written with. */
interface BookWords {
  kind: BookKind;
  wordOf: (outcome: Outcome) => string;
  said: (finding: Finding) => RuleTexts;
  translator: Translator;
  jumps: Anchors;
}

function toRulebookSection(
  title: RunLine,
  known: ReportedBook | undefined,
  all: readonly Finding[],
  words: BookWords,
): RulebookSection {
  const { kind, wordOf, said, translator } = words;
  const findings = all.slice(0, MAX_FINDINGS_PER_RULEBOOK);
  const unread = findings.filter(({ verified }) => !verified);
  const which =
    unread.length === findings.length
      ? translator.text('page.phrase.uncomparedAll')
      : unread.map((one) => said(one).clause).join(punctuationFor(translator).item);
  const rows = findings
    .filter(({ outcome }) => LISTED_OUTCOMES.has(outcome))
    .map((finding) => toRuleRow(finding, words));
  const rest = FOLDED_OUTCOMES.flatMap((outcome) => {
    const rows = findings
      .filter((one) => one.outcome === outcome)
      .map((finding) => toRuleRow(finding, words));
    const word = wordOf(outcome);
    return rows.length === 0 ? [] : [{ outcome: word, heading: capitalize(word, translator), rows }];
  });
  return {
    title,
    kind: capitalize(translator.text(`law.bookKind.${kind}`), translator),
    counts: countsOf(countedOnce(findings), words),
    rows,
    rest,
    ...(known === undefined ? {} : { edition: editionText(known, translator) }),
    ...(unread.length === 0
      ? {}
      : {
          uncompared: `${translator.text('page.phrase.uncompared')}${punctuationFor(translator).colon}${which}${punctuationFor(translator).stop}`,
        }),
  };
}

/** Who wrote the text, of which day it is, and what is disabled in it. */
const editionText = ({ edition, signer, disabled }: ReportedBook, translator: Translator): string =>
  [editionMessage(signer, dayMessage(edition)), ...disabledMessages(disabled)]
    .map((one) => translator.translate(one))
    .join(' · ');

/** A disclosure counts once, not as its items. */
function countedOnce(findings: readonly Finding[]): Finding[] {
  const book = loadRulebooks().find(({ id }) => id === findings[0]?.rulebook);
  const items = new Set(book?.rules.filter(({ itemOf }) => itemOf !== undefined).map(({ id }) => id));
  return findings.filter(({ rule }) => !items.has(rule));
}

/** Outcomes that are listed clause by clause come first. */
function countsOf(findings: readonly Finding[], { wordOf, translator }: BookWords): string {
  const { open, close } = punctuationFor(translator);
  const counts = new Map<Outcome, number>();
  for (const { outcome } of findings) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...LISTED_OUTCOMES, ...FOLDED_OUTCOMES]
    .flatMap((outcome) => {
      const count = counts.get(outcome);
      return count === undefined ? [] : [`${wordOf(outcome)}${open}${count}${close}`];
    })
    .join(' · ');
}

function toRuleRow(finding: Finding, { kind, wordOf, said, translator, jumps }: BookWords): RuleRow {
  const { clause, title, statement, quotations = [], missing, language, next } = said(finding);
  const unread = finding.outcome === 'indeterminate';
  return {
    clause,
    title: markLanguage(title, language),
    statement: markLanguage(statement, language),
    quotations,
    outcome: wordOf(finding.outcome),
    code: finding.outcome,
    ...(missing === undefined ? {} : { missing: markLanguage(missing, language) }),
    becauseLabel: translator.text(unread ? 'page.phrase.couldNotLookFor' : 'page.phrase.because'),
    unread,
    ...(next === undefined ? {} : { next }),
    because: finding.because.map((id) => {
      const anchor = jumps.toSignal(id);
      return {
        id,
        meaning: translator.translate(meaningMessage(id)),
        ...(anchor === undefined ? {} : { anchor }),
      };
    }),
    reference: finding.reference,
    dates: datesOf(finding, kind, translator),
  };
}

function datesOf({ inForce: { from, until } }: Finding, kind: BookKind, translator: Translator): string {
  if (from === undefined) return translator.translate(pendingMessage(kind));
  return until === undefined
    ? translator.text('page.phrase.appliesFrom', { from: dayMessage(from) })
    : translator.text('page.phrase.appliesBetween', { from: dayMessage(from), until: dayMessage(until) });
}

/** A visible mark that was seen is a hint, so the reader is told to look at it; that none was seen is never stated. */
function nextOf(
  { next, outcome }: Finding,
  { signals }: StoredReport,
  translator: Translator,
): { next?: string } {
  if (next === 'nothing' || outcome === 'not-in-force') return {};
  const seen = next === 'look-at-visible-label' && signals.some(({ id }) => id.startsWith('visible.'));
  return { next: translator.text(seen ? 'law.next.lookAtSeenMark' : `law.next.${next}`) };
}

function capitalize(text: string, { language }: Translator): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase(language) + text.slice(first.length);
}
