import { bytesSaid, daySaid } from '../../say/amounts.js';
import type { Speech } from '../../say/speech.js';
import { loadRulebooks } from '../law/rulebooks/index.js';
import { findingWords, tellRulebooks } from '../law/rulebooks/tell.js';
import type { Finding } from '../report/finding-schema.js';
import type { Report } from '../report/report.js';
import type { Signal, SignalId } from '../report/signal.js';
import { meaningOf } from '../signals/meaning.js';
import { backingWords } from './backing-words.js';
import { checks } from './checks.js';
import { isObservedFact } from './file-remarks.js';
import { formatWords } from './format-words.js';
import { inLanguage, type Text, textOf } from './kept-text.js';
import { type Kinship, kinship } from './kinship.js';
import { marksOf } from './marks.js';
import { originWord } from './page.js';
import { type Line, shortSignalLine, valueRun } from './runs.js';

/** Two Reports, line against line: pure data for a page. Nothing here compares what the files show. */
export interface Comparison {
  names: [string, string];
  /** The files' bytes, and what one's credentials say of the other's. */
  statements: string[];
  notes: string[];
  facts: Row[];
  checks: Row[];
  onlyFirst: Line[];
  onlySecond: Line[];
  inBoth: Line[];
  otherValue: { title: string; first: Line; second: Line }[];
  clauses: { book: string; clause: string; title: Text; first: string; second: string }[];
}

export interface Row {
  label: string;
  first: Line[];
  second: Line[];
  same: boolean;
}

const MOST_SIGNALS = 100;
const MOST_CLAUSES = 200;

export function compareReports(first: Report, second: Report, speech: Speech): Comparison {
  const signals = compareSignals(first.signals, second.signals, speech);
  return {
    names: [first.asset.name, second.asset.name],
    statements: statements(first, second, kinship(first, second), speech),
    notes: notes(first, second, speech),
    facts: facts(first, second, speech),
    checks: checkRows(first, second, speech),
    ...signals,
    clauses: clauses(first, second, speech),
  };
}

function statements(first: Report, second: Report, kin: Kinship, speech: Speech): string[] {
  const bytes =
    first.asset.sha256 === second.asset.sha256
      ? speech.words('page.compare.sameBytes')
      : speech.words('page.compare.otherBytes');
  const history = [
    ...(kin.sameActive ? [speech.words('page.compare.sameActive')] : []),
    ...(kin.firstInSecond ? [speech.words('page.compare.firstInSecond')] : []),
    ...(kin.secondInFirst ? [speech.words('page.compare.secondInFirst')] : []),
    ...(kin.shared > 0 ? [speech.words('page.compare.sharedHistory', { count: kin.shared })] : []),
  ];
  const note = kin.confirmed
    ? speech.words('page.compare.sharedNote')
    : speech.words('page.compare.sharedUnconfirmed');
  return [bytes, ...history, ...(history.length === 0 ? [] : [note])];
}

function notes(first: Report, second: Report, speech: Speech): string[] {
  const days: [string, string] = [first.tool.asOf, second.tool.asOf];
  return [
    ...(days[0] === days[1]
      ? []
      : [speech.words('page.compare.otherDays', { first: daySaid(days[0]), second: daySaid(days[1]) })]),
    ...(isSameVersion(first, second) ? [] : [speech.words('page.compare.otherVersions')]),
    ...listNotes(first, second, speech),
  ];
}

/** What only one of them was asked, revealed or told makes no other version of anything. */
function isSameVersion({ tool: one }: Report, { tool: other }: Report): boolean {
  const editions = new Map(one.rulebooks.map(({ id, edition }) => [id, edition]));
  return (
    one.version === other.version &&
    JSON.stringify(one.c2paEngines) === JSON.stringify(other.c2paEngines) &&
    other.rulebooks.every(({ id, edition }) => (editions.get(id) ?? edition) === edition)
  );
}

/** A file without credentials asks no list, so that none stands in its report: that is no other version of anything. */
function listNotes(
  { tool: { lists: one } }: Report,
  { tool: { lists: other } }: Report,
  speech: Speech,
): string[] {
  if (one.length === 0 && other.length === 0) return [];
  if (other.length === 0) return [speech.words('page.compare.listsForFirstOnly')];
  if (one.length === 0) return [speech.words('page.compare.listsForSecondOnly')];
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [speech.words('page.compare.otherLists')];
}

function facts(first: Report, second: Report, speech: Speech): Row[] {
  const row = (label: string, of: (report: Report) => Line): Row => rowOf(label, [of(first)], [of(second)]);
  return [
    row(speech.words('page.compare.format'), ({ asset }) => [
      `${formatWords(asset.format, speech)} · ${speech.say(bytesSaid(asset.bytes))}`,
    ]),
    row(speech.words('page.compare.hash'), ({ asset }) => [{ code: asset.sha256 }]),
    row(speech.words('page.compare.sentence'), ({ summary }) => [textOf(summary, 'sentence', speech) ?? '']),
    row(speech.words('page.phrase.declaredOrigin'), (report) => [originWord(report, speech)]),
  ];
}

/** A row that only one file has stands there with nothing beside it. */
function checkRows(first: Report, second: Report, speech: Speech): Row[] {
  const one = byLabel(first, speech);
  const other = byLabel(second, speech);
  return [...new Set([...one.keys(), ...other.keys()])].map((label) =>
    rowOf(label, one.get(label) ?? [], other.get(label) ?? []),
  );
}

function byLabel(report: Report, speech: Speech): Map<string, Line[]> {
  const rows = new Map<string, Line[]>();
  for (const { label, word, notes } of checks(report, speech)) {
    // What was not looked at is told in short: its reasons are the same for every file.
    const lines = label === speech.words('page.row.notChecked') ? [word] : [word, ...notes];
    rows.set(label, [...(rows.get(label) ?? []), ...lines]);
  }
  return rows;
}

function rowOf(label: string, first: Line[], second: Line[]): Row {
  return { label, first, second, same: JSON.stringify(first) === JSON.stringify(second) };
}

function compareSignals(
  first: readonly Signal[],
  second: readonly Signal[],
  speech: Speech,
): Pick<Comparison, 'onlyFirst' | 'onlySecond' | 'inBoth' | 'otherValue'> {
  const [one, other] = [byId(first), byId(second)];
  const only = (these: ReadonlyMap<SignalId, Signal[]>, those: ReadonlyMap<SignalId, Signal[]>) =>
    [...these]
      .filter(([id]) => !those.has(id))
      .slice(0, MOST_SIGNALS)
      .flatMap(([, [signal]]) => (signal === undefined ? [] : [shortSignalLine(signal, speech)]));
  const shared = [...one].filter(([id]) => other.has(id)).slice(0, MOST_SIGNALS);
  const said = (id: SignalId, of: ReadonlyMap<SignalId, Signal[]>) => of.get(id) ?? [];
  const equal = (id: SignalId) => stated(said(id, one)) === stated(said(id, other));
  return {
    onlyFirst: only(one, other),
    onlySecond: only(other, one),
    inBoth: shared
      .filter(([id]) => equal(id))
      .flatMap(([, [signal]]) => (signal === undefined ? [] : [shortSignalLine(signal, speech)])),
    otherValue: shared
      .filter(([id]) => !equal(id))
      .map(([id]) => ({
        title: speech.say(meaningOf(id)),
        first: values(said(id, one), speech),
        second: values(said(id, other), speech),
      })),
  };
}

function byId(signals: readonly Signal[]): Map<SignalId, Signal[]> {
  const ids = new Map<SignalId, Signal[]>();
  for (const signal of signals) ids.set(signal.id, [...(ids.get(signal.id) ?? []), signal]);
  return ids;
}

/** Places differ between any two files; what is said and who stands behind it is compared. */
function stated(signals: readonly Signal[]): string {
  return JSON.stringify(
    signals.map(({ value, said, backing, facts }) => [said?.value ?? value, backing, facts]).sort(),
  );
}

function values(signals: readonly Signal[], speech: Speech): Line {
  return signals.slice(0, 4).flatMap((signal, index): Line => {
    const value = valueRun(signal, speech, 120);
    const backed = isObservedFact(signal) ? undefined : backingWords(signal, speech);
    return [
      ...(index === 0 ? [] : [marksOf(speech).semicolon]),
      ...(value === undefined ? [] : [value]),
      ...(backed === undefined
        ? []
        : value === undefined
          ? [backed]
          : [marksOf(speech).open, backed, marksOf(speech).close]),
    ];
  });
}

function clauses(first: Report, second: Report, speech: Speech): Comparison['clauses'] {
  const books = loadRulebooks();
  const known = tellRulebooks([...first.tool.rulebooks, ...second.tool.rulebooks], speech, books);
  const titles = new Map(known.map(({ id, title }) => [id, title]));
  const one = new Map(first.findings.map((finding) => [keyOf(finding), finding]));
  const outcome = (finding: Finding) => speech.words(`law.outcome.${finding.outcome}`);
  return second.findings
    .flatMap((after) => {
      const before = one.get(keyOf(after));
      // What only one of them was asked says nothing of the files.
      if (before === undefined || before.outcome === after.outcome) return [];
      const { clause, title, language } = findingWords(after, second, speech, books);
      return [
        {
          book: titles.get(after.rulebook) ?? after.rulebook,
          clause,
          title: inLanguage(title, language),
          first: outcome(before),
          second: outcome(after),
        },
      ];
    })
    .slice(0, MOST_CLAUSES);
}

const keyOf = ({ rulebook, rule }: Finding): string => `${rulebook}/${rule}`;
