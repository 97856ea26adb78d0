import { message } from '../../i18n/message.js';
import { parseLine } from '../../scan/lines/parse.js';
import type { RecordResult } from '../../scan/records/answer.js';
import { toSummaryOfFull } from '../../scan/records/summary-record.js';
import type { ScanRepository } from '../../storage/scans/kysely-scans.js';
import type { DatabaseScan, RecordFilter } from '../../storage/scans/scans.js';
import { UsageError } from '../shared/exit-codes.js';

const PAGE_RECORDS = 500;

/** Yields the records of a scan stored in the database, one page at a time. */
export async function* storedRecords(
  scan: DatabaseScan,
  filter: RecordFilter,
  store: ScanRepository,
): AsyncGenerator<RecordResult> {
  for (let after: string | undefined; ; ) {
    const page = await store.listRecords(scan.number, {
      limit: PAGE_RECORDS,
      filter,
      ...(after !== undefined && { after }),
    });
    for (const { record } of page) yield recordFrom(record, scan);
    after = page.at(-1)?.key;
    if (page.length < PAGE_RECORDS || after === undefined) return;
  }
}

function recordFrom(record: string, scan: DatabaseScan): RecordResult {
  const line = parseLine(record);
  if (line?.is === 'error') return { error: line.record };
  if (line?.is === 'slim') return { slim: line.record };
  if (line?.is === 'full') return { slim: toSummaryOfFull(line.record), full: line.record };
  throw new UsageError(message('cli.scan.otherRecord', { scan: scan.id }));
}
