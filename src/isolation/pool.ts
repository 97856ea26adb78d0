import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { builtFile } from '../core/ground/built.js';
import type { Report } from '../core/report/report.js';
import { Confinement } from './confinement.js';
import { inspectErrorFor } from './file-check.js';
import { inspectFile } from './inspect-file.js';
import type { Inspector, InspectRequest, Takers } from './inspector.js';
import { type IsolationLimits, isolationLimits } from './isolation-limits.js';
import type { PackDeskOptions } from './pack-desk.js';
import { Packs } from './packs.js';
import { ProcessStock } from './process-stock.js';
import { Queue, QueueTicket } from './queue.js';

export interface InspectorOptions {
  /** Files read at the same time; left out: one a core. */
  jobs?: number;
  /** What a reading process runs; tests give stand-ins that hang, crash or lie on command. */
  childEntry?: string;
  /**
   * A small file is handed to a process that still reads another, so that none waits for its next one. For many files
   * where none is more urgent: behind a slow one the next has to wait, though other processes may be free.
   */
  ahead?: boolean;
  /** Small files may be asked for many at a time (`packs`). */
  packs?: boolean;
  /** Folder of trust lists; left out: signers are not matched against any. */
  trustDir?: string;
  bounds?: Partial<IsolationLimits>;
  /** Left out: the strictest this machine has. */
  confinement?: Confinement;
  /** A process is started at once, while whoever asks has other things to load. */
  begin?: boolean;
  /** Where one was begun already: with the same folder of lists and confinement. */
  stock?: ProcessStock;
}

/** Reads each file in a child process with a deadline and a memory limit, so that what a file does to its reader stays there. */
export function createInspector(options: InspectorOptions = {}): Inspector {
  const bounds = { ...isolationLimits, ...options.bounds };
  const confinement = options.confinement ?? new Confinement();
  const stock =
    options.stock ??
    new ProcessStock(
      options.childEntry ?? builtChild(),
      bounds,
      confinement,
      options.trustDir === undefined ? undefined : resolve(options.trustDir),
      options.packs,
    );
  if (options.begin) stock.begin();
  const jobs = options.jobs ?? availableParallelism();
  const queue = new Queue(jobs);
  const asked = new Queue(options.ahead ? jobs * 2 : jobs);

  return {
    get isolation() {
      return confinement.isolation();
    },
    async inspect(request: InspectRequest, takers: Takers = {}): Promise<Report> {
      // `resolve('')` would be the current folder.
      if (request.path === '') throw inspectErrorFor('ENOENT');
      const here = { ...request, path: resolve(request.path) };
      const ticket = new QueueTicket(queue);
      await asked.take({ party: request.party });
      try {
        const behind =
          options.ahead && !request.alone && !queue.anyFree
            ? stock.waitBehind(ticket, request.party)
            : undefined;
        const position = { ticket, behind, letsNextWait: (options.ahead && !request.alone) ?? false };
        return await inspectFile(here, stock, bounds, position, takers);
      } finally {
        ticket.giveBack();
        asked.giveBack();
      }
    },
    ...(options.packs && {
      packs: (how: PackDeskOptions) => new Packs(how, stock, queue, bounds),
    }),
    /** Files still being read, or waiting for it, are given up. */
    async close(): Promise<void> {
      asked.close();
      queue.close();
      await stock.close();
    },
  };
}

/** What the build makes of child.ts and all it imports. */
export function builtChild(): string {
  return builtFile('reading/child.js');
}
