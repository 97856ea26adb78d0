import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Isolation, IsolationLevel } from '../core/ground/isolation-level.js';
import { said } from '../say/said.js';
import type { Confinement, Giving } from './confinement.js';
import { diagnostics } from './diagnostics.js';
import { InspectError, stopped } from './inspect-error.js';
import type { IsolationLimits } from './isolation-limits.js';
import { NotStarted } from './not-started.js';
import { ONE_PARTY, type Party } from './party.js';
import type { ProcessSettings } from './protocol.js';
import type { QueueTicket } from './queue.js';
import { ReadingProcess } from './reading-process.js';
import { JOB_FOLDER, type Shown } from './sandbox.js';
import { Slots } from './slots.js';
import { TrustView } from './trust-view.js';
import { ownUserNumber } from './user-number.js';
import { boundInPlace, boundView, type Files, OPEN_VIEW, slotView, type View } from './view.js';

export type Size = 'small' | 'large';

/** A broken installation fails twice alike; a machine short of processes may have one to spare a moment later. */
const START_ATTEMPTS = 2;
/** One that is slow may take so many times as long as it should; another is begun beside it meanwhile. */
const PATIENCE = 3;

/** Whose files a process has: of one that it reads, and of the next where somebody has asked for it. */
interface Line {
  first: QueueTicket;
  next?: QueueTicket | undefined;
}

export interface Wanted {
  /** One of its own for these, which in a sandbox it sees where they are; without, they have to be shown to it. */
  files?: Files | undefined;
  /** Whose file it is for. Left out: of the one for whom all are read. */
  party?: Party | undefined;
  /** One that has read nothing, and reads this alone. */
  alone?: boolean | undefined;
  /** Whoever takes it looks whether it sees the lists of now (`seesListsOfNow`), when it has something to do. */
  listsLater?: boolean | undefined;
}

/** What is started before anybody asks. */
export interface EarlyWish {
  size: Size;
  /** That it sees where they are, if it sees these alone. */
  files: Files | undefined;
  /** Whether those are the files that they were then: where they are seen is where they lay. */
  isStill: () => boolean;
}

interface Early extends EarlyWish {
  process: Promise<ReadingProcess>;
}

interface ViewWish {
  files: Files | undefined;
  giving: Giving;
  /** Its own, where it has one. */
  user: number | undefined;
  size: Size;
}

/** Keeps reading processes for reuse, by the memory they may have and by whose files they read. */
export class ProcessStock {
  readonly #entry: string;
  readonly #bounds: IsolationLimits;
  readonly #confinement: Confinement;
  readonly #idle: Record<Size, ReadingProcess[]> = { small: [], large: [] };
  readonly #all = new Set<ReadingProcess>();
  /** Small processes at work, behind whose file another may wait. */
  readonly #lines = new Map<ReadingProcess, Line>();
  readonly #slots = new Slots();
  /** For one job's files: not to be used again. */
  readonly #single = new WeakSet<ReadingProcess>();
  readonly #trust: TrustView | undefined;
  /** The trust folder, of a process that sees no more than it was shown when it was made. */
  readonly #trustSeen = new WeakMap<ReadingProcess, string>();
  /** Being started before anybody asks. */
  #spares = 0;
  /** How often somebody had to wait for one to start. */
  #waits = 0;
  /** The same, for whoever asks first. */
  readonly #early: Early[] = [];
  /** And where it stands for a process that sees it elsewhere than we do. */
  readonly #trustPlace = new WeakMap<ReadingProcess, string>();
  /** How often each was looked at. */
  readonly #looks = new WeakMap<ReadingProcess, number>();
  /** Those that kept too much. */
  readonly #grown = new WeakSet<ReadingProcess>();
  #closed = false;

  constructor(
    entry: string,
    bounds: IsolationLimits,
    confinement: Confinement,
    readonly trustDir?: string,
    /** Small ones are given packs. */
    readonly packs = false,
  ) {
    this.#entry = entry;
    this.#confinement = confinement;
    this.#bounds = bounds;
    this.#trust = trustDir === undefined ? undefined : new TrustView(trustDir);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Begins to start such processes, and gives them to whoever first needs one. */
  begin(processes = 1, { size = 'small', files, isStill = () => true }: Partial<EarlyWish> = {}): void {
    while (this.#early.length < processes) {
      const process = this.#start(size, files);
      // Whoever takes it is told.
      process.catch(() => undefined);
      this.#early.push({ size, files, isStill, process });
    }
  }

  #takeEarly(size: Size, files: Files | undefined): Promise<ReadingProcess> | undefined {
    const at = this.#early.findIndex((one) => one.size === size && isDeepStrictEqual(one.files, files));
    const [early] = at < 0 ? [] : this.#early.splice(at, 1);
    return early?.isStill() ? early.process : undefined;
  }

  /** Whether the next process sees nothing but what it is shown, as far as is known. */
  get level(): IsolationLevel {
    return this.#confinement.level;
  }

  /** The same for the Report on what a process of that level read. */
  isolation(level: IsolationLevel): Isolation {
    return this.#confinement.isolation(level);
  }

  /** How the next process comes to its files. */
  get giving(): Giving {
    return this.#confinement.giving();
  }

  /** What a process is told once: where it sees the lists. */
  settingsFor(process: ReadingProcess): ProcessSettings {
    const trustDir = this.#trustPlace.get(process) ?? this.trustDir;
    return trustDir === undefined ? {} : { trustDir };
  }

  /**
   * A process that is ready and reads for nobody else, or undefined when none was by then. Rejects with an
   * InspectError.
   */
  async take(size: Size, withinMillis: number, wanted: Wanted = {}): Promise<ReadingProcess | undefined> {
    const { files, party = ONE_PARTY, alone = false } = wanted;
    const process = await this.#taken(size, withinMillis, {
      ...wanted,
      party: alone ? undefined : party,
    });
    if (process !== undefined) process.party = party;
    if (process !== undefined && alone) this.#single.add(process);
    if (files === undefined && size === 'small') this.#keepSpares();
    return process;
  }

  async #taken(
    size: Size,
    withinMillis: number,
    { files, party, listsLater }: Wanted,
  ): Promise<ReadingProcess | undefined> {
    const mayBeIdle = !this.#closed && withinMillis > 0 && files === undefined;
    const idle = mayBeIdle ? this.#takeIdle(size, party, listsLater) : undefined;
    if (idle !== undefined) return idle;
    const taking = this.#take(size, files, party);
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

  async #take(size: Size, files: Files | undefined, party: Party | undefined): Promise<ReadingProcess> {
    this.#confinement.reconsider();
    if (files === undefined && size === 'small') this.#waits += 1;
    for (let failures = 0; ; ) {
      if (this.#closed) throw stopped();
      const idle = files ? undefined : this.#takeIdle(size, party);
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
        const refused = error instanceof NotStarted && { refusal: error.said, slow };
        if (!refused || !this.#confinement.fallBack(rung, refused)) {
          throw new InspectError('internal', said('error.noProcess'), { cause: error });
        }
        failures = 0;
      }
    }
  }

  /** Slow is not refused: another is started beside it, and whichever is ready first is taken. */
  async #startPatiently(size: Size, files: Files | undefined): Promise<ReadingProcess> {
    const first = this.#takeEarly(size, files) ?? this.#start(size, files);
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

  /** One that has read for this party, else one that has read nothing yet; the last used first. */
  #takeIdle(size: Size, party: Party | undefined, listsLater = false): ReadingProcess | undefined {
    const all = this.#idle[size];
    for (;;) {
      const own = all.findLastIndex((one) => one.party === party);
      const at = own === -1 ? all.findLastIndex((one) => one.party === undefined) : own;
      const [idle] = at === -1 ? [] : all.splice(at, 1);
      if (idle === undefined) return idle;
      if (!idle.alive) continue;
      // Not where the sandbox has come back since it was started.
      const isHeldAsNow = idle.level === (this.#confinement.held?.level ?? idle.level);
      if (isHeldAsNow && (listsLater || this.seesListsOfNow(idle))) return idle;
      this.#retire(idle);
    }
  }

  /** From now on another file may wait behind the one that `process` is given. */
  offerToNext(process: ReadingProcess, ticket: QueueTicket): void {
    if (!this.#single.has(process)) this.#lines.set(process, { first: ticket });
  }

  /** A process that is at work, and reads the file of `ticket` next; undefined where none can. Until `leave` or `giveBack`. */
  waitBehind(ticket: QueueTicket, party: Party = ONE_PARTY): ReadingProcess | undefined {
    for (const [process, line] of this.#lines) {
      if (process.party !== party) continue;
      if (line.next !== undefined || !process.alive || this.#isWorn(process)) continue;
      if (!this.seesListsOfNow(process)) continue;
      line.next = ticket;
      return process;
    }
    return undefined;
  }

  /** Who waited behind has no file for it. */
  leave(process: ReadingProcess, ticket: QueueTicket): void {
    const line = this.#lines.get(process);
    if (line?.next === ticket) line.next = undefined;
    else if (line?.first === ticket) this.giveBack(process, 'small');
  }

  /** Keeps it for the next file, unless it is worn. The ticket of whoever was read is passed on to who waits behind. */
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
    this.#keep(process, size);
  }

  #keep(process: ReadingProcess, size: Size): void {
    this.#idle[size].push(process);
    process.onceIdle(this.#bounds.idleMillis, () => this.#letGo(process, size));
    const [oldest] = this.#idle[size];
    if (oldest !== undefined && this.#idle[size].length > this.#bounds.idleProcesses)
      this.#letGo(oldest, size);
  }

  #letGo(process: ReadingProcess, size: Size): void {
    const all = this.#idle[size];
    const at = all.indexOf(process);
    if (at !== -1) all.splice(at, 1);
    this.#retire(process);
  }

  /**
   * While files come, so many stand ready that have read none: who is of a new party waits for no start. Not before
   * somebody had to wait beside whoever came first: most services have one party, whose files one process reads.
   */
  #keepSpares(): void {
    if (this.#waits < 2) return;
    const there = this.#idle.small.filter(({ party }) => party === undefined).length + this.#spares;
    if (this.#closed || there >= this.#bounds.spareProcesses) return;
    this.#spares += 1;
    this.#start('small', undefined).then(
      (process) => {
        this.#spares -= 1;
        if (this.#closed) return this.#retire(process);
        this.#keep(process, 'small');
        this.#keepSpares();
      },
      // Whoever needs one starts it, and is told.
      () => {
        this.#spares -= 1;
      },
    );
  }

  #isWorn(process: ReadingProcess): boolean {
    const { filesPerProcess, filesPerLook, keptResidentBytes, busyMillis } = this.#bounds;
    if (process.filesTaken >= filesPerProcess || process.busyMillis >= busyMillis) return true;
    const looks = Math.floor(process.filesTaken / filesPerLook);
    if (looks <= (this.#looks.get(process) ?? 0)) return this.#grown.has(process);
    this.#looks.set(process, looks);
    if (process.residentBytes > keptResidentBytes) this.#grown.add(process);
    return this.#grown.has(process);
  }

  /** One that was taken for many packs may be given another: as `take` would choose it anew. */
  mayGoOn(process: ReadingProcess): boolean {
    if (this.#closed || !process.alive || this.#isWorn(process)) return false;
    const isHeldAsNow = process.level === (this.#confinement.held?.level ?? process.level);
    return isHeldAsNow && this.seesListsOfNow(process);
  }

  /** A folder that is made or replaced later is not seen by a process that sees what it was shown. */
  seesListsOfNow(process: ReadingProcess): boolean {
    return this.#trustSeen.get(process) === this.#trustNow(process.shows);
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
    const giving = this.#confinement.giving();
    const user = giving.ownUser ? ownUserNumber() : undefined;
    const { view, shown, temporary } = this.#viewFor({ files, giving, user, size });
    const trustShown = this.#trustShown(giving);
    const command = this.#confinement.command({
      entry: this.#entry,
      memoryBytes,
      temporaryBytes: small ? this.#bounds.smallTemporaryBytes : this.#bounds.largeTemporaryBytes,
      // Only pixels need another program.
      programs: !small,
      trust: trustShown,
      shown,
      user,
      temporary,
      packs: small && files === undefined && this.packs,
    });
    const trust = this.#trustNow(giving.shows);
    const childStartMillis = PATIENCE * this.#bounds.childStartMillis;
    const process = new ReadingProcess(command, memoryBytes, view, { ...this.#bounds, childStartMillis });
    if (files && giving.shows) this.#single.add(process);
    this.#trustSeen.set(process, trust);
    if (giving.inPlace && trustShown !== undefined) this.#trustPlace.set(process, trustShown[0]);
    this.#all.add(process);
    try {
      await process.ready;
    } catch (error) {
      this.#all.delete(process);
      throw error;
    }
    this.#confinement.prove(command.rung);
    diagnostics.processStarted.publish(process.code === undefined ? {} : { code: process.code });
    return process;
  }

  #viewFor({ files, giving: { shows, inPlace }, user, size }: ViewWish): {
    view: View;
    shown: Shown;
    temporary?: string;
  } {
    if (!shows) return { view: OPEN_VIEW, shown: [] };
    if (files !== undefined && !inPlace) return boundView(files);
    if (!inPlace) {
      const slot = this.#slots.make();
      return { view: slotView(slot), shown: [[slot.folder, JOB_FOLDER]] };
    }
    const slot = this.#slots.make({ group: user, onDisk: size === 'large' });
    // libvips writes large pictures to a file while it queue them.
    const temporary = size === 'large' ? { temporary: slot.temporary(user) } : {};
    if (files !== undefined) return { ...boundInPlace(files, () => slot.remove()), ...temporary };
    return { view: slotView(slot, slot.folder), shown: [[slot.folder, slot.folder]], ...temporary };
  }

  #trustNow(shows: boolean): string {
    return shows ? (this.#trust?.now(this.giving.inPlace) ?? '') : '';
  }

  #trustShown({ shows, inPlace }: Giving): readonly [here: string, there: string] | undefined {
    const here = shows ? this.#trust?.place(inPlace) : undefined;
    if (here === undefined || this.trustDir === undefined) return undefined;
    return [here, inPlace ? here : this.trustDir];
  }

  #retire(process: ReadingProcess): void {
    void process.kill().then(() => this.#all.delete(process));
  }
}
