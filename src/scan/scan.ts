import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { Anew, beforeOf, type Doubted } from './anew.js';
import type { Question } from './answer-of.js';
import { again, answerTo, notWanted } from './answers.js';
import type { Entry, Found } from './entry.js';
import { Gate } from './gate.js';
import { type Hours, untilOpen } from './hours.js';
import type { LeftOut } from './left-out.js';
import { Packed } from './packed.js';
import type { Answer, Before, Due } from './results.js';
import { LinkedNames, type Turn, Turns } from './turns.js';

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
  /** Found, and then not asked for. */
  leftOut?: LeftOut;
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
/** Files that are read in packs or wait to be put in one, for each process that reads some. */
const PACKED = 64;
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
    if (running.isAt(path)) continue;
    const due = 'entry' in one ? await dueFor(one.entry, job, running) : 'read';
    if (due === undefined) continue;
    const inPack = 'entry' in one && (await running.takesInPack(one.entry));
    await running.room(inPack, 'entry' in one && one.entry.head !== undefined ? job.prefetch : 0);
    await pace.next(job);
    if (running.isOver) break;
    begun += 1;
    running.read(one, path, due, inPack);
  }
  running.last();
  await running.end();
  if (job.interrupted?.aborted) return 'interrupted';
  return running.isClosed ? 'closed' : 'done';
}

/** What is to be done with a file; undefined where nothing is, which has been told. */
async function dueFor(
  entry: Entry,
  job: ScanJob,
  running: Running,
): Promise<Exclude<Due, 'nothing'> | undefined> {
  const left = job.filter.leavesEntry(entry);
  if (left !== undefined) {
    job.leftOut?.file(left);
    return undefined;
  }
  running.met(entry);
  const due = await job.results.due(entry);
  if (due !== 'nothing') return due;
  job.onSkipped?.(entry);
  return undefined;
}

/** What a scan is at, and how it is written down. */
class Running {
  readonly #job: ScanJob;
  readonly #gate: Gate;
  readonly #packGate: Gate;
  readonly #packed: Packed | undefined;
  readonly #inFlight = new Set<string>();
  readonly #anew = new Anew<Written>();
  readonly #turns = new Turns();
  readonly #links = new LinkedNames();
  #before: Promise<void> = Promise.resolve();
  /** Nobody reads the results any more. */
  isClosed = false;

  constructor(job: ScanJob) {
    this.#job = job;
    this.#gate = new Gate(job.jobs * (job.ordered ? AHEAD_ORDERED : AHEAD));
    const readers = Math.min(job.jobs, availableParallelism());
    this.#packGate = new Gate(readers * PACKED);
    this.#packed = Packed.of(job, readers);
  }

  get isOver(): boolean {
    return this.isClosed || this.#job.interrupted?.aborted === true;
  }

  /** Told of every file that the scan comes upon, also of those that have their record. */
  met(entry: Entry): void {
    this.#links.mark(entry);
  }

  isAt(path: string): boolean {
    return this.#inFlight.has(path);
  }

  /** Whether it is read together with others. */
  takesInPack(entry: Entry): boolean | Promise<boolean> {
    return this.#packed?.takes(entry) ?? false;
  }

  room(inPack = false, more = 0): Promise<void> {
    return inPack ? this.#packGate.room() : this.#gate.room(more);
  }

  read(found: Found, path: string, due: Parameters<typeof answerTo>[1], inPack: boolean): void {
    const turn = 'entry' in found ? this.#turnOf(found.entry) : undefined;
    if ('entry' in found) this.#anew.begin(found.entry);
    const packed = inPack ? this.#packed : undefined;
    const answer = answerTo(found, due, this.#job, this.#anew, packed, turn);
    const gate = inPack || 'lost' in found ? this.#packGate : this.#gate;
    this.#start(path, answer, (given) => this.#write(given, turn), gate, turn);
  }

  /** Undefined for a file whose record is not of its bytes alone, and where nothing is known of others with the same. */
  #turnOf(entry: Entry): Turn | undefined {
    const takesPart = entry.sidecars === undefined && this.#job.results.knowsTwins !== false;
    return takesPart ? this.#turns.begin(entry) : undefined;
  }

  /** Nothing more is found. */
  last(): void {
    this.#packed?.last();
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
    await this.#empty();
    while (this.#anew.isDue && !this.isOver) {
      await this.readAnew();
      await this.#empty();
    }
    // Whoever goes on with the scan reads them.
    await this.#job.results.doubt(this.#anew.rest());
  }

  async #empty(): Promise<void> {
    await this.#packGate.empty();
    await this.#gate.empty();
  }

  #start(
    path: string,
    answer: Promise<Answer | undefined>,
    write: Writing,
    gate = this.#gate,
    turn?: Turn,
  ): void {
    this.#inFlight.add(path);
    const last = this.#before;
    const written = this.#job.ordered ? last.then(() => answer).then(write) : answer.then(write);
    this.#before = written.then(nothing, nothing);
    this.#anew.writing(path, written);
    const ended = () => {
      turn?.over();
      this.#inFlight.delete(path);
    };
    gate.add(
      written.then(ended, (error: unknown) => {
        ended();
        throw error;
      }),
    );
  }

  /** What an interruption cut off is no answer about the file: it is read again on resuming. */
  #isAnswer(answer: Answer | undefined): answer is Answer {
    if (answer === undefined || this.isClosed) return false;
    return !('error' in answer && this.#job.interrupted?.aborted);
  }

  async #write(given: Answer | undefined, turn?: Turn): Promise<Written | undefined> {
    if (!this.#isAnswer(given)) {
      if (given === undefined && !this.isClosed) this.#job.leftOut?.file('kind');
      return undefined;
    }
    const answer = turn === undefined ? given : await this.#inTurn(given, turn);
    if (!(await this.#job.results.write(answer))) this.isClosed = true;
    return { ...beforeOf(answer), takeBack: this.#job.onAnswer?.(answer) };
  }

  /** After the files before it that have the same bytes, or may have them. */
  async #inTurn(answer: Answer, turn: Turn): Promise<Answer> {
    if ('error' in answer) return answer;
    turn.has(answer.slim.asset.sha256);
    await turn.before();
    return this.#job.results.withFirst(answer);
  }

  async #writeAgain(given: Answer | undefined, one: Doubted<Written>): Promise<Written | undefined> {
    const { entry, before } = one;
    const told = given && (await this.#job.results.withFirst(given));
    const answer = told ?? (before && notWanted(entry));
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
