import { createHash } from 'node:crypto';
import { asRecord, member } from '../core/ground/json-shape.js';
import { bytesOfPath, pathTold } from '../core/ground/path-text.js';
import type { ErrorRecord } from '../core/report/report.js';
import { said } from '../say/said.js';
import { lostBy } from './entry.js';
import type { Header, ScanSummary } from './header.js';
import { type LiveLine, liveLines } from './live.js';
import { parseLine } from './parse.js';
import type { SlimRecord } from './record.js';
import { ResultsError } from './results.js';
import { slimOfFull } from './slim.js';

/**
 * Records of a results file. Of two of one path the later counts: where records went out as they came, a file that was
 * read anew has two. Throws a ResultsError for what is no results file.
 */
export async function* recordsIn(
  path: string,
  onOther: (line: { header: Header } | { summary: ScanSummary }) => void = () => {},
): AsyncGenerator<SlimRecord | ErrorRecord> {
  const last = await lastOfEach(path);
  let first = true;
  let number = -1;
  for await (const { text, offset } of linesThere(path)) {
    number += 1;
    const line = parseLine(text);
    if (line === undefined || (first && line.is !== 'header')) {
      throw new ResultsError(said('scan.results.none', { path, at: String(offset) }));
    }
    first = false;
    if (line.is === 'header' || line.is === 'summary') onOther(line);
    else if ((last.get(pathTold(line.record)) ?? number) === number)
      yield line.is === 'full' ? slimOfFull(line.record) : line.record;
  }
  if (first) throw new ResultsError(said('scan.results.empty', { path }));
}

/** The number of the line with the last record of each path that may have several; none where the summary says that no file has two. */
export async function lastOfEach(path: string): Promise<ReadonlyMap<string, number>> {
  let records = 0;
  let end = '';
  for await (const { text } of linesThere(path)) {
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
  const again = await metAgain(path);
  for await (const { number, record } of pathsThere(path)) if (again.has(record)) last.set(record, number);
  return last;
}

/** Bits of a table in which each path sets one: 16 MiB, whatever the number of records. */
const BITS = 2 ** 27;

/** Paths that came up again, and a few that only fell on another's bit: all others have one record. */
async function metAgain(path: string): Promise<ReadonlySet<string>> {
  const met = new Uint8Array(BITS / 8);
  const again = new Set<string>();
  for await (const { record } of pathsThere(path)) {
    const bit = createHash('sha256').update(bytesOfPath(record)).digest().readUInt32LE() % BITS;
    const [at, mask] = [bit >>> 3, 1 << (bit & 7)];
    const before = met[at] ?? 0;
    if ((before & mask) !== 0) again.add(record);
    met[at] = before | mask;
  }
  return again;
}

async function* pathsThere(results: string): AsyncGenerator<{ number: number; record: string }> {
  let number = -1;
  for await (const { text } of linesThere(results)) {
    number += 1;
    const path = pathIn(text);
    if (path !== undefined) yield { number, record: path };
  }
}

/** What else is in a line, and whether it is a record at all, is looked at where records are given. */
function pathIn(text: string): string | undefined {
  try {
    const record = asRecord(JSON.parse(text)) ?? {};
    const [path, pathBytes] = [member(record, 'path'), member(record, 'pathBytes')];
    if (typeof path !== 'string') return undefined;
    return pathTold({ path, ...(typeof pathBytes === 'string' && { pathBytes }) });
  } catch {
    return undefined;
  }
}

const HEADER = /^\{"schema":"assay\.scan\/1"/;

/** `liveLines`; whoever asks for a file that is not there, or for no file, has named the wrong one. */
export async function* linesThere(path: string): AsyncGenerator<LiveLine> {
  try {
    yield* liveLines(path);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new ResultsError(said('scan.told', { path, why: lostBy(path, error).said }), { cause: error });
  }
}
