import { type Kysely, sql } from 'kysely';

/**
 * Adds the worker of a job and its start, and the time of a scan's last activity, to show progress and speed. Cancelled
 * jobs used to be marked as done and are distinguished from now on.
 */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema.alterTable('scans').addColumn('seen_at', 'text').execute();
  for (const name of ['worker', 'taken_at', 'cancelled_at'] as const) {
    await query.schema.alterTable('scan_jobs').addColumn(name, 'text').execute();
  }
  await sql`
    update scan_jobs set cancelled_at = done_at, done_at = null
    where exists (
      select 1 from scans where scans.number = scan_jobs.scan
      and scans.status = 'cancelled' and scans.ended_at = scan_jobs.done_at
    )`.execute(query);
}
