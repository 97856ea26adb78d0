import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { buildFile } from '../../base/built-files.js';
import type { StoredReport } from '../../core/report/report.js';
import { inspectErrorFor } from '../files/file-check.js';
import { type IsolationLimits, isolationLimits } from '../protocol/isolation-limits.js';
import { Confinement } from '../sandbox/confinement.js';
import { inspectInProcess } from './inspect-in-process.js';
import type { InspectionCallbacks, Inspector, InspectRequest } from './inspector.js';
import type { PackReadOptions } from './pack-desk.js';
import { PackScheduler } from './packs.js';
import { ProcessPool } from './process-pool.js';
import { QueueTicket, TenantQueue } from './queue.js';

export interface InspectorOptions {
  /** Number of files read at the same time; if absent, one per core. */
  jobs?: number;
  /** Program of the reading process; tests pass substitutes that hang, crash or lie on command. */
  childEntry?: string;
  /**
   * Sends a small file to a process that still reads another one, so that no process idles. Suits many files of equal
   * priority: a file behind a slow one has to wait even if other processes are free.
   */
  ahead?: boolean;
  /** Allows many small files per request (`packs`). */
  packs?: boolean;
  /** Folder of trust lists; if absent, signers are not matched against any. */
  trustDir?: string;
  bounds?: Partial<IsolationLimits>;
  /** If absent, the strictest confinement that this machine supports. */
  confinement?: Confinement;
  /** Starts a process at once, while the caller loads other modules. */
  begin?: boolean;
  /** Pool that was started earlier, with the same folder of lists and confinement. */
  pool?: ProcessPool;
}

/**
 * Creates an inspector that reads each file in a child process with a deadline and a memory limit, so that a harmful
 * file affects only its reader.
 */
export function createInspector(options: InspectorOptions = {}): Inspector {
  const bounds = { ...isolationLimits, ...options.bounds };
  const confinement = options.confinement ?? new Confinement();
  const stock =
    options.pool ??
    new ProcessPool(
      options.childEntry ?? readerProgramPath(),
      bounds,
      confinement,
      options.trustDir === undefined ? undefined : resolve(options.trustDir),
      options.packs,
    );
  if (options.begin) stock.startEarly();
  const jobs = options.jobs ?? availableParallelism();
  const queue = new TenantQueue(jobs);
  const asked = new TenantQueue(options.ahead ? jobs * 2 : jobs);

  return {
    get isolation() {
      return confinement.isolation();
    },
    async inspect(request: InspectRequest, takers: InspectionCallbacks = {}): Promise<StoredReport> {
      // `resolve('')` would be the current folder.
      if (request.path === '') throw inspectErrorFor('ENOENT');
      const here = { ...request, path: resolve(request.path) };
      const ticket = new QueueTicket(queue);
      await asked.take({ tenant: request.tenant });
      try {
        const behind =
          options.ahead && !request.isExclusive && !queue.hasFree
            ? stock.reserveNext(ticket, request.tenant)
            : undefined;
        const position = {
          ticket,
          predecessor: behind,
          allowsNext: (options.ahead && !request.isExclusive) ?? false,
        };
        return await inspectInProcess(here, stock, bounds, position, takers);
      } finally {
        ticket.release();
        asked.release();
      }
    },
    ...(options.packs && {
      packs: (how: PackReadOptions) => new PackScheduler(how, stock, queue, bounds),
    }),
    /** Cancels files that are being read or waiting. */
    async close(): Promise<void> {
      asked.close();
      queue.close();
      await stock.close();
    },
  };
}

/** Returns the path of the built program of the reading process. */
export function readerProgramPath(): string {
  return buildFile('reading/reader-child.js');
}
