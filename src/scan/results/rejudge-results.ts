import { existsSync } from 'node:fs';
import { formatJsonLine } from '../../base/json-line.js';
import { fromRecordPath, toRecordPath } from '../../base/path-text.js';
import { listSelectedRulebooks, type ResolvedLaw, resolveLaw } from '../../core/law/law-selection.js';
import { findOutcomeChanges, type OutcomeChange } from '../../core/law/outcome-changes.js';
import { chooseRulebooks, UnknownLawError } from '../../core/law/rulebooks/index.js';
import type { ErrorRecord } from '../../core/report/report.js';
import { ROLES } from '../../core/report/rule-terms.js';
import { message } from '../../i18n/message.js';
import { hasLawSelection, resolveLawSelection } from '../../inspect/options/resolved-law.js';
import { addOutcome, type RejudgedOutcome } from '../../storage/law/rejudged-counts.js';
import { type RejudgementCounts, ZERO_COUNTS } from '../../storage/law/rejudgements.js';
import { clausesMember, currentVersions } from '../compare/versions.js';
import { AtomicFile } from '../duplicates/whole-file.js';
import { liveLines } from '../lines/live-lines.js';
import { type ParsedLine, parseLine } from '../lines/parse.js';
import { ResultsError } from '../lines/results-error.js';
import type { Header, Tally } from '../records/header.js';
import type { ScanRecord } from '../records/record.js';
import { recordLimits } from '../records/summary-record.js';
import { countRecord, createTally } from '../records/tally.js';
import { lockResults } from './lock.js';
import { completeMerge } from './merge.js';
import { rejudgeRecord } from './rejudge.js';
import { ResultsIndex } from './state.js';

export interface RejudgedRecord {
  path: string;
  /** Base64; present if the path's bytes are not UTF-8. */
  pathBytes?: string;
  asOf: string;
  changes: readonly OutcomeChange[];
}

export interface RejudgeOptions {
  /** `YYYY-MM-DD`; default: today for runs without a requested date. */
  asOf?: string | undefined;
  today: string;
  /**
   * File for the rejudged results, which appears once it is complete; may be the input file. Absent if nothing is to be
   * written.
   */
  out?: string | undefined;
  trustDir: string;
  onChange(record: RejudgedRecord): Promise<void>;
}

type RecordLine = Extract<ParsedLine, { is: 'record' }>;

/** Record with the header of its run. */
interface RecordInRun {
  line: RecordLine;
  header: Header;
}

interface RecordJudgement {
  law: ResolvedLaw;
  counts: RejudgedOutcome;
  /** Date for which the law was applied. */
  asOf: string;
}

/**
 * Rejudges the records of a finished scan under the law in force, line by line and without opening a file. Reads the
 * results once for the changes and, if they are written, once more for each date.
 */
export async function rejudgeResults(path: string, ask: RejudgeOptions): Promise<RejudgementCounts> {
  if (ask.out === undefined) return (await countChanges(path, ask)).counts;
  const lock = lockResults(ask.out);
  try {
    if (existsSync(`${ask.out}.partial`))
      throw new ResultsError(message('scan.results.interrupted', { path: `${ask.out}.partial` }));
    // A journal merged later would contain records that were not rejudged.
    const delta = existsSync(ask.out) ? await completeMerge(ask.out) : undefined;
    if (delta !== undefined)
      throw new ResultsError(message('scan.results.compactLater', { path: delta.path }));
    const looked = await countChanges(path, ask);
    await writeResults(path, ask, looked);
    // The index describes the previous file; it is rebuilt from the results.
    ResultsIndex.remove(`${ask.out}.state`);
    return looked.counts;
  } finally {
    lock.remove();
  }
}

interface RejudgeSummary {
  counts: RejudgementCounts;
  headers: Header[];
  /** Dates in the order in which their runs are written. */
  days: string[];
}

async function countChanges(path: string, ask: RejudgeOptions): Promise<RejudgeSummary> {
  let counts = ZERO_COUNTS;
  const headers: Header[] = [];
  const days = new Set<string>();
  let isWhole = false;
  for await (const { line, header } of parsedLines(path)) {
    if (line.is === 'header') headers.push(line.header);
    if (line.is === 'summary') isWhole = true;
    if (!isRejudgeable(line)) continue;
    const { counts: one, asOf } = judgementOf({ line, header }, ask);
    counts = addOutcome(counts, one);
    if (one.is !== 'judged') continue;
    days.add(asOf);
    if (one.changes.length > 0)
      await ask.onChange({ ...toRecordPath(fromRecordPath(line.record)), asOf, changes: one.changes });
  }
  if (!isWhole) throw new ResultsError(message('scan.results.unfinished', { path }));
  return { counts, headers, days: [...days].sort() };
}

/** Writes the earlier runs with records that could not be rejudged, then one run per date with the rejudged records. */
async function writeResults(
  path: string,
  ask: RejudgeOptions,
  { headers, days }: RejudgeSummary,
): Promise<void> {
  const began = performance.now();
  const file = await AtomicFile.begin(ask.out ?? path);
  try {
    const tally = createTally();
    for await (const { line, header } of parsedLines(path)) {
      if (line.is === 'header') await file.write(formatJsonLine(line.header));
      else if (line.is !== 'summary' && !(isRejudgeable(line) && canBeJudged({ line, header }, ask)))
        await writeRecord(file, line.record, tally);
    }
    const last = headers.at(-1);
    for (const [index, asOf] of days.entries())
      if (last !== undefined) await writeDay(path, ask, { last, further: index + 1, asOf }, { file, tally });
    const seconds = Math.round((performance.now() - began) / 10) / 100;
    const ended = new Date().toISOString();
    await file.write(formatJsonLine({ schema: 'assay.scan-summary/1', ended, seconds, tally }));
    await file.finish();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

interface RejudgeRun {
  last: Header;
  /** Number of runs after the last one of the input. */
  further: number;
  asOf: string;
}

async function writeDay(
  path: string,
  ask: RejudgeOptions,
  { last, further, asOf }: RejudgeRun,
  { file, tally }: { file: AtomicFile; tally: Tally },
): Promise<void> {
  let isBegun = false;
  for await (const { line, header } of parsedLines(path)) {
    if (!isRejudgeable(line)) continue;
    const answer = judgementOf({ line, header }, ask);
    if (answer.counts.is !== 'judged' || answer.asOf !== asOf) continue;
    if (!isBegun) await file.write(formatJsonLine(await newHeader(last, answer, further, ask)));
    isBegun = true;
    const { readIn = header.run } = line.record;
    const { asOfSource } = asOfSourceOf(header, ask);
    const again = rejudgeRecord({ ...line.record, readIn }, { law: answer.law, asOf, asOfSource });
    await writeRecord(file, again ?? line.record, tally);
  }
}

async function writeRecord(file: AtomicFile, record: ScanRecord | ErrorRecord, tally: Tally): Promise<void> {
  countRecord(tally, record);
  await file.write(formatJsonLine(record));
}

async function newHeader(
  last: Header,
  { asOf }: RecordJudgement,
  further: number,
  ask: RejudgeOptions,
): Promise<Header> {
  return {
    ...last,
    run: last.run + further,
    begun: new Date().toISOString(),
    asOf,
    ...asOfSourceOf(last, ask),
    ...currentClauses(last),
    versions: {
      ...last.versions,
      rulebooks: (await currentVersions(ask.trustDir, selectedBookIds(last))).rulebooks,
    },
  };
}

const asOfSourceOf = ({ asOfSource }: Header, { asOf }: RejudgeOptions): Pick<Header, 'asOfSource'> => ({
  asOfSource: asOf === undefined ? asOfSource : 'requested',
});

async function* parsedLines(path: string): AsyncGenerator<{ line: ParsedLine; header: Header }> {
  let header: Header | undefined;
  for await (const { text, offset } of liveLines(path)) {
    const line = parseLine(text);
    if (line === undefined)
      throw new ResultsError(
        header === undefined
          ? message('scan.results.none', { path, at: String(offset) })
          : message('scan.results.damaged', { path, at: String(offset) }),
      );
    if (line.is === 'header') header = line.header;
    if (header === undefined) throw new ResultsError(message('scan.results.begin', { path }));
    yield { line, header };
  }
  if (header === undefined) throw new ResultsError(message('scan.results.empty', { path }));
}

/** The record of a missing file describes its former state and is not changed. */
const isRejudgeable = (line: ParsedLine): line is RecordLine =>
  line.is === 'record' && line.record.gone === undefined;

const canBeJudged = (placed: RecordInRun, ask: RejudgeOptions): boolean =>
  judgementOf(placed, ask).counts.is === 'judged';

function judgementOf({ line, header }: RecordInRun, ask: RejudgeOptions): RecordJudgement {
  const law = cachedLawOf(header);
  const { record } = line;
  const day = judgementDate(record, header, ask);
  if (law === 'unknown') {
    const none = { inFull: [], jurisdictions: [] };
    return { law: none, counts: { is: 'not-judged', why: 'unknown-rulebook' }, asOf: day.asOf };
  }
  const { report } = record;
  if (report === undefined && isShortened(record))
    return { law, counts: { is: 'not-judged', why: 'shortened' }, asOf: day.asOf };
  // A record contains only counts per jurisdiction; the clauses are in the Report.
  const told = report === undefined ? { ...law, places: [] } : law;
  const found = findOutcomeChanges(report ?? record, told, day.asOf);
  return { law, counts: { is: 'judged', ...found, onItsDay: day.onItsDay }, asOf: day.asOf };
}

function isShortened({ cut = [], findings }: ScanRecord): boolean {
  return cut.includes('signals') || (cut.includes('findings') && findings.length >= recordLimits.findings);
}

/** As of a kept Report (service/rejudging/rejudge-one.ts): what signals say of signers holds for their day. */
function judgementDate(
  { contentCredentials: { presence, proven } }: ScanRecord,
  header: Header,
  { asOf, today }: RejudgeOptions,
): { asOf: string; onItsDay: boolean } {
  const wanted = asOf ?? (header.asOfSource === 'today' ? today : header.asOf);
  const isBound = presence === 'present' && proven === undefined && header.asOf !== wanted;
  return { asOf: isBound ? header.asOf : wanted, onItsDay: isBound };
}

const laws = new WeakMap<Header, ResolvedLaw | 'unknown'>();

/** Returns the law selection of the scan applied to the current law. */
function cachedLawOf(header: Header): ResolvedLaw | 'unknown' {
  const known = laws.get(header);
  if (known !== undefined) return known;
  const law = resolveLawOf(header);
  laws.set(header, law);
  return law;
}

function resolveLawOf({ options }: Header): ResolvedLaw | 'unknown' {
  const question = {
    ...optionList(options, 'rulebooks'),
    ...optionList(options, 'jurisdiction'),
    ...(options['role'] === undefined
      ? {}
      : { role: ROLES.filter((role) => String(options['role']).split(',').includes(role)) }),
  };
  if (!hasLawSelection(question)) throw new ResultsError(message('scan.results.noLaw'));
  try {
    return resolveLaw(resolveLawSelection(question, {}, chooseRulebooks));
  } catch (error) {
    if (error instanceof UnknownLawError) return 'unknown';
    throw error;
  }
}

const optionList = <N extends string>(options: Header['options'], name: N): { [K in N]?: string[] } => {
  const words = options[name];
  return (typeof words === 'string' ? { [name]: words.split(',') } : {}) as { [K in N]?: string[] };
};

/** Clauses may have changed or been added since the scan. */
function currentClauses(header: Header): Pick<Header, 'clauses'> {
  const law = cachedLawOf(header);
  return law === 'unknown' ? {} : clausesMember(listSelectedRulebooks(law));
}

function selectedBookIds(header: Header): string[] {
  const law = cachedLawOf(header);
  return law === 'unknown' ? [] : law.inFull.map(({ id }) => id);
}
