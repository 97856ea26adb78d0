import type { Form } from './form.js';
import type { Header, ScanSummary } from './header.js';
import type { Answer, Before, Results } from './results.js';
import { countError, countRecord, discount, emptyTally } from './tally.js';

/** Where a form's text goes: standard output, or a file that takes its name when it is whole. */
export interface Sink {
  /** False once nobody reads any more. */
  write(piece: string | Uint8Array): Promise<boolean>;
  finish(): Promise<void>;
  /** The scan did not come to its end. */
  discard(): Promise<void>;
}

/** Results that are written as they come: none is kept, so nothing is resumed and equal bytes are read again. */
export class StreamResults implements Results {
  readonly tally = emptyTally();
  readonly knowsTwins = false;
  readonly #form: Form<string | Uint8Array>;
  readonly #sink: Sink;

  constructor(form: Form<string | Uint8Array>, sink: Sink) {
    this.#form = form;
    this.#sink = sink;
  }

  async begin(header: Header): Promise<void> {
    await this.#sink.write(this.#form.head(header));
  }

  async due(): Promise<'read'> {
    return 'read';
  }

  hasTurns(): boolean {
    return false;
  }

  async sameContent(): Promise<undefined> {
    return undefined;
  }

  async withFirst(answer: Answer): Promise<Answer> {
    return answer;
  }

  async write(answer: Answer): Promise<boolean> {
    if ('error' in answer) countError(this.tally, answer.error);
    else countRecord(this.tally, answer.slim);
    return this.#sink.write(this.#form.record(answer));
  }

  async doubt(): Promise<void> {}

  /** What went out is out: of two records of a path the later one counts. */
  async again(answer: Answer, before: Before | undefined, differs: boolean): Promise<boolean> {
    if (!differs) return true;
    if (before !== undefined) discount(this.tally, before.tally);
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
