import { bytesMessage, dayMessage } from '../../i18n/amounts.js';
import type { Translator } from '../../i18n/translator.js';
import { findingTexts, localizeRulebooks, outcomeMessage } from '../law/rulebooks/finding-texts.js';
import { loadRulebooks } from '../law/rulebooks/index.js';
import type { Finding } from '../report/finding-schema.js';
import { localizeMember } from '../report/message-lookup.js';
import type { StoredReport } from '../report/report.js';
import type { FourFactName } from '../report/report-terms.js';
import type { Signal, SignalId } from '../report/signal.js';
import { meaningMessage } from '../signals/meaning.js';
import { backingText } from './backing-words.js';
import { listChecks } from './checks.js';
import { type DisplayText, markLanguage } from './display-text.js';
import { originText } from './dossier.js';
import { isObservedFact } from './file-remarks.js';
import { formatName } from './format-words.js';
import { buildPageHead } from './head.js';
import { compareStores, type Kinship } from './history/kinship.js';
import { punctuationFor } from './marks.js';
import { type RunLine, shortSignalLine, valueRun } from './runs.js';

/** Line-by-line comparison of two Reports as pure data for a page. It does not compare what the files show. */
export interface ReportComparison {
  names: [string, string];
  /** Statements about the files' bytes, and about one file's credentials in relation to the other. */
  statements: string[];
  notes: string[];
  /** Differences that a reader sees first: format and the four facts. */
  plain: ComparisonRow[];
  facts: ComparisonRow[];
  checks: ComparisonRow[];
  onlyFirst: RunLine[];
  onlySecond: RunLine[];
  inBoth: RunLine[];
  otherValue: { title: string; first: RunLine; second: RunLine }[];
  clauses: { book: string; clause: string; title: DisplayText; first: string; second: string }[];
}

/** Distance of the fingerprints of two pictures, of 256 bits, and what it means. */
export interface Likeness {
  look: 'same' | 'similar' | 'other';
  bits: number;
}

export interface ComparisonRow {
  label: string;
  first: RunLine[];
  second: RunLine[];
  same: boolean;
}

const MAX_PLAIN_ROWS = 6;
const MAX_SIGNALS = 100;
const MAX_CLAUSES = 200;

export function compareReports(
  first: StoredReport,
  second: StoredReport,
  translator: Translator,
  likeness?: Likeness,
): ReportComparison {
  const signals = compareSignals(first.signals, second.signals, translator);
  return {
    names: [first.asset.name, second.asset.name],
    statements: statements(first, second, compareStores(first, second), translator, likeness),
    notes: notes(first, second, translator),
    plain: plainRows(first, second, translator),
    facts: facts(first, second, translator),
    checks: checkRows(first, second, translator),
    ...signals,
    clauses: clauses(first, second, translator),
  };
}

function statements(
  first: StoredReport,
  second: StoredReport,
  kin: Kinship,
  translator: Translator,
  likeness?: Likeness,
): string[] {
  const bytes =
    first.asset.sha256 === second.asset.sha256
      ? translator.text('page.compare.sameBytes')
      : likeness === undefined
        ? translator.text('page.compare.otherBytes')
        : translator.text('page.compare.likeness', likeness);
  const history = [
    ...(kin.hasSameActive ? [translator.text('page.compare.sameActive')] : []),
    ...(kin.firstInSecond ? [translator.text('page.compare.firstInSecond')] : []),
    ...(kin.secondInFirst ? [translator.text('page.compare.secondInFirst')] : []),
    ...(kin.shared > 0 ? [translator.text('page.compare.sharedHistory', { count: kin.shared })] : []),
  ];
  const note = kin.isConfirmed
    ? translator.text('page.compare.sharedNote')
    : translator.text('page.compare.sharedUnconfirmed');
  return [bytes, ...history, ...(history.length === 0 ? [] : [note])];
}

function notes(first: StoredReport, second: StoredReport, translator: Translator): string[] {
  const days: [string, string] = [first.tool.asOf, second.tool.asOf];
  return [
    ...(days[0] === days[1]
      ? []
      : [
          translator.text('page.compare.otherDays', {
            first: dayMessage(days[0]),
            second: dayMessage(days[1]),
          }),
        ]),
    ...(isSameVersion(first, second) ? [] : [translator.text('page.compare.otherVersions')]),
    ...listNotes(first, second, translator),
  ];
}

/** Differences in options, revealed names or language do not count as another version. */
function isSameVersion({ tool: one }: StoredReport, { tool: other }: StoredReport): boolean {
  const editions = new Map(one.rulebooks.map(({ id, edition }) => [id, edition]));
  return (
    one.version === other.version &&
    JSON.stringify(one.c2paEngines) === JSON.stringify(other.c2paEngines) &&
    other.rulebooks.every(({ id, edition }) => (editions.get(id) ?? edition) === edition)
  );
}

/** A file without credentials consults no list, so its report names none; this does not count as another version. */
function listNotes(
  { tool: { lists: one } }: StoredReport,
  { tool: { lists: other } }: StoredReport,
  translator: Translator,
): string[] {
  if (one.length === 0 && other.length === 0) return [];
  if (other.length === 0) return [translator.text('page.compare.listsForFirstOnly')];
  if (one.length === 0) return [translator.text('page.compare.listsForSecondOnly')];
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [translator.text('page.compare.otherLists')];
}

function plainRows(first: StoredReport, second: StoredReport, translator: Translator): ComparisonRow[] {
  const [one, other] = [first, second].map((report) => buildPageHead(report, translator));
  const textOf = (head: typeof one, name: FourFactName) =>
    head?.facts.find((fact) => fact.name === name)?.text ?? '';
  return [
    rowOf(translator.text('page.compare.format'), [one?.about ?? []], [other?.about ?? []]),
    ...(one?.facts ?? []).map(({ name, label }) =>
      rowOf(label, [[textOf(one, name)]], [[textOf(other, name)]]),
    ),
  ]
    .filter(({ same }) => !same)
    .slice(0, MAX_PLAIN_ROWS);
}

function facts(first: StoredReport, second: StoredReport, translator: Translator): ComparisonRow[] {
  const row = (label: string, of: (report: StoredReport) => RunLine): ComparisonRow =>
    rowOf(label, [of(first)], [of(second)]);
  return [
    row(translator.text('page.compare.format'), ({ asset }) => [
      `${formatName(asset.format, translator)} · ${translator.translate(bytesMessage(asset.bytes))}`,
    ]),
    row(translator.text('page.phrase.digest'), ({ asset }) => [{ code: asset.sha256 }]),
    row(translator.text('page.compare.sentence'), ({ summary }) => [
      localizeMember(summary, 'sentence', translator) ?? '',
    ]),
    row(translator.text('page.phrase.declaredOrigin'), (report) => [originText(report, translator)]),
  ];
}

/** A row that only one file has is shown with an empty cell for the other. */
function checkRows(first: StoredReport, second: StoredReport, translator: Translator): ComparisonRow[] {
  const one = linesByLabel(first, translator);
  const other = linesByLabel(second, translator);
  return [...new Set([...one.keys(), ...other.keys()])].map((label) =>
    rowOf(label, one.get(label) ?? [], other.get(label) ?? []),
  );
}

function linesByLabel(report: StoredReport, translator: Translator): Map<string, RunLine[]> {
  const rows = new Map<string, RunLine[]>();
  for (const { label, word, notes } of listChecks(report, translator)) {
    // Unchecked rows are shortened, because their reasons are the same for every file.
    const lines = label === translator.text('page.row.notChecked') ? [word] : [word, ...notes];
    rows.set(label, [...(rows.get(label) ?? []), ...lines]);
  }
  return rows;
}

function rowOf(label: string, first: RunLine[], second: RunLine[]): ComparisonRow {
  return { label, first, second, same: JSON.stringify(first) === JSON.stringify(second) };
}

function compareSignals(
  first: readonly Signal[],
  second: readonly Signal[],
  translator: Translator,
): Pick<ReportComparison, 'onlyFirst' | 'onlySecond' | 'inBoth' | 'otherValue'> {
  const [one, other] = [signalsById(first), signalsById(second)];
  const only = (these: ReadonlyMap<SignalId, Signal[]>, those: ReadonlyMap<SignalId, Signal[]>) =>
    [...these]
      .filter(([id]) => !those.has(id))
      .slice(0, MAX_SIGNALS)
      .flatMap(([, [signal]]) => (signal === undefined ? [] : [shortSignalLine(signal, translator)]));
  const shared = [...one].filter(([id]) => other.has(id)).slice(0, MAX_SIGNALS);
  const said = (id: SignalId, of: ReadonlyMap<SignalId, Signal[]>) => of.get(id) ?? [];
  const equal = (id: SignalId) => statementKey(said(id, one)) === statementKey(said(id, other));
  return {
    onlyFirst: only(one, other),
    onlySecond: only(other, one),
    inBoth: shared
      .filter(([id]) => equal(id))
      .flatMap(([, [signal]]) => (signal === undefined ? [] : [shortSignalLine(signal, translator)])),
    otherValue: shared
      .filter(([id]) => !equal(id))
      .map(([id]) => ({
        title: translator.translate(meaningMessage(id)),
        first: values(said(id, one), translator),
        second: values(said(id, other), translator),
      })),
  };
}

function signalsById(signals: readonly Signal[]): Map<SignalId, Signal[]> {
  const ids = new Map<SignalId, Signal[]>();
  for (const signal of signals) ids.set(signal.id, [...(ids.get(signal.id) ?? []), signal]);
  return ids;
}

/** Locations differ between any two files, so only statements and their backing are compared. */
function statementKey(signals: readonly Signal[]): string {
  return JSON.stringify(
    signals.map(({ value, messages, backing, facts }) => [messages?.value ?? value, backing, facts]).sort(),
  );
}

function values(signals: readonly Signal[], translator: Translator): RunLine {
  return signals.slice(0, 4).flatMap((signal, index): RunLine => {
    const value = valueRun(signal, translator, 120);
    const backed = isObservedFact(signal) ? undefined : backingText(signal, translator);
    return [
      ...(index === 0 ? [] : [punctuationFor(translator).semicolon]),
      ...(value === undefined ? [] : [value]),
      ...(backed === undefined
        ? []
        : value === undefined
          ? [backed]
          : [punctuationFor(translator).open, backed, punctuationFor(translator).close]),
    ];
  });
}

function clauses(
  first: StoredReport,
  second: StoredReport,
  translator: Translator,
): ReportComparison['clauses'] {
  const books = loadRulebooks();
  const known = localizeRulebooks([...first.tool.rulebooks, ...second.tool.rulebooks], translator, books);
  const titles = new Map(known.map(({ id, title }) => [id, title]));
  const one = new Map(first.findings.map((finding) => [keyOf(finding), finding]));
  const kinds = new Map(books.map(({ id, kind }) => [id, kind]));
  const outcome = (finding: Finding) =>
    translator.translate(outcomeMessage(finding.outcome, kinds.get(finding.rulebook) ?? 'law'));
  return second.findings
    .flatMap((after) => {
      const before = one.get(keyOf(after));
      // Clauses evaluated for only one of the files say nothing about a difference.
      if (before === undefined || before.outcome === after.outcome) return [];
      const { clause, title, language } = findingTexts(after, second, translator, books);
      return [
        {
          book: titles.get(after.rulebook) ?? after.rulebook,
          clause,
          title: markLanguage(title, language),
          first: outcome(before),
          second: outcome(after),
        },
      ];
    })
    .slice(0, MAX_CLAUSES);
}

const keyOf = ({ rulebook, rule }: Finding): string => `${rulebook}/${rule}`;
