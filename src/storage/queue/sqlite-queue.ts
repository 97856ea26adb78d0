import { createLease } from '../engine/lease-owner.js';
import type { QueryExecutor, StoreTransaction } from '../engine/transaction.js';
import type { Job, JobQueue, LeasedJob, QueueDepth } from './job-queue.js';

/** SQLite allows 32,766 values per statement. */
const IDS_AT_ONCE = 10_000;
/** Maximum lease (ASSAY_LEASE_SECONDS); a later time was written before the clock was set back. */
const MAX_LEASE_MILLIS = 3_600_000;

/** Queue in a table with leases. All its users are on one machine with one clock, which may jump. */
export class SqliteQueue implements JobQueue {
  readonly #query: QueryExecutor;
  #closed = false;

  constructor(query: QueryExecutor) {
    this.#query = query;
  }

  async enqueue(inside: StoreTransaction, jobs: readonly Job[]): Promise<void> {
    if (jobs.length === 0) return;
    const now = new Date().toISOString();
    await inside
      .insertInto('inspection_jobs')
      .values(
        jobs.map(({ id, tenant }) => ({
          id,
          tenant,
          queued_at: now,
          available_at: now,
          put_off_at: now,
          lease: null,
          leased_until: null,
        })),
      )
      .execute();
  }

  async take(leaseMillis: number): Promise<LeasedJob | undefined> {
    if (this.#closed) return undefined;
    // Reads without the write lock first, since most calls find nothing.
    if ((await this.#next(this.#query)) === undefined) return undefined;
    return this.#query.transaction().execute(async (inside) => {
      const job = await this.#next(inside);
      if (job === undefined) return undefined;
      const lease = createLease();
      await inside
        .updateTable('inspection_jobs')
        .set({ lease, leased_until: after(leaseMillis) })
        .where('id', '=', job.id)
        .execute();
      return { ...job, lease };
    });
  }

  #next(query: QueryExecutor): Promise<Job | undefined> {
    const now = after(0);
    return query
      .selectFrom('inspection_jobs')
      .select(['id', 'tenant'])
      .where((eb) =>
        eb.or([
          eb('available_at', '<=', now),
          // The clock was set back since, so the delay is ignored.
          eb('put_off_at', '>', now),
        ]),
      )
      .where((eb) =>
        eb.or([
          eb('leased_until', 'is', null),
          eb('leased_until', '<=', now),
          eb('leased_until', '>', after(MAX_LEASE_MILLIS)),
        ]),
      )
      .orderBy('available_at')
      .orderBy('queued_at')
      .limit(1)
      .executeTakeFirst();
  }

  async extend({ id, lease }: LeasedJob, leaseMillis: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#query
      .updateTable('inspection_jobs')
      .set({ leased_until: after(leaseMillis) })
      .where('id', '=', id)
      .where('lease', '=', lease)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async complete({ id, lease }: LeasedJob): Promise<void> {
    await this.#query.deleteFrom('inspection_jobs').where('id', '=', id).where('lease', '=', lease).execute();
  }

  async release({ id, lease }: LeasedJob, afterMillis: number): Promise<void> {
    await this.#query
      .updateTable('inspection_jobs')
      .set({ lease: null, leased_until: null, available_at: after(afterMillis), put_off_at: after(0) })
      .where('id', '=', id)
      .where('lease', '=', lease)
      .execute();
  }

  async remove(inside: StoreTransaction, ids: readonly string[]): Promise<void> {
    for (let first = 0; first < ids.length; first += IDS_AT_ONCE) {
      const some = ids.slice(first, first + IDS_AT_ONCE);
      await inside.deleteFrom('inspection_jobs').where('id', 'in', some).execute();
    }
  }

  async depth(): Promise<QueueDepth> {
    const now = new Date().toISOString();
    const { all, running } = await this.#query
      .selectFrom('inspection_jobs')
      .select((eb) => [
        eb.fn.countAll<number>().as('all'),
        eb.fn.countAll<number>().filterWhere('leased_until', '>', now).as('running'),
      ])
      .executeTakeFirstOrThrow();
    return { waiting: Number(all) - Number(running), running: Number(running) };
  }

  async oldestWaitingSeconds(): Promise<number | undefined> {
    const now = new Date();
    const { oldest } = await this.#query
      .selectFrom('inspection_jobs')
      .select((eb) => eb.fn.min('queued_at').as('oldest'))
      .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now.toISOString())]))
      .executeTakeFirstOrThrow();
    // Avoids a negative wait after the clock was set back.
    return oldest === null ? undefined : Math.max(0, (now.getTime() - Date.parse(oldest)) / 1000);
  }

  async close(): Promise<void> {
    this.#closed = true;
  }
}

const after = (millis: number): string => new Date(Date.now() + millis).toISOString();
