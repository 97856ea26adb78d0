import type { ErrorRecord } from '../core/report/report.js';
import type { Form } from './form.js';
import { type FormName, formOf } from './forms.js';
import type { Header, ScanSummary } from './header.js';
import type { SlimRecord } from './record.js';
import { recordsIn } from './records-in.js';
import { countError, countRecord, emptyTally } from './tally.js';

export interface Conversion {
  format: FormName;
  wants(record: SlimRecord | ErrorRecord): boolean;
  /** In another language, say. */
  changed(record: SlimRecord | ErrorRecord): SlimRecord | ErrorRecord;
}

/** Results of scans in another form, a piece at a time; what is counted at the end is what is in it. */
export async function* converted(
  files: readonly string[],
  { format, wants, changed }: Conversion,
): AsyncGenerator<string | Uint8Array> {
  const form = await formOf(format);
  const tally = emptyTally();
  const headers = new Headers(form, format);
  for (const file of files)
    for await (const record of recordsIn(file, (line) => headers.take(line))) {
      yield* headers.due();
      if (!wants(record)) continue;
      const one = changed(record);
      if (one.schema === 'assay.error/1') countError(tally, one);
      else countRecord(tally, one);
      yield form.record(one.schema === 'assay.error/1' ? { error: one } : { slim: one });
    }
  yield* headers.due();
  const { ended, seconds } = headers.summary ?? { ended: '', seconds: 0 };
  // Of a scan that was interrupted there is no last line, and lines that are made of it do not pretend one.
  if (headers.summary !== undefined || format !== 'ndjson')
    yield form.tail({ schema: 'assay.scan-summary/1', ended, seconds, tally });
}

/** Lines stand behind the header of their run; a table begins once, whatever its rows come from. */
class Headers {
  readonly #form: Form<string | Uint8Array>;
  readonly #all: boolean;
  #waiting: Header[] = [];
  #isBegun = false;
  summary: ScanSummary | undefined;

  constructor(form: Form<string | Uint8Array>, format: FormName) {
    this.#form = form;
    this.#all = format === 'ndjson';
  }

  take(line: { header: Header } | { summary: ScanSummary }): void {
    if ('header' in line) this.#waiting.push(line.header);
    else this.summary = line.summary;
  }

  *due(): Generator<string | Uint8Array> {
    for (const header of this.#waiting.splice(0)) {
      if (this.#all || !this.#isBegun) yield this.#form.head(header);
      this.#isBegun = true;
    }
  }
}
