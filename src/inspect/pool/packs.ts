import type { ReadFault } from '../../base/fault.js';
import { memoizeAsync } from '../../base/memoize.js';
import type { StoredReport } from '../../core/report/report.js';
import { LocalDisks } from '../files/local-disk.js';
import { assertUnchanged, type ReadSmallFile, readSmallFile } from '../files/read-into-memory.js';
import { FIRST_RETRY_PLAN } from '../process/attempts.js';
import type { PackAnswer, ReadingProcess } from '../process/reading-process.js';
import { OwnTimeMeter } from '../process/scheduler-wait.js';
import { diagnostics } from '../protocol/diagnostics.js';
import { InspectError, stoppedError } from '../protocol/inspect-error.js';
import { computeTimeBudget, type IsolationLimits } from '../protocol/isolation-limits.js';
import { type PackItem, type PackTask, pickReadingOptions } from '../protocol/protocol.js';
import { SINGLE_TENANT } from '../protocol/tenant.js';
import { hasBroken, taskNumbers, withIsolation } from './inspect-in-process.js';
import type { PackFile, PackOutcome, PackReaderClient, PackReadOptions } from './pack-desk.js';
import type { ProcessPool } from './process-pool.js';
import { QueueTicket, type TenantQueue } from './queue.js';

interface WaitingFile extends PackFile {
  settle(outcome: PackOutcome): void;
}

interface SentFile extends WaitingFile {
  read: ReadSmallFile;
}

/** Packs per process: one is read while the other is written. */
const PACK_SLOTS = 2;
/** Files read individually after their disk was found slow. */
const SLOW_FILES = 256;
/** Weight of the newest file in the average. */
const NEWEST_WEIGHT = 0.1;

export class PackScheduler implements PackReaderClient {
  readonly #stock: ProcessPool;
  readonly #bounds: IsolationLimits;
  readonly #near = new LocalDisks();
  readonly #waiting: WaitingFile[] = [];
  readonly #readers: PackFeeder[];
  #isLast = false;
  readonly #time = new OwnTimeMeter();
  #readMillis = 0;
  #slowLeft = 0;

  constructor(options: PackReadOptions, stock: ProcessPool, tickets: TenantQueue, bounds: IsolationLimits) {
    this.#stock = stock;
    this.#bounds = bounds;
    this.#readers = Array.from(
      { length: Math.max(1, options.readers) },
      () => new PackFeeder(this, { options, stock, tickets, bounds }),
    );
  }

  canRead(path: string, bytes: number): boolean | Promise<boolean> {
    if (bytes > this.#bounds.packFileBytes) return false;
    if (this.#slowLeft > 0) {
      this.#slowLeft -= 1;
      return false;
    }
    return this.#near.has(path);
  }

  read(file: PackFile): Promise<PackOutcome> {
    return new Promise((resolve) => {
      const begun = performance.now();
      const settle = (outcome: PackOutcome) => {
        if (outcome.is === 'record' || outcome.is === 'report' || outcome.is === 'error')
          diagnostics.fileInspected.publish({ code: codeOf(outcome), millis: performance.now() - begun });
        resolve(outcome);
      };
      this.#waiting.push({ ...file, settle });
      for (const reader of this.#readers) reader.wake();
    });
  }

  finishInput(): void {
    this.#isLast = true;
    for (const reader of this.#readers) reader.wake();
  }

  get hasWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Returns true if the waiting files fill a pack or no more files will come. */
  get isPackReady(): boolean {
    return this.#waiting.length >= this.#bounds.packFiles || this.#isLast;
  }

  /** Maximum files per pack; smaller at the end, so that all readers finish together. */
  get #most(): number {
    if (!this.#isLast) return this.#bounds.packFiles;
    const share = Math.ceil(this.#waiting.length / (PACK_SLOTS * this.#readers.length));
    return Math.min(this.#bounds.packFiles, Math.max(1, share));
  }

  /** Reads the next files into `memory`, one after the other, until it is full. */
  async fill(memory: PackBuffer): Promise<{ files: SentFile[]; items: PackItem[]; bytes: number }> {
    const files: SentFile[] = [];
    const items: PackItem[] = [];
    const { packBytes, packFileBytes } = this.#bounds;
    let bytes = 0;
    this.#time.begin();
    for (const most = this.#most; files.length < most && bytes < packBytes; ) {
      const [next] = this.#waiting;
      if (next === undefined || (files.length > 0 && bytes + next.bytes > packBytes)) break;
      this.#waiting.shift();
      const room = files.length > 0 ? packBytes - bytes : packFileBytes;
      const read = this.#read(next, memory, bytes, room);
      if (read === undefined) continue;
      const refusal = await findRefusal(next, read.sha256);
      if (refusal !== undefined) {
        next.settle(refusal);
        continue;
      }
      files.push({ ...next, read });
      const item = { at: bytes, bytes: read.bytes };
      if (next.needsReport) items.push({ ...item, whole: true });
      else items.push(next.declared === undefined ? item : { ...item, declared: next.declared });
      bytes += read.bytes;
    }
    return { files, items, bytes };
  }

  #read(file: WaitingFile, memory: PackBuffer, at: number, room: number): ReadSmallFile | undefined {
    const begun = performance.now();
    try {
      const into = memory.withRoom(at + Math.min(file.bytes, room) + 1, at);
      const read = readSmallFile(file.path, into, at, Math.min(room, into.length - at - 1));
      if (read === undefined) file.settle({ is: 'single', alone: false });
      return read;
    } catch (error) {
      file.settle({ is: 'error', error });
      return undefined;
    } finally {
      this.#timed(performance.now() - begun);
    }
  }

  #timed(wall: number): void {
    const millis = wall < this.#bounds.slowReadMillis ? wall : this.#time.withoutWait(wall);
    this.#readMillis += (millis - this.#readMillis) * NEWEST_WEIGHT;
    if (this.#readMillis < this.#bounds.slowReadMillis) return;
    this.#slowLeft = SLOW_FILES;
    this.#readMillis = 0;
  }

  /** Settles all waiting files because no process is available; reading them individually reports the reason. */
  giveUp(): void {
    for (const file of this.#waiting.splice(0))
      file.settle(
        this.#stock.closed ? { is: 'error', error: stoppedError() } : { is: 'single', alone: false },
      );
  }
}

async function findRefusal(
  { isWanted: wanted }: WaitingFile,
  sha256: string,
): Promise<PackOutcome | undefined> {
  try {
    return wanted === undefined || (await wanted(sha256)) ? undefined : { is: 'unwanted' };
  } catch (error) {
    return { is: 'error', error };
  }
}

function codeOf(outcome: Extract<PackOutcome, { is: 'record' | 'report' | 'error' }>): string {
  if (outcome.is !== 'error') return 'report';
  return outcome.error instanceof InspectError ? outcome.error.code : 'internal';
}

/** Buffer into which files are read before a process gets them. */
class PackBuffer {
  #bytes: Buffer;

  constructor(bytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(bytes);
  }

  /** Returns the buffer if it is large enough, otherwise a larger one with the first `kept` bytes copied. */
  withRoom(bytes: number, kept: number): Buffer {
    if (bytes <= this.#bytes.length) return this.#bytes;
    const larger = Buffer.allocUnsafeSlow(bytes);
    this.#bytes.copy(larger, 0, 0, kept);
    this.#bytes = larger;
    return larger;
  }

  first(bytes: number): Buffer {
    return this.#bytes.subarray(0, bytes);
  }
}

interface ReadingParts {
  options: PackReadOptions;
  stock: ProcessPool;
  tickets: TenantQueue;
  bounds: IsolationLimits;
}

/** Feeds packs to one process after another while there are files. */
class PackFeeder {
  readonly #desk: PackScheduler;
  readonly #parts: ReadingParts;
  readonly #memory: PackBuffer;
  #running = false;
  #wake: () => void = () => {};

  constructor(desk: PackScheduler, parts: ReadingParts) {
    this.#desk = desk;
    this.#parts = parts;
    this.#memory = new PackBuffer(parts.bounds.packBytes + 1);
  }

  /** Starts or resumes the loop if there may be work. */
  wake(): void {
    this.#wake();
    if (this.#running || !this.#desk.hasWaiting) return;
    this.#running = true;
    void this.#run().finally(() => {
      this.#running = false;
      if (this.#desk.hasWaiting) this.wake();
    });
  }

  async #run(): Promise<void> {
    const { stock, tickets, bounds, options } = this.#parts;
    const ticket = new QueueTicket(tickets);
    try {
      await ticket.take();
      if (!this.#desk.hasWaiting) return;
      const { tenant: party = SINGLE_TENANT } = options;
      const process = await stock.take('small', computeTimeBudget(0, bounds).attemptsMillis, {
        tenant: party,
      });
      if (process === undefined || !process.takesPacks) {
        if (process !== undefined) stock.release(process, 'small');
        this.#desk.giveUp();
        return;
      }
      process.configure(stock.settingsFor(process));
      await this.#feed(process);
      stock.release(process, 'small');
    } catch {
      this.#desk.giveUp();
    } finally {
      ticket.release();
    }
  }

  /** Sends packs until there is nothing to read, the process is worn, or other work waits for its turn. */
  async #feed(process: ReadingProcess): Promise<void> {
    const { stock, tickets } = this.#parts;
    const free = Array.from({ length: PACK_SLOTS }, (_, place) => place);
    let hasTurn = true;
    for (;;) {
      const atWork = PACK_SLOTS - free.length;
      const [place] = free;
      const isDue = this.#desk.hasWaiting && (atWork === 0 || this.#desk.isPackReady);
      // `mayGoOn` accesses the disk, so it is called only before a pack is sent and not for every file.
      if (place !== undefined && isDue && hasTurn && stock.canContinue(process)) {
        free.shift();
        const sent = await this.#send(process, place, () => {
          free.push(place);
          this.#wake();
        });
        if (!sent) free.push(place);
        // Files that are read individually get their turn.
        hasTurn = tickets.waiting === 0;
        continue;
      }
      if (atWork === 0) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async #send(process: ReadingProcess, place: number, onEnd: () => void): Promise<boolean> {
    const { options, bounds } = this.#parts;
    const { files, items, bytes } = await this.#desk.fill(this.#memory);
    if (files.length === 0) return false;
    const task: PackTask = {
      pack: taskNumbers(items.length),
      place: place * (bounds.packBytes + bounds.packFileBytes),
      bytes,
      items,
      ...pickReadingOptions({
        ...options.options,
        ...(options.ownHash && { ownHash: true }),
        ...(options.skipsStar && { skipsStar: true }),
      }),
      ...(diagnostics.stepEnded.isListenedTo && { steps: true as const }),
    };
    const left = new Set(files);
    const longest = Math.max(...items.map((item) => item.bytes));
    try {
      process.attemptPack(
        {
          task,
          time: computeTimeBudget(longest, bounds),
          onAnswer: (at, answer) => {
            const file = files[at];
            if (file === undefined) return;
            left.delete(file);
            void this.#take(file, answer, process);
          },
          onEnd: (fault) => {
            this.#left(left, fault);
            onEnd();
          },
        },
        this.#memory.first(bytes),
      );
      return true;
    } catch {
      // There is no room for a pack; reading the files individually may still work.
      for (const file of left) file.settle({ is: 'single', alone: false });
      return false;
    }
  }

  /** Settles the files of a pack whose process has ended: each is read by a process of its own. */
  #left(files: Set<SentFile>, fault: ReadFault | undefined): void {
    if (files.size === 0) return;
    const { closed } = this.#parts.stock;
    if (fault !== undefined && !closed) diagnostics.readerDied.publish({ code: fault.code });
    for (const file of files)
      file.settle(closed ? { is: 'error', error: stoppedError() } : { is: 'single', alone: true });
  }

  async #take(file: SentFile, answer: PackAnswer, process: ReadingProcess): Promise<void> {
    try {
      assertUnchanged(file.path, file.read.state);
      const outcome = 'error' in answer ? undefined : await this.#outcome(file, answer, process);
      if (outcome === undefined) await process.endFaulty();
      else if (file.onEnd !== undefined) process.onEnd(file.onEnd);
      file.settle(outcome ?? { is: 'single', alone: true });
    } catch (error) {
      file.settle({ is: 'error', error });
    }
  }

  /** Returns `undefined` if the answer is malformed. */
  async #outcome(
    { read: { bytes, sha256 }, name, needsReport: whole }: SentFile,
    answer: Exclude<PackAnswer, { error: unknown }>,
    process: ReadingProcess,
  ): Promise<PackOutcome | undefined> {
    const { options, stock } = this.#parts;
    if ('record' in answer) {
      const { record } = answer;
      if (whole || !options.isRecord(record)) return undefined;
      if (hasBroken(record as { reads: StoredReport['reads'] }, FIRST_RETRY_PLAN)) void process.endFaulty();
      return { is: 'record', record, bytes, sha256 };
    }
    const [{ parseObservation: observationOf }, { withName: named }, { addFindings: withFindings }] =
      await loadEvaluation();
    const request = { ...options.options, path: '', name };
    const observed = observationOf(answer.report, { request, bytes, sha256 });
    if (observed === undefined) return undefined;
    const report = withFindings(named(observed, { name }), options.law);
    if (hasBroken(report, FIRST_RETRY_PLAN)) void process.endFaulty();
    return { is: 'report', report: withIsolation(report, stock.isolation(process.level)) };
  }
}

const loadEvaluation = memoizeAsync(() =>
  Promise.all([
    import('./observation-check.js'),
    import('../../core/pipeline/rename.js'),
    import('../../core/law/findings.js'),
  ]),
);
