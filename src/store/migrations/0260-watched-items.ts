import { type Kysely, sql } from 'kysely';

/** How far items of watched collections were held against what was inspected before them: apart from inspections, which do not wait. */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema
    .alterTable('match_watch')
    .addColumn('items_position', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  // Of items that are there already nobody was told, and nobody expects it now.
  await sql`update match_watch set items_position = (select last from fingerprint_order)`.execute(query);
}
