import { setTimeout as delay } from 'node:timers/promises';
import type { Isolation, IsolationLevel } from '../core/isolation-level.js';
import type { Confinement } from './confinement.js';
import { diagnostics } from './diagnostics.js';
import { InspectError } from './inspector.js';
import type { IsolationLimits } from './isolation-limits.js';
import { NotStarted } from './not-started.js';
import { ReadingProcess } from './reading-process.js';
import { JOB_FOLDER, type Shown } from './sandbox.js';
import { Slots } from './slots.js';
import { TrustView } from './trust-view.js';
import type { Turn } from './turns.js';
import { boundView, type Files, OPEN_VIEW, slotView, type View } from './view.js';

export type Size = 'small' | 'large';

/** A broken installation fails twice alike; a machine short of processes may have one to spare a moment later. */
const START_ATTEMPTS = 2;
/** One that is slow may take so many times as long as it should; another is begun beside it meanwhile. */
const PATIENCE = 3;

/** Whose files a process has: of one that it reads, and of the next where somebody has asked for it. */
interface Line {
  first: Turn;
  next?: Turn | undefined;
}

/** Keeps reading processes for reuse, by the memory they may have. */
export class ProcessStock {
  readonly #entry: string;
  readonly #bounds: IsolationLimits;
  readonly #confinement: Confinement;
  readonly #idle: Record<Size, ReadingProcess[]> = { small: [], large: [] };
  readonly #all = new Set<ReadingProcess>();
  /** Small processes at work, behind whose file another may wait. */
  readonly #lines = new Map<ReadingProcess, Line>();
  readonly #slots = new Slots();
  /** Made for one job's files: not to be used again. */
  readonly #single = new WeakSet<ReadingProcess>();
  readonly #trust: TrustView | undefined;
  /** The trust folder that a sandboxed process saw when it was made. */
  readonly #trustSeen = new WeakMap<ReadingProcess, string>();
  #closed = false;

  constructor(
    entry: string,
    bounds: IsolationLimits,
    confinement: Confinement,
    readonly trustDir?: string,
  ) {
    this.#entry = entry;
    this.#confinement = confinement;
    this.#bounds = bounds;
    this.#trust = trustDir === undefined ? undefined : new TrustView(trustDir);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Whether the next process sees nothing but what it is shown, as far as is known. */
  get level(): IsolationLevel {
    return this.#confinement.level;
  }

  /** The same for the Report on what a process of that level read. */
  isolation(level: IsolationLevel): Isolation {
    return this.#confinement.isolation(level);
  }

  /**
   * A process that is ready, or undefined when none was by then. Rejects with an InspectError. `files`: one of its own
   * for these, which in a sandbox it sees where they are; without, they have to be shown to it.
   */
  async take(size: Size, withinMillis: number, files?: Files): Promise<ReadingProcess | undefined> {
    const idle = this.#closed || withinMillis <= 0 || files ? undefined : this.#takeIdle(size);
    if (idle !== undefined) return idle;
    const taking = this.#take(size, files);
    const late = new AbortController();
    // To start one is the machine's time and not the file's; in a sandbox that is slow and then without.
    const startMillis = 2 * PATIENCE * this.#bounds.childStartMillis;
    const tooLate = delay(withinMillis + startMillis, undefined, { signal: late.signal }).catch(
      () => undefined,
    );
    const process = await Promise.race([taking, tooLate]).finally(() => late.abort());
    if (process === undefined) {
      taking.then(
        (ready) => this.giveBack(ready, size),
        () => {},
      );
    }
    return process;
  }

  async #take(size: Size, files: Files | undefined): Promise<ReadingProcess> {
    this.#confinement.reconsider();
    for (let failures = 0; ; ) {
      if (this.#closed) throw stopped();
      const idle = files ? undefined : this.#takeIdle(size);
      if (idle !== undefined) return idle;
      const { rung } = this.#confinement;
      try {
        return await this.#startPatiently(size, files);
      } catch (error) {
        if (this.#closed) throw stopped();
        const slow = error instanceof NotStarted && error.slow;
        failures += 1;
        if (!slow && failures < START_ATTEMPTS) continue;
        // A disk without room for what it would see says nothing against the sandbox.
        const refused = error instanceof NotStarted && { refusal: error.message, slow };
        if (!refused || !this.#confinement.fallBack(rung, refused)) {
          throw new InspectError('internal', 'no reading process could be started', { cause: error });
        }
        failures = 0;
      }
    }
  }

  /** Slow is not refused: another is started beside it, and whichever is ready first is taken. */
  async #startPatiently(size: Size, files: Files | undefined): Promise<ReadingProcess> {
    const first = this.#start(size, files);
    const ended = first.then(
      () => 'ended',
      () => 'ended',
    );
    const slow = new AbortController();
    const time = delay(this.#bounds.childStartMillis, 'slow', { signal: slow.signal }).catch(() => 'ended');
    const how = await Promise.race([ended, time]);
    slow.abort();
    if (how === 'ended' || this.#closed) return first;
    const both = [first, this.#start(size, files)];
    const ready = await Promise.any(both).catch(() => first);
    for (const one of both) {
      one.then(
        (other) => other !== ready && this.giveBack(other, size),
        () => undefined,
      );
    }
    return ready;
  }

  #takeIdle(size: Size): ReadingProcess | undefined {
    for (;;) {
      const idle = this.#idle[size].pop();
      if (idle === undefined) return idle;
      if (!idle.alive) continue;
      // Not where the sandbox has come back since it was started.
      const isHeldAsNow = idle.level === (this.#confinement.held?.level ?? idle.level);
      if (isHeldAsNow && this.#trustSeen.get(idle) === this.#trustNow(idle.level)) return idle;
      this.#retire(idle);
    }
  }

  /** From now on another file may wait behind the one that `process` is given. */
  lead(process: ReadingProcess, turn: Turn): void {
    if (!this.#single.has(process)) this.#lines.set(process, { first: turn });
  }

  /** A process that is at work, and reads the file of `turn` next; undefined where none can. Until `leave` or `giveBack`. */
  follow(turn: Turn): ReadingProcess | undefined {
    for (const [process, line] of this.#lines) {
      if (line.next !== undefined || !process.alive || this.#isWorn(process)) continue;
      if (this.#trustSeen.get(process) !== this.#trustNow(process.level)) continue;
      line.next = turn;
      return process;
    }
    return undefined;
  }

  /** Who followed has no file for it. */
  leave(process: ReadingProcess, turn: Turn): void {
    const line = this.#lines.get(process);
    if (line?.next === turn) line.next = undefined;
    else if (line?.first === turn) this.giveBack(process, 'small');
  }

  /** Keeps it for the next file, unless it is worn. The turn of whoever was read is passed on to who follows. */
  giveBack(process: ReadingProcess, size: Size): void {
    const line = this.#lines.get(process);
    this.#lines.delete(process);
    if (line?.next !== undefined && process.alive && !this.#closed) {
      line.first.passTo(line.next);
      this.#lines.set(process, { first: line.next });
      return;
    }
    if (this.#closed || !process.alive || this.#single.has(process) || this.#isWorn(process)) {
      this.#retire(process);
      return;
    }
    this.#idle[size].push(process);
    process.onceIdle(this.#bounds.idleMillis, () => {
      this.#idle[size] = this.#idle[size].filter((other) => other !== process);
      this.#retire(process);
    });
  }

  #isWorn(process: ReadingProcess): boolean {
    const { filesPerProcess, filesPerLook, keptResidentBytes, busyMillis } = this.#bounds;
    if (process.filesTaken >= filesPerProcess || process.busyMillis >= busyMillis) return true;
    return process.filesTaken % filesPerLook === 0 && process.residentBytes > keptResidentBytes;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((process) => process.kill()));
    this.#all.clear();
    this.#slots.remove();
    this.#trust?.remove();
  }

  async #start(size: Size, files: Files | undefined): Promise<ReadingProcess> {
    const small = size === 'small';
    const { smallProcessMemoryBytes, largeProcessMemoryBytes } = this.#bounds;
    const memoryBytes = small ? smallProcessMemoryBytes : largeProcessMemoryBytes;
    const { view, shown } = this.#viewFor(files);
    const command = this.#confinement.command({
      entry: this.#entry,
      memoryBytes,
      temporaryBytes: small ? this.#bounds.smallTemporaryBytes : this.#bounds.largeTemporaryBytes,
      // Only pixels need another program.
      programs: !small,
      trust: this.#trustShown(),
      shown,
    });
    const trust = this.#trustNow(command.level);
    const childStartMillis = PATIENCE * this.#bounds.childStartMillis;
    const process = new ReadingProcess(command, memoryBytes, view, { ...this.#bounds, childStartMillis });
    if (files && command.level === 'sandbox') this.#single.add(process);
    this.#trustSeen.set(process, trust);
    this.#all.add(process);
    try {
      await process.ready;
    } catch (error) {
      this.#all.delete(process);
      throw error;
    }
    this.#confinement.prove(command.rung);
    diagnostics.processStarted.publish();
    return process;
  }

  #viewFor(files: Files | undefined): { view: View; shown: Shown } {
    if (this.#confinement.level !== 'sandbox') return { view: OPEN_VIEW, shown: [] };
    if (files !== undefined) return boundView(files);
    const slot = this.#slots.make();
    return { view: slotView(slot), shown: [[slot.folder, JOB_FOLDER]] };
  }

  /** A folder that is made or replaced later is not seen by a sandbox that was there before. */
  #trustNow(level: IsolationLevel): string {
    return level === 'sandbox' ? (this.#trust?.now() ?? '') : '';
  }

  #trustShown(): readonly [here: string, there: string] | undefined {
    const here = this.#confinement.level === 'sandbox' ? this.#trust?.place() : undefined;
    return here === undefined || this.trustDir === undefined ? undefined : [here, this.trustDir];
  }

  #retire(process: ReadingProcess): void {
    void process.kill().then(() => this.#all.delete(process));
  }
}

export function stopped(): InspectError {
  return new InspectError('internal', 'the inspection was stopped');
}
