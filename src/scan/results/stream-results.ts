import type { ResultFormat } from '../lines/format.js';
import { answerRecord, type ScanAnswer } from '../records/answer.js';
import type { Header, ScanSummary } from '../records/header.js';
import { countRecord, createTally, subtractTally } from '../records/tally.js';
import type { ScanResults, WrittenRecordFacts } from './results.js';

/** Destination of formatted output: standard output, or a file that appears when complete. */
export interface OutputSink {
  /** Returns `false` once nobody reads any more. */
  write(piece: string | Uint8Array): Promise<boolean>;
  finish(): Promise<void>;
  /** Called if the scan did not finish. */
  discard(): Promise<void>;
}

/** Results written as they come. None are stored, so a scan cannot be resumed and equal bytes are read again. */
export class StreamResults implements ScanResults {
  readonly tally = createTally();
  readonly copiesRecords = false;
  readonly #form: ResultFormat<string | Uint8Array>;
  readonly #sink: OutputSink;

  constructor(form: ResultFormat<string | Uint8Array>, sink: OutputSink) {
    this.#form = form;
    this.#sink = sink;
  }

  async begin(header: Header): Promise<void> {
    await this.#sink.write(this.#form.head(header));
  }

  async due(): Promise<'read'> {
    return 'read';
  }

  hasDuplicateOrder(): boolean {
    return false;
  }

  async sameContent(): Promise<undefined> {
    return undefined;
  }

  async addFirst(answer: ScanAnswer): Promise<ScanAnswer> {
    return answer;
  }

  async write(answer: ScanAnswer): Promise<boolean> {
    const record = answerRecord(answer);
    countRecord(this.tally, record);
    return this.#sink.write(this.#form.record(record));
  }

  async doubt(): Promise<void> {}

  /** Output cannot be taken back: if a path has two records, the later one counts. */
  async writeReread(
    answer: ScanAnswer,
    before: WrittenRecordFacts | undefined,
    differs: boolean,
  ): Promise<boolean> {
    if (!differs) return true;
    if (before !== undefined) subtractTally(this.tally, before.tally);
    return this.write(answer);
  }

  async finish(summary: Omit<ScanSummary, 'tally'>): Promise<void> {
    await this.#sink.write(this.#form.tail({ ...summary, tally: this.tally }));
    await this.#sink.finish();
  }

  async leave(): Promise<void> {
    await this.#sink.discard();
  }
}
