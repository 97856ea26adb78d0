import { formatJsonLine } from '../../base/json-line.js';
import { fromRecordPath } from '../../base/path-text.js';
import type { ErrorRecord } from '../../core/report/report.js';
import type { ScanRepository } from '../../storage/scans/kysely-scans.js';
import type { DatabaseScan, ScanRecordRow } from '../../storage/scans/scans.js';
import type { RecordPair } from '../compare/run-changes.js';
import { parseLine } from '../lines/parse.js';
import type { ScanRecord } from '../records/record.js';
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
      const now = recordOfLine(record);
      const before = was === undefined ? undefined : recordOfLine(was);
      yield { ...(before && { before }), ...(now && { after: now }) };
    }
    after = page.at(-1)?.key;
    if (page.length < PAGE_SIZE || after === undefined) return;
  }
}

function recordOfLine(text: string): ScanRecord | ErrorRecord | undefined {
  const line = parseLine(text);
  return line !== undefined && 'record' in line ? line.record : undefined;
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
      if (asked.action === 'mark' && line?.is === 'record')
        await store.put(scan, [createGoneRow({ ...line.record, gone: asked.at })]);
      else {
        await store.deleteRecords(scan.number, [path]);
        if (line !== undefined && 'record' in line) onDropped({ before: line.record });
      }
    }
    after = page.at(-1)?.key;
    if (page.length < PAGE_SIZE || after === undefined) return;
  }
}

/** Returns a row without the columns used by lists and counts, so that none includes it. */
export const createGoneRow = (record: ScanRecord): ScanRecordRow => ({
  path: fromRecordPath(record),
  bytes: record.asset.bytes,
  modified: Date.parse(record.modified),
  outcome: 'gone',
  // The attachments stay, since they belong to the same bytes.
  sha256: record.asset.sha256,
  record: formatJsonLine(record).trimEnd(),
});
