import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { DuplicateOrder, type DuplicateTurn, HardLinks } from '../duplicates/duplicate-order.js';
import type { ScanAnswer } from '../records/answer.js';
import type { DueAction, WrittenRecordFacts } from '../results/results.js';
import type { Entry, FoundEntry } from '../sources/entry.js';
import type { Exclusions } from '../sources/exclusions.js';
import { createAnswer, notWantedAnswer, reread } from './answers.js';
import { PackedReader } from './packed.js';
import type { RecordJob } from './record-of.js';
import { type DoubtedFile, RereadTracker, recordDigest } from './reread.js';
import { Semaphore } from './semaphore.js';

export interface ScanRunOptions extends RecordJob {
  found: AsyncIterable<FoundEntry>;
  /** Whether records are written in the order in which files were found; otherwise as they are finished. */
  ordered: boolean;
  jobs: number;
  /** Maximum number of files started per second. */
  perSecond?: number;
  interrupted?: AbortSignal;
  /** Called for each record. The returned function removes the record from the caller's counts if another replaces it. */
  onAnswer?(answer: ScanAnswer): (() => void) | undefined;
  onSkipped?(entry: Entry): void;
  /** Counts of files found and then excluded. */
  leftOut?: Exclusions;
  /** Called when a file was reread because the process that had read it failed later. */
  onReread?(differs: boolean): void;
}

/** `closed`: nobody reads the results any more. */
export type ScanEnd = 'done' | 'interrupted' | 'closed';

interface WrittenRecord extends WrittenRecordFacts {
  takeBack?: (() => void) | undefined;
}

/**
 * Remote files fetched in addition to those being read: per job, and at least. A job reads 92 small files a second, and
 * a request to a distant store takes 100 ms.
 */
const PREFETCH_PER_JOB = 12;
const MIN_PREFETCH = 32;
/** Files being read or waiting for a process, per job. */
const MAX_AHEAD = 3;
/** Files in packs or waiting for one, per reading process. */
const MAX_PACKED = 64;
/** Finished records that may wait for a slow file before them, per job. */
const MAX_AHEAD_ORDERED = 32;

/** Reads the files found and writes a record for each. A failure of one file becomes its record and never ends the scan. */
export async function scan(job: ScanRunOptions): Promise<ScanEnd> {
  const running = new RunningScan(job);
  const pace = new StartPacer(job.perSecond);
  const prefetch = Math.max(MIN_PREFETCH, PREFETCH_PER_JOB * job.jobs);
  for await (const one of job.found) {
    await running.rereadDoubted();
    if (running.isOver) break;
    const path = 'entry' in one ? one.entry.path : one.lost.path;
    if (running.isAt(path)) continue;
    const due = 'entry' in one ? await actionFor(one.entry, job, running) : 'read';
    if (due === undefined) continue;
    const inPack = 'entry' in one && (await running.takesInPack(one.entry));
    await running.waitForSlot(inPack, 'entry' in one && one.entry.head !== undefined ? prefetch : 0);
    await pace.next(job);
    if (running.isOver) break;
    running.read(one, path, due, inPack);
  }
  running.endOfFiles();
  await running.end();
  if (job.interrupted?.aborted) return 'interrupted';
  return running.isClosed ? 'closed' : 'done';
}

/** Returns the action for a file; `undefined` if there is none, which has been reported. */
async function actionFor(
  entry: Entry,
  job: ScanRunOptions,
  running: RunningScan,
): Promise<Exclude<DueAction, 'nothing'> | undefined> {
  const left = job.filter.entryExclusion(entry);
  if (left !== undefined) {
    job.leftOut?.file(left);
    return undefined;
  }
  running.registerFile(entry);
  const due = await job.results.due(entry);
  if (due !== 'nothing') return due;
  job.onSkipped?.(entry);
  return undefined;
}

/** State of a running scan. */
class RunningScan {
  readonly #job: ScanRunOptions;
  readonly #gate: Semaphore;
  readonly #packGate: Semaphore;
  readonly #packed: PackedReader | undefined;
  readonly #inFlight = new Set<string>();
  readonly #anew = new RereadTracker<WrittenRecord>();
  readonly #turns = new DuplicateOrder();
  readonly #links = new HardLinks();
  #before: Promise<void> = Promise.resolve();
  /** Whether nobody reads the results any more. */
  isClosed = false;

  constructor(job: ScanRunOptions) {
    this.#job = job;
    this.#gate = new Semaphore(job.jobs * (job.ordered ? MAX_AHEAD_ORDERED : MAX_AHEAD));
    const readers = Math.min(job.jobs, availableParallelism());
    this.#packGate = new Semaphore(readers * MAX_PACKED);
    this.#packed = PackedReader.create(job, readers);
  }

  get isOver(): boolean {
    return this.isClosed || this.#job.interrupted?.aborted === true;
  }

  /** Called for every file found, including those that already have a record. */
  registerFile(entry: Entry): void {
    this.#links.mark(entry);
  }

  isAt(path: string): boolean {
    return this.#inFlight.has(path);
  }

  /** Returns whether the file is read together with others. */
  takesInPack(entry: Entry): boolean | Promise<boolean> {
    return this.#packed?.accepts(entry) ?? false;
  }

  waitForSlot(inPack = false, more = 0): Promise<void> {
    return inPack ? this.#packGate.acquire() : this.#gate.acquire(more);
  }

  read(found: FoundEntry, path: string, due: Parameters<typeof createAnswer>[1], inPack: boolean): void {
    const turn = 'entry' in found ? this.#turnOf(found.entry) : undefined;
    if ('entry' in found) this.#anew.begin(found.entry);
    const packed = inPack ? this.#packed : undefined;
    const answer = createAnswer(found, due, this.#job, this.#anew, packed, turn);
    const gate = inPack || 'lost' in found ? this.#packGate : this.#gate;
    this.#start(path, answer, (given) => this.#write(given, turn), gate, turn);
  }

  /** Returns `undefined` if the record does not depend on the file's bytes alone, or if the results copy no records. */
  #turnOf(entry: Entry): DuplicateTurn | undefined {
    const takesPart = entry.sidecars === undefined && this.#job.results.copiesRecords !== false;
    return takesPart ? this.#turns.begin(entry) : undefined;
  }

  /** Called when no more files will be found. */
  endOfFiles(): void {
    this.#packed?.flush();
  }

  /** Rereads files with doubtful records before any other. */
  async rereadDoubted(): Promise<void> {
    if (!this.#anew.isDue) return;
    const doubted = await this.#anew.takeDue();
    await this.#job.results.doubt(doubted.map(({ entry }) => entry.path));
    for (const one of doubted) {
      if (this.isOver) return;
      await this.waitForSlot();
      const { entry, times } = one;
      this.#anew.begin(entry, times + 1);
      const answer = reread(one, this.#job, this.#anew);
      this.#start(entry.path, answer, (given) => this.#writeAgain(given, one));
    }
  }

  async end(): Promise<void> {
    await this.#empty();
    while (this.#anew.isDue && !this.isOver) {
      await this.rereadDoubted();
      await this.#empty();
    }
    // They are reread when the scan is resumed.
    await this.#job.results.doubt(this.#anew.pendingPaths());
  }

  async #empty(): Promise<void> {
    await this.#packGate.drain();
    await this.#gate.drain();
  }

  #start(
    path: string,
    answer: Promise<ScanAnswer | undefined>,
    write: Writing,
    gate = this.#gate,
    turn?: DuplicateTurn,
  ): void {
    this.#inFlight.add(path);
    const last = this.#before;
    const written = this.#job.ordered ? last.then(() => answer).then(write) : answer.then(write);
    this.#before = written.then(nothing, nothing);
    this.#anew.setWritten(path, written);
    const ended = () => {
      turn?.finish();
      this.#inFlight.delete(path);
    };
    gate.add(
      written.then(ended, (error: unknown) => {
        ended();
        throw error;
      }),
    );
  }

  /** A result cut off by an interruption is not written; the file is read again on resuming. */
  #isAnswer(answer: ScanAnswer | undefined): answer is ScanAnswer {
    if (answer === undefined || this.isClosed) return false;
    return !('error' in answer && this.#job.interrupted?.aborted);
  }

  async #write(given: ScanAnswer | undefined, turn?: DuplicateTurn): Promise<WrittenRecord | undefined> {
    if (!this.#isAnswer(given)) {
      if (given === undefined && !this.isClosed) this.#job.leftOut?.file('kind');
      return undefined;
    }
    const answer = turn === undefined ? given : await this.#inTurn(given, turn);
    if (!(await this.#job.results.write(answer))) this.isClosed = true;
    return { ...recordDigest(answer), takeBack: this.#job.onAnswer?.(answer) };
  }

  /** Waits for earlier files that have, or may have, the same bytes. */
  async #inTurn(answer: ScanAnswer, turn: DuplicateTurn): Promise<ScanAnswer> {
    if ('error' in answer) return answer;
    turn.setDigest(answer.record.asset.sha256);
    await turn.waitForEarlier();
    return this.#job.results.addFirst(answer);
  }

  async #writeAgain(
    given: ScanAnswer | undefined,
    one: DoubtedFile<WrittenRecord>,
  ): Promise<WrittenRecord | undefined> {
    const { entry, before } = one;
    const told = given && (await this.#job.results.addFirst(given));
    const answer = told ?? (before && notWantedAnswer(entry));
    if (answer !== undefined && !this.#isAnswer(answer)) return before;
    const now = answer && recordDigest(answer);
    const differs = now?.digest !== before?.digest;
    if (differs && !one.how.isExclusive) {
      this.#anew.requeue(one);
      return before;
    }
    this.#anew.markDone(entry.path);
    this.#job.onReread?.(differs);
    if (answer === undefined || now === undefined) return undefined;
    if (!(await this.#job.results.writeReread(answer, before, differs))) this.isClosed = true;
    if (!differs) return before;
    before?.takeBack?.();
    return { ...now, takeBack: this.#job.onAnswer?.(answer) };
  }
}

type Writing = (answer: ScanAnswer | undefined) => Promise<WrittenRecord | undefined>;
const nothing = (): void => undefined;

/** Spaces the starts of files evenly. */
class StartPacer {
  readonly #gapMillis: number;
  #next = 0;

  constructor(perSecond: number | undefined) {
    this.#gapMillis = perSecond === undefined ? 0 : 1_000 / perSecond;
  }

  async next({ interrupted }: ScanRunOptions): Promise<void> {
    if (this.#gapMillis === 0) return;
    const now = performance.now();
    const wait = this.#next - now;
    this.#next = Math.max(now, this.#next) + this.#gapMillis;
    if (wait > 0) await delay(wait, undefined, interrupted ? { signal: interrupted } : {}).catch(() => {});
  }
}
