import { existsSync } from 'node:fs';
import type {
  Isolation,
  IsolationLevel,
  IsolationReason,
  SandboxChoice,
} from '../core/ground/isolation-level.js';
import { type Said, said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';
import { diagnostics } from './diagnostics.js';
import type { Held } from './held.js';
import { type LoadedFilter, loadedFilter } from './launcher.js';
import { limitAll, limitMemory, limitOwn, PRLIMIT } from './limits-of-process.js';
import { narrowArguments, narrowHolds, narrowing, narrowLost } from './narrow.js';
import { CHANNEL_FD, PACK_FD } from './protocol.js';
import { readerFlags } from './reader-flags.js';
import { BWRAP, bwrapArguments, FILTER_FD, type Shown, shownProgram } from './sandbox.js';
import { SETPRIV } from './setpriv.js';
import { SLATE_FD } from './step-slate.js';
import { isRoot } from './user-number.js';

/** Both run the rest of their arguments in their own place, so the process keeps its id and its channel. */
const dieWithParent = [SETPRIV, '--pdeathsig', 'KILL', '--'];

/** What a reading process is to be given. */
export interface Wish {
  entry: string;
  memoryBytes: number;
  /** May grow to this in a sandbox: `/tmp`, and any file in it. */
  temporaryBytes: number;
  /** Whether it may start programs: ffmpeg, for the pixels of some pictures. */
  programs: boolean;
  /** The folder of trust lists; left out in one that reads no lists. */
  trust?: Shown[number] | undefined;
  /** What one sees besides that sees nothing else: on this machine → in there. */
  shown: Shown;
  /** The number of its own, where it is to have one. */
  user?: number | undefined;
  /** A folder for temporary files, where it has none of its own in memory. */
  temporary?: string | undefined;
  /** It is given small files many at a time. */
  packs?: boolean | undefined;
}

/** How the next process comes to its files. */
export interface Giving {
  /** It sees nothing but what it is shown from its start. */
  shows: boolean;
  /** What it sees stands where it does for all, not in places of its own. */
  inPlace: boolean;
  /** It becomes a user that nobody is. */
  ownUser: boolean;
}

interface Rung extends Omit<Held, 'because' | 'lost'> {
  needs: string[];
  lost?: Said;
  /** The kernel keeps the memory limit; otherwise the parent has to watch. */
  limitsMemory: boolean;
  /** `loads`: it loads the filter, since no launcher does. */
  wrapper(wish: Wish, loads: boolean): string[];
  giving?(): Giving;
  /** How the filter for system calls comes to it. */
  filter?: 'stream' | 'file';
  /** In the place of `said` and `lost`: it depends on the machine. */
  tell?(): { said: Said; lost: Said };
  /** Left out where an operator wants no sandbox. */
  narrow?: true;
}

/** From the strictest down. */
const LADDER: readonly Rung[] = [
  {
    level: 'sandbox',
    needs: [BWRAP, PRLIMIT, SETPRIV],
    said: said('held.sandbox'),
    limitsMemory: true,
    wrapper: (wish, loads) => [
      BWRAP,
      ...bwrapArguments({
        user: wish.user,
        shown: [...shownProgram(wish.entry), ...(wish.trust ? [wish.trust] : []), ...wish.shown],
        temporaryBytes: wish.temporaryBytes,
        filtered: loads,
        streams: [CHANNEL_FD, FILTER_FD, SLATE_FD, PACK_FD],
      }),
      ...limitAll(wish.memoryBytes, wish.temporaryBytes),
    ],
    giving: () => ({ shows: true, inPlace: false, ownUser: isRoot() }),
    filter: 'stream',
  },
  {
    level: 'process',
    needs: [SETPRIV, PRLIMIT],
    said: said('held.memoryLimited'),
    tell: () => ({ said: narrowHolds(narrowing()), lost: narrowLost(narrowing()) }),
    limitsMemory: true,
    narrow: true,
    wrapper: (wish, loads) => {
      const shown = [...(wish.trust ? [wish.trust] : []), ...wish.shown].map(([here]) => here);
      const bounds = [wish.memoryBytes, wish.temporaryBytes] as const;
      const limits = wish.user === undefined ? limitOwn(...bounds) : limitAll(...bounds);
      const can = { ...narrowing(), filter: loads };
      return [...narrowArguments({ ...wish, user: wish.user, shown }, can), ...limits];
    },
    giving: () => {
      const { user, files } = narrowing();
      return { shows: user || files, inPlace: true, ownUser: user };
    },
    filter: 'file',
  },
  {
    level: 'process',
    needs: [SETPRIV, PRLIMIT],
    said: said('held.memoryLimited'),
    lost: said('held.noSandbox'),
    limitsMemory: true,
    wrapper: ({ memoryBytes }) => [...dieWithParent, ...limitMemory(memoryBytes)],
  },
  {
    level: 'process',
    needs: [PRLIMIT],
    said: said('held.memoryLimited'),
    lost: said('held.outlives'),
    limitsMemory: true,
    wrapper: ({ memoryBytes }) => limitMemory(memoryBytes),
  },
  {
    level: 'process',
    needs: [SETPRIV],
    said: said('held.memoryWatched'),
    lost: said('held.between'),
    limitsMemory: false,
    wrapper: () => dieWithParent,
  },
  {
    level: 'process',
    needs: [],
    said: said('held.memoryWatched'),
    lost: said('held.between'),
    limitsMemory: false,
    wrapper: () => [],
  },
];

/** V8's heap is part of the process's memory; the rest is for buffers, native code and stacks. */
const HEAP_SHARE = 0.5;

/** What was given up is tried again after so long: a machine may only have been busy, a setting may have been mended. */
const RETRY_MILLIS = 15 * 60_000;

export interface Command {
  file: string;
  args: string[];
  limitsMemory: boolean;
  level: IsolationLevel;
  /** For `prove`. */
  rung: number;
  /** Comes to it under `FILTER_FD`: told on a stream, or as a file that it opens. */
  filter?: { bytes: Buffer; as: 'stream' | 'file' } | undefined;
  /** It sees nothing but what it is shown. */
  shows: boolean;
  /** Where it may write temporary files, if not in `/tmp`. */
  temporary?: string | undefined;
  /** It is given small files many at a time. */
  packs?: boolean | undefined;
}

interface Choices {
  /** As on a machine that has no wrapper. */
  unaided?: boolean;
  sandbox?: SandboxChoice;
  retryMillis?: number;
}

/** How a reading process is held on this machine. Containers may forbid a wrapper that is installed. */
export class Confinement {
  #proven = false;
  #rung: number;
  readonly #ladder: readonly Rung[];
  readonly #choice: SandboxChoice;
  readonly #retryMillis: number;
  /** Of what is required. */
  readonly #missing: string | undefined;
  #because: IsolationReason | undefined;
  /** Why a stricter way was given up, in its own words. */
  #refusal: Said | undefined;
  #retryAt: number | undefined;
  #held: Held | undefined;

  constructor({ unaided = false, sandbox = 'auto', retryMillis = RETRY_MILLIS }: Choices = {}) {
    this.#choice = sandbox;
    this.#retryMillis = retryMillis;
    this.#ladder = LADDER.filter(
      ({ level, narrow }) =>
        sandbox === 'auto' || ((level === 'sandbox') === (sandbox === 'require') && narrow === undefined),
    );
    const first = this.#ladder.findIndex(({ needs }) =>
      unaided ? needs.length === 0 : needs.every((path) => existsSync(path)),
    );
    // One that is required and not there is asked for all the same: its failure says so.
    this.#rung = Math.max(first, 0);
    this.#missing = first === -1 ? this.#ladder[0]?.needs.find((path) => !existsSync(path)) : undefined;
    if (this.level !== 'sandbox') this.#because = sandbox === 'off' ? 'switched-off' : 'not-installed';
  }

  /** What the next process gets, for as long as it is not given up. */
  get level(): IsolationLevel {
    return this.#ladder[this.#rung]?.level ?? 'process';
  }

  /** Which way the next process is held; a higher number is a laxer way. */
  get rung(): number {
    return this.#rung;
  }

  /** How the next process comes to its files: asked before they are put there for it. */
  giving(): Giving {
    return this.#ladder[this.#rung]?.giving?.() ?? { shows: false, inPlace: true, ownUser: false };
  }

  /** Of files read from now on, as far as is known; or of those that a process of that level read. */
  isolation(level = this.#held?.level ?? this.level): Isolation {
    const because = level === 'sandbox' ? undefined : this.#because;
    return { isolation: level, ...(because && { isolationBecause: because }) };
  }

  command(wish: Wish): Command {
    if (this.#missing !== undefined)
      throw new SaidError(said('error.notInstalled', { program: this.#missing }));
    const rung = this.#ladder[this.#rung];
    const heapMegabytes = Math.floor((wish.memoryBytes * HEAP_SHARE) / 1024 ** 2);
    const node = [process.execPath, ...readerFlags(heapMegabytes), wish.entry];
    const loaded = this.#filterFor(wish, rung);
    const wrapper = rung?.wrapper(wish, loaded !== undefined && loaded.launcher === undefined) ?? [];
    const [file = process.execPath, ...args] = [...wrapper, ...(loaded?.launcher ?? []), ...node];
    const filter = loaded && rung?.filter && { bytes: loaded.bytes, as: rung.filter };
    const { temporary, packs } = wish;
    const shows = rung?.giving?.().shows ?? false;
    const limitsMemory = rung?.limitsMemory ?? false;
    return { file, args, limitsMemory, level: this.level, rung: this.#rung, filter, shows, temporary, packs };
  }

  #filterFor({ programs }: Wish, rung: Rung | undefined): LoadedFilter | undefined {
    if (rung?.filter === undefined || (rung.filter === 'file' && !narrowing().filter)) return undefined;
    const ownProcesses = rung.level === 'sandbox';
    return loadedFilter({ kind: programs ? 'programs' : 'reader', ownProcesses });
  }

  /** Known once a process has started; until the next has, it is what was known last. */
  get held(): Held | undefined {
    return this.#held;
  }

  /** Why the strictest way that was tried did not work, in its own words. */
  get refusal(): Said | undefined {
    return this.#refusal;
  }

  /** A program that was required and is not there. */
  get missing(): string | undefined {
    return this.#missing;
  }

  #describe(rung: Rung): Held {
    const { level } = rung;
    const { said: words, lost: withoutMore } = { ...rung, ...rung.tell?.() };
    const unfiltered = level === 'sandbox' && loadedFilter({ kind: 'reader' }) === undefined;
    const lost = unfiltered ? said('held.noFilter') : withoutMore;
    const { isolationBecause: because } = this.isolation(level);
    if (lost === undefined) return { level, said: words };
    return {
      level,
      said: words,
      ...(because && { because }),
      lost: level === 'sandbox' ? lost : this.#withCause(lost),
      remedy: said('held.tools'),
    };
  }

  #withCause(lost: Said): Said {
    if (this.#choice === 'off') return said('held.off', { lost });
    if (this.#because === 'too-slow') return said('held.tooSlow', { lost });
    return this.#refusal === undefined ? lost : said('held.refused', { why: this.#refusal, lost });
  }

  /** A process has started this way: later failures have another cause. Told where it is another way than before. */
  prove(rung = this.#rung): void {
    const way = this.#ladder[this.#rung];
    if (rung !== this.#rung || this.#proven || way === undefined) return;
    this.#proven = true;
    if (way.level === 'sandbox') this.#retryAt = undefined;
    const before = this.#held;
    this.#held = this.#describe(way);
    if (JSON.stringify(before) !== JSON.stringify(this.#held)) diagnostics.held.publish(this.#held);
  }

  /**
   * One rung down from the one that failed, where it has never worked; false when there is none left to try. Several
   * that started at once fail alike: one step down is enough for all. `slow`: nothing was refused. Then only the sandbox
   * can be at fault, which sets up much; of what is left no wrapper makes a start slow.
   */
  fallBack(failed: number, { refusal, slow = false }: { refusal?: Said; slow?: boolean } = {}): boolean {
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
      this.#because = slow ? 'too-slow' : 'refused';
      this.#retryAt = performance.now() + this.#retryMillis;
      diagnostics.sandboxGivenUp.publish({ because: this.#because });
    }
    this.#rung = below;
    return true;
  }

  /** Back to the sandbox that was given up, once in a while. Where it fails again, it is given up as before. */
  reconsider(): void {
    if (this.#retryAt === undefined || performance.now() < this.#retryAt) return;
    this.#retryAt = undefined;
    this.#refusal = undefined;
    this.#rung = 0;
    this.#proven = false;
  }
}
