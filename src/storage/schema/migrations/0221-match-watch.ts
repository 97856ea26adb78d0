import { type Kysely, sql } from 'kysely';

/** Adds the position up to which fingerprints of inspections were compared with watched collections. */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema
    .createTable('match_watch')
    .addColumn('one', 'integer', (column) => column.primaryKey())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .execute();
  // Skips fingerprints stored before any collection could be watched.
  await sql`insert into match_watch (one, position) select 1, last from fingerprint_order`.execute(query);
}
