import { setTimeout as delay } from 'node:timers/promises';
import { Anew, beforeOf, type Doubted } from './anew.js';
import { again, answerTo, notWanted, type Question } from './answers.js';
import type { Entry, Found } from './entry.js';
import { Gate } from './gate.js';
import { type Hours, untilOpen } from './hours.js';
import type { Answer, Before } from './results.js';

export interface ScanJob extends Question {
  found: AsyncIterable<Found>;
  /** Answers in the order in which the files were found; otherwise as they come. */
  ordered: boolean;
  jobs: number;
  /** Files read in all; left out: no end. */
  limit?: number;
  /** Files that come from far (a store) and are fetched beside those that are read; left out: none. */
  prefetch?: number;
  /** No file is begun outside of them. */
  hours?: Hours;
  onWait?(): void;
  /** Files begun a second at most. */
  perSecond?: number;
  interrupted?: AbortSignal;
  /** What it gives takes the answer out of what was counted of it, where another takes its place. */
  onAnswer?(answer: Answer): (() => void) | undefined;
  onSkipped?(entry: Entry): void;
  /** A file was read anew, since the process that had read it faulted later. */
  onAnew?(differs: boolean): void;
}

/** `closed`: nobody reads the results any more. */
export type ScanEnd = 'done' | 'interrupted' | 'closed';

interface Written extends Before {
  takeBack?: (() => void) | undefined;
}

/** Files that are being read or wait for a process, per job. */
const AHEAD = 3;
/** Answers that may wait for a slow file before them, per job. */
const AHEAD_ORDERED = 32;

/** Reads what is found and writes an answer about each; a file's fault is its answer and never the end of the scan. */
export async function scan(job: ScanJob): Promise<ScanEnd> {
  const running = new Running(job);
  const pace = new Pace(job.perSecond);
  let begun = 0;
  for await (const one of job.found) {
    await running.readAnew();
    if (running.isOver || begun >= (job.limit ?? Number.POSITIVE_INFINITY)) break;
    const path = 'entry' in one ? one.entry.path : one.lost.path;
    if (running.isAt(path) || ('entry' in one && !job.filter.wantsEntry(one.entry))) continue;
    const due = 'entry' in one ? await job.results.due(one.entry) : 'read';
    if (due === 'nothing') {
      if ('entry' in one) job.onSkipped?.(one.entry);
      continue;
    }
    await running.room('entry' in one && one.entry.head !== undefined ? job.prefetch : 0);
    await pace.next(job);
    if (running.isOver) break;
    begun += 1;
    running.read(one, path, due);
  }
  await running.end();
  if (job.interrupted?.aborted) return 'interrupted';
  return running.isClosed ? 'closed' : 'done';
}

/** What a scan is at, and how it is written down. */
class Running {
  readonly #job: ScanJob;
  readonly #gate: Gate;
  readonly #inFlight = new Set<string>();
  readonly #anew = new Anew<Written>();
  #before: Promise<void> = Promise.resolve();
  /** Nobody reads the results any more. */
  isClosed = false;

  constructor(job: ScanJob) {
    this.#job = job;
    this.#gate = new Gate(job.jobs * (job.ordered ? AHEAD_ORDERED : AHEAD));
  }

  get isOver(): boolean {
    return this.isClosed || this.#job.interrupted?.aborted === true;
  }

  isAt(path: string): boolean {
    return this.#inFlight.has(path);
  }

  room(more?: number): Promise<void> {
    return this.#gate.room(more);
  }

  read(found: Found, path: string, due: Parameters<typeof answerTo>[1]): void {
    if ('entry' in found) this.#anew.begin(found.entry);
    this.#start(path, answerTo(found, due, this.#job, this.#anew), (answer) => this.#write(answer));
  }

  /** Those whose record is in doubt, before any other. */
  async readAnew(): Promise<void> {
    if (!this.#anew.isDue) return;
    const doubted = await this.#anew.take();
    await this.#job.results.doubt(doubted.map(({ entry }) => entry.path));
    for (const one of doubted) {
      if (this.isOver) return;
      await this.room();
      const { entry, times } = one;
      this.#anew.begin(entry, times + 1);
      const answer = again(one, this.#job, this.#anew);
      this.#start(entry.path, answer, (given) => this.#writeAgain(given, one));
    }
  }

  async end(): Promise<void> {
    await this.#gate.empty();
    while (this.#anew.isDue && !this.isOver) {
      await this.readAnew();
      await this.#gate.empty();
    }
    // Whoever goes on with the scan reads them.
    await this.#job.results.doubt(this.#anew.rest());
  }

  #start(path: string, answer: Promise<Answer | undefined>, write: Writing): void {
    this.#inFlight.add(path);
    const last = this.#before;
    const written = this.#job.ordered ? last.then(() => answer).then(write) : answer.then(write);
    this.#before = written.then(nothing, nothing);
    this.#anew.writing(path, written);
    this.#gate.add(written.then(nothing).finally(() => this.#inFlight.delete(path)));
  }

  /** What an interruption cut off is no answer about the file: it is read again on resuming. */
  #isAnswer(answer: Answer | undefined): answer is Answer {
    if (answer === undefined || this.isClosed) return false;
    return !('error' in answer && this.#job.interrupted?.aborted);
  }

  async #write(answer: Answer | undefined): Promise<Written | undefined> {
    if (!this.#isAnswer(answer)) return undefined;
    if (!(await this.#job.results.write(answer))) this.isClosed = true;
    return { ...beforeOf(answer), takeBack: this.#job.onAnswer?.(answer) };
  }

  async #writeAgain(given: Answer | undefined, one: Doubted<Written>): Promise<Written | undefined> {
    const { entry, before } = one;
    const answer = given ?? (before && notWanted(entry));
    if (answer !== undefined && !this.#isAnswer(answer)) return before;
    const now = answer && beforeOf(answer);
    const differs = now?.digest !== before?.digest;
    if (differs && !one.how.alone) {
      this.#anew.disagrees(one);
      return before;
    }
    this.#anew.done(entry.path);
    this.#job.onAnew?.(differs);
    if (answer === undefined || now === undefined) return undefined;
    if (!(await this.#job.results.again(answer, before, differs))) this.isClosed = true;
    if (!differs) return before;
    before?.takeBack?.();
    return { ...now, takeBack: this.#job.onAnswer?.(answer) };
  }
}

type Writing = (answer: Answer | undefined) => Promise<Written | undefined>;
const nothing = (): void => undefined;

/** So many beginnings a second, evenly, and within the hours alone. */
class Pace {
  readonly #gapMillis: number;
  #next = 0;

  constructor(perSecond: number | undefined) {
    this.#gapMillis = perSecond === undefined ? 0 : 1_000 / perSecond;
  }

  async next(job: ScanJob): Promise<void> {
    const { hours, interrupted } = job;
    if (hours !== undefined) await untilOpen(hours, job);
    if (this.#gapMillis === 0) return;
    const now = performance.now();
    const wait = this.#next - now;
    this.#next = Math.max(now, this.#next) + this.#gapMillis;
    if (wait > 0) await delay(wait, undefined, interrupted ? { signal: interrupted } : {}).catch(() => {});
  }
}
