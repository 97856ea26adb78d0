import { resolve } from 'node:path';
import type { ReadFault } from '../../base/fault.js';
import { inspectErrorFor, readFileStamp } from '../files/file-check.js';
import { acquire } from '../pool/acquire.js';
import { readerProgramPath } from '../pool/create-inspector.js';
import { ProcessPool } from '../pool/process-pool.js';
import { stoppedError } from '../protocol/inspect-error.js';
import { computeTimeBudget, isolationLimits } from '../protocol/isolation-limits.js';
import { faultForFailure } from '../protocol/process-faults.js';
import type { Task } from '../protocol/protocol.js';
import type { TenantKey } from '../protocol/tenant.js';
import { Confinement } from '../sandbox/confinement.js';

type TaskRequest = Pick<Task, 'output' | 'engine'> & Partial<Task>;

/** Checked output of a reading process, or the reason for its failure. */
type ProcessAnswer<T> = { answer: T } | { fault: ReadFault };

/** Validates the output of the process, which has read hostile bytes; `undefined` if it is invalid. */
type Check<T> = (said: unknown) => T | undefined;

interface ProcessOptions {
  /** If absent, the strictest confinement that this machine supports. */
  confinement?: Confinement | undefined;
  interrupted?: AbortSignal | undefined;
  /** Folder of trust lists that the process may see. */
  trustDir?: string | undefined;
}

/**
 * Reads one file in a process of its own. Rejects with `InspectError` if the file could not be opened or on
 * interruption.
 */
export async function runInOwnProcess<T>(
  path: string,
  task: TaskRequest,
  check: Check<T>,
  { confinement, interrupted, trustDir }: ProcessOptions,
): Promise<ProcessAnswer<T>> {
  const folder = trustDir === undefined ? undefined : resolve(trustDir);
  const stock = new ProcessPool(
    readerProgramPath(),
    isolationLimits,
    confinement ?? new Confinement(),
    folder,
  );
  const stop = () => void stock.close();
  interrupted?.addEventListener('abort', stop, { once: true });
  try {
    return await runInPool(stock, path, task, check);
  } finally {
    interrupted?.removeEventListener('abort', stop);
    await stock.close();
  }
}

let lastTask = 0;

/**
 * Reads one file in a process of a pool that serves further files. After a fault the file gets no second process,
 * unless the first had read other files before.
 */
export async function runInPool<T>(
  stock: ProcessPool,
  path: string,
  task: TaskRequest,
  check: Check<T>,
  party?: TenantKey,
): Promise<ProcessAnswer<T>> {
  const state = await readFileStamp(path);
  const bytes = Number(state.size);
  const { attemptsMillis, stepMillis, taskMillis } = computeTimeBudget(bytes, isolationLimits);
  const size = bytes <= isolationLimits.smallAssetBytes ? 'small' : 'large';
  let begun = performance.now();
  const left = () => begun + attemptsMillis - performance.now();
  const postpone = (millis: number) => {
    begun += millis;
  };
  const files = { path: resolve(path) };
  for (;;) {
    const lent = await acquire({
      pool: stock,
      size,
      files,
      state,
      bounds: isolationLimits,
      remainingMillis: left,
      postpone,
      tenant: party,
    });
    if (lent === undefined) return { fault: faultForFailure({ cause: 'budget', millis: taskMillis }, 0) };
    const { process, seen } = lent;
    process.configure(stock.settingsFor(process));
    lastTask += 1;
    const end = await process.attempt(
      { task: lastTask, asOf: '', skip: {}, engineFaults: {}, ...task, path: seen.path },
      { leftMillis: left(), stepMillis, taskMillis },
    );
    const said = end.end === 'report' ? check(end.report) : undefined;
    if (said === undefined) await process.endFaulty();
    stock.release(process, size);
    if (stock.closed) throw stoppedError();
    if (said !== undefined) return { answer: said };
    if (end.end === 'report') return { fault: faultForFailure({ cause: 'bad-answer' }, 0) };
    if (end.end === 'error') {
      if (end.error.phase === 'open') throw inspectErrorFor(end.error.code);
      return { fault: faultForFailure({ cause: 'exception' }, 0) };
    }
    // Earlier files in that process may be the cause; a new process has read none.
    if (process.filesTaken <= 1 || left() <= 0) return { fault: end.fault };
  }
}
