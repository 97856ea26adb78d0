import { type RawBuilder, sql } from 'kysely';
import type PgBoss from 'pg-boss';
import { type BossOptions, on, openBoss, WAITS_FOR_EVER } from './boss.js';
import type { Inside, Query } from './inside.js';
import type { Job, JobQueue, LeasedJob, QueueDepth } from './queue.js';

const QUEUE = 'inspections';

/** What the library gives a job that is taken: ours never sees it, workers of earlier versions did until they said how long. */
const FIRST_LEASE_SECONDS = 60;
/**
 * pg-boss on the connections there are already. A job bears the inspection's id, and its row goes when it is done.
 * Three statements are ours, on the library's own table (its version is pinned, and the contract suite holds them to
 * it): it can neither prolong a lease nor give one back without counting a failure, and it ends a job whoever has it.
 */
export class PgBossQueue implements JobQueue {
  readonly #query: Query;
  readonly #boss: PgBoss;
  #closed = false;

  private constructor(query: Query, boss: PgBoss) {
    this.#query = query;
    this.#boss = boss;
  }

  static async open(query: Query, options: BossOptions = {}): Promise<PgBossQueue> {
    return new PgBossQueue(query, await openBoss(query, QUEUE, options));
  }

  async enqueue(inside: Inside, jobs: readonly Job[]): Promise<void> {
    for (const { id, tenant } of jobs) {
      await this.#boss.send(
        QUEUE,
        { tenant },
        {
          id,
          db: on(inside),
          expireInSeconds: FIRST_LEASE_SECONDS,
          ...WAITS_FOR_EVER,
        },
      );
    }
  }

  async take(leaseMillis: number): Promise<LeasedJob | undefined> {
    if (this.#closed) return undefined;
    // One transaction: a database that goes in between, or an answer that is lost, leaves the job to be taken by the next,
    // or with this lease and no longer one.
    return this.#query.transaction().execute(async (inside) => {
      const [job] = await this.#boss.fetch<{ tenant: string }>(QUEUE, {
        includeMetadata: true,
        db: on(inside),
      });
      if (job === undefined) return undefined;
      const leased = { id: job.id, tenant: job.data.tenant, lease: leaseOf(job) };
      await extended(inside, leased, leaseMillis);
      return leased;
    });
  }

  extend(job: LeasedJob, leaseMillis: number): Promise<boolean> {
    return extended(this.#query, job, leaseMillis);
  }

  async complete(job: LeasedJob): Promise<void> {
    await sql`delete from pgboss.job where ${isHeld(job)}`.execute(this.#query);
  }

  async release(job: LeasedJob, afterMillis: number): Promise<void> {
    await sql`
      update pgboss.job
      set state = 'retry', start_after = now() + ${afterMillis / 1000} * interval '1 second'
      where ${isHeld(job)}`.execute(this.#query);
  }

  async remove(inside: Inside, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#boss.deleteJob(QUEUE, [...ids], { db: on(inside) });
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

async function extended(query: Query, job: LeasedJob, leaseMillis: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update pgboss.job set started_on = now(), expire_in = ${leaseMillis / 1000} * interval '1 second'
    where ${isHeld(job)}`.execute(query);
  return (numAffectedRows ?? 0n) > 0n;
}

/** The library counts how often a job was taken; its beginning tells it from one under the same id that was made anew. */
const leaseOf = ({ createdOn, retryCount }: { createdOn: Date; retryCount: number }): string =>
  `${createdOn.toISOString()} ${retryCount}`;

function isHeld({ id, lease }: LeasedJob): RawBuilder<unknown> {
  const [createdOn, retryCount] = lease.split(' ');
  return sql`name = ${QUEUE} and id = ${id} and state = 'active' and retry_count = ${Number(retryCount)}
    and date_trunc('milliseconds', created_on) = ${createdOn}::timestamptz`;
}
