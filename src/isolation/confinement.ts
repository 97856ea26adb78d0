import { existsSync } from 'node:fs';
import type { IsolationLevel, SandboxChoice } from '../core/isolation-level.js';
import { limitAll, limitMemory, PRLIMIT } from './limits-of-process.js';
import { narrowArguments, narrowing, narrowLost, narrowWords } from './narrow.js';
import { CHANNEL_FD } from './protocol.js';
import { BWRAP, bwrapArguments, FILTER_FD, type Shown, shownProgram } from './sandbox.js';
import { seccompFilter } from './seccomp.js';
import { SETPRIV } from './setpriv.js';
import { SLATE_FD } from './step-slate.js';
import { isRoot } from './user-number.js';

/** Both run the rest of their arguments in their own place, so the process keeps its id and its channel. */
const dieWithParent = [SETPRIV, '--pdeathsig', 'KILL', '--'];

/** How well the reading processes are held, for whoever runs this. */
export interface Held {
  level: IsolationLevel;
  words: string;
  /** What a stricter machine would add. */
  lost?: string;
  remedy?: string;
}

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

interface Rung extends Omit<Held, 'lost'> {
  needs: string[];
  lost?: string;
  /** The kernel keeps the memory limit; otherwise the parent has to watch. */
  limitsMemory: boolean;
  wrapper(wish: Wish): string[];
  giving?(): Giving;
  /** How the filter for system calls comes to it. */
  filter?: 'stream' | 'file';
  /** In the place of `words` and `lost`: it depends on the machine. */
  tell?(): { words: string; lost: string };
  /** Left out where an operator wants no sandbox. */
  narrow?: true;
}

const NO_SANDBOX =
  'A file that takes over its reader could read other files of this machine and reach the network.';
const TOOLS = 'Install the packages bubblewrap and util-linux; in a container, allow user namespaces.';
const OWN_PROCESS = 'a process of its own';

/** From the strictest down. */
const LADDER: readonly Rung[] = [
  {
    level: 'sandbox',
    needs: [BWRAP, PRLIMIT, SETPRIV],
    words: 'sandboxed (bubblewrap): no network, no file but its own, memory and processes limited',
    limitsMemory: true,
    wrapper: (wish) => [
      BWRAP,
      ...bwrapArguments({
        user: wish.user,
        shown: [...shownProgram(wish.entry), ...(wish.trust ? [wish.trust] : []), ...wish.shown],
        temporaryBytes: wish.temporaryBytes,
        filtered: filterOf(wish) !== undefined,
        streams: [CHANNEL_FD, FILTER_FD, SLATE_FD],
      }),
      ...limitAll(wish.memoryBytes, wish.temporaryBytes),
    ],
    giving: () => ({ shows: true, inPlace: false, ownUser: isRoot() }),
    filter: 'stream',
  },
  {
    level: 'process',
    needs: [SETPRIV, PRLIMIT],
    words: OWN_PROCESS,
    tell: () => ({ words: narrowWords(narrowing()), lost: narrowLost(narrowing()) }),
    limitsMemory: true,
    narrow: true,
    wrapper: (wish) => {
      const shown = [...(wish.trust ? [wish.trust] : []), ...wish.shown].map(([here]) => here);
      const bounds = [wish.memoryBytes, wish.temporaryBytes] as const;
      const limits = wish.user === undefined ? limitMemory(bounds[0]) : limitAll(...bounds);
      return [...narrowArguments({ ...wish, user: wish.user, shown }, narrowing()), ...limits];
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
    words: `${OWN_PROCESS}, its memory limited by the kernel`,
    lost: NO_SANDBOX,
    limitsMemory: true,
    wrapper: ({ memoryBytes }) => [...dieWithParent, ...limitMemory(memoryBytes)],
  },
  {
    level: 'process',
    needs: [PRLIMIT],
    words: `${OWN_PROCESS}, its memory limited by the kernel`,
    lost: `${NO_SANDBOX} If Assay is killed, a process that is reading may go on for a while.`,
    limitsMemory: true,
    wrapper: ({ memoryBytes }) => limitMemory(memoryBytes),
  },
  {
    level: 'process',
    needs: [SETPRIV],
    words: `${OWN_PROCESS}, its memory looked at`,
    lost: `${NO_SANDBOX} Between two looks it can take more memory than it may.`,
    limitsMemory: false,
    wrapper: () => dieWithParent,
  },
  {
    level: 'process',
    needs: [],
    words: `${OWN_PROCESS}, its memory looked at`,
    lost: `${NO_SANDBOX} Between two looks it can take more memory than it may.`,
    limitsMemory: false,
    wrapper: () => [],
  },
];

/** V8's heap is part of the process's memory; the rest is for buffers, native code and stacks. */
const HEAP_SHARE = 0.5;

export interface Command {
  file: string;
  args: string[];
  limitsMemory: boolean;
  level: IsolationLevel;
  /** Comes to it under `FILTER_FD`: told on a stream, or as a file that it opens. */
  filter?: { bytes: Buffer; as: 'stream' | 'file' } | undefined;
  /** It sees nothing but what it is shown. */
  shows: boolean;
  /** Where it may write temporary files, if not in `/tmp`. */
  temporary?: string | undefined;
}

/** How a reading process is held on this machine. Containers may forbid a wrapper that is installed. */
export class Confinement {
  #proven = false;
  #rung: number;
  readonly #ladder: readonly Rung[];
  readonly #choice: SandboxChoice;
  /** Why a stricter way was given up, in its own words. */
  #refusal: string | undefined;

  /** `unaided`: as on a machine that has no wrapper. */
  constructor({ unaided = false, sandbox = 'auto' }: { unaided?: boolean; sandbox?: SandboxChoice } = {}) {
    this.#choice = sandbox;
    this.#ladder = LADDER.filter(
      ({ level, narrow }) =>
        sandbox === 'auto' || ((level === 'sandbox') === (sandbox === 'require') && narrow === undefined),
    );
    const first = this.#ladder.findIndex(({ needs }) =>
      unaided ? needs.length === 0 : needs.every((path) => existsSync(path)),
    );
    // One that is required and not there is tried all the same: its failure says so.
    this.#rung = Math.max(first, 0);
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

  command(wish: Wish): Command {
    const rung = this.#ladder[this.#rung];
    const heapMegabytes = Math.floor((wish.memoryBytes * HEAP_SHARE) / 1024 ** 2);
    const node = [process.execPath, `--max-old-space-size=${heapMegabytes}`, '--no-warnings', wish.entry];
    const [file = process.execPath, ...args] = [...(rung?.wrapper(wish) ?? []), ...node];
    const filter = this.#filterFor(wish, rung);
    const { temporary } = wish;
    const shows = rung?.giving?.().shows ?? false;
    const limitsMemory = rung?.limitsMemory ?? false;
    return { file, args, limitsMemory, level: this.level, filter, shows, temporary };
  }

  #filterFor(wish: Wish, rung: Rung | undefined): Command['filter'] {
    const bytes = rung?.filter === 'file' && !narrowing().filter ? undefined : filterOf(wish);
    return bytes && rung?.filter && { bytes, as: rung.filter };
  }

  /** Known once a process has started. */
  get held(): Held | undefined {
    const rung = this.#ladder[this.#rung];
    if (!this.#proven || rung === undefined) return undefined;
    const { level } = rung;
    const { words, lost: withoutMore } = { ...rung, ...rung.tell?.() };
    const unfiltered = level === 'sandbox' && seccompFilter(process.arch, { programs: false }) === undefined;
    const lost = unfiltered ? 'No filter for system calls is known for this processor.' : withoutMore;
    if (lost === undefined) return { level, words };
    const why =
      this.#choice === 'off'
        ? 'ASSAY_SANDBOX=off: '
        : this.#refusal && `It was tried and failed (${this.#refusal}): `;
    return { level, words, lost: `${why ?? ''}${lost}`, remedy: TOOLS };
  }

  /** A process has started this way: later failures have another cause. */
  prove(): void {
    this.#proven = true;
  }

  /**
   * One rung down from the one that failed, where it has never worked; false when there is none left to try. Several
   * that started at once fail alike: one step down is enough for all.
   */
  fallBack(failed: number, refusal?: string): boolean {
    if (failed < this.#rung) return true;
    if (this.#proven || this.#rung >= this.#ladder.length - 1) return false;
    if (this.level === 'sandbox') this.#refusal = refusal;
    this.#rung += 1;
    return true;
  }
}

function filterOf({ programs }: Wish): Buffer | undefined {
  return seccompFilter(process.arch, { programs });
}
