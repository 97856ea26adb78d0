import type { ErrorRecord } from '../../core/report/report.js';
import type { Header, ScanSummary } from '../records/header.js';
import type { ScanRecord } from '../records/record.js';
import { countRecord, createTally } from '../records/tally.js';
import type { ResultFormat } from './format.js';
import { createFormat, type FormatName } from './formats.js';
import { readRecords } from './latest-records.js';

export interface Conversion {
  format: FormatName;
  isWanted(record: ScanRecord | ErrorRecord): boolean;
  /** Changes a record before it is written, for example to another language. */
  transform(record: ScanRecord | ErrorRecord): ScanRecord | ErrorRecord;
}

/** Yields results of scans in another format; the final counts are those of the records written. */
export async function* convertResults(
  files: readonly string[],
  { format, isWanted: wants, transform: changed }: Conversion,
): AsyncGenerator<string | Uint8Array> {
  const form = await createFormat(format);
  const tally = createTally();
  const headers = new HeaderQueue(form, format);
  for (const file of files)
    for await (const record of readRecords(file, (line) => headers.add(line))) {
      yield* headers.takeDue();
      if (!wants(record)) continue;
      const one = changed(record);
      countRecord(tally, one);
      yield form.record(one);
    }
  yield* headers.takeDue();
  const { ended, seconds } = headers.summary ?? { ended: '', seconds: 0 };
  // An interrupted scan has no summary line, so NDJSON output gets none either.
  if (headers.summary !== undefined || format !== 'ndjson')
    yield form.tail({ schema: 'assay.scan-summary/1', ended, seconds, tally });
}

/** In NDJSON each header precedes the records of its run; a table has one head for all inputs. */
class HeaderQueue {
  readonly #form: ResultFormat<string | Uint8Array>;
  readonly #all: boolean;
  #waiting: Header[] = [];
  #isBegun = false;
  summary: ScanSummary | undefined;

  constructor(form: ResultFormat<string | Uint8Array>, format: FormatName) {
    this.#form = form;
    this.#all = format === 'ndjson';
  }

  add(line: { header: Header } | { summary: ScanSummary }): void {
    if ('header' in line) this.#waiting.push(line.header);
    else this.summary = line.summary;
  }

  *takeDue(): Generator<string | Uint8Array> {
    for (const header of this.#waiting.splice(0)) {
      if (this.#all || !this.#isBegun) yield this.#form.head(header);
      this.#isBegun = true;
    }
  }
}
