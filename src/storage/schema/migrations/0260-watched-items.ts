import { type Kysely, sql } from 'kysely';

/**
 * Adds the position up to which items of watched collections were compared with earlier inspections, separately from
 * that of inspections, which do not wait.
 */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema
    .alterTable('match_watch')
    .addColumn('items_position', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  // Skips existing items, for which nobody expects reports.
  await sql`update match_watch set items_position = (select last from fingerprint_order)`.execute(query);
}
