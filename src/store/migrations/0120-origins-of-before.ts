import type { Kysely } from 'kysely';
import type { OriginsOfBeforeTable } from '../tables.js';

/**
 * What was kept before Reports told how far a file was looked into has `none` in its column of origins where a part had not
 * been read. Which tables are still to be gone through, and from after which key on: `origins-of-before.ts` does it in
 * steps, each on its own, since a table of scans may hold a billion rows and a start that is cut short must not begin anew.
 */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema
    .createTable('origins_of_before')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('after_scan', 'bigint', (column) => column.notNull())
    .addColumn('after_key', 'text', (column) => column.notNull())
    .execute();
  const beginning = { after_scan: 0, after_key: '' };
  await (query as unknown as Kysely<{ origins_of_before: OriginsOfBeforeTable }>)
    .insertInto('origins_of_before')
    .values([
      { name: 'inspections', ...beginning },
      { name: 'scan_records', ...beginning },
    ])
    .execute();
}
