import { speechOf } from '../../say/speech.js';
import type { Finding } from '../finding-schema.js';
import type { Report } from '../report.js';
import { loadRulebooks } from '../rulebooks/index.js';
import { findingWords, tellRulebooks } from '../rulebooks/tell.js';
import type { Signal, SignalId } from '../signal.js';
import type { Words } from '../words/words.js';
import { backingWords } from './backing-words.js';
import { checks } from './checks.js';
import { isObservedFact } from './file-remarks.js';
import { type Kinship, kinship } from './kinship.js';
import { originWord } from './page.js';
import { type Line, shortSignalLine } from './runs.js';

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
  clauses: { book: string; clause: string; title: string; first: string; second: string }[];
}

export interface Row {
  label: string;
  first: Line[];
  second: Line[];
  same: boolean;
}

const MOST_SIGNALS = 100;
const MOST_CLAUSES = 200;

export function compareReports(first: Report, second: Report, words: Words): Comparison {
  const signals = compareSignals(first.signals, second.signals, words);
  return {
    names: [first.asset.name, second.asset.name],
    statements: statements(first, second, kinship(first, second), words),
    notes: notes(first, second, words),
    facts: facts(first, second, words),
    checks: checkRows(first, second, words),
    ...signals,
    clauses: clauses(first, second, words),
  };
}

function statements(first: Report, second: Report, kin: Kinship, { compare }: Words): string[] {
  const bytes = first.asset.sha256 === second.asset.sha256 ? compare.sameBytes : compare.otherBytes;
  const history = [
    ...(kin.sameActive ? [compare.sameActive] : []),
    ...(kin.firstInSecond ? [compare.firstInSecond] : []),
    ...(kin.secondInFirst ? [compare.secondInFirst] : []),
    ...(kin.shared > 0 ? [compare.sharedHistory(kin.shared)] : []),
  ];
  const note = kin.confirmed ? compare.sharedNote : compare.sharedUnconfirmed;
  return [bytes, ...history, ...(history.length === 0 ? [] : [note])];
}

function notes(first: Report, second: Report, words: Words): string[] {
  const { compare } = words;
  const days: [string, string] = [first.tool.asOf, second.tool.asOf];
  return [
    ...(days[0] === days[1] ? [] : [compare.otherDays(words.date(days[0]), words.date(days[1]))]),
    ...(isSameVersion(first, second) ? [] : [compare.otherVersions]),
    ...listNotes(first, second, words),
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
  words: Words,
): string[] {
  if (one.length === 0 && other.length === 0) return [];
  if (other.length === 0) return [words.compare.listsForFirstOnly];
  if (one.length === 0) return [words.compare.listsForSecondOnly];
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [words.compare.otherLists];
}

function facts(first: Report, second: Report, words: Words): Row[] {
  const { compare, phrases } = words;
  const row = (label: string, of: (report: Report) => Line): Row => rowOf(label, [of(first)], [of(second)]);
  return [
    row(compare.format, ({ asset }) => [`${asset.format} · ${words.bytes(asset.bytes)}`]),
    row(compare.hash, ({ asset }) => [{ code: asset.sha256 }]),
    row(compare.sentence, ({ summary }) => [summary.sentence ?? '']),
    row(phrases.declaredOrigin, (report) => [originWord(report, words)]),
  ];
}

/** A row that only one file has stands there with nothing beside it. */
function checkRows(first: Report, second: Report, words: Words): Row[] {
  const one = byLabel(first, words);
  const other = byLabel(second, words);
  return [...new Set([...one.keys(), ...other.keys()])].map((label) =>
    rowOf(label, one.get(label) ?? [], other.get(label) ?? []),
  );
}

function byLabel(report: Report, words: Words): Map<string, Line[]> {
  const rows = new Map<string, Line[]>();
  for (const { label, word, notes } of checks(report, words)) {
    // What was not looked at is told in short: its reasons are the same for every file.
    const lines = label === words.rows.notChecked ? [word] : [word, ...notes];
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
  words: Words,
): Pick<Comparison, 'onlyFirst' | 'onlySecond' | 'inBoth' | 'otherValue'> {
  const [one, other] = [byId(first), byId(second)];
  const only = (these: ReadonlyMap<SignalId, Signal[]>, those: ReadonlyMap<SignalId, Signal[]>) =>
    [...these]
      .filter(([id]) => !those.has(id))
      .slice(0, MOST_SIGNALS)
      .flatMap(([, [signal]]) => (signal === undefined ? [] : [shortSignalLine(signal, words)]));
  const shared = [...one].filter(([id]) => other.has(id)).slice(0, MOST_SIGNALS);
  const said = (id: SignalId, of: ReadonlyMap<SignalId, Signal[]>) => of.get(id) ?? [];
  const equal = (id: SignalId) => stated(said(id, one)) === stated(said(id, other));
  return {
    onlyFirst: only(one, other),
    onlySecond: only(other, one),
    inBoth: shared
      .filter(([id]) => equal(id))
      .flatMap(([, [signal]]) => (signal === undefined ? [] : [shortSignalLine(signal, words)])),
    otherValue: shared
      .filter(([id]) => !equal(id))
      .map(([id]) => ({
        title: words.signals[id],
        first: values(said(id, one), words),
        second: values(said(id, other), words),
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
  return JSON.stringify(signals.map(({ value, backing, facts }) => [value, backing, facts]).sort());
}

function values(signals: readonly Signal[], words: Words): Line {
  return signals.slice(0, 4).flatMap((signal, index): Line => {
    const { value } = signal;
    const backed = isObservedFact(signal) ? undefined : backingWords(signal, words);
    return [
      ...(index === 0 ? [] : [words.marks.semicolon]),
      ...(value === undefined ? [] : [{ file: value, most: 120 }]),
      ...(backed === undefined
        ? []
        : value === undefined
          ? [backed]
          : [words.marks.open, backed, words.marks.close]),
    ];
  });
}

function clauses(first: Report, second: Report, words: Words): Comparison['clauses'] {
  const speech = speechOf(words.language);
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
      const { clause, title } = findingWords(after, second, speech, books);
      return [
        {
          book: titles.get(after.rulebook) ?? after.rulebook,
          clause,
          title,
          first: outcome(before),
          second: outcome(after),
        },
      ];
    })
    .slice(0, MOST_CLAUSES);
}

const keyOf = ({ rulebook, rule }: Finding): string => `${rulebook}/${rule}`;
