import type { Inside, Query } from './inside.js';
import { newLease } from './lease-owner.js';
import type { Job, JobQueue, LeasedJob, QueueDepth } from './queue.js';

/** SQLite takes 32,766 values in a statement. */
const IDS_AT_ONCE = 10_000;
/** No lease is longer (ASSAY_LEASE_SECONDS): what lies further ahead was written before the clock was set back. */
const LONGEST_LEASE_MILLIS = 3_600_000;
const LONGEST_PAUSE_OF_BEFORE_MILLIS = 60_000;

/** A table with leases. All who use it are on one machine and have one clock, which may jump. */
export class SqliteQueue implements JobQueue {
  readonly #query: Query;
  #closed = false;

  constructor(query: Query) {
    this.#query = query;
  }

  async enqueue(inside: Inside, jobs: readonly Job[]): Promise<void> {
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
    // Looked at first without the lock that a change takes: most turns find nothing.
    if ((await this.#next(this.#query)) === undefined) return undefined;
    return this.#query.transaction().execute(async (inside) => {
      const job = await this.#next(inside);
      if (job === undefined) return undefined;
      const lease = newLease();
      await inside
        .updateTable('inspection_jobs')
        .set({ lease, leased_until: after(leaseMillis) })
        .where('id', '=', job.id)
        .execute();
      return { ...job, lease };
    });
  }

  #next(query: Query): Promise<Job | undefined> {
    const now = after(0);
    return query
      .selectFrom('inspection_jobs')
      .select(['id', 'tenant'])
      .where((eb) =>
        eb.or([
          eb('available_at', '<=', now),
          // The clock was set back since: nobody waits for longer than was meant.
          eb('put_off_at', '>', now),
          // By a version that did not say when; none put a job off for longer.
          eb.and([eb('put_off_at', '=', ''), eb('available_at', '>', after(LONGEST_PAUSE_OF_BEFORE_MILLIS))]),
        ]),
      )
      .where((eb) =>
        eb.or([
          eb('leased_until', 'is', null),
          eb('leased_until', '<=', now),
          eb('leased_until', '>', after(LONGEST_LEASE_MILLIS)),
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

  async remove(inside: Inside, ids: readonly string[]): Promise<void> {
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
    // A clock that was set back makes no negative wait.
    return oldest === null ? undefined : Math.max(0, (now.getTime() - Date.parse(oldest)) / 1000);
  }

  async close(): Promise<void> {
    this.#closed = true;
  }
}

const after = (millis: number): string => new Date(Date.now() + millis).toISOString();
