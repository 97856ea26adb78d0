import type { StoreTransaction } from '../engine/transaction.js';

/**
 * Inspections that wait for a worker. A job is given out again when its lease runs out, so it may run twice;
 * what counts is that its result is kept once (`KyselyInspections.finish`). How often it was tried stands on the
 * inspection, and what follows from that is the worker's to say (worker/retries.ts).
 */
export interface JobQueue {
  /** Adds jobs in the transaction that creates the inspections: both exist or neither does. */
  enqueue(inside: StoreTransaction, jobs: readonly Job[]): Promise<void>;
  /** Leases the oldest waiting job for `leaseMillis`; `undefined` if there is none. */
  take(leaseMillis: number): Promise<LeasedJob | undefined>;
  /** Extends the lease to this time from now. Returns false if it was lost. */
  extend(job: LeasedJob, leaseMillis: number): Promise<boolean>;
  /** Removes a job that has a result. Does nothing if the lease was lost: the new holder detects the result itself. */
  complete(job: LeasedJob): Promise<void>;
  /** Makes the job available again after this time. */
  release(job: LeasedJob, afterMillis: number): Promise<void>;
  /** Removes jobs of cancelled or deleted inspections. */
  remove(inside: StoreTransaction, ids: readonly string[]): Promise<void>;
  depth(): Promise<QueueDepth>;
  /** Returns the waiting time of the oldest waiting job since it was queued; `undefined` if there is none. */
  oldestWaitingSeconds(): Promise<number | undefined>;
  /** Stops taking jobs; existing leases stay until they expire. */
  close(): Promise<void>;
}

export interface Job {
  /** Id of the inspection. */
  id: string;
  tenant: string;
}

export interface LeasedJob extends Job {
  /** Identifies the holder of the lease. */
  lease: string;
}

export interface QueueDepth {
  waiting: number;
  running: number;
}
