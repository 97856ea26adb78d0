import { existsSync } from 'node:fs';

const SETPRIV = '/usr/bin/setpriv';
const PRLIMIT = '/usr/bin/prlimit';

/** Both run the rest of their arguments in their own place, so the process keeps its id and its channel. */
const dieWithParent = [SETPRIV, '--pdeathsig', 'KILL', '--'];

/**
 * From V8 13 on (Node 24) the address range for compiled code, 512 MB that are reserved and hardly used, counts as
 * data: under a limit of that size Node does not even start. Measured on 24.21; 22.23 and 20.20 have no such need.
 */
const CODE_RANGE_BYTES = Number(process.versions.v8.split('.')[0]) >= 13 ? 512 * 1024 ** 2 : 0;

const limitMemory = (bytes: number) => [PRLIMIT, `--data=${bytes + CODE_RANGE_BYTES}`, '--core=0', '--'];

interface Rung {
  needs: string[];
  /** The kernel keeps the memory limit; otherwise the parent has to watch. */
  limitsMemory: boolean;
  wrapper(memoryBytes: number): string[];
}

/** From the strictest down. RLIMIT_DATA, not RLIMIT_AS: WebAssembly reserves far more address space than it uses. */
const LADDER: readonly Rung[] = [
  {
    needs: [SETPRIV, PRLIMIT],
    limitsMemory: true,
    wrapper: (bytes) => [...dieWithParent, ...limitMemory(bytes)],
  },
  { needs: [PRLIMIT], limitsMemory: true, wrapper: limitMemory },
  { needs: [SETPRIV], limitsMemory: false, wrapper: () => dieWithParent },
  { needs: [], limitsMemory: false, wrapper: () => [] },
];

/** V8's heap is part of the process's memory; the rest is for buffers, native code and stacks. */
const HEAP_SHARE = 0.5;

export interface Command {
  file: string;
  args: string[];
  limitsMemory: boolean;
}

/** How a reading process is held on this machine. Containers may forbid a wrapper that is installed. */
export class Confinement {
  #proven = false;
  #rung: number;

  /** `unaided`: as on a machine that has no wrapper. */
  constructor({ unaided = false } = {}) {
    this.#rung = LADDER.findIndex(({ needs }) =>
      unaided ? needs.length === 0 : needs.every((path) => existsSync(path)),
    );
  }

  command(entry: string, memoryBytes: number): Command {
    const rung = LADDER[this.#rung];
    const heapMegabytes = Math.floor((memoryBytes * HEAP_SHARE) / 1024 ** 2);
    const node = [process.execPath, `--max-old-space-size=${heapMegabytes}`, '--no-warnings', entry];
    const [file = process.execPath, ...args] = [...(rung?.wrapper(memoryBytes) ?? []), ...node];
    return { file, args, limitsMemory: rung?.limitsMemory ?? false };
  }

  /** A process has started this way: later failures have another cause. */
  prove(): void {
    this.#proven = true;
  }

  /** One rung down, where this one has never worked; false when there is none left to try. */
  fallBack(): boolean {
    if (this.#proven || this.#rung >= LADDER.length - 1) return false;
    this.#rung += 1;
    return true;
  }
}
