import { resolve } from 'node:path';
import type { ReadFault } from '../core/ground/fault.js';

import { Confinement } from './confinement.js';
import { faultOf } from './faults.js';
import { fileState, inspectErrorFor } from './file-check.js';
import { stopped } from './inspect-error.js';
import { isolationLimits, timeBudget } from './isolation-limits.js';
import { lend } from './lend.js';
import type { Party } from './party.js';
import { builtChild } from './pool.js';
import { ProcessStock } from './process-stock.js';
import type { Task } from './protocol.js';

type Asked = Pick<Task, 'output' | 'engine'> & Partial<Task>;

/** What a reading process said, checked; or why it came to nothing. */
type Answer<T> = { said: T } | { fault: ReadFault };

/** What the process said, where it is an answer; it has read hostile bytes. */
type Check<T> = (said: unknown) => T | undefined;

interface Around {
  /** Left out: the strictest this machine has. */
  confinement?: Confinement | undefined;
  interrupted?: AbortSignal | undefined;
  /** Folder of trust lists that it may see. */
  trustDir?: string | undefined;
}

/**
 * One file, read by a process that serves this alone. Rejects with an InspectError where the file could not be opened,
 * or when interrupted.
 */
export async function aloneInProcess<T>(
  path: string,
  task: Asked,
  check: Check<T>,
  { confinement, interrupted, trustDir }: Around,
): Promise<Answer<T>> {
  const folder = trustDir === undefined ? undefined : resolve(trustDir);
  const stock = new ProcessStock(builtChild(), isolationLimits, confinement ?? new Confinement(), folder);
  const stop = () => void stock.close();
  interrupted?.addEventListener('abort', stop, { once: true });
  try {
    return await inProcessOf(stock, path, task, check);
  } finally {
    interrupted?.removeEventListener('abort', stop);
    await stock.close();
  }
}

let lastTask = 0;

/** The same from a stock that is kept for more files. A process that faulted gets no other one. */
export async function inProcessOf<T>(
  stock: ProcessStock,
  path: string,
  task: Asked,
  check: Check<T>,
  party?: Party,
): Promise<Answer<T>> {
  const state = await fileState(path);
  const bytes = Number(state.size);
  const { attemptsMillis, stepMillis, taskMillis } = timeBudget(bytes, isolationLimits);
  const size = bytes <= isolationLimits.smallAssetBytes ? 'small' : 'large';
  let begun = performance.now();
  const left = () => begun + attemptsMillis - performance.now();
  const postpone = (millis: number) => {
    begun += millis;
  };
  const files = { path: resolve(path) };
  for (;;) {
    const lent = await lend({ stock, size, files, state, bounds: isolationLimits, left, postpone, party });
    if (lent === undefined) return { fault: faultOf({ cause: 'budget', millis: taskMillis }, 0) };
    const { process, seen } = lent;
    process.configure(stock.settingsFor(process));
    lastTask += 1;
    const end = await process.attempt(
      { task: lastTask, asOf: '', skip: {}, engineFaults: {}, ...task, path: seen.path },
      { leftMillis: left(), stepMillis, taskMillis },
    );
    const said = end.end === 'report' ? check(end.report) : undefined;
    if (said === undefined) await process.fault();
    stock.giveBack(process, size);
    if (stock.closed) throw stopped();
    if (said !== undefined) return { said };
    if (end.end === 'report') return { fault: faultOf({ cause: 'bad-answer' }, 0) };
    if (end.end === 'error') {
      if (end.error.phase === 'open') throw inspectErrorFor(end.error.code);
      return { fault: faultOf({ cause: 'exception' }, 0) };
    }
    // What files before it left there may be to blame; a new process has read none.
    if (process.filesTaken <= 1 || left() <= 0) return { fault: end.fault };
  }
}
