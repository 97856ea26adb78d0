import type { ReadFault } from '../core/ground/fault.js';
import { onceAsked } from '../core/ground/once-asked.js';
import type { Report } from '../core/report/report.js';
import { diagnostics } from './diagnostics.js';
import { InspectError, stopped } from './inspect-error.js';
import { brokeOff, readAs, taskNumbers } from './inspect-file.js';
import { type IsolationLimits, timeBudget } from './isolation-limits.js';
import { NearDisks } from './near-disk.js';
import { OwnTime } from './own-wait.js';
import type { PackDesk, PackDeskOptions, PackFile, PackOutcome } from './pack-desk.js';
import { ONE_PARTY } from './party.js';
import { FIRST_PLAN } from './plan.js';
import type { ProcessStock } from './process-stock.js';
import type { PackItem, PackTask } from './protocol.js';
import { type Queue, QueueTicket } from './queue.js';
import { assertUnchangedNow, type ReadNow, readNow } from './read-now.js';
import type { PackAnswer, ReadingProcess } from './reading-process.js';

interface Waiting extends PackFile {
  settle(outcome: PackOutcome): void;
}

interface Sent extends Waiting {
  read: ReadNow;
}

/** Where two packs of one process stand, of which one is read while the other is written. */
const PLACES = 2;
/** Files that are read by themselves after their disk was found slow. */
const SLOW_FILES = 256;
/** Share of the newest file in the average. */
const NEWEST = 0.1;

export class Packs implements PackDesk {
  readonly #stock: ProcessStock;
  readonly #bounds: IsolationLimits;
  readonly #near = new NearDisks();
  readonly #waiting: Waiting[] = [];
  readonly #readers: PackReading[];
  #isLast = false;
  readonly #time = new OwnTime();
  #readMillis = 0;
  #slowLeft = 0;

  constructor(options: PackDeskOptions, stock: ProcessStock, tickets: Queue, bounds: IsolationLimits) {
    this.#stock = stock;
    this.#bounds = bounds;
    this.#readers = Array.from(
      { length: Math.max(1, options.readers) },
      () => new PackReading(this, { options, stock, tickets, bounds }),
    );
  }

  takes(path: string, bytes: number): boolean | Promise<boolean> {
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

  last(): void {
    this.#isLast = true;
    for (const reader of this.#readers) reader.wake();
  }

  get anyWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Whether what waits fills a pack, or nothing more will come to fill it. */
  get isWorthIt(): boolean {
    return this.#waiting.length >= this.#bounds.packFiles || this.#isLast;
  }

  /** At the end the readers are to end together. */
  get #most(): number {
    if (!this.#isLast) return this.#bounds.packFiles;
    const share = Math.ceil(this.#waiting.length / (PLACES * this.#readers.length));
    return Math.min(this.#bounds.packFiles, Math.max(1, share));
  }

  /** The next files, read to `memory` one after the other, until it is full. */
  async fill(memory: PackBuffer): Promise<{ files: Sent[]; items: PackItem[]; bytes: number }> {
    const files: Sent[] = [];
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
      const refusal = await refusalOf(next, read.sha256);
      if (refusal !== undefined) {
        next.settle(refusal);
        continue;
      }
      files.push({ ...next, read });
      const item = { at: bytes, bytes: read.bytes };
      if (next.whole) items.push({ ...item, whole: true });
      else items.push(next.declared === undefined ? item : { ...item, declared: next.declared });
      bytes += read.bytes;
    }
    return { files, items, bytes };
  }

  #read(file: Waiting, memory: PackBuffer, at: number, room: number): ReadNow | undefined {
    const begun = performance.now();
    try {
      const into = memory.withRoom(at + Math.min(file.bytes, room) + 1, at);
      const read = readNow(file.path, into, at, Math.min(room, into.length - at - 1));
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
    const millis = wall < this.#bounds.slowReadMillis ? wall : this.#time.of(wall);
    this.#readMillis += (millis - this.#readMillis) * NEWEST;
    if (this.#readMillis < this.#bounds.slowReadMillis) return;
    this.#slowLeft = SLOW_FILES;
    this.#readMillis = 0;
  }

  /** No process is to be had: whoever reads them one by one says why. */
  giveUp(): void {
    for (const file of this.#waiting.splice(0))
      file.settle(this.#stock.closed ? { is: 'error', error: stopped() } : { is: 'single', alone: false });
  }
}

async function refusalOf({ wanted }: Waiting, sha256: string): Promise<PackOutcome | undefined> {
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

/** Where files are read to before a process gets them. */
class PackBuffer {
  #bytes: Buffer;

  constructor(bytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(bytes);
  }

  /** The same memory where there is room, else more of it with the first `kept` bytes. */
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
  options: PackDeskOptions;
  stock: ProcessStock;
  tickets: Queue;
  bounds: IsolationLimits;
}

/** One process after another that reads packs, as long as there are files. */
class PackReading {
  readonly #desk: Packs;
  readonly #parts: ReadingParts;
  readonly #memory: PackBuffer;
  #running = false;
  #wake: () => void = () => {};

  constructor(desk: Packs, parts: ReadingParts) {
    this.#desk = desk;
    this.#parts = parts;
    this.#memory = new PackBuffer(parts.bounds.packBytes + 1);
  }

  /** There is something to do, or to find out that there is nothing. */
  wake(): void {
    this.#wake();
    if (this.#running || !this.#desk.anyWaiting) return;
    this.#running = true;
    void this.#run().finally(() => {
      this.#running = false;
      if (this.#desk.anyWaiting) this.wake();
    });
  }

  async #run(): Promise<void> {
    const { stock, tickets, bounds, options } = this.#parts;
    const ticket = new QueueTicket(tickets);
    try {
      await ticket.take();
      if (!this.#desk.anyWaiting) return;
      const { party = ONE_PARTY } = options;
      const process = await stock.take('small', timeBudget(0, bounds).attemptsMillis, { party });
      if (process === undefined || !process.takesPacks) {
        if (process !== undefined) stock.giveBack(process, 'small');
        this.#desk.giveUp();
        return;
      }
      process.configure(stock.settingsFor(process));
      await this.#feed(process);
      stock.giveBack(process, 'small');
    } catch {
      this.#desk.giveUp();
    } finally {
      ticket.giveBack();
    }
  }

  /** Until there is nothing to read, the process has done enough, or others wait for their turn. */
  async #feed(process: ReadingProcess): Promise<void> {
    const { stock, tickets } = this.#parts;
    const free = Array.from({ length: PLACES }, (_, place) => place);
    let hasTurn = true;
    for (;;) {
      const atWork = PLACES - free.length;
      const [place] = free;
      const isDue = this.#desk.anyWaiting && (atWork === 0 || this.#desk.isWorthIt);
      // Whether it may go on, the disk is asked: only before a pack is sent, and not at every file that comes.
      if (place !== undefined && isDue && hasTurn && stock.mayGoOn(process)) {
        free.shift();
        const sent = await this.#send(process, place, () => {
          free.push(place);
          this.#wake();
        });
        if (!sent) free.push(place);
        // Files that are read one by one have theirs.
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
    const { rulebooks: _, roles: __, places: ___, summed: ____, ...ask } = options.ask;
    const task: PackTask = {
      pack: taskNumbers(items.length),
      place: place * (bounds.packBytes + bounds.packFileBytes),
      bytes,
      items,
      ...(options.ownHash && { ownHash: true as const }),
      ...ask,
      ...(diagnostics.stepEnded.isListenedTo && { steps: true as const }),
    };
    const left = new Set(files);
    const longest = Math.max(...items.map((item) => item.bytes));
    try {
      process.attemptPack(
        {
          task,
          time: timeBudget(longest, bounds),
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
      // No room for a pack: whoever reads them one by one may find some.
      for (const file of left) file.settle({ is: 'single', alone: false });
      return false;
    }
  }

  /** Of a pack whose process has ended: each is read by a process of its own. */
  #left(files: Set<Sent>, fault: ReadFault | undefined): void {
    if (files.size === 0) return;
    const { closed } = this.#parts.stock;
    if (fault !== undefined && !closed) diagnostics.readerDied.publish({ code: fault.code });
    for (const file of files)
      file.settle(closed ? { is: 'error', error: stopped() } : { is: 'single', alone: true });
  }

  async #take(file: Sent, answer: PackAnswer, process: ReadingProcess): Promise<void> {
    try {
      assertUnchangedNow(file.path, file.read.state);
      const outcome = 'error' in answer ? undefined : await this.#outcome(file, answer, process);
      if (outcome === undefined) await process.fault();
      else if (file.whenEnded !== undefined) process.whenEnded(file.whenEnded);
      file.settle(outcome ?? { is: 'single', alone: true });
    } catch (error) {
      file.settle({ is: 'error', error });
    }
  }

  /** Undefined where the answer is nonsense. */
  async #outcome(
    { read: { bytes, sha256 }, name, whole }: Sent,
    answer: Exclude<PackAnswer, { error: unknown }>,
    process: ReadingProcess,
  ): Promise<PackOutcome | undefined> {
    const { options, stock } = this.#parts;
    if ('record' in answer) {
      const { record } = answer;
      if (whole || !options.isRecord(record)) return undefined;
      if (brokeOff(record as { reads: Report['reads'] }, FIRST_PLAN)) void process.fault();
      return { is: 'record', record, bytes, sha256 };
    }
    const [{ observationOf }, { named }, { withFindings }] = await weighing();
    const request = { ...options.ask, path: '', name };
    const observed = observationOf(answer.report, { request, bytes, sha256 });
    if (observed === undefined) return undefined;
    const report = withFindings(named(observed, { name }), options.law);
    if (brokeOff(report, FIRST_PLAN)) void process.fault();
    return { is: 'report', report: readAs(report, stock.isolation(process.level)) };
  }
}

const weighing = onceAsked(() =>
  Promise.all([
    import('./observation-check.js'),
    import('../core/analysis/named.js'),
    import('../core/law/with-findings.js'),
  ]),
);
