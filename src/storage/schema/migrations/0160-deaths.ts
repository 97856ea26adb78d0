import type { Kysely } from 'kysely';
import type { DatabaseDialect } from '../dialect.js';

/**
 * Adds counts of starts that never ended and of internal errors, separately from failures caused by the file; the time
 * until which a failed inspection's upload is stored; and in SQLite's queue the time since which a job is delayed, to
 * distinguish a clock set back from a long pause.
 */
export async function up(query: Kysely<never>, flavour: DatabaseDialect): Promise<void> {
  for (const name of ['interrupted', 'faults']) {
    await query.schema
      .alterTable('inspections')
      .addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  }
  await query.schema.alterTable('inspections').addColumn('upload_kept_until', 'text').execute();
  if (flavour === 'postgres') return;
  await query.schema
    .alterTable('inspection_jobs')
    .addColumn('put_off_at', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
}
