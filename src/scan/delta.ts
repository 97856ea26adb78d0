import { existsSync, statSync } from 'node:fs';
import { asCount, jsonRecordIn, member } from '../core/ground/json-shape.js';
import { pathTold } from '../core/ground/path-text.js';
import type { ErrorRecord } from '../core/report/report.js';
import { said } from '../say/said.js';
import { LINE_BYTES, type Line, linesOf } from './lines.js';
import { parseLine } from './parse.js';
import type { SlimRecord } from './record.js';
import { ResultsError } from './results.js';
import { slimOfFull } from './slim.js';
import { TextAt } from './text-at.js';

/**
 * The journal of a scan that goes on with results which are whole: `results.delta.ndjson` beside `results.ndjson`. Its
 * first line says which results it belongs to and how long they are; headers, records and the summary stand in it as they
 * will in the results. Before a record that takes the place of another stands a line that says where that one is. While
 * there is no line for the merge at its end, the results are as they were; once there is, what the two come to is fixed,
 * and however often the merge is begun it comes to the same.
 */

/** Where a line stands that no longer counts: bytes from the start of its file, and without the line’s end. */
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

/** The name of the journal that belongs to results. */
export const deltaOf = (out: string): string =>
  `${out.endsWith(ENDING) ? out.slice(0, -ENDING.length) : out}.delta${ENDING}`;

export const headLine = (scan: string, base: number): string =>
  `${JSON.stringify({ schema: HEAD, scan, base })}\n`;

export const supersededLine = ({ in: where, offset, length }: Superseded): string =>
  `${JSON.stringify({ schema: SUPERSEDED, in: where, offset, length })}\n`;

export const mergeLine = (): string => `${JSON.stringify({ schema: MERGE })}\n`;

const DEAD_BEGIN = `{"schema":"${DEAD}"`;

/** What stands in the place of a line that no longer counts: JSON of the same length, and no record. */
export const deadLine = (length: number): Buffer => Buffer.from(`${DEAD_BEGIN.padEnd(length - 1)}}`);

/** No record is shorter. */
export const SHORTEST_DEAD = DEAD_BEGIN.length + 1;

export const isDead = (text: string): boolean => text.startsWith(DEAD_BEGIN);

const OURS = new RegExp(`^\\{"schema":"(?:${[HEAD, SUPERSEDED, MERGE].join('|').replaceAll('.', '\\.')})"`);

/** `other`: a line as results have it, or none of ours. */
export function deltaLineOf(text: string): DeltaLine {
  const value = OURS.test(text) ? jsonRecordIn(text) : undefined;
  const schema = value && member(value, 'schema');
  if (value === undefined || schema === MERGE) return { is: schema === MERGE ? 'merge' : 'other' };
  const [scan, base, where] = [member(value, 'scan'), asCount(member(value, 'base')), member(value, 'in')];
  if (schema === HEAD && typeof scan === 'string' && base !== undefined) return { is: 'head', scan, base };
  const [offset, length] = [asCount(member(value, 'offset')), asCount(member(value, 'length'))];
  if (schema !== SUPERSEDED || offset === undefined || length === undefined) return { is: 'other' };
  if ((where !== 'results' && where !== 'delta') || length > LINE_BYTES) return { is: 'other' };
  return { is: 'superseded', in: where, offset, length };
}

/** A journal as it stood when it was looked at; its places in ascending order. */
export interface Delta {
  path: string;
  /** Bytes of the lines that were there, and of the first one. */
  bytes: number;
  begin: number;
  /** Bytes of the results that it was begun for. */
  base: number;
  /** Lines of the results that no longer count, and of the journal itself. */
  results: Places;
  delta: Places;
  /** What it comes to is fixed: the merge has begun, and may have been broken off anywhere. */
  isMerging: boolean;
}

export interface Places {
  offsets: Float64Array;
  lengths: Float64Array;
}

/**
 * The journal beside results, read once; undefined where there is none, or it is of another scan. `isWritten`: by whoever
 * writes it, and the last line is no half of what was to be written.
 */
export async function deltaBeside(
  out: string,
  scan: string,
  { isWritten = false }: { isWritten?: boolean } = {},
): Promise<Delta | undefined> {
  const path = deltaOf(out);
  // Before the journal: whoever merges meanwhile lengthens the results.
  const length = statSync(out).size;
  const bytes = statSync(path, { throwIfNoEntry: false })?.size;
  if (bytes === undefined) return undefined;
  const places = { results: new PlacesBuilder(), delta: new PlacesBuilder() };
  let head: { base: number; begin: number } | undefined;
  let isMerging = false;
  let waiting: Superseded[] = [];
  let end = 0;
  for await (const { text, offset, length: ofLine } of untorn(path, bytes)) {
    const line = deltaLineOf(text);
    end = offset + ofLine + 1;
    if (head === undefined) {
      if (line.is !== 'head' || line.scan !== scan) return undefined;
      head = { base: line.base, begin: end };
    } else if (line.is === 'superseded') waiting.push(line);
    else {
      // One at the very end has lost what was to take its place, and says nothing.
      for (const place of waiting) places[place.in].add(place);
      waiting = [];
      isMerging = line.is === 'merge';
    }
  }
  if (head === undefined) return undefined;
  if (isWritten) for (const place of waiting) places[place.in].add(place);
  if (isMerging ? length < head.base : length !== head.base)
    throw new ResultsError(said('scan.results.otherDelta', { path: out, delta: path }));
  return {
    path,
    bytes: end,
    ...head,
    results: places.results.sorted(),
    delta: places.delta.sorted(),
    isMerging,
  };
}

/** Its lines, without what was not on the disk yet when the power went: that is the end, and nothing else may be. */
async function* untorn(path: string, bytes: number): AsyncGenerator<Line> {
  let torn: number | undefined;
  let isFirst = true;
  for await (const line of linesOf(path, 0, bytes)) {
    const isWhole = jsonRecordIn(line.text) !== undefined;
    if (!isWhole) torn ??= line.offset;
    if (isWhole && torn !== undefined)
      throw new ResultsError(said('scan.results.damaged', { path, at: String(torn) }));
    if (isWhole || isFirst) yield line;
    isFirst = false;
  }
}

class PlacesBuilder {
  readonly #offsets: number[] = [];
  readonly #lengths: number[] = [];
  #isSorted = true;

  add({ offset, length }: Superseded): void {
    if (offset <= (this.#offsets.at(-1) ?? -1)) this.#isSorted = false;
    this.#offsets.push(offset);
    this.#lengths.push(length);
  }

  sorted(): Places {
    const [offsets, lengths] = [Float64Array.from(this.#offsets), Float64Array.from(this.#lengths)];
    if (this.#isSorted) return { offsets, lengths };
    const order = Uint32Array.from([...offsets.keys()]).sort((a, b) => (offsets[a] ?? 0) - (offsets[b] ?? 0));
    const inOrder = (all: Float64Array) => Float64Array.from(order, (at) => all[at] ?? 0);
    return { offsets: inOrder(offsets), lengths: inOrder(lengths) };
  }
}

/** Whether a line no longer counts, asked of lines in their order. */
export function counts({ offsets }: Places): (offset: number) => boolean {
  let at = 0;
  return (offset) => {
    while (at < offsets.length && (offsets[at] ?? 0) < offset) at += 1;
    return offsets[at] !== offset;
  };
}

/** A file’s record before a run and after it: `before` alone where it was dropped, `after` alone where it is new. */
export interface Change {
  before?: SlimRecord | ErrorRecord;
  after?: SlimRecord | ErrorRecord;
}

/**
 * What the runs in a journal have changed, in the order in which it was written: to be asked before the journal is merged.
 * Costs what has changed, whatever the size of the results. Nothing where there is no journal.
 */
export async function* changesOf(out: string, scan: string): AsyncGenerator<Change> {
  const delta = existsSync(out) ? await deltaBeside(out, scan, { isWritten: true }) : undefined;
  if (delta === undefined) return;
  const results = new TextAt(out);
  const isLive = counts(delta.delta);
  /** Of records in the journal that were replaced in it: what stood in the results before. */
  const earlier = new Map<number, Change['before']>();
  const wasAt = (place: Superseded): Change['before'] => {
    if (place.in === 'results') return recordIn(results.at(place));
    const was = earlier.get(place.offset);
    earlier.delete(place.offset);
    return was;
  };
  let waiting: Change['before'][] = [];
  try {
    for await (const { text, offset } of linesOf(delta.path, delta.begin, delta.bytes)) {
      const line = deltaLineOf(text);
      if (line.is === 'superseded') {
        waiting.push(wasAt(line));
        continue;
      }
      const after = line.is === 'other' ? recordIn(text) : undefined;
      const before = waiting.find(
        (was) => was !== undefined && after !== undefined && pathTold(was) === pathTold(after),
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

function recordIn(text: string): SlimRecord | ErrorRecord | undefined {
  const line = parseLine(text);
  if (line?.is === 'full') return slimOfFull(line.record);
  return line?.is === 'slim' || line?.is === 'error' ? line.record : undefined;
}
