import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Isolation, IsolationLevel } from '../../base/isolation-level.js';
import { message } from '../../i18n/message.js';
import { ReadingProcess } from '../process/reading-process.js';
import { diagnostics } from '../protocol/diagnostics.js';
import { InspectError, stoppedError } from '../protocol/inspect-error.js';
import type { IsolationLimits } from '../protocol/isolation-limits.js';
import { NotStartedError } from '../protocol/not-started.js';
import type { ProcessSettings } from '../protocol/protocol.js';
import { SINGLE_TENANT, type TenantKey } from '../protocol/tenant.js';
import type { Confinement, FileAccess } from '../sandbox/confinement.js';
import { FileSlots } from '../sandbox/file-slots.js';
import {
  createBoundView,
  createInPlaceView,
  createSlotView,
  type FileView,
  type JobPaths,
  OPEN_VIEW,
} from '../sandbox/file-view.js';
import { JOB_FOLDER, type Mounts } from '../sandbox/sandbox.js';
import { TrustView } from '../sandbox/trust-snapshot.js';
import { takeUserNumber } from '../sandbox/user-ids.js';
import type { QueueTicket } from './queue.js';

export type ProcessSize = 'small' | 'large';

/** A broken installation fails twice in the same manner; a machine short of processes may have one a moment later. */
const START_ATTEMPTS = 2;
/** A slow process may take this many times its normal start time; meanwhile another one is started. */
const SLOW_START_FACTOR = 3;

/** Tickets of the file that a process reads and of the next one, if it is reserved. */
interface FileQueue {
  first: QueueTicket;
  next?: QueueTicket | undefined;
}

export interface ProcessWish {
  /**
   * Requests a process for these files only, which sees them in place in a sandbox; without, files have to be shown to
   * the process.
   */
  files?: JobPaths | undefined;
  /** Tenant of the file. If absent, all files belong to a single tenant. */
  tenant?: TenantKey | undefined;
  /** Requests a process that has read nothing and reads only this file. */
  isExclusive?: boolean | undefined;
  /** The caller checks later whether the process sees the current lists (`seesListsOfNow`). */
  checksListsLater?: boolean | undefined;
}

/** Process to start before it is needed. */
export interface EarlyStartOptions {
  size: ProcessSize;
  /** Files that it sees in place, if it is started for them only. */
  files: JobPaths | undefined;
  /** Returns whether the files are still the same as at the start, since they are seen in place. */
  isUnchanged: () => boolean;
}

interface EarlyProcess extends EarlyStartOptions {
  process: Promise<ReadingProcess>;
}

interface ViewRequest {
  files: JobPaths | undefined;
  fileAccess: FileAccess;
  /** User number for this process alone, if it has one. */
  user: number | undefined;
  size: ProcessSize;
}

/** Keeps reading processes for reuse, by memory size and tenant. */
export class ProcessPool {
  readonly #entry: string;
  readonly #bounds: IsolationLimits;
  readonly #confinement: Confinement;
  readonly #idle: Record<ProcessSize, ReadingProcess[]> = { small: [], large: [] };
  readonly #all = new Set<ReadingProcess>();
  /** Busy small processes, for each of which another file may be queued. */
  readonly #lines = new Map<ReadingProcess, FileQueue>();
  readonly #slots = new FileSlots();
  /** Processes for the files of one job, not to be reused. */
  readonly #single = new WeakSet<ReadingProcess>();
  readonly #trust: TrustView | undefined;
  /** Version of the trust folder seen by each process that sees only files chosen at its start. */
  readonly #trustSeen = new WeakMap<ReadingProcess, string>();
  /** Number of spare processes being started. */
  #spares = 0;
  /** Number of times that a caller had to wait for a start. */
  #waits = 0;
  /** Processes started before they are needed. */
  readonly #early: EarlyProcess[] = [];
  /** Path of the trust folder for each process that sees it at another path. */
  readonly #trustPlace = new WeakMap<ReadingProcess, string>();
  /** Number of memory checks per process. */
  readonly #looks = new WeakMap<ReadingProcess, number>();
  /** Processes that retained too much memory. */
  readonly #grown = new WeakSet<ReadingProcess>();
  #closed = false;

  constructor(
    entry: string,
    bounds: IsolationLimits,
    confinement: Confinement,
    readonly trustDir?: string,
    /** Small processes are given packs. */
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

  /** Starts processes in advance; the first callers that need them get them. */
  startEarly(
    processes = 1,
    { size = 'small', files, isUnchanged: isStill = () => true }: Partial<EarlyStartOptions> = {},
  ): void {
    while (this.#early.length < processes) {
      const process = this.#start(size, files);
      // The caller that takes the process handles the error.
      process.catch(() => undefined);
      this.#early.push({ size, files, isUnchanged: isStill, process });
    }
  }

  #takeEarly(size: ProcessSize, files: JobPaths | undefined): Promise<ReadingProcess> | undefined {
    const at = this.#early.findIndex((one) => one.size === size && isDeepStrictEqual(one.files, files));
    const [early] = at < 0 ? [] : this.#early.splice(at, 1);
    return early?.isUnchanged() ? early.process : undefined;
  }

  /** Isolation level of the next process, as far as it is known. */
  get level(): IsolationLevel {
    return this.#confinement.level;
  }

  /** Returns the isolation to report for files read by a process of that level. */
  isolation(level: IsolationLevel): Isolation {
    return this.#confinement.isolation(level);
  }

  /** Access of the next process to its files. */
  get fileAccess(): FileAccess {
    return this.#confinement.fileAccess();
  }

  /** Returns the settings that a process receives once: its path of the lists. */
  settingsFor(process: ReadingProcess): ProcessSettings {
    const trustDir = this.#trustPlace.get(process) ?? this.trustDir;
    return trustDir === undefined ? {} : { trustDir };
  }

  /**
   * Returns a process that is ready and reads for nobody else; `undefined` if none was ready in time. Rejects with
   * `InspectError`.
   */
  async take(
    size: ProcessSize,
    withinMillis: number,
    wanted: ProcessWish = {},
  ): Promise<ReadingProcess | undefined> {
    const { files, tenant: party = SINGLE_TENANT, isExclusive: alone = false } = wanted;
    const process = await this.#taken(size, withinMillis, {
      ...wanted,
      tenant: alone ? undefined : party,
    });
    if (process !== undefined) process.tenant = party;
    if (process !== undefined && alone) this.#single.add(process);
    if (files === undefined && size === 'small') this.#keepSpares();
    return process;
  }

  async #taken(
    size: ProcessSize,
    withinMillis: number,
    { files, tenant: party, checksListsLater: listsLater }: ProcessWish,
  ): Promise<ReadingProcess | undefined> {
    const mayBeIdle = !this.#closed && withinMillis > 0 && files === undefined;
    const idle = mayBeIdle ? this.#takeIdle(size, party, listsLater) : undefined;
    if (idle !== undefined) return idle;
    const taking = this.#take(size, files, party);
    const late = new AbortController();
    // Starting a process does not count as the file's time; a slow start in a sandbox is followed by one without.
    const startMillis = 2 * SLOW_START_FACTOR * this.#bounds.childStartMillis;
    const tooLate = delay(withinMillis + startMillis, undefined, { signal: late.signal }).catch(
      () => undefined,
    );
    const process = await Promise.race([taking, tooLate]).finally(() => late.abort());
    if (process === undefined) {
      taking.then(
        (ready) => this.release(ready, size),
        () => {},
      );
    }
    return process;
  }

  async #take(
    size: ProcessSize,
    files: JobPaths | undefined,
    party: TenantKey | undefined,
  ): Promise<ReadingProcess> {
    this.#confinement.retryStricter();
    if (files === undefined && size === 'small') this.#waits += 1;
    for (let failures = 0; ; ) {
      if (this.#closed) throw stoppedError();
      const idle = files ? undefined : this.#takeIdle(size, party);
      if (idle !== undefined) return idle;
      const { stepIndex: rung } = this.#confinement;
      try {
        return await this.#startPatiently(size, files);
      } catch (error) {
        if (this.#closed) throw stoppedError();
        const slow = error instanceof NotStartedError && error.slow;
        failures += 1;
        if (!slow && failures < START_ATTEMPTS) continue;
        // A disk without room for the process's files is no evidence against the sandbox.
        const refused = error instanceof NotStartedError && { refusal: error.userMessage, slow };
        if (!refused || !this.#confinement.fallBack(rung, refused)) {
          throw new InspectError('internal', message('error.noProcess'), { cause: error });
        }
        failures = 0;
      }
    }
  }

  /** Starts a second process if the first is slow, which is no failure; takes whichever is ready first. */
  async #startPatiently(size: ProcessSize, files: JobPaths | undefined): Promise<ReadingProcess> {
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
        (other) => other !== ready && this.release(other, size),
        () => undefined,
      );
    }
    return ready;
  }

  /** Returns the last used process of this tenant, otherwise one that has read nothing. */
  #takeIdle(size: ProcessSize, party: TenantKey | undefined, listsLater = false): ReadingProcess | undefined {
    const all = this.#idle[size];
    for (;;) {
      const own = all.findLastIndex((one) => one.tenant === party);
      const at = own === -1 ? all.findLastIndex((one) => one.tenant === undefined) : own;
      const [idle] = at === -1 ? [] : all.splice(at, 1);
      if (idle === undefined) return idle;
      if (!idle.alive) continue;
      // Rejects a process started before the sandbox was restored.
      const isHeldAsNow = idle.level === (this.#confinement.status?.level ?? idle.level);
      if (isHeldAsNow && (listsLater || this.seesCurrentLists(idle))) return idle;
      this.#retire(idle);
    }
  }

  /** Allows another file to be queued for `process`. */
  allowNext(process: ReadingProcess, ticket: QueueTicket): void {
    if (!this.#single.has(process)) this.#lines.set(process, { first: ticket });
  }

  /** Reserves a busy process for the file of `ticket`; `undefined` if none is suitable. Ends with `leave` or `giveBack`. */
  reserveNext(ticket: QueueTicket, party: TenantKey = SINGLE_TENANT): ReadingProcess | undefined {
    for (const [process, line] of this.#lines) {
      if (process.tenant !== party) continue;
      if (line.next !== undefined || !process.alive || this.#isWorn(process)) continue;
      if (!this.seesCurrentLists(process)) continue;
      line.next = ticket;
      return process;
    }
    return undefined;
  }

  /** Cancels a reservation without a file. */
  cancelReservation(process: ReadingProcess, ticket: QueueTicket): void {
    const line = this.#lines.get(process);
    if (line?.next === ticket) line.next = undefined;
    else if (line?.first === ticket) this.release(process, 'small');
  }

  /** Keeps the process for the next file unless it is worn. The finished file passes its ticket on to the reserved one. */
  release(process: ReadingProcess, size: ProcessSize): void {
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

  #keep(process: ReadingProcess, size: ProcessSize): void {
    this.#idle[size].push(process);
    process.onIdle(this.#bounds.idleMillis, () => this.#letGo(process, size));
    const [oldest] = this.#idle[size];
    if (oldest !== undefined && this.#idle[size].length > this.#bounds.idleProcesses)
      this.#letGo(oldest, size);
  }

  #letGo(process: ReadingProcess, size: ProcessSize): void {
    const all = this.#idle[size];
    const at = all.indexOf(process);
    if (at !== -1) all.splice(at, 1);
    this.#retire(process);
  }

  /**
   * Keeps some processes ready that have read nothing, so that a new tenant does not wait for a start. Begins only
   * after callers had to wait more than once, since most services have one tenant, served by one process.
   */
  #keepSpares(): void {
    if (this.#waits < 2) return;
    const there = this.#idle.small.filter(({ tenant: party }) => party === undefined).length + this.#spares;
    if (this.#closed || there >= this.#bounds.spareProcesses) return;
    this.#spares += 1;
    this.#start('small', undefined).then(
      (process) => {
        this.#spares -= 1;
        if (this.#closed) return this.#retire(process);
        this.#keep(process, 'small');
        this.#keepSpares();
      },
      // The caller that needs a process starts it and gets the error.
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

  /** Returns whether a process may be given another pack: `take` would still choose it. */
  canContinue(process: ReadingProcess): boolean {
    if (this.#closed || !process.alive || this.#isWorn(process)) return false;
    const isHeldAsNow = process.level === (this.#confinement.status?.level ?? process.level);
    return isHeldAsNow && this.seesCurrentLists(process);
  }

  /** Returns false if the process sees only files from its start and the trust folder was created or replaced since. */
  seesCurrentLists(process: ReadingProcess): boolean {
    return this.#trustSeen.get(process) === this.#trustNow(process.isRestricted);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((process) => process.kill()));
    this.#all.clear();
    this.#slots.remove();
    this.#trust?.remove();
  }

  async #start(size: ProcessSize, files: JobPaths | undefined): Promise<ReadingProcess> {
    const small = size === 'small';
    const { smallProcessMemoryBytes, largeProcessMemoryBytes } = this.#bounds;
    const memoryBytes = small ? smallProcessMemoryBytes : largeProcessMemoryBytes;
    const giving = this.#confinement.fileAccess();
    const user = giving.hasOwnUser ? takeUserNumber() : undefined;
    const { view, shown, temporary } = this.#viewFor({ files, fileAccess: giving, user, size });
    const trustShown = this.#trustShown(giving);
    const command = this.#confinement.command({
      entry: this.#entry,
      memoryBytes,
      temporaryBytes: small ? this.#bounds.smallTemporaryBytes : this.#bounds.largeTemporaryBytes,
      // Only decoding pixels needs another program.
      startsPrograms: !small,
      trust: trustShown,
      visible: shown,
      user,
      temporary,
      packs: small && files === undefined && this.packs,
    });
    const trust = this.#trustNow(giving.isRestricted);
    const childStartMillis = SLOW_START_FACTOR * this.#bounds.childStartMillis;
    const process = new ReadingProcess(command, memoryBytes, view, { ...this.#bounds, childStartMillis });
    if (files && giving.isRestricted) this.#single.add(process);
    this.#trustSeen.set(process, trust);
    if (giving.isInPlace && trustShown !== undefined) this.#trustPlace.set(process, trustShown[0]);
    this.#all.add(process);
    try {
      await process.ready;
    } catch (error) {
      this.#all.delete(process);
      throw error;
    }
    this.#confinement.confirm(command.stepIndex);
    diagnostics.processStarted.publish(process.code === undefined ? {} : { code: process.code });
    return process;
  }

  #viewFor({ files, fileAccess: { isRestricted: shows, isInPlace: inPlace }, user, size }: ViewRequest): {
    view: FileView;
    shown: Mounts;
    temporary?: string;
  } {
    if (!shows) return { view: OPEN_VIEW, shown: [] };
    if (files !== undefined && !inPlace) return createBoundView(files);
    if (!inPlace) {
      const slot = this.#slots.make();
      return { view: createSlotView(slot), shown: [[slot.folder, JOB_FOLDER]] };
    }
    const slot = this.#slots.make({ group: user, onDisk: size === 'large' });
    // libvips writes large pictures to a file while it rotates them.
    const temporary = size === 'large' ? { temporary: slot.temporary(user) } : {};
    if (files !== undefined) return { ...createInPlaceView(files, () => slot.remove()), ...temporary };
    return { view: createSlotView(slot, slot.folder), shown: [[slot.folder, slot.folder]], ...temporary };
  }

  #trustNow(shows: boolean): string {
    return shows ? (this.#trust?.version(this.fileAccess.isInPlace) ?? '') : '';
  }

  #trustShown({
    isRestricted: shows,
    isInPlace: inPlace,
  }: FileAccess): readonly [here: string, there: string] | undefined {
    const here = shows ? this.#trust?.visibleFolder(inPlace) : undefined;
    if (here === undefined || this.trustDir === undefined) return undefined;
    return [here, inPlace ? here : this.trustDir];
  }

  #retire(process: ReadingProcess): void {
    void process.kill().then(() => this.#all.delete(process));
  }
}
