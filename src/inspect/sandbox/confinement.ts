import { existsSync } from 'node:fs';
import type {
  Isolation,
  IsolationLevel,
  IsolationReason,
  SandboxChoice,
} from '../../base/isolation-level.js';
import { type Message, message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
import { diagnostics } from '../protocol/diagnostics.js';
import type { IsolationStatus } from '../protocol/isolation-status.js';
import { PROGRESS_FD } from '../protocol/progress-file.js';
import { CHANNEL_FD, PACK_FD } from '../protocol/protocol.js';
import { readerFlags } from '../protocol/reader-flags.js';
import { type LoadedFilter, loadFilter } from './launcher.js';
import {
  detectPrivileges,
  privilegesCommand,
  privilegesHeldMessage,
  privilegesMissingMessage,
} from './privileges.js';
import {
  memoryLimitCommand,
  PRLIMIT,
  processLimitCommand,
  sharedUserLimitCommand,
} from './process-limits.js';
import { BWRAP, bwrapArguments, FILTER_FD, type Mounts, programMounts } from './sandbox.js';
import { SETPRIV } from './setpriv.js';
import { isRoot } from './user-ids.js';

/** Both programs replace themselves with the command in their arguments, so the process keeps its id and its channel. */
const dieWithParent = [SETPRIV, '--pdeathsig', 'KILL', '--'];

/** Requirements of a reading process. */
export interface ProcessRequirements {
  entry: string;
  memoryBytes: number;
  /** Bytes available in a sandbox for `/tmp` and for each file in it. */
  temporaryBytes: number;
  /** Whether the process may start programs: ffmpeg, for the pixels of some pictures. */
  startsPrograms: boolean;
  /** Folder of trust lists; absent if the process reads no lists. */
  trust?: Mounts[number] | undefined;
  /** Further files visible in a sandbox: path on this machine → path in the sandbox. */
  visible: Mounts;
  /** User number for this process alone, if it should have one. */
  user?: number | undefined;
  /** Folder for temporary files, if the process has none in memory. */
  temporary?: string | undefined;
  /** The process is given many small files at a time. */
  packs?: boolean | undefined;
}

/** How the next process accesses its files. */
export interface FileAccess {
  /** The process sees only the files chosen at its start. */
  isRestricted: boolean;
  /** Visible files have their usual paths, not paths of their own in a sandbox. */
  isInPlace: boolean;
  /** The process runs as a user that nothing else uses. */
  hasOwnUser: boolean;
}

interface IsolationStep extends Omit<IsolationStatus, 'reason' | 'missing'> {
  needs: string[];
  lost?: Message;
  /** The kernel enforces the memory limit; otherwise the parent has to watch it. */
  limitsMemory: boolean;
  /** `loads`: the wrapper loads the filter, because no launcher does. */
  wrapper(wish: ProcessRequirements, loads: boolean): string[];
  fileAccess?(): FileAccess;
  /** How the process receives the filter for system calls. */
  filter?: 'stream' | 'file';
  /** Replaces `message` and `lost` if they depend on the machine. */
  describe?(): { message: Message; lost: Message };
  /** Skipped if the operator wants no sandbox. */
  isPrivileges?: true;
}

/** Isolation levels, strictest first. */
const ISOLATION_STEPS: readonly IsolationStep[] = [
  {
    level: 'sandbox',
    needs: [BWRAP, PRLIMIT, SETPRIV],
    message: message('isolation.sandbox'),
    limitsMemory: true,
    wrapper: (wish, loads) => [
      BWRAP,
      ...bwrapArguments({
        user: wish.user,
        readOnly: [...programMounts(wish.entry), ...(wish.trust ? [wish.trust] : []), ...wish.visible],
        temporaryBytes: wish.temporaryBytes,
        isFiltered: loads,
        streams: [CHANNEL_FD, FILTER_FD, PROGRESS_FD, PACK_FD],
      }),
      ...processLimitCommand(wish.memoryBytes, wish.temporaryBytes),
    ],
    fileAccess: () => ({ isRestricted: true, isInPlace: false, hasOwnUser: isRoot() }),
    filter: 'stream',
  },
  {
    level: 'process',
    needs: [SETPRIV, PRLIMIT],
    message: message('isolation.memoryLimited'),
    describe: () => ({
      message: privilegesHeldMessage(detectPrivileges()),
      lost: privilegesMissingMessage(detectPrivileges()),
    }),
    limitsMemory: true,
    isPrivileges: true,
    wrapper: (wish, loads) => {
      const shown = [...(wish.trust ? [wish.trust] : []), ...wish.visible].map(([here]) => here);
      const bounds = [wish.memoryBytes, wish.temporaryBytes] as const;
      const limits =
        wish.user === undefined ? sharedUserLimitCommand(...bounds) : processLimitCommand(...bounds);
      const can = { ...detectPrivileges(), filter: loads };
      return [...privilegesCommand({ ...wish, user: wish.user, visible: shown }, can), ...limits];
    },
    fileAccess: () => {
      const { user, files } = detectPrivileges();
      return { isRestricted: user || files, isInPlace: true, hasOwnUser: user };
    },
    filter: 'file',
  },
  {
    level: 'process',
    needs: [SETPRIV, PRLIMIT],
    message: message('isolation.memoryLimited'),
    lost: message('isolation.noSandbox'),
    limitsMemory: true,
    wrapper: ({ memoryBytes }) => [...dieWithParent, ...memoryLimitCommand(memoryBytes)],
  },
  {
    level: 'process',
    needs: [PRLIMIT],
    message: message('isolation.memoryLimited'),
    lost: message('isolation.outlives'),
    limitsMemory: true,
    wrapper: ({ memoryBytes }) => memoryLimitCommand(memoryBytes),
  },
  {
    level: 'process',
    needs: [SETPRIV],
    message: message('isolation.memoryWatched'),
    lost: message('isolation.between'),
    limitsMemory: false,
    wrapper: () => dieWithParent,
  },
  {
    level: 'process',
    needs: [],
    message: message('isolation.memoryWatched'),
    lost: message('isolation.between'),
    limitsMemory: false,
    wrapper: () => [],
  },
];

/** V8's heap is part of the process's memory; the rest is for buffers, native code and stacks. */
const HEAP_SHARE = 0.5;

/**
 * Time after which a level that failed is tried again: the machine may only have been busy, or a setting may have been
 * corrected.
 */
const RETRY_MILLIS = 15 * 60_000;

export interface ProcessCommand {
  file: string;
  args: string[];
  limitsMemory: boolean;
  level: IsolationLevel;
  /** Passed to `prove`. */
  stepIndex: number;
  /** Filter that the process receives on `FILTER_FD`: through a stream, or as a file that it opens. */
  filter?: { bytes: Buffer; as: 'stream' | 'file' } | undefined;
  /** The process sees only the files chosen at its start. */
  isRestricted: boolean;
  /** Folder for temporary files, if not `/tmp`. */
  temporary?: string | undefined;
  /** The process is given many small files at a time. */
  packs?: boolean | undefined;
}

interface ConfinementOptions {
  /** Behaves as on a machine without any wrapper. */
  unaided?: boolean;
  sandbox?: SandboxChoice;
  retryMillis?: number;
}

/**
 * Chooses how reading processes are confined on this machine. An installed wrapper may not work, for example because a
 * container forbids it.
 */
export class Confinement {
  #proven = false;
  #rung: number;
  readonly #ladder: readonly IsolationStep[];
  readonly #choice: SandboxChoice;
  readonly #retryMillis: number;
  /** Required program that is not installed. */
  readonly #missing: string | undefined;
  #reason: IsolationReason | undefined;
  /** Error of the stricter level that was given up. */
  #refusal: Message | undefined;
  #retryAt: number | undefined;
  #held: IsolationStatus | undefined;

  constructor({ unaided = false, sandbox = 'auto', retryMillis = RETRY_MILLIS }: ConfinementOptions = {}) {
    this.#choice = sandbox;
    this.#retryMillis = retryMillis;
    this.#ladder = ISOLATION_STEPS.filter(
      ({ level, isPrivileges: narrow }) =>
        sandbox === 'auto' || ((level === 'sandbox') === (sandbox === 'require') && narrow === undefined),
    );
    const first = this.#ladder.findIndex(({ needs }) =>
      unaided ? needs.length === 0 : needs.every((path) => existsSync(path)),
    );
    // A required level is tried even if it is not installed: its failure explains why.
    this.#rung = Math.max(first, 0);
    this.#missing = first === -1 ? this.#ladder[0]?.needs.find((path) => !existsSync(path)) : undefined;
    if (this.level !== 'sandbox') this.#reason = sandbox === 'off' ? 'switched-off' : 'not-installed';
  }

  /** Level of the next process, unless it has to be given up. */
  get level(): IsolationLevel {
    return this.#ladder[this.#rung]?.level ?? 'process';
  }

  /** Index of the level of the next process; a higher number is less strict. */
  get stepIndex(): number {
    return this.#rung;
  }

  /** Returns how the next process accesses its files; needed before they are prepared for it. */
  fileAccess(): FileAccess {
    return (
      this.#ladder[this.#rung]?.fileAccess?.() ?? { isRestricted: false, isInPlace: true, hasOwnUser: false }
    );
  }

  /**
   * Returns the isolation of files read from now on, as far as it is known, or of files read by a process of that
   * level.
   */
  isolation(level = this.#held?.level ?? this.level): Isolation {
    const reason = level === 'sandbox' ? undefined : this.#reason;
    return { isolation: level, ...(reason && { isolationReason: reason }) };
  }

  command(wish: ProcessRequirements): ProcessCommand {
    if (this.#missing !== undefined)
      throw new MessageError(message('error.notInstalled', { program: this.#missing }));
    const rung = this.#ladder[this.#rung];
    const heapMegabytes = Math.floor((wish.memoryBytes * HEAP_SHARE) / 1024 ** 2);
    const node = [process.execPath, ...readerFlags(heapMegabytes), wish.entry];
    const loaded = this.#filterFor(wish, rung);
    const wrapper = rung?.wrapper(wish, loaded !== undefined && loaded.launcher === undefined) ?? [];
    const [file = process.execPath, ...args] = [...wrapper, ...(loaded?.launcher ?? []), ...node];
    const filter = loaded && rung?.filter && { bytes: loaded.bytes, as: rung.filter };
    const { temporary, packs } = wish;
    const shows = rung?.fileAccess?.().isRestricted ?? false;
    const limitsMemory = rung?.limitsMemory ?? false;
    return {
      file,
      args,
      limitsMemory,
      level: this.level,
      stepIndex: this.#rung,
      filter,
      isRestricted: shows,
      temporary,
      packs,
    };
  }

  #filterFor(
    { startsPrograms: programs }: ProcessRequirements,
    rung: IsolationStep | undefined,
  ): LoadedFilter | undefined {
    if (rung?.filter === undefined || (rung.filter === 'file' && !detectPrivileges().filter))
      return undefined;
    const ownProcesses = rung.level === 'sandbox';
    return loadFilter({ kind: programs ? 'programs' : 'reader', canEndOwnProcesses: ownProcesses });
  }

  /** Known once a process has started; until the next one starts, it describes the previous one. */
  get status(): IsolationStatus | undefined {
    return this.#held;
  }

  /** Error of the strictest level that was tried and failed. */
  get refusal(): Message | undefined {
    return this.#refusal;
  }

  /** Required program that is not installed. */
  get missing(): string | undefined {
    return this.#missing;
  }

  #describe(rung: IsolationStep): IsolationStatus {
    const { level } = rung;
    const { message: words, lost: withoutMore } = { ...rung, ...rung.describe?.() };
    const unfiltered = level === 'sandbox' && loadFilter({ kind: 'reader' }) === undefined;
    const lost = unfiltered ? message('isolation.noFilter') : withoutMore;
    const { isolationReason: reason } = this.isolation(level);
    if (lost === undefined) return { level, message: words };
    return {
      level,
      message: words,
      ...(reason && { reason: reason }),
      missing: level === 'sandbox' ? lost : this.#withCause(lost),
      remedy: message('isolation.tools'),
    };
  }

  #withCause(lost: Message): Message {
    if (this.#choice === 'off') return message('isolation.off', { lost });
    if (this.#reason === 'too-slow') return message('isolation.tooSlow', { lost });
    return this.#refusal === undefined ? lost : message('isolation.refused', { why: this.#refusal, lost });
  }

  /**
   * Records that a process has started at this level, so later failures have another cause. Publishes the status if it
   * changed.
   */
  confirm(rung = this.#rung): void {
    const way = this.#ladder[this.#rung];
    if (rung !== this.#rung || this.#proven || way === undefined) return;
    this.#proven = true;
    if (way.level === 'sandbox') this.#retryAt = undefined;
    const before = this.#held;
    this.#held = this.#describe(way);
    if (JSON.stringify(before) !== JSON.stringify(this.#held))
      diagnostics.isolationStatus.publish(this.#held);
  }

  /**
   * Moves one level below the one that failed, unless it has worked before; returns false if none is left. Processes
   * started at once fail alike, so one step down is enough for all. `slow`: nothing was refused. Then only the sandbox
   * can be the cause, since it sets up much; no other wrapper slows a start.
   */
  fallBack(failed: number, { refusal, slow = false }: { refusal?: Message; slow?: boolean } = {}): boolean {
    if (failed !== this.#rung) return true;
    if (this.#proven) return false;
    this.#refusal ??= refusal;
    if (this.#rung >= this.#ladder.length - 1) return false;
    const { level } = this;
    if (slow && level !== 'sandbox') return false;
    const next = this.#rung + 1;
    const below = slow ? this.#ladder.findIndex((rung, at) => at >= next && rung.level !== level) : next;
    if (below === -1) return false;
    if (level === 'sandbox') {
      this.#reason = slow ? 'too-slow' : 'refused';
      this.#retryAt = performance.now() + this.#retryMillis;
      diagnostics.sandboxGivenUp.publish({ reason: this.#reason });
    }
    this.#rung = below;
    return true;
  }

  /** Returns to the sandbox from time to time after it was given up. If it fails again, it is given up as before. */
  retryStricter(): void {
    if (this.#retryAt === undefined || performance.now() < this.#retryAt) return;
    this.#retryAt = undefined;
    this.#refusal = undefined;
    this.#rung = 0;
    this.#proven = false;
  }
}
