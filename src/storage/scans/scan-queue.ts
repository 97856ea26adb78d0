import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type PgBoss from 'pg-boss';
import type { QueryExecutor, StoreTransaction } from '../engine/transaction.js';
import { type BossOptions, bossDatabase, NO_RETRY_OPTIONS, openBoss } from '../queue/pg-boss.js';

const QUEUE = 'scans';
/** Lease set by the library when a job is taken. It is replaced in the same transaction. */
const FIRST_LEASE_SECONDS = 60;

/** Job of some hundred files of a scan, for one worker. */
export interface QueuedScanJob {
  id: string;
  /** Number of the scan. */
  scan: number;
  scanId: string;
  /** Work items found by the scan's enumeration; opaque here. */
  work: unknown;
  /** Parts to read again even if records exist. */
  again?: unknown;
}

/**
 * Queue of jobs of scans shared by several machines, on pg-boss (PostgreSQL only). A job is handed out again when its
 * lease expires and may be done twice: records are stored by scan and path, and `scan_jobs` records which jobs are
 * done.
 */
export class ScanQueue {
  readonly #query: QueryExecutor;
  readonly #boss: PgBoss;

  private constructor(query: QueryExecutor, boss: PgBoss) {
    this.#query = query;
    this.#boss = boss;
  }

  static async open(query: QueryExecutor, options: BossOptions = {}): Promise<ScanQueue> {
    return new ScanQueue(query, await openBoss(query, QUEUE, options));
  }

  /** Adds a job to the queue and to the scan's list of jobs, atomically. */
  async enqueue(
    scan: { number: number; id: string },
    files: number,
    work: unknown,
    again?: unknown,
  ): Promise<void> {
    const id = randomUUID();
    await this.#query.transaction().execute(async (inside) => {
      await inside
        .insertInto('scan_jobs')
        .values({ scan: scan.number, job: id, files, done_at: null, handed_back_for: null })
        .execute();
      await this.#boss.send(
        QUEUE,
        { scan: scan.number, scanId: scan.id, work, ...(again === undefined ? {} : { again }) },
        { id, db: bossDatabase(inside), expireInSeconds: FIRST_LEASE_SECONDS, ...NO_RETRY_OPTIONS },
      );
    });
  }

  /** Leases the oldest waiting job for `leaseMillis`; `undefined` if there is none. `worker`: name shown to observers. */
  async take(leaseMillis: number, worker?: string): Promise<QueuedScanJob | undefined> {
    // Taken with this lease or not at all, as in the queue of inspections.
    const job = await this.#query.transaction().execute(async (inside) => {
      const [next] = await this.#boss.fetch<Omit<QueuedScanJob, 'id'>>(QUEUE, { db: bossDatabase(inside) });
      if (next !== undefined) await extendLease(inside, next.id, leaseMillis);
      return next;
    });
    if (job === undefined) return undefined;
    // A separate statement, since cancelling and completing lock this row before the job.
    if (worker !== undefined) {
      await this.#query
        .updateTable('scan_jobs')
        .set({ worker, taken_at: new Date().toISOString() })
        .where('scan', '=', job.data.scan)
        .where('job', '=', job.id)
        .execute();
    }
    return { id: job.id, ...job.data };
  }

  /** Extends the lease to this time from now. Returns false if the job was cancelled or done by another worker. */
  extend(id: string, leaseMillis: number): Promise<boolean> {
    return extendLease(this.#query, id, leaseMillis);
  }

  /**
   * Completes a job whose records are all stored. The last job of a scan whose files have all been found also ends the
   * scan, in the same transaction: a kill in between would leave a scan that never ends.
   */
  async complete({ id, scan }: QueuedScanJob, at: string): Promise<void> {
    await this.#query.transaction().execute(async (inside) => {
      const status = await lockScan(inside, scan);
      await inside
        .updateTable('scan_jobs')
        .set({ done_at: at })
        .where('scan', '=', scan)
        .where('job', '=', id)
        .where('cancelled_at', 'is', null)
        .execute();
      await this.#boss.deleteJob(QUEUE, id, { db: bossDatabase(inside) });
      if (status === 'running') await endIfDone(inside, scan, at);
    });
  }

  /** Records that all files have been found and queued. */
  async endListing(scan: number, at: string): Promise<void> {
    await this.#query.transaction().execute(async (inside) => {
      const status = await lockScan(inside, scan);
      if (status === undefined || status === 'cancelled') return;
      await inside.updateTable('scans').set({ status: 'running' }).where('number', '=', scan).execute();
      await endIfDone(inside, scan, at);
    });
  }

  /** Returns the number of jobs neither done nor cancelled, at most `most`. */
  async countOpen(scan: number, most: number): Promise<number> {
    const rows = await this.#query
      .selectFrom('scan_jobs')
      .select('job')
      .where('scan', '=', scan)
      .where('done_at', 'is', null)
      .where('cancelled_at', 'is', null)
      .limit(most)
      .execute();
    return rows.length;
  }

  /** Makes the job available again after this time. */
  async release({ id }: QueuedScanJob, afterMillis: number): Promise<void> {
    await sql`
      update pgboss.job
      set state = 'retry', start_after = now() + ${afterMillis / 1000} * interval '1 second'
      where name = ${QUEUE} and id = ${id} and state = 'active'`.execute(this.#query);
  }

  /**
   * Releases a job that this machine cannot do for a reason that the operator has to correct. Returns how often it was
   * handed back, by any worker.
   */
  async handBack(job: QueuedScanJob, why: string, afterMillis: number): Promise<number> {
    const row = await this.#query
      .updateTable('scan_jobs')
      .set((eb) => ({ handed_back: eb('handed_back', '+', 1), handed_back_for: why }))
      .where('scan', '=', job.scan)
      .where('job', '=', job.id)
      .returning('handed_back')
      .executeTakeFirst();
    await this.release(job, afterMillis);
    return row?.handed_back ?? 0;
  }

  /** Returns how often the job was handed back. */
  async countHandedBack({ id, scan }: QueuedScanJob): Promise<number> {
    const row = await this.#query
      .selectFrom('scan_jobs')
      .select('handed_back')
      .where('scan', '=', scan)
      .where('job', '=', id)
      .executeTakeFirst();
    return row?.handed_back ?? 0;
  }

  /** Cancels a scan's waiting jobs; workers learn of it when they extend a lease. */
  async cancel(scan: number, at: string): Promise<void> {
    await this.#query.transaction().execute(async (inside) => {
      const rows = await inside
        .updateTable('scan_jobs')
        .set({ cancelled_at: at })
        .where('scan', '=', scan)
        .where('done_at', 'is', null)
        .where('cancelled_at', 'is', null)
        .returning('job')
        .execute();
      if (rows.length > 0) {
        await this.#boss.deleteJob(
          QUEUE,
          rows.map(({ job }) => job),
          { db: bossDatabase(inside) },
        );
      }
    });
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }
}

async function extendLease(query: QueryExecutor, id: string, leaseMillis: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update pgboss.job set started_on = now(), expire_in = ${leaseMillis / 1000} * interval '1 second'
    where name = ${QUEUE} and id = ${id} and state = 'active'`.execute(query);
  return (numAffectedRows ?? 0n) > 0n;
}

/** Locks the scan's row, so that of the last two jobs one sees that the other is done. */
async function lockScan(inside: StoreTransaction, scan: number): Promise<string | undefined> {
  const row = await inside
    .selectFrom('scans')
    .select('status')
    .where('number', '=', scan)
    .forUpdate()
    .executeTakeFirst();
  return row?.status;
}

async function endIfDone(inside: StoreTransaction, scan: number, at: string): Promise<void> {
  const waiting = await inside
    .selectFrom('scan_jobs')
    .select('job')
    .where('scan', '=', scan)
    .where('done_at', 'is', null)
    .limit(1)
    .execute();
  if (waiting.length > 0) return;
  await inside
    .updateTable('scans')
    .set({ status: 'done', ended_at: at })
    .where('number', '=', scan)
    .execute();
}
