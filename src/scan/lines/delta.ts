import { existsSync, statSync } from 'node:fs';
import { asCount, ownMember, parseJsonRecord } from '../../base/json-shape.js';
import { fromRecordPath } from '../../base/path-text.js';
import type { ErrorRecord } from '../../core/report/report.js';
import { message } from '../../i18n/message.js';
import type { ScanRecord } from '../records/record.js';
import { MAX_LINE_BYTES, type ResultsLine, readLines } from './lines.js';
import { parseLine } from './parse.js';
import { ResultsError } from './results-error.js';
import { TextReader } from './text-at.js';

/**
 * Journal of a scan that continues complete results: `results.delta.ndjson` next to `results.ndjson`. Its first line
 * names the results and their length; headers, records and the summary follow as they will appear in the results. A
 * record that replaces another is preceded by a line with the position of the old one. Until a merge line ends the
 * journal, the results are unchanged. Once it is written, the merged content is fixed, and a repeated merge produces
 * the same.
 */

/** Position of a superseded line: bytes from the start of its file, without the line end. */
export interface Superseded {
  in: 'results' | 'delta';
  offset: number;
  length: number;
}

export type DeltaLine =
  | { is: 'head'; scan: string; base: number }
  | ({ is: 'superseded' } & Superseded)
  | { is: 'merge' }
  | { is: 'other' };

const HEAD = 'assay.scan-delta/1';
const SUPERSEDED = 'assay.superseded/1';
const MERGE = 'assay.scan-merge/1';
const DEAD = 'assay.dead/1';
const ENDING = '.ndjson';

/** Returns the path of the journal of a results file. */
export const deltaPath = (out: string): string =>
  `${out.endsWith(ENDING) ? out.slice(0, -ENDING.length) : out}.delta${ENDING}`;

export const headLine = (scan: string, base: number): string =>
  `${JSON.stringify({ schema: HEAD, scan, base })}\n`;

export const supersededLine = ({ in: where, offset, length }: Superseded): string =>
  `${JSON.stringify({ schema: SUPERSEDED, in: where, offset, length })}\n`;

export const mergeLine = (): string => `${JSON.stringify({ schema: MERGE })}\n`;

const DEAD_BEGIN = `{"schema":"${DEAD}"`;

/** Returns a line that overwrites a superseded one: JSON of the same length that is no record. */
export const deadLine = (length: number): Buffer => Buffer.from(`${DEAD_BEGIN.padEnd(length - 1)}}`);

/** Length of the shortest dead line; every record is longer. */
export const MIN_DEAD_LENGTH = DEAD_BEGIN.length + 1;

export const isDeadLine = (text: string): boolean => text.startsWith(DEAD_BEGIN);

const JOURNAL_LINE = new RegExp(
  `^\\{"schema":"(?:${[HEAD, SUPERSEDED, MERGE].join('|').replaceAll('.', '\\.')})"`,
);

/** Parses a line of the journal. `other` is a line of results, or no line of Assay's. */
export function parseDeltaLine(text: string): DeltaLine {
  const value = JOURNAL_LINE.test(text) ? parseJsonRecord(text) : undefined;
  const schema = value && ownMember(value, 'schema');
  if (value === undefined || schema === MERGE) return { is: schema === MERGE ? 'merge' : 'other' };
  const [scan, base, where] = [
    ownMember(value, 'scan'),
    asCount(ownMember(value, 'base')),
    ownMember(value, 'in'),
  ];
  if (schema === HEAD && typeof scan === 'string' && base !== undefined) return { is: 'head', scan, base };
  const [offset, length] = [asCount(ownMember(value, 'offset')), asCount(ownMember(value, 'length'))];
  if (schema !== SUPERSEDED || offset === undefined || length === undefined) return { is: 'other' };
  if ((where !== 'results' && where !== 'delta') || length > MAX_LINE_BYTES) return { is: 'other' };
  return { is: 'superseded', in: where, offset, length };
}

/** Journal as it was when read, with positions in ascending order. */
export interface DeltaJournal {
  path: string;
  /** Bytes of all lines read, and of the first line. */
  bytes: number;
  begin: number;
  /** Bytes of the results for which the journal was started. */
  base: number;
  /** Superseded lines of the results, and of the journal itself. */
  results: LinePositions;
  delta: LinePositions;
  /** Whether the merge has begun; it may have been interrupted at any point. */
  isMerging: boolean;
}

export interface LinePositions {
  offsets: Float64Array;
  lengths: Float64Array;
}

/**
 * Reads the journal of a results file; `undefined` if there is none or it belongs to another scan. `isWritten` means
 * that the caller writes the journal, so that its last line is complete.
 */
export async function readDelta(
  out: string,
  scan: string,
  { isWritten = false }: { isWritten?: boolean } = {},
): Promise<DeltaJournal | undefined> {
  const path = deltaPath(out);
  // The length is read before the journal, because a concurrent merge lengthens the results.
  const length = statSync(out).size;
  const bytes = statSync(path, { throwIfNoEntry: false })?.size;
  if (bytes === undefined) return undefined;
  const places = { results: new LinePositionsBuilder(), delta: new LinePositionsBuilder() };
  let head: { base: number; begin: number } | undefined;
  let isMerging = false;
  let waiting: Superseded[] = [];
  let end = 0;
  for await (const { text, offset, length: ofLine } of intactLines(path, bytes)) {
    const line = parseDeltaLine(text);
    end = offset + ofLine + 1;
    if (head === undefined) {
      if (line.is !== 'head' || line.scan !== scan) return undefined;
      head = { base: line.base, begin: end };
    } else if (line.is === 'superseded') waiting.push(line);
    else {
      // A superseded line at the very end counts for nothing, because its replacement was not written.
      for (const place of waiting) places[place.in].add(place);
      waiting = [];
      isMerging = line.is === 'merge';
    }
  }
  if (head === undefined) return undefined;
  if (isWritten) for (const place of waiting) places[place.in].add(place);
  if (isMerging ? length < head.base : length !== head.base)
    throw new ResultsError(message('scan.results.otherDelta', { path: out, delta: path }));
  return {
    path,
    bytes: end,
    ...head,
    results: places.results.sorted(),
    delta: places.delta.sorted(),
    isMerging,
  };
}

/**
 * Yields the lines of the journal. After a power failure the end may be incomplete; damage anywhere else throws
 * `ResultsError`.
 */
async function* intactLines(path: string, bytes: number): AsyncGenerator<ResultsLine> {
  let torn: number | undefined;
  let isFirst = true;
  for await (const line of readLines(path, 0, bytes)) {
    const isWhole = parseJsonRecord(line.text) !== undefined;
    if (!isWhole) torn ??= line.offset;
    if (isWhole && torn !== undefined)
      throw new ResultsError(message('scan.results.damaged', { path, at: String(torn) }));
    if (isWhole || isFirst) yield line;
    isFirst = false;
  }
}

class LinePositionsBuilder {
  readonly #offsets: number[] = [];
  readonly #lengths: number[] = [];
  #isSorted = true;

  add({ offset, length }: Superseded): void {
    if (offset <= (this.#offsets.at(-1) ?? -1)) this.#isSorted = false;
    this.#offsets.push(offset);
    this.#lengths.push(length);
  }

  sorted(): LinePositions {
    const [offsets, lengths] = [Float64Array.from(this.#offsets), Float64Array.from(this.#lengths)];
    if (this.#isSorted) return { offsets, lengths };
    const order = Uint32Array.from([...offsets.keys()]).sort((a, b) => (offsets[a] ?? 0) - (offsets[b] ?? 0));
    const inOrder = (all: Float64Array) => Float64Array.from(order, (at) => all[at] ?? 0);
    return { offsets: inOrder(offsets), lengths: inOrder(lengths) };
  }
}

/** Returns a function that tells whether the line at an offset still counts; call it with ascending offsets. */
export function liveLineTest({ offsets }: LinePositions): (offset: number) => boolean {
  let at = 0;
  return (offset) => {
    while (at < offsets.length && (offsets[at] ?? 0) < offset) at += 1;
    return offsets[at] !== offset;
  };
}

/** Record of a file before and after a run: only `before` if it was dropped, only `after` if it is new. */
export interface RecordChange {
  before?: ScanRecord | ErrorRecord;
  after?: ScanRecord | ErrorRecord;
}

/**
 * Yields the changes of the runs in a journal, in the order written; call it before the journal is merged. The cost
 * depends on the number of changes, not on the size of the results. Yields nothing if there is no journal.
 */
export async function* recordChangesIn(out: string, scan: string): AsyncGenerator<RecordChange> {
  const delta = existsSync(out) ? await readDelta(out, scan, { isWritten: true }) : undefined;
  if (delta === undefined) return;
  const results = new TextReader(out);
  const isLive = liveLineTest(delta.delta);
  /** For records replaced within the journal: their records in the results. */
  const earlier = new Map<number, RecordChange['before']>();
  const wasAt = (place: Superseded): RecordChange['before'] => {
    if (place.in === 'results') return recordIn(results.read(place));
    const was = earlier.get(place.offset);
    earlier.delete(place.offset);
    return was;
  };
  let waiting: RecordChange['before'][] = [];
  try {
    for await (const { text, offset } of readLines(delta.path, delta.begin, delta.bytes)) {
      const line = parseDeltaLine(text);
      if (line.is === 'superseded') {
        waiting.push(wasAt(line));
        continue;
      }
      const after = line.is === 'other' ? recordIn(text) : undefined;
      const before = waiting.find(
        (was) => was !== undefined && after !== undefined && fromRecordPath(was) === fromRecordPath(after),
      );
      for (const was of waiting) if (was !== undefined && was !== before) yield { before: was };
      waiting = [];
      if (after === undefined) continue;
      if (!isLive(offset)) earlier.set(offset, before);
      else yield before === undefined ? { after } : { before, after };
    }
    for (const was of waiting) if (was !== undefined) yield { before: was };
  } finally {
    results.close();
  }
}

function recordIn(text: string): ScanRecord | ErrorRecord | undefined {
  const line = parseLine(text);
  return line?.is === 'record' || line?.is === 'error' ? line.record : undefined;
}
