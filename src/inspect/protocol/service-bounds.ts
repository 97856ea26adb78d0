import type { IsolationLimits } from './isolation-limits.js';

/**
 * Returns the limits for a service, which reads for many tenants: its processes read few files each, and unused ones
 * stand ready.
 */
export function serviceIsolationLimits({
  jobs,
  filesPerReader,
}: {
  jobs: number;
  filesPerReader: number;
}): Partial<IsolationLimits> {
  return {
    filesPerProcess: filesPerReader,
    // If each file takes a new process, as many are used up at a time as files are read.
    spareProcesses: filesPerReader === 1 ? jobs : 1,
    idleProcesses: Math.max(MIN_IDLE, 2 * jobs),
  };
}

/** Enough for this many tenants to take turns without a start. */
const MIN_IDLE = 8;
