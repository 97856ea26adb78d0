import { sha256Base64 } from '../../base/digest.js';
import type { InspectionCallbacks, InspectRequest } from '../../inspect/pool/inspector.js';
import { recordLine } from '../lines/answer-line.js';
import { answerRecord, type ScanAnswer } from '../records/answer.js';
import { tallyOf } from '../records/tally.js';
import type { WrittenRecordFacts } from '../results/results.js';
import type { Entry } from '../sources/entry.js';

/** File whose record is in doubt. */
export interface DoubtedFile<W> {
  entry: Entry;
  /** Digest of the record written before; `undefined` if none was written. */
  before: W | undefined;
  /** Times that the file has been reread. */
  times: number;
  how: Pick<InspectRequest, 'tenant' | 'isExclusive'>;
}

/** File that has a record or is about to get one. */
interface TrackedFile<W> {
  entry: Entry;
  written: Promise<W | undefined>;
  times: number;
  /** Files with the same bytes that got a copy of its record. */
  copies: TrackedFile<W>[];
}

/**
 * Tracks which records depend on a reading process that is still in use. If that process fails later, on any file, its
 * earlier records are in doubt and their files are reread by another process that reads nothing else. They are reread
 * in reverse order, so that no file follows the same files twice: a file that took over the first process makes the
 * records of the files after it differ. If a reread record differs, or the second process fails too, the file is read
 * once more in a process of its own. No file is therefore read more than three times because of others.
 */
export class RereadTracker<W> {
  readonly #given = new Map<string, TrackedFile<W>>();
  readonly #doubted = new Set<string>();
  readonly #due: TrackedFile<W>[] = [];
  #batches = 0;

  /** Returns the callbacks through which the file's record can be doubted later. */
  callbacksFor(path: string): InspectionCallbacks {
    return {
      onEnd: (fate) => {
        const given = this.#given.get(path);
        this.#given.delete(path);
        if (fate === 'doubted' && given !== undefined) this.#doubt(given);
      },
    };
  }

  /** Registers the file before it is read. */
  begin(entry: Entry, times = 0): void {
    const written = Promise.resolve(undefined);
    if (times < MAX_REREADS) this.#given.set(entry.path, { entry, written, times, copies: [] });
  }

  /** Registers the record that is being written. */
  setWritten(path: string, written: Promise<W | undefined>): void {
    const given = this.#given.get(path);
    if (given !== undefined) given.written = written;
  }

  /** Forgets the file, because its record does not come from a reading process. */
  forget(path: string): void {
    this.#given.delete(path);
  }

  /** Registers that the file got a copy of another's record; returns `false` if that record is in doubt. */
  recordCopy(path: string, from: string): boolean {
    if (this.#doubted.has(from)) return false;
    const copy = this.#given.get(path);
    this.#given.delete(path);
    if (copy !== undefined) this.#given.get(from)?.copies.push(copy);
    return true;
  }

  get isDue(): boolean {
    return this.#due.length > 0;
  }

  /** Returns the paths of files that will not be reread. */
  pendingPaths(): string[] {
    return this.#due.map(({ entry }) => entry.path);
  }

  /** Returns the files to reread now, once their first records are written. */
  async takeDue(): Promise<DoubtedFile<W>[]> {
    const due = this.#due.splice(0).reverse();
    this.#batches += 1;
    const tenant = `reread ${this.#batches}`;
    return Promise.all(
      due.map(async ({ entry, written, times }) => ({
        entry,
        before: await written,
        times,
        how: times === 0 ? { tenant } : { isExclusive: true },
      })),
    );
  }

  /** Registers that the file was reread and its record is final. */
  markDone(path: string): void {
    this.#doubted.delete(path);
  }

  /** Registers that the reread record differs: one of the two processes gave a wrong answer. */
  requeue({ entry, before, times }: DoubtedFile<W>): void {
    this.#given.delete(entry.path);
    this.#due.push({ entry, written: Promise.resolve(before), times: times + 1, copies: [] });
  }

  #doubt(given: TrackedFile<W>): void {
    for (const one of [given, ...given.copies]) {
      this.#doubted.add(one.entry.path);
      this.#due.push(one);
    }
  }
}

/** The result of a process that read only this file is final. */
const MAX_REREADS = 2;

export function recordDigest(answer: ScanAnswer): WrittenRecordFacts {
  return { digest: digestOf(answer), tally: tallyOf(answerRecord(answer)) };
}

/** Returns the digest of the record's line. */
export function digestOf(answer: ScanAnswer): string {
  return sha256Base64(recordLine(answerRecord(answer)));
}
