import { createHash } from 'node:crypto';
import { asRecord, ownMember } from '../../base/json-shape.js';
import { encodePath, fromRecordPath } from '../../base/path-text.js';
import type { ErrorRecord } from '../../core/report/report.js';
import { message } from '../../i18n/message.js';
import type { Header, ScanSummary } from '../records/header.js';
import type { ScanRecord } from '../records/record.js';
import { lostEntryOf } from '../sources/entry.js';
import { type LiveLine, liveLines } from './live-lines.js';
import { parseLine } from './parse.js';
import { ResultsError } from './results-error.js';

/**
 * Yields the records of a results file. If a path occurs twice, the later record counts: results written as a stream
 * have two records for a file that was reread. Throws `ResultsError` if the file has no valid results.
 */
export async function* readRecords(
  path: string,
  onOther: (line: { header: Header } | { summary: ScanSummary }) => void = () => {},
): AsyncGenerator<ScanRecord | ErrorRecord> {
  const last = await lastRecordLines(path);
  let first = true;
  let number = -1;
  for await (const { text, offset } of readLiveLines(path)) {
    number += 1;
    const line = parseLine(text);
    if (line === undefined || (first && line.is !== 'header')) {
      throw new ResultsError(message('scan.results.none', { path, at: String(offset) }));
    }
    first = false;
    if (line.is === 'header' || line.is === 'summary') onOther(line);
    else if ((last.get(fromRecordPath(line.record)) ?? number) === number) yield line.record;
  }
  if (first) throw new ResultsError(message('scan.results.empty', { path }));
}

/**
 * Returns the line number of the last record of each path that may occur several times; empty if the summary shows that
 * none does.
 */
export async function lastRecordLines(path: string): Promise<ReadonlyMap<string, number>> {
  let records = 0;
  let end = '';
  for await (const { text } of readLiveLines(path)) {
    if (!HEADER.test(text)) records += 1;
    end = text;
  }
  const last = new Map<string, number>();
  const summary = parseLine(end);
  if (
    summary?.is === 'summary' &&
    summary.summary.tally.files + (summary.summary.tally.gone ?? 0) >= records - 1
  )
    return last;
  const again = await findRepeatedPaths(path);
  for await (const { number, record } of readPaths(path)) if (again.has(record)) last.set(record, number);
  return last;
}

/** Bits of a table in which each path sets one: 16 MiB, whatever the number of records. */
const FILTER_BITS = 2 ** 27;

/** Returns the paths that occur again, and a few that share a bit with another path; all others occur once. */
async function findRepeatedPaths(path: string): Promise<ReadonlySet<string>> {
  const met = new Uint8Array(FILTER_BITS / 8);
  const again = new Set<string>();
  for await (const { record } of readPaths(path)) {
    const bit = createHash('sha256').update(encodePath(record)).digest().readUInt32LE() % FILTER_BITS;
    const [at, mask] = [bit >>> 3, 1 << (bit & 7)];
    const before = met[at] ?? 0;
    if ((before & mask) !== 0) again.add(record);
    met[at] = before | mask;
  }
  return again;
}

async function* readPaths(results: string): AsyncGenerator<{ number: number; record: string }> {
  let number = -1;
  for await (const { text } of readLiveLines(results)) {
    number += 1;
    const path = pathOfLine(text);
    if (path !== undefined) yield { number, record: path };
  }
}

/** The rest of the line is validated when records are read. */
function pathOfLine(text: string): string | undefined {
  try {
    const record = asRecord(JSON.parse(text)) ?? {};
    const [path, pathBytes] = [ownMember(record, 'path'), ownMember(record, 'pathBytes')];
    if (typeof path !== 'string') return undefined;
    return fromRecordPath({ path, ...(typeof pathBytes === 'string' && { pathBytes }) });
  } catch {
    return undefined;
  }
}

const HEADER = /^\{"schema":"assay\.scan\/1"/;

/** Yields `liveLines`; system errors become `ResultsError`, because the user named a wrong file. */
export async function* readLiveLines(path: string): AsyncGenerator<LiveLine> {
  try {
    yield* liveLines(path);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new ResultsError(
      message('cli.inspect.failed', { path, why: lostEntryOf(path, error).userMessage }),
      {
        cause: error,
      },
    );
  }
}
