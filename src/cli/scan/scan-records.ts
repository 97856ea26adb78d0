import type { ErrorRecord } from '../../core/report/report.js';
import { message } from '../../i18n/message.js';
import { parseLine } from '../../scan/lines/parse.js';
import type { ScanRecord } from '../../scan/records/record.js';
import type { ScanRepository } from '../../storage/scans/kysely-scans.js';
import type { DatabaseScan, RecordFilter } from '../../storage/scans/scans.js';
import { UsageError } from '../shared/exit-codes.js';

const PAGE_RECORDS = 500;

/** Yields the records of a scan stored in the database, one page at a time. */
export async function* storedRecords(
  scan: DatabaseScan,
  filter: RecordFilter,
  store: ScanRepository,
): AsyncGenerator<ScanRecord | ErrorRecord> {
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

function recordFrom(record: string, scan: DatabaseScan): ScanRecord | ErrorRecord {
  const line = parseLine(record);
  if (line?.is === 'error' || line?.is === 'record') return line.record;
  throw new UsageError(message('cli.scan.otherRecord', { scan: scan.id }));
}
