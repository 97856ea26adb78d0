import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type PgBoss from 'pg-boss';
import { type BossOptions, on, openBoss, WAITS_FOR_EVER } from './boss.js';
import type { Inside, Query } from './inside.js';

const QUEUE = 'scans';
/** What the library gives a job that is taken: ours never sees it, workers of earlier versions did until they said how long. */
const FIRST_LEASE_SECONDS = 60;

/** Some hundred files of a scan, to be done by one worker. */
export interface ScanJob {
  id: string;
  /** Number of the scan, and its id. */
  scan: number;
  scanId: string;
  /** What the scan's enumeration found: its business. */
  work: unknown;
  /** Its files are read again, whatever is kept of them: of which parts that is to be. */
  again?: unknown;
}

/**
 * Jobs of scans that many machines share, in pg-boss (PostgreSQL only). A job is given out again when its lease runs
 * out, and may so be done twice: records are kept by scan and path, and `scan_jobs` says what is done.
 */
export class ScanQueue {
  readonly #query: Query;
  readonly #boss: PgBoss;

  private constructor(query: Query, boss: PgBoss) {
    this.#query = query;
    this.#boss = boss;
  }

  static async open(query: Query, options: BossOptions = {}): Promise<ScanQueue> {
    return new ScanQueue(query, await openBoss(query, QUEUE, options));
  }

  /** In the queue and in the scan's list of jobs, or in neither. */
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
        { id, db: on(inside), expireInSeconds: FIRST_LEASE_SECONDS, ...WAITS_FOR_EVER },
      );
    });
  }

  /** The oldest that waits, for `leaseMillis`; undefined where none waits. `worker`: who takes it, for whoever looks on. */
  async take(leaseMillis: number, worker?: string): Promise<ScanJob | undefined> {
    // As in the queue of inspections: taken for that long, or not taken.
    const job = await this.#query.transaction().execute(async (inside) => {
      const [next] = await this.#boss.fetch<Omit<ScanJob, 'id'>>(QUEUE, { db: on(inside) });
      if (next !== undefined) await extended(inside, next.id, leaseMillis);
      return next;
    });
    if (job === undefined) return undefined;
    // Apart: whoever cancels or completes holds this row first, and the job then.
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

  /** For so long from now on. False where it is no longer handed out: cancelled, or done by another. */
  extend(id: string, leaseMillis: number): Promise<boolean> {
    return extended(this.#query, id, leaseMillis);
  }

  /**
   * All its records are kept. With the last job of a scan whose files have all been found, the scan is done: in one
   * transaction, since whoever is killed between the two would leave a scan that never ends.
   */
  async complete({ id, scan }: ScanJob, at: string): Promise<void> {
    await this.#query.transaction().execute(async (inside) => {
      const status = await held(inside, scan);
      await inside
        .updateTable('scan_jobs')
        .set({ done_at: at })
        .where('scan', '=', scan)
        .where('job', '=', id)
        .where('cancelled_at', 'is', null)
        .execute();
      await this.#boss.deleteJob(QUEUE, id, { db: on(inside) });
      if (status === 'running') await endIfOver(inside, scan, at);
    });
  }

  /** All files have been found and handed out. */
  async allFound(scan: number, at: string): Promise<void> {
    await this.#query.transaction().execute(async (inside) => {
      const status = await held(inside, scan);
      if (status === undefined || status === 'cancelled') return;
      await inside.updateTable('scans').set({ status: 'running' }).where('number', '=', scan).execute();
      await endIfOver(inside, scan, at);
    });
  }

  /** Jobs that are not done and have not been cancelled, counted up to `most`. */
  async waiting(scan: number, most: number): Promise<number> {
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

  /** Somebody may take it again, after so long. */
  async release({ id }: ScanJob, afterMillis: number): Promise<void> {
    await sql`
      update pgboss.job
      set state = 'retry', start_after = now() + ${afterMillis / 1000} * interval '1 second'
      where name = ${QUEUE} and id = ${id} and state = 'active'`.execute(this.#query);
  }

  /**
   * As `release`, of a job that this machine cannot do for a reason that the operator has to mend. How often it came back,
   * by whomever.
   */
  async handBack(job: ScanJob, why: string, afterMillis: number): Promise<number> {
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

  /** How often it came back so. */
  async handedBack({ id, scan }: ScanJob): Promise<number> {
    const row = await this.#query
      .selectFrom('scan_jobs')
      .select('handed_back')
      .where('scan', '=', scan)
      .where('job', '=', id)
      .executeTakeFirst();
    return row?.handed_back ?? 0;
  }

  /** What waits goes; who has a job learns of it when its lease is to be prolonged. */
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
          { db: on(inside) },
        );
      }
    });
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }
}

async function extended(query: Query, id: string, leaseMillis: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update pgboss.job set started_on = now(), expire_in = ${leaseMillis / 1000} * interval '1 second'
    where name = ${QUEUE} and id = ${id} and state = 'active'`.execute(query);
  return (numAffectedRows ?? 0n) > 0n;
}

/** One after another, so that of the last two jobs one sees that the other is done. */
async function held(inside: Inside, scan: number): Promise<string | undefined> {
  const row = await inside
    .selectFrom('scans')
    .select('status')
    .where('number', '=', scan)
    .forUpdate()
    .executeTakeFirst();
  return row?.status;
}

async function endIfOver(inside: Inside, scan: number, at: string): Promise<void> {
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
