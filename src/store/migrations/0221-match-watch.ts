import { type Kysely, sql } from 'kysely';

/** How far the fingerprints of inspections were held against watched collections. */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema
    .createTable('match_watch')
    .addColumn('one', 'integer', (column) => column.primaryKey())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .execute();
  // What was kept before there was a collection to watch is none of its business.
  await sql`insert into match_watch (one, position) select 1, last from fingerprint_order`.execute(query);
}
