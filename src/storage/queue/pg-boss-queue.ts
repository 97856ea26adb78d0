import { type RawBuilder, sql } from 'kysely';
import type PgBoss from 'pg-boss';
import type { QueryExecutor, StoreTransaction } from '../engine/transaction.js';
import type { Job, JobQueue, LeasedJob, QueueDepth } from './job-queue.js';
import { type BossOptions, bossDatabase, NO_RETRY_OPTIONS, openBoss } from './pg-boss.js';

const QUEUE = 'inspections';

/** Lease set by the library when a job is taken. It is replaced in the same transaction. */
const FIRST_LEASE_SECONDS = 60;
/**
 * Queue on pg-boss over the existing connections. A job has the inspection's id, and its row is deleted when it is
 * done. Three statements access the library's own table (its version is pinned, and the contract tests cover them): the
 * library can neither extend a lease nor return one without counting a failure, and it completes a job regardless of
 * who holds it.
 */
export class PgBossQueue implements JobQueue {
  readonly #query: QueryExecutor;
  readonly #boss: PgBoss;
  #closed = false;

  private constructor(query: QueryExecutor, boss: PgBoss) {
    this.#query = query;
    this.#boss = boss;
  }

  static async open(query: QueryExecutor, options: BossOptions = {}): Promise<PgBossQueue> {
    return new PgBossQueue(query, await openBoss(query, QUEUE, options));
  }

  async enqueue(inside: StoreTransaction, jobs: readonly Job[]): Promise<void> {
    for (const { id, tenant } of jobs) {
      await this.#boss.send(
        QUEUE,
        { tenant },
        {
          id,
          db: bossDatabase(inside),
          expireInSeconds: FIRST_LEASE_SECONDS,
          ...NO_RETRY_OPTIONS,
        },
      );
    }
  }

  async take(leaseMillis: number): Promise<LeasedJob | undefined> {
    if (this.#closed) return undefined;
    // In one transaction: if the connection breaks or the response is lost, the job is either not taken or has exactly
    // this lease.
    return this.#query.transaction().execute(async (inside) => {
      const [job] = await this.#boss.fetch<{ tenant: string }>(QUEUE, {
        includeMetadata: true,
        db: bossDatabase(inside),
      });
      if (job === undefined) return undefined;
      const leased = { id: job.id, tenant: job.data.tenant, lease: formatLease(job) };
      await extendLease(inside, leased, leaseMillis);
      return leased;
    });
  }

  extend(job: LeasedJob, leaseMillis: number): Promise<boolean> {
    return extendLease(this.#query, job, leaseMillis);
  }

  async complete(job: LeasedJob): Promise<void> {
    await sql`delete from pgboss.job where ${heldCondition(job)}`.execute(this.#query);
  }

  async release(job: LeasedJob, afterMillis: number): Promise<void> {
    await sql`
      update pgboss.job
      set state = 'retry', start_after = now() + ${afterMillis / 1000} * interval '1 second'
      where ${heldCondition(job)}`.execute(this.#query);
  }

  async remove(inside: StoreTransaction, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#boss.deleteJob(QUEUE, [...ids], { db: bossDatabase(inside) });
  }

  async depth(): Promise<QueueDepth> {
    const { rows } = await sql<{ waiting: number; running: number }>`
      select count(*) filter (where state < 'active') as waiting, count(*) filter (where state = 'active') as running
      from pgboss.job where name = ${QUEUE}`.execute(this.#query);
    const [row] = rows;
    return { waiting: row?.waiting ?? 0, running: row?.running ?? 0 };
  }

  async oldestWaitingSeconds(): Promise<number | undefined> {
    const { rows } = await sql<{ seconds: number | null }>`
      select extract(epoch from now() - min(created_on))::float8 as seconds
      from pgboss.job where name = ${QUEUE} and state < 'active'`.execute(this.#query);
    const seconds = rows[0]?.seconds ?? undefined;
    return seconds === undefined ? undefined : Math.max(0, seconds);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#boss.stop({ graceful: false });
  }
}

async function extendLease(query: QueryExecutor, job: LeasedJob, leaseMillis: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update pgboss.job set started_on = now(), expire_in = ${leaseMillis / 1000} * interval '1 second'
    where ${heldCondition(job)}`.execute(query);
  return (numAffectedRows ?? 0n) > 0n;
}

/**
 * The library counts how often a job was taken; the creation time distinguishes it from a recreated one with the same
 * id.
 */
const formatLease = ({ createdOn, retryCount }: { createdOn: Date; retryCount: number }): string =>
  `${createdOn.toISOString()} ${retryCount}`;

function heldCondition({ id, lease }: LeasedJob): RawBuilder<unknown> {
  const [createdOn, retryCount] = lease.split(' ');
  return sql`name = ${QUEUE} and id = ${id} and state = 'active' and retry_count = ${Number(retryCount)}
    and date_trunc('milliseconds', created_on) = ${createdOn}::timestamptz`;
}
