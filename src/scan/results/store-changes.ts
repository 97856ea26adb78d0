import { formatJsonLine } from '../../base/json-line.js';
import { fromRecordPath } from '../../base/path-text.js';
import type { ErrorRecord } from '../../core/report/report.js';
import type { ScanRepository } from '../../storage/scans/kysely-scans.js';
import type { DatabaseScan, ScanRecordRow } from '../../storage/scans/scans.js';
import type { RecordPair } from '../compare/run-changes.js';
import { parseLine } from '../lines/parse.js';
import type { SummaryRecord } from '../records/record.js';
import { toSummaryOfFull } from '../records/summary-record.js';
import type { GoneQuery } from '../sources/roots.js';

/** Changes of a run to a scan in the database, and its missing files. */

const PAGE_SIZE = 500;

/** Yields the changes of the last run, except dropped records. */
export async function* storedChanges(
  store: ScanRepository,
  scan: Pick<DatabaseScan, 'number' | 'run'>,
): AsyncGenerator<RecordPair> {
  for (let after: string | undefined; ; ) {
    const page = await store.listChanges(scan, { limit: PAGE_SIZE, ...(after !== undefined && { after }) });
    for (const { record, was } of page) {
      const now = summaryOfLine(record);
      const before = was === undefined ? undefined : summaryOfLine(was);
      yield { ...(before && { before }), ...(now && { after: now }) };
    }
    after = page.at(-1)?.key;
    if (page.length < PAGE_SIZE || after === undefined) return;
  }
}

function summaryOfLine(text: string): SummaryRecord | ErrorRecord | undefined {
  const line = parseLine(text);
  return line !== undefined && 'record' in line ? summaryRecordOf(line) : undefined;
}

/** Marks the records of missing files, or drops them and passes each to `onDropped`. */
export async function markGone(
  store: ScanRepository,
  scan: Pick<DatabaseScan, 'number' | 'run'>,
  asked: GoneQuery,
  onDropped: (before: RecordPair) => void = () => {},
): Promise<void> {
  for (let after: string | undefined; ; ) {
    const page = await store.listFiles(scan.number, {
      limit: PAGE_SIZE,
      ...(after !== undefined && { after }),
    });
    const unmet = page.filter(({ path, outcome }) => outcome !== 'gone' && !asked.isVisited(path));
    for (const { path } of unmet) {
      if (!(await asked.isGone(path))) continue;
      const line = parseLine((await store.record(scan.number, path)) ?? '');
      // A file that could not be inspected has no result worth keeping.
      if (asked.action === 'mark' && (line?.is === 'slim' || line?.is === 'full'))
        await store.put(scan, [
          createGoneRow(summaryRecordOf(line), formatJsonLine({ ...line.record, gone: asked.at }).trimEnd()),
        ]);
      else {
        await store.deleteRecords(scan.number, [path]);
        if (line !== undefined && 'record' in line) onDropped({ before: summaryRecordOf(line) });
      }
    }
    after = page.at(-1)?.key;
    if (page.length < PAGE_SIZE || after === undefined) return;
  }
}

type RecordLine = Extract<ReturnType<typeof parseLine>, { record: unknown }>;
function summaryRecordOf(line: Exclude<RecordLine, { is: 'error' }>): SummaryRecord;
function summaryRecordOf(line: RecordLine): SummaryRecord | ErrorRecord;
function summaryRecordOf(line: RecordLine): SummaryRecord | ErrorRecord {
  return line.is === 'full' ? toSummaryOfFull(line.record) : line.record;
}

/** Returns a row without the columns used by lists and counts, so that none includes it. */
export const createGoneRow = (slim: SummaryRecord, record: string): ScanRecordRow => ({
  path: fromRecordPath(slim),
  bytes: slim.asset.bytes,
  modified: Date.parse(slim.modified),
  outcome: 'gone',
  // The attachments stay, since they belong to the same bytes.
  sha256: slim.asset.sha256,
  record,
});
