import { Compile } from 'typebox/compile';
import { asRecord, type JsonRecord, ownMember, parseJsonRecord } from '../../base/json-shape.js';
import { REFERENCED_SCHEMAS } from '../../base/message-schema.js';
import { fromRecordPath, type RecordPath } from '../../base/path-text.js';
import type { MediaKind } from '../../core/media/media-kinds.js';
import { message } from '../../i18n/message.js';
import {
  ALL_FINGERPRINT_KINDS,
  type FingerprintKind,
  type Fingerprints,
} from '../../matching/fingerprint.js';
import { lastRecordLines, readLiveLines } from '../lines/latest-records.js';
import { fileStamp } from '../lines/live-lines.js';
import { parseLine } from '../lines/parse.js';
import { ResultsError } from '../lines/results-error.js';
import type { Header } from '../records/header.js';
import type { ScanRecord } from '../records/record.js';
import {
  decodeFingerprints,
  type RecordFingerprints,
  RecordFingerprintsSchema,
  type StoredFingerprint,
  toFingerprintSet,
} from '../records/record-fingerprints.js';
import { fingerprintKindOf } from './fingerprint-maker.js';

/** Record of results with its searchable fingerprints. */
export interface FingerprintRow {
  /** Number among all records of all results, from 0; the same on each reading. */
  id: number;
  /** Path as stored in the record. */
  storedPath: RecordPath;
  /** SHA-256 of the file; empty if the record has none. */
  sha256: string;
  /** Whether the file was found to be gone. */
  gone: boolean;
  fingerprints: readonly StoredFingerprint[];
  /** Fingerprints in the form of the store. */
  fingerprintSet: Fingerprints;
}

/** Record that was looked up, with the header of the run that wrote it. */
export interface FoundRecord {
  results: string;
  header: Header;
  record: ScanRecord;
}

/** Number of files with a searchable fingerprint and of those without. */
export interface SearchableCounts {
  searched: number;
  notSearchable: number;
  /** Files without one, by reason code. */
  reasons: ReadonlyMap<string, number>;
}

/**
 * Reads the fingerprints of results from front to back each time, so that memory does not grow with them. Throws
 * `ResultsError` if a file has no valid results or was changed between readings.
 */
export class FingerprintResults {
  readonly #paths: readonly string[];
  readonly #stamps = new Map<string, string | undefined>();
  /** Number of files by their kinds and missing kinds: `made|kind:code,…`. */
  readonly #counts = new Map<string, number>();
  /** Whether the scan was run with fingerprints. */
  hasAny = false;

  constructor(paths: readonly string[]) {
    this.#paths = paths;
  }

  /** Yields the wanted records that have fingerprints and counts the others. Read it to the end before calling `counts`. */
  async *rows(wants?: (record: ScanRecord) => boolean): AsyncGenerator<FingerprintRow> {
    this.#counts.clear();
    for await (const { id, line, text } of this.#lines()) {
      if (wants !== undefined && !isWanted(text, wants)) continue;
      const fingerprint = recordFingerprintsIn(line);
      if (fingerprint !== undefined) this.hasAny = true;
      const shelves = decodeFingerprints(fingerprint ?? {});
      this.#count(line, fingerprint, shelves);
      const sha256 = ownMember(assetIn(line), 'sha256');
      const gone = ownMember(line, 'gone') !== undefined;
      if (shelves.length === 0) continue;
      yield {
        ...{ id, storedPath: storedPathIn(line), gone, fingerprints: shelves },
        sha256: typeof sha256 === 'string' ? sha256 : '',
        fingerprintSet: toFingerprintSet(fingerprint ?? {}),
      };
    }
  }

  /** Counts files that have, or could have had, a fingerprint of these kinds. */
  counts(kinds: readonly FingerprintKind[]): SearchableCounts {
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
    return { searched, notSearchable, reasons: because };
  }

  /** Returns the records with these ids. */
  async records(ids: ReadonlySet<number>): Promise<Map<number, FoundRecord>> {
    const found = new Map<number, FoundRecord>();
    if (ids.size === 0) return found;
    for await (const { id, text, results, header } of this.#lines(ids)) {
      if (!ids.has(id)) continue;
      const line = parseLine(text);
      if (line?.is === 'record') found.set(id, { results, header, record: line.record });
    }
    return found;
  }

  /** Lines that are not `wanted` are not parsed. */
  async *#lines(wanted?: ReadonlySet<number>): AsyncGenerator<ResultLine> {
    let id = -1;
    for (const results of this.#paths) {
      this.#checkStamp(results);
      for await (const { text, offset, header } of recordLines(results)) {
        id += 1;
        if (wanted !== undefined && !wanted.has(id)) continue;
        const line = parseJsonRecord(text);
        if (line === undefined) throw invalidResults(results, offset);
        yield { id, text, line, results, header };
      }
    }
  }

  #checkStamp(results: string): void {
    const stamp = fileStamp(results);
    if (!this.#stamps.has(results)) this.#stamps.set(results, stamp);
    if (this.#stamps.get(results) !== stamp)
      throw new ResultsError(message('scan.results.changed', { path: results }));
  }

  #count(
    line: JsonRecord,
    fingerprint: RecordFingerprints | undefined,
    shelves: readonly StoredFingerprint[],
  ): void {
    const made = [...new Set(shelves.map(({ kind }) => kind))].sort().join(',');
    const missing = missingOf(line, fingerprint)
      .map(({ kind, code }) => `${kind}:${code}`)
      .join(',');
    if (made === '' && missing === '') return;
    const key = `${made}|${missing}`;
    // Codes come from the file, so the number of distinct ones is limited.
    const known = this.#counts.size < MAX_KEYS || this.#counts.has(key) ? key : `${made}|${OTHER}`;
    this.#counts.set(known, (this.#counts.get(known) ?? 0) + 1);
  }
}

interface ResultLine {
  id: number;
  text: string;
  line: JsonRecord;
  results: string;
  header: Header;
}

/** Yields the last record of each path with the header of its run. */
async function* recordLines(
  results: string,
): AsyncGenerator<{ text: string; offset: number; header: Header }> {
  const last = await lastRecordLines(results);
  const isLast = (text: string, number: number) =>
    last.size === 0 || (last.get(pathIn(text)) ?? number) === number;
  let header: Header | undefined;
  let number = -1;
  for await (const { text, offset } of readLiveLines(results)) {
    number += 1;
    const kind = SCHEMA.exec(text)?.[1];
    if (kind === 'scan-record' || kind === 'error') {
      if (header === undefined) throw invalidResults(results, offset);
      if (isLast(text, number)) yield { text, offset, header };
      continue;
    }
    const line = parseLine(text);
    if (line?.is === 'header') header = line.header;
    else if (line?.is !== 'summary' || header === undefined) throw invalidResults(results, offset);
  }
  if (header === undefined) throw new ResultsError(message('scan.results.empty', { path: results }));
}

const MAX_KEYS = 1_000;
const OTHER = ALL_FINGERPRINT_KINDS.map((kind) => `${kind}:fingerprint.none`).join(',');

const SCHEMA = /^\{"schema":"assay\.([a-z-]{1,20})\/1"/;

const invalidResults = (path: string, offset: number): ResultsError =>
  new ResultsError(message('scan.results.none', { path, at: String(offset) }));

const pathIn = (text: string): string => fromRecordPath(storedPathIn(parseJsonRecord(text) ?? {}));

function storedPathIn(line: JsonRecord): RecordPath {
  const [path, pathBytes] = [ownMember(line, 'path'), ownMember(line, 'pathBytes')];
  return {
    path: typeof path === 'string' ? path : '',
    ...(typeof pathBytes === 'string' && { pathBytes }),
  };
}

let check: ReturnType<typeof compiled> | undefined;
const compiled = () => Compile(REFERENCED_SCHEMAS, RecordFingerprintsSchema);

/** Anyone may have written the line, so an invalid value counts as no fingerprints. */
function recordFingerprintsIn(line: JsonRecord): RecordFingerprints | undefined {
  const value = ownMember(line, 'fingerprint');
  if (value === undefined) return undefined;
  check ??= compiled();
  return check.Check(value) ? (value as RecordFingerprints) : {};
}

/** Returns the missing fingerprints by kind, from the record's list or derived from the record's type. */
function missingOf(
  line: JsonRecord,
  fingerprint: RecordFingerprints | undefined,
): { kind: string; code: string }[] {
  if (ownMember(line, 'schema') === 'assay.error/1')
    return ALL_FINGERPRINT_KINDS.map((kind) => ({ kind, code: 'fingerprint.notInspected' }));
  if (fingerprint !== undefined && (fingerprint.missing ?? fingerprint.made) !== undefined)
    return (fingerprint.missing ?? []).map(({ kind, code }) => ({
      kind,
      code: code.replaceAll(/[|,:]/g, ''),
    }));
  const { kind } = fingerprintKindOf(assetIn(line) as unknown as Asset);
  if (kind === undefined) return [];
  return [{ kind, code: fingerprint === undefined ? 'fingerprint.notRequested' : 'fingerprint.none' }];
}

const assetIn = (line: JsonRecord): JsonRecord => asRecord(ownMember(line, 'asset')) ?? {};

/** A file that could not be inspected belongs to no group but its own. */
function isWanted(text: string, wants: (record: ScanRecord) => boolean): boolean {
  const line = parseLine(text);
  return line?.is === 'record' && wants(line.record);
}

interface Asset {
  kind: MediaKind;
  declaredMediaType?: string;
}
