import { jsonLine } from '../core/ground/json-line.js';
import { pathTold } from '../core/ground/path-text.js';
import type { ErrorRecord } from '../core/report/report.js';
import type { KyselyScans } from '../store/kysely-scans.js';
import type { KeptScan, ScanRecordRow } from '../store/scans.js';
import { parseLine } from './parse.js';
import type { SlimRecord } from './record.js';
import type { GoneAsked } from './roots.js';
import type { Pair } from './run-changes.js';
import { slimOfFull } from './slim.js';
import { writtenOf } from './written.js';

/** What a run over a scan in the database has changed, and what of its files is gone. */

const ROWS_AT_ONCE = 500;

/** Of its last run; what it dropped is not among it. */
export async function* changedIn(
  store: KyselyScans,
  scan: Pick<KeptScan, 'number' | 'run'>,
): AsyncGenerator<Pair> {
  for (let after: string | undefined; ; ) {
    const page = await store.changes(scan, { most: ROWS_AT_ONCE, ...(after !== undefined && { after }) });
    for (const { record, was } of page) {
      const now = recordOf(record);
      const before = was === undefined ? undefined : recordOf(was);
      yield { ...(before && { before }), ...(now && { after: now }) };
    }
    after = page.at(-1)?.key;
    if (page.length < ROWS_AT_ONCE || after === undefined) return;
  }
}

function recordOf(text: string): SlimRecord | ErrorRecord | undefined {
  const line = parseLine(text);
  return line !== undefined && 'record' in line ? slimIn(line) : undefined;
}

/** Marks what is gone, or drops it: then it is given, since nothing of it stays. */
export async function markGone(
  store: KyselyScans,
  scan: Pick<KeptScan, 'number' | 'run'>,
  asked: GoneAsked,
  onDropped: (before: Pair) => void = () => {},
): Promise<void> {
  for (let after: string | undefined; ; ) {
    const page = await store.files(scan.number, {
      most: ROWS_AT_ONCE,
      ...(after !== undefined && { after }),
    });
    const unmet = page.filter(({ path, outcome }) => outcome !== 'gone' && !asked.isMet(path));
    for (const { path } of unmet) {
      if (!(await asked.isGone(path))) continue;
      const line = parseLine((await store.record(scan.number, path)) ?? '');
      // Of a file that could not be inspected there is nothing to keep.
      if (asked.how === 'mark' && (line?.is === 'slim' || line?.is === 'full'))
        await store.put(scan, [
          goneRow(slimIn(line), jsonLine(writtenOf({ ...line.record, gone: asked.at })).trimEnd()),
        ]);
      else {
        await store.drop(scan.number, [path]);
        if (line !== undefined && 'record' in line) onDropped({ before: slimIn(line) });
      }
    }
    after = page.at(-1)?.key;
    if (page.length < ROWS_AT_ONCE || after === undefined) return;
  }
}

type RecordLine = Extract<ReturnType<typeof parseLine>, { record: unknown }>;
function slimIn(line: Exclude<RecordLine, { is: 'error' }>): SlimRecord;
function slimIn(line: RecordLine): SlimRecord | ErrorRecord;
function slimIn(line: RecordLine): SlimRecord | ErrorRecord {
  return line.is === 'full' ? slimOfFull(line.record) : line.record;
}

/** Found by none of the columns that lists and counts go by. */
export const goneRow = (slim: SlimRecord, record: string): ScanRecordRow => ({
  path: pathTold(slim),
  bytes: slim.asset.bytes,
  modified: Date.parse(slim.modified),
  outcome: 'gone',
  // What is kept beside it stays: of the same bytes.
  sha256: slim.asset.sha256,
  record,
});
