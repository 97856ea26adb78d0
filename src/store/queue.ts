import type { Inside } from './inside.js';

/**
 * Inspections that wait for a worker. A job is given out again when its lease runs out, so it may run twice;
 * what counts is that its result is kept once (`KyselyInspections.finish`). How often it was tried stands on the
 * inspection, and what follows from that is the worker's to say (worker/tries.ts).
 */
export interface JobQueue {
  /** In the transaction that makes the inspection: both are there or neither. */
  enqueue(inside: Inside, jobs: readonly Job[]): Promise<void>;
  /** The oldest that waits, for `leaseMillis`; undefined where none waits. */
  take(leaseMillis: number): Promise<LeasedJob | undefined>;
  /** For so long from now on. False where the lease has been lost to another. */
  extend(job: LeasedJob, leaseMillis: number): Promise<boolean>;
  /** There is a result. Nothing where the lease has been lost: whoever has the job now finds that out. */
  complete(job: LeasedJob): Promise<void>;
  /** Somebody may take it again, after so long. */
  release(job: LeasedJob, afterMillis: number): Promise<void>;
  /** Cancelled or deleted: no longer there for anybody. */
  remove(inside: Inside, ids: readonly string[]): Promise<void>;
  depth(): Promise<QueueDepth>;
  /** How long the one that has waited longest has waited since it was queued; undefined: none waits. */
  oldestWaitingSeconds(): Promise<number | undefined>;
  /** Nothing is taken any more; what is leased stays so until it runs out. */
  close(): Promise<void>;
}

export interface Job {
  /** The inspection's. */
  id: string;
  tenant: string;
}

export interface LeasedJob extends Job {
  /** Whose lease it is. */
  lease: string;
}

export interface QueueDepth {
  waiting: number;
  running: number;
}
