import type { Kysely } from 'kysely';
import type { OriginsOfBeforeTable } from '../tables.js';

/**
 * Rows from before Reports stated how far a file was read have origin `none` even if a part was not read. This table
 * records which tables are still to be corrected, and from which key on: `rebucketOrigins` works in separate steps,
 * since a table of scans may have a billion rows and an interrupted start must not begin again.
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
