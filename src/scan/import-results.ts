import { jsonLine } from '../core/ground/json-line.js';
import { pathTold } from '../core/ground/path-text.js';
import { said } from '../say/said.js';
import type { KeptScan, ScanRecordRow, ScanStore } from '../store/scans.js';
import type { Header, ScanSummary } from './header.js';
import { parseLine } from './parse.js';
import { linesThere } from './records-in.js';
import { ResultsError } from './results.js';
import { slimOfFull } from './slim.js';
import { goneRow } from './store-changes.js';
import { rowOf } from './store-results.js';
import { writtenOf } from './written.js';

const ROWS_AT_ONCE = 200;

export interface Imported {
  scan: KeptScan;
  records: number;
  /** Its last line was a summary. */
  isWhole: boolean;
}

/**
 * Results in a file become a scan of that tenant, with the id that they have. Throws a ResultsError for what is no results
 * file, and then nothing of it stays; `exists` where a scan of that id is there already, whoever's it is.
 */
export async function importResults(
  path: string,
  tenant: string,
  store: ScanStore,
): Promise<Imported | { exists: string }> {
  const { first, last, summary } = await endsOf(path);
  if ((await store.get(first.scan)) !== undefined) return { exists: first.scan };
  const scan = await store.create({ id: first.scan, tenant, header: JSON.stringify(last) }, first.begun);
  try {
    for await (const rows of rowsIn(path)) await store.put(scan, rows);
    if (summary !== undefined) {
      await store.setStatus(scan.number, 'running', summary.ended);
      await store.setStatus(scan.number, 'done', summary.ended);
    }
  } catch (error) {
    await store.delete(scan.number);
    throw error;
  }
  const { files, gone } = await store.counts(scan.number);
  return { scan, records: files + gone, isWhole: summary !== undefined };
}

const HEADER_OR_SUMMARY = /^\{"schema":"assay\.scan(?:-summary)?\/1"/;

/** The question of its last run is that of all its records. */
async function endsOf(path: string): Promise<{ first: Header; last: Header; summary?: ScanSummary }> {
  const headers: Header[] = [];
  let summary: ScanSummary | undefined;
  for await (const { text, offset } of linesThere(path)) {
    if (offset > 0 && !HEADER_OR_SUMMARY.test(text)) continue;
    const line = parseLine(text);
    if (line?.is !== 'header' && line?.is !== 'summary')
      throw new ResultsError(said('scan.results.none', { path, at: String(offset) }));
    summary = line.is === 'summary' ? line.summary : undefined;
    if (line.is === 'header') headers.push(line.header);
  }
  const [first] = headers;
  const last = headers.at(-1);
  if (first === undefined || last === undefined) throw new ResultsError(said('scan.results.empty', { path }));
  return { first, last, ...(summary && { summary }) };
}

/** In their order: of two of one path the later takes the place of the first. */
async function* rowsIn(path: string): AsyncGenerator<ScanRecordRow[]> {
  let rows: ScanRecordRow[] = [];
  for await (const { text, offset } of linesThere(path)) {
    const line = parseLine(text);
    if (line === undefined)
      throw new ResultsError(said('scan.results.damaged', { path, at: String(offset) }));
    if (line.is === 'header' || line.is === 'summary') continue;
    rows.push(rowIn(line));
    if (rows.length < ROWS_AT_ONCE) continue;
    yield rows;
    rows = [];
  }
  yield rows;
}

function rowIn(
  line: Extract<ReturnType<typeof parseLine>, { is: 'slim' | 'full' | 'error' }>,
): ScanRecordRow {
  if (line.is === 'error') return rowOf({ path: pathTold(line.record), error: line.record });
  const slim = line.is === 'full' ? slimOfFull(line.record) : line.record;
  if (slim.gone !== undefined) return goneRow(slim, jsonLine(writtenOf(line.record)).trimEnd());
  const entry = { modified: Date.parse(slim.modified) };
  return rowOf({ entry, slim, ...(line.is === 'full' && { full: line.record }) });
}
