import { Compile } from 'typebox/compile';
import { asRecord, type JsonRecord, jsonRecordIn, member } from '../core/ground/json-shape.js';
import { pathTold, type ToldPath } from '../core/ground/path-text.js';
import { REFERRED_TO } from '../core/ground/told.js';
import { LIKENESS_KINDS, type Likenesses, type LikenessKind } from '../core/likeness/likeness.js';
import type { Kind } from '../core/media/media-kinds.js';
import { said } from '../say/said.js';
import type { Header } from './header.js';
import { lookOf } from './likeness-of.js';
import {
  likenessesIn,
  type RecordLikeness,
  RecordLikenessSchema,
  type ShelfOf,
  shelvesIn,
} from './likeness-record.js';
import { stampOf } from './live.js';
import { parseLine } from './parse.js';
import type { SlimRecord } from './record.js';
import { lastOfEach, linesThere } from './records-in.js';
import { ResultsError } from './results.js';
import { slimOfFull } from './slim.js';

/** One record of results, as far as it can be held against others. */
export interface LikenessRow {
  /** Among all records of all results, from 0: the same in each reading. */
  id: number;
  /** As the record tells it. */
  told: ToldPath;
  /** Of the file’s bytes; empty where the record does not say. */
  sha256: string;
  /** The file was no longer there. */
  gone: boolean;
  shelves: readonly ShelfOf[];
  /** The same as a store takes it. */
  likenesses: Likenesses;
}

/** A record that was asked for, and which run wrote it. */
export interface RecordFound {
  results: string;
  header: Header;
  record: SlimRecord;
}

/** Of how many files there is something to hold against others, and of how many there is not. */
export interface Searchable {
  searched: number;
  notSearchable: number;
  /** Of those by code. */
  because: ReadonlyMap<string, number>;
}

/**
 * Results of scans as what a search goes through: read from front to end each time, so that memory does not grow with
 * them. Throws a ResultsError for what is no results file, and where one was written to in between.
 */
export class LikenessResults {
  readonly #paths: readonly string[];
  readonly #stamps = new Map<string, string | undefined>();
  /** Files by what there is of them: `made|kind:code,…`. */
  readonly #counts = new Map<string, number>();
  /** A scan made them. */
  hasAny = false;

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  /** All records that have something, of those that are wanted; the others are counted. To be gone through to the end before `counts` is asked. */
  async *rows(wants?: (record: SlimRecord) => boolean): AsyncGenerator<LikenessRow> {
    this.#counts.clear();
    for await (const { id, line, text } of this.#lines()) {
      if (wants !== undefined && !isWanted(text, wants)) continue;
      const likeness = likenessIn(line);
      if (likeness !== undefined) this.hasAny = true;
      const shelves = shelvesIn(likeness ?? {});
      this.#count(line, likeness, shelves);
      const sha256 = member(assetIn(line), 'sha256');
      const gone = member(line, 'gone') !== undefined;
      if (shelves.length === 0) continue;
      yield {
        ...{ id, told: toldIn(line), gone, shelves },
        sha256: typeof sha256 === 'string' ? sha256 : '',
        likenesses: likenessesIn(likeness ?? {}),
      };
    }
  }

  /** Of files that have, or might have had, one of these. */
  counts(kinds: readonly LikenessKind[]): Searchable {
    const because = new Map<string, number>();
    let searched = 0;
    let notSearchable = 0;
    for (const [key, count] of this.#counts) {
      const [made = '', missing = ''] = key.split('|');
      if (made.split(',').some((kind) => kinds.some((one) => one === kind))) searched += count;
      else {
        const why = missing
          .split(',')
          .map((one) => one.split(':'))
          .find(([kind]) => kinds.some((one) => one === kind));
        if (why === undefined) continue;
        const code = why[1] ?? '';
        notSearchable += count;
        because.set(code, (because.get(code) ?? 0) + count);
      }
    }
    return { searched, notSearchable, because };
  }

  /** Those with these ids. */
  async records(ids: ReadonlySet<number>): Promise<Map<number, RecordFound>> {
    const found = new Map<number, RecordFound>();
    if (ids.size === 0) return found;
    for await (const { id, text, results, header } of this.#lines(ids)) {
      if (!ids.has(id)) continue;
      const line = parseLine(text);
      if (line?.is === 'slim') found.set(id, { results, header, record: line.record });
      if (line?.is === 'full') found.set(id, { results, header, record: slimOfFull(line.record) });
    }
    return found;
  }

  /** `wanted`: lines of the others are not taken apart. */
  async *#lines(wanted?: ReadonlySet<number>): AsyncGenerator<RecordLine> {
    let id = -1;
    for (const results of this.#paths) {
      this.#checkStamp(results);
      for await (const { text, offset, header } of recordLines(results)) {
        id += 1;
        if (wanted !== undefined && !wanted.has(id)) continue;
        const line = jsonRecordIn(text);
        if (line === undefined) throw noResults(results, offset);
        yield { id, text, line, results, header };
      }
    }
  }

  #checkStamp(results: string): void {
    const stamp = stampOf(results);
    if (!this.#stamps.has(results)) this.#stamps.set(results, stamp);
    if (this.#stamps.get(results) !== stamp)
      throw new ResultsError(said('scan.results.changed', { path: results }));
  }

  #count(line: JsonRecord, likeness: RecordLikeness | undefined, shelves: readonly ShelfOf[]): void {
    const made = [...new Set(shelves.map(({ kind }) => kind))].sort().join(',');
    const missing = missingOf(line, likeness)
      .map(({ kind, code }) => `${kind}:${code}`)
      .join(',');
    if (made === '' && missing === '') return;
    const key = `${made}|${missing}`;
    // Codes are the file's word: so many different ones nobody needs to know apart.
    const known = this.#counts.size < MOST_KEYS || this.#counts.has(key) ? key : `${made}|${OTHER}`;
    this.#counts.set(known, (this.#counts.get(known) ?? 0) + 1);
  }
}

interface RecordLine {
  id: number;
  text: string;
  line: JsonRecord;
  results: string;
  header: Header;
}

/** Of each path the last, with the header of the run that it stands behind. */
async function* recordLines(
  results: string,
): AsyncGenerator<{ text: string; offset: number; header: Header }> {
  const last = await lastOfEach(results);
  const isLast = (text: string, number: number) =>
    last.size === 0 || (last.get(pathIn(text)) ?? number) === number;
  let header: Header | undefined;
  let number = -1;
  for await (const { text, offset } of linesThere(results)) {
    number += 1;
    const kind = SCHEMA.exec(text)?.[1];
    if (kind === 'scan-record' || kind === 'error') {
      if (header === undefined) throw noResults(results, offset);
      if (isLast(text, number)) yield { text, offset, header };
      continue;
    }
    const line = parseLine(text);
    if (line?.is === 'header') header = line.header;
    else if (line?.is !== 'summary' || header === undefined) throw noResults(results, offset);
  }
  if (header === undefined) throw new ResultsError(said('scan.results.empty', { path: results }));
}

const MOST_KEYS = 1_000;
const OTHER = LIKENESS_KINDS.map((kind) => `${kind}:likeness.none`).join(',');

const SCHEMA = /^\{"schema":"assay\.([a-z-]{1,20})\/1"/;

const noResults = (path: string, offset: number): ResultsError =>
  new ResultsError(said('scan.results.none', { path, at: String(offset) }));

const pathIn = (text: string): string => pathTold(toldIn(jsonRecordIn(text) ?? {}));

function toldIn(line: JsonRecord): ToldPath {
  const [path, pathBytes] = [member(line, 'path'), member(line, 'pathBytes')];
  return {
    path: typeof path === 'string' ? path : '',
    ...(typeof pathBytes === 'string' && { pathBytes }),
  };
}

let check: ReturnType<typeof compiled> | undefined;
const compiled = () => Compile(REFERRED_TO, RecordLikenessSchema);

/** Anyone may have written the line: what is no likeness is none, and is counted as such. */
function likenessIn(line: JsonRecord): RecordLikeness | undefined {
  const value = member(line, 'likeness');
  if (value === undefined) return undefined;
  check ??= compiled();
  return check.Check(value) ? (value as RecordLikeness) : {};
}

/** What was not made of a file, by kind: said by its record, or told by what the record is. */
function missingOf(line: JsonRecord, likeness: RecordLikeness | undefined): { kind: string; code: string }[] {
  if (member(line, 'schema') === 'assay.error/1')
    return LIKENESS_KINDS.map((kind) => ({ kind, code: 'likeness.notInspected' }));
  if (likeness !== undefined && (likeness.missing ?? likeness.made) !== undefined)
    return (likeness.missing ?? []).map(({ kind, code }) => ({ kind, code: code.replaceAll(/[|,:]/g, '') }));
  const { kind } = lookOf(assetIn(line) as unknown as Asset);
  if (kind === undefined) return [];
  return [{ kind, code: likeness === undefined ? 'likeness.notAsked' : 'likeness.none' }];
}

/** Of a record in brief, or of a whole Report. */
const assetIn = (line: JsonRecord): JsonRecord =>
  asRecord(member(line, 'asset')) ?? asRecord(member(asRecord(member(line, 'report')) ?? {}, 'asset')) ?? {};

/** What could not be inspected is no file of any group but its own. */
function isWanted(text: string, wants: (record: SlimRecord) => boolean): boolean {
  const line = parseLine(text);
  if (line?.is === 'slim') return wants(line.record);
  return line?.is === 'full' && wants(slimOfFull(line.record));
}

interface Asset {
  kind: Kind;
  declaredMediaType?: string;
}
