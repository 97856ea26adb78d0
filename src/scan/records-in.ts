import { createHash } from 'node:crypto';
import { asRecord, member } from '../core/ground/json-shape.js';
import type { ErrorRecord } from '../core/report/report.js';
import { said } from '../say/said.js';
import { lostBy } from './entry.js';
import type { Header, ScanSummary } from './header.js';
import { type Line, linesOf } from './lines.js';
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
  for await (const { text, offset } of linesThere(path)) {
    const line = parseLine(text);
    if (line === undefined || (first && line.is !== 'header')) {
      throw new ResultsError(said('scan.results.none', { path, at: String(offset) }));
    }
    first = false;
    if (line.is === 'header' || line.is === 'summary') onOther(line);
    else if ((last.get(line.record.path) ?? offset) === offset)
      yield line.is === 'full' ? slimOfFull(line.record) : line.record;
  }
  if (first) throw new ResultsError(said('scan.results.empty', { path }));
}

/** Where the last record begins of each path that may have several; none where the summary says that no file has two. */
async function lastOfEach(path: string): Promise<ReadonlyMap<string, number>> {
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
  for await (const { offset, record } of pathsThere(path)) if (again.has(record)) last.set(record, offset);
  return last;
}

/** Bits of a table in which each path sets one: 16 MiB, whatever the number of records. */
const BITS = 2 ** 27;

/** Paths that came up again, and a few that only fell on another's bit: all others have one record. */
async function metAgain(path: string): Promise<ReadonlySet<string>> {
  const met = new Uint8Array(BITS / 8);
  const again = new Set<string>();
  for await (const { record } of pathsThere(path)) {
    const bit = createHash('sha256').update(record).digest().readUInt32LE() % BITS;
    const [at, mask] = [bit >>> 3, 1 << (bit & 7)];
    const before = met[at] ?? 0;
    if ((before & mask) !== 0) again.add(record);
    met[at] = before | mask;
  }
  return again;
}

async function* pathsThere(results: string): AsyncGenerator<{ offset: number; record: string }> {
  for await (const { text, offset } of linesThere(results)) {
    const path = pathIn(text);
    if (path !== undefined) yield { offset, record: path };
  }
}

/** What else is in a line, and whether it is a record at all, is looked at where records are given. */
function pathIn(text: string): string | undefined {
  try {
    const path = member(asRecord(JSON.parse(text)) ?? {}, 'path');
    return typeof path === 'string' ? path : undefined;
  } catch {
    return undefined;
  }
}

const HEADER = /^\{"schema":"assay\.scan\/1"/;

/** Whoever asks for a file that is not there, or for no file, has named the wrong one. */
async function* linesThere(path: string): AsyncGenerator<Line> {
  try {
    yield* linesOf(path);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new ResultsError(said('scan.told', { path, why: lostBy(path, error).said }), { cause: error });
  }
}
