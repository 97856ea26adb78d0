import { existsSync } from 'node:fs';
import { jsonLine } from '../core/ground/json-line.js';
import { pathTold, toldPath } from '../core/ground/path-text.js';
import { booksIn, type Law, lawFor } from '../core/law/asked-law.js';
import { type OutcomeChange, outcomeChanges } from '../core/law/outcome-changes.js';
import { chooseRulebooks, UnknownChoice } from '../core/law/rulebooks/index.js';
import { ROLES } from '../core/report/rule-terms.js';
import { askedLaw, asksLaw } from '../question/asked-law.js';
import { said } from '../say/said.js';
import { type Counted, counted } from '../store/rejudged-counts.js';
import { NOTHING_COUNTED, type RejudgementCounts } from '../store/rejudgements.js';
import type { Header, Tally } from './header.js';
import { liveLines } from './live.js';
import { lockResults } from './lock.js';
import { settle } from './merge.js';
import { type ParsedLine, parseLine } from './parse.js';
import type { ScanRecord } from './record.js';
import { rejudged } from './rejudge.js';
import { ResultsError } from './results.js';
import { recordLimits, slimOfFull } from './slim.js';
import { State } from './state.js';
import { countError, countRecord, emptyTally } from './tally.js';
import { clausesIn, versionsNow } from './versions.js';
import { WholeFile } from './whole-file.js';
import { writtenOf } from './written.js';

export interface RejudgedRecord {
  path: string;
  /** Base64, where the path’s bytes are not UTF-8. */
  pathBytes?: string;
  asOf: string;
  changes: readonly OutcomeChange[];
}

export interface RejudgeAsk {
  /** `YYYY-MM-DD`; left out: today, where no day was asked for. */
  asOf?: string | undefined;
  today: string;
  /** Where the results under the law of now go, by that name once they are whole; left out: nowhere. May be where they come from. */
  out?: string | undefined;
  trustDir: string;
  take(record: RejudgedRecord): Promise<void>;
}

type RecordLine = Extract<ParsedLine, { is: 'slim' | 'full' }>;

/** A record, and the run that it stands in. */
interface Placed {
  line: RecordLine;
  header: Header;
}

interface Answer {
  law: Law;
  counted: Counted;
  /** The day that was asked about. */
  asOf: string;
}

/**
 * The records of a finished scan, asked again what the law in force says of them: a line at a time, and no file is opened. Goes
 * over the results once to find out, and for what is written once more for each day that is asked about.
 */
export async function rejudgeResults(path: string, ask: RejudgeAsk): Promise<RejudgementCounts> {
  if (ask.out === undefined) return (await lookedThrough(path, ask)).counts;
  const lock = lockResults(ask.out);
  try {
    if (existsSync(`${ask.out}.partial`))
      throw new ResultsError(said('scan.results.interrupted', { path: `${ask.out}.partial` }));
    // What is taken into the results later would not have been asked.
    const delta = existsSync(ask.out) ? await settle(ask.out) : undefined;
    if (delta !== undefined) throw new ResultsError(said('scan.results.compactLater', { path: delta.path }));
    const looked = await lookedThrough(path, ask);
    await written(path, ask, looked);
    // An index of what stood there before would lead astray; it is made again from the results.
    State.remove(`${ask.out}.state`);
    return looked.counts;
  } finally {
    lock.remove();
  }
}

interface Looked {
  counts: RejudgementCounts;
  headers: Header[];
  /** In the order in which they are written. */
  days: string[];
}

async function lookedThrough(path: string, ask: RejudgeAsk): Promise<Looked> {
  let counts = NOTHING_COUNTED;
  const headers: Header[] = [];
  const days = new Set<string>();
  let isWhole = false;
  for await (const { line, header } of parsedLines(path)) {
    if (line.is === 'header') headers.push(line.header);
    if (line.is === 'summary') isWhole = true;
    if (!isAsked(line)) continue;
    const { counted: one, asOf } = answerOf({ line, header }, ask);
    counts = counted(counts, one);
    if (one.is !== 'judged') continue;
    days.add(asOf);
    if (one.changes.length > 0)
      await ask.take({ ...toldPath(pathTold(line.record)), asOf, changes: one.changes });
  }
  if (!isWhole) throw new ResultsError(said('scan.results.unfinished', { path }));
  return { counts, headers, days: [...days].sort() };
}

/** The runs of before with what could not be asked again, then one for each day with what could. */
async function written(path: string, ask: RejudgeAsk, { headers, days }: Looked): Promise<void> {
  const began = performance.now();
  const file = await WholeFile.begin(ask.out ?? path);
  try {
    const tally = emptyTally();
    for await (const { line, header } of parsedLines(path)) {
      if (line.is === 'header') await file.write(jsonLine(line.header));
      else if (line.is === 'error') {
        countError(tally, line.record);
        await file.write(jsonLine(line.record));
      } else if (line.is !== 'summary' && !(isAsked(line) && isJudged({ line, header }, ask)))
        await putRecord(file, line.record, tally);
    }
    const last = headers.at(-1);
    for (const [index, asOf] of days.entries())
      if (last !== undefined) await writeDay(path, ask, { last, further: index + 1, asOf }, { file, tally });
    const seconds = Math.round((performance.now() - began) / 10) / 100;
    const ended = new Date().toISOString();
    await file.write(jsonLine({ schema: 'assay.scan-summary/1', ended, seconds, tally }));
    await file.finish();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

interface Run {
  last: Header;
  /** How many runs after the last one of before. */
  further: number;
  asOf: string;
}

async function writeDay(
  path: string,
  ask: RejudgeAsk,
  { last, further, asOf }: Run,
  { file, tally }: { file: WholeFile; tally: Tally },
): Promise<void> {
  let isBegun = false;
  for await (const { line, header } of parsedLines(path)) {
    if (!isAsked(line)) continue;
    const answer = answerOf({ line, header }, ask);
    if (answer.counted.is !== 'judged' || answer.asOf !== asOf) continue;
    if (!isBegun) await file.write(jsonLine(await newHeader(last, answer, further, ask)));
    isBegun = true;
    const { readIn = header.run } = line.record;
    const { asOfBecause } = becauseOf(header, ask);
    const again = rejudged({ ...line.record, readIn }, { law: answer.law, asOf, asOfBecause });
    await putRecord(file, again?.full ?? again?.slim ?? line.record, tally);
  }
}

async function putRecord(file: WholeFile, record: ScanRecord, tally: Tally): Promise<void> {
  countRecord(tally, 'report' in record ? slimOfFull(record) : record);
  await file.write(jsonLine(writtenOf(record)));
}

async function newHeader(last: Header, { asOf }: Answer, further: number, ask: RejudgeAsk): Promise<Header> {
  return {
    ...last,
    run: last.run + further,
    begun: new Date().toISOString(),
    asOf,
    ...becauseOf(last, ask),
    ...clausesNow(last),
    versions: { ...last.versions, rulebooks: (await versionsNow(ask.trustDir, booksAsked(last))).rulebooks },
  };
}

const becauseOf = ({ asOfBecause }: Header, { asOf }: RejudgeAsk): Pick<Header, 'asOfBecause'> => ({
  asOfBecause: asOf === undefined ? asOfBecause : 'asked',
});

async function* parsedLines(path: string): AsyncGenerator<{ line: ParsedLine; header: Header }> {
  let header: Header | undefined;
  for await (const { text, offset } of liveLines(path)) {
    const line = parseLine(text);
    if (line === undefined)
      throw new ResultsError(
        header === undefined
          ? said('scan.results.none', { path, at: String(offset) })
          : said('scan.results.damaged', { path, at: String(offset) }),
      );
    if (line.is === 'header') header = line.header;
    if (header === undefined) throw new ResultsError(said('scan.results.begin', { path }));
    yield { line, header };
  }
  if (header === undefined) throw new ResultsError(said('scan.results.empty', { path }));
}

/** The record of a file that is gone is of how it was, and stays so. */
const isAsked = (line: ParsedLine): line is RecordLine =>
  (line.is === 'slim' || line.is === 'full') && line.record.gone === undefined;

const isJudged = (placed: Placed, ask: RejudgeAsk): boolean => answerOf(placed, ask).counted.is === 'judged';

function answerOf({ line, header }: Placed, ask: RejudgeAsk): Answer {
  const law = lawOf(header);
  const { record } = line;
  const day = dayOf(line, header, ask);
  if (law === 'unknown') {
    const none = { inFull: [], places: [] };
    return { law: none, counted: { is: 'not-judged', why: 'unknown-rulebook' }, asOf: day.asOf };
  }
  if (line.is === 'slim' && isShortened(line.record))
    return { law, counted: { is: 'not-judged', why: 'shortened' }, asOf: day.asOf };
  // In brief a place is told by numbers alone: which clauses those were, only a Report says.
  const told = 'report' in record ? law : { ...law, places: [] };
  const before = 'report' in record ? record.report : { ...record, law: undefined };
  const found = outcomeChanges(before, told, day.asOf);
  return { law, counted: { is: 'judged', ...found, onItsDay: day.onItsDay }, asOf: day.asOf };
}

function isShortened({ cut = [], findings }: Extract<RecordLine, { is: 'slim' }>['record']): boolean {
  return cut.includes('signals') || (cut.includes('findings') && findings.length >= recordLimits.findings);
}

/** As of a kept Report (worker/rejudge-one.ts): what signals say of signers holds for their day. */
function dayOf(
  line: RecordLine,
  header: Header,
  { asOf, today }: RejudgeAsk,
): { asOf: string; onItsDay: boolean } {
  const its = line.is === 'full' ? line.record.report.tool.asOf : header.asOf;
  const wanted = asOf ?? (header.asOfBecause === 'today' ? today : header.asOf);
  const { presence } =
    line.is === 'full' ? line.record.report.contentCredentials : line.record.contentCredentials;
  const isProven =
    line.is === 'full'
      ? line.record.report.contentCredentials.time?.proven !== undefined
      : line.record.year?.by === 'proven';
  const isBound = presence === 'present' && !isProven && its !== wanted;
  return { asOf: isBound ? its : wanted, onItsDay: isBound };
}

const laws = new WeakMap<Header, Law | 'unknown'>();

/** What the scan asked of the law, asked of the law of now. */
function lawOf(header: Header): Law | 'unknown' {
  const known = laws.get(header);
  if (known !== undefined) return known;
  const law = lawAskedIn(header);
  laws.set(header, law);
  return law;
}

function lawAskedIn({ options }: Header): Law | 'unknown' {
  const question = {
    ...wordsIn(options, 'rulebooks'),
    ...wordsIn(options, 'jurisdiction'),
    ...(options['role'] === undefined
      ? {}
      : { role: ROLES.filter((role) => String(options['role']).split(',').includes(role)) }),
  };
  if (!asksLaw(question)) throw new ResultsError(said('scan.results.noLaw'));
  try {
    return lawFor(askedLaw(question, {}, chooseRulebooks));
  } catch (error) {
    if (error instanceof UnknownChoice) return 'unknown';
    throw error;
  }
}

const wordsIn = <N extends string>(options: Header['options'], name: N): { [K in N]?: string[] } => {
  const words = options[name];
  return (typeof words === 'string' ? { [name]: words.split(',') } : {}) as { [K in N]?: string[] };
};

/** As they are now: a clause may be another, or new. */
function clausesNow(header: Header): Pick<Header, 'clauses'> {
  const law = lawOf(header);
  return law === 'unknown' ? {} : clausesIn(booksIn(law));
}

function booksAsked(header: Header): string[] {
  const law = lawOf(header);
  return law === 'unknown' ? [] : law.inFull.map(({ id }) => id);
}
