import type { IsolationLimits } from './isolation-limits.js';

/** A service reads for many: its processes are few files old, and some that have read none stand ready. */
export function serviceBounds({
  jobs,
  filesPerReader,
}: {
  jobs: number;
  filesPerReader: number;
}): Partial<IsolationLimits> {
  return {
    filesPerProcess: filesPerReader,
    // Where each file takes a fresh one, as many are used up at a time as files are read.
    spareProcesses: filesPerReader === 1 ? jobs : 1,
    idleProcesses: Math.max(LEAST_IDLE, 2 * jobs),
  };
}

/** For as many tenants to come by turns without a start. */
const LEAST_IDLE = 8;
