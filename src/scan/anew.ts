import { sha256Base64 } from '../core/ground/digest.js';
import type { InspectRequest, Takers } from '../isolation/inspector.js';
import { lineOf } from './answer-line.js';
import type { Entry } from './entry.js';
import type { Answer, Before } from './results.js';
import { tallyOf } from './tally.js';

/** A file whose record is not to be relied on. */
export interface Doubted<W> {
  entry: Entry;
  /** What was written of it; undefined where nothing was. */
  before: W | undefined;
  /** How often it was read anew before. */
  times: number;
  how: Pick<InspectRequest, 'party' | 'alone'>;
}

/** A file that has its record, or will in a moment. */
interface Given<W> {
  entry: Entry;
  written: Promise<W | undefined>;
  times: number;
  /** Files with the same bytes that were answered from it. */
  copies: Given<W>[];
}

/**
 * Which records rest on a reading process that is still in use. Where it faults later, on whatever file, nobody knows
 * what they are worth, and their files are read anew by a process that reads nothing else: the last first, so that no
 * file stands before the same others twice. One that took the first process over makes the records differ, of those
 * behind it before or of those behind it now; what differs is read once more, alone, and so is what was read anew by a
 * process that faulted too. So no file is read more than three times for the fault of others.
 */
export class Anew<W> {
  readonly #given = new Map<string, Given<W>>();
  readonly #doubted = new Set<string>();
  readonly #due: Given<W>[] = [];
  #batches = 0;

  /** What is asked so that a file can be read anew. */
  takers(path: string): Takers {
    return {
      whenEnded: (fate) => {
        const given = this.#given.get(path);
        this.#given.delete(path);
        if (fate === 'doubted' && given !== undefined) this.#doubt(given);
      },
    };
  }

  /** Before it is read. */
  begin(entry: Entry, times = 0): void {
    const written = Promise.resolve(undefined);
    if (times < MOST_TIMES) this.#given.set(entry.path, { entry, written, times, copies: [] });
  }

  /** What will have been written of it. */
  writing(path: string, written: Promise<W | undefined>): void {
    const given = this.#given.get(path);
    if (given !== undefined) given.written = written;
  }

  /** It was answered from nothing that a process said. */
  settled(path: string): void {
    this.#given.delete(path);
  }

  /** Answered from the record of another; false where that one is in doubt. */
  copied(path: string, from: string): boolean {
    if (this.#doubted.has(from)) return false;
    const copy = this.#given.get(path);
    this.#given.delete(path);
    if (copy !== undefined) this.#given.get(from)?.copies.push(copy);
    return true;
  }

  get isDue(): boolean {
    return this.#due.length > 0;
  }

  /** Paths of those that nobody reads anew any more. */
  rest(): string[] {
    return this.#due.map(({ entry }) => entry.path);
  }

  /** Those that are to be read anew by now, whose first record is written. */
  async take(): Promise<Doubted<W>[]> {
    const due = this.#due.splice(0).reverse();
    this.#batches += 1;
    const party = `anew ${this.#batches}`;
    return Promise.all(
      due.map(async ({ entry, written, times }) => ({
        entry,
        before: await written,
        times,
        how: times === 0 ? { party } : { alone: true },
      })),
    );
  }

  /** It was read anew, and the record stands that came of it. */
  done(path: string): void {
    this.#doubted.delete(path);
  }

  /** Read anew together with others, it came out otherwise: one of the two processes said what is not so. */
  disagrees({ entry, before, times }: Doubted<W>): void {
    this.#given.delete(entry.path);
    this.#due.push({ entry, written: Promise.resolve(before), times: times + 1, copies: [] });
  }

  #doubt(given: Given<W>): void {
    for (const one of [given, ...given.copies]) {
      this.#doubted.add(one.entry.path);
      this.#due.push(one);
    }
  }
}

/** What was read by a process of its own is the last word. */
const MOST_TIMES = 2;

export function beforeOf(answer: Answer): Before {
  return { digest: digestOf(answer), tally: tallyOf(answer) };
}

/** Of what is written. */
export function digestOf(answer: Answer): string {
  return sha256Base64(lineOf(answer));
}
