import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../core/report.js';
import { Confinement } from './confinement.js';
import { inspectErrorFor } from './file-check.js';
import { inspectFile } from './inspect-file.js';
import type { Inspector, InspectRequest } from './inspector.js';
import { type IsolationLimits, isolationLimits } from './isolation-limits.js';
import { ProcessStock, stopped } from './process-stock.js';

export interface InspectorOptions {
  /** Files read at the same time; left out: one a core. */
  jobs?: number;
  /** What a reading process runs; tests give stand-ins that hang, crash or lie on command. */
  childEntry?: string;
  /** Folder of trust lists; left out: signers are not matched against any. */
  trustDir?: string;
  bounds?: Partial<IsolationLimits>;
  /** Left out: the strictest this machine has. */
  confinement?: Confinement;
}

/** Reads each file in a child process with a deadline and a memory limit, so that what a file does to its reader stays there. */
export function createInspector(options: InspectorOptions = {}): Inspector {
  const bounds = { ...isolationLimits, ...options.bounds };
  const stock = new ProcessStock(
    options.childEntry ?? builtChild(),
    bounds,
    options.confinement ?? new Confinement(),
    options.trustDir === undefined ? undefined : resolve(options.trustDir),
  );
  const turns = new Turns(options.jobs ?? availableParallelism());

  return {
    async inspect(request: InspectRequest): Promise<Report> {
      // `resolve('')` would be the current folder.
      if (request.path === '') throw inspectErrorFor('ENOENT');
      const here = { ...request, path: resolve(request.path) };
      await turns.take();
      try {
        return await inspectFile(here, stock, bounds);
      } finally {
        turns.giveBack();
      }
    },
    /** Files still being read, or waiting for it, are given up. */
    async close(): Promise<void> {
      turns.close();
      await stock.close();
    },
  };
}

/** So many at once; the rest wait in the order they came. */
class Turns {
  #free: number;
  #closed = false;
  readonly #waiting: { go: () => void; giveUp: (reason: Error) => void }[] = [];

  constructor(count: number) {
    this.#free = Math.max(1, count);
  }

  async take(): Promise<void> {
    if (this.#closed) throw stopped();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((go, giveUp) => this.#waiting.push({ go, giveUp }));
  }

  giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next.go();
  }

  close(): void {
    this.#closed = true;
    for (const { giveUp } of this.#waiting.splice(0)) giveUp(stopped());
  }
}

/** The child must be JavaScript: beside this file once built, in dist/ while this file runs as TypeScript (tests). */
export function builtChild(): string {
  const place = import.meta.url.endsWith('.ts') ? '../../dist/isolation/child.js' : './child.js';
  return fileURLToPath(new URL(place, import.meta.url));
}
