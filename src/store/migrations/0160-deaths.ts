import type { Kysely } from 'kysely';
import type { Flavour } from '../flavour.js';

/**
 * What a file had a part in is counted apart from what merely happened while it was there: starts that never came to an
 * end, and faults of ours. Until when the upload of a failed inspection stays. In SQLite's queue, since when a job is put
 * off: a clock that was set back is told from a long pause.
 */
export async function up(query: Kysely<never>, flavour: Flavour): Promise<void> {
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
