import { said } from '../say/said.js';
import { parseLine } from '../scan/parse.js';
import type { Said } from '../scan/results.js';
import { slimOfFull } from '../scan/slim.js';
import type { KyselyScans } from '../store/kysely-scans.js';
import type { KeptScan, RecordFilter } from '../store/scans.js';
import { UsageError } from './exit-codes.js';

const PAGE_RECORDS = 500;

/** The records of a scan that is kept in the database, a page at a time. */
export async function* recordsOf(
  scan: KeptScan,
  filter: RecordFilter,
  store: KyselyScans,
): AsyncGenerator<Said> {
  for (let after: string | undefined; ; ) {
    const page = await store.page(scan.number, {
      most: PAGE_RECORDS,
      filter,
      ...(after !== undefined && { after }),
    });
    for (const { record } of page) yield saidIn(record, scan);
    after = page.at(-1)?.key;
    if (page.length < PAGE_RECORDS || after === undefined) return;
  }
}

function saidIn(record: string, scan: KeptScan): Said {
  const line = parseLine(record);
  if (line?.is === 'error') return { error: line.record };
  if (line?.is === 'slim') return { slim: line.record };
  if (line?.is === 'full') return { slim: slimOfFull(line.record), full: line.record };
  throw new UsageError(said('cli.scan.otherRecord', { scan: scan.id }));
}
