import type { Kysely } from 'kysely';

/** Existing links show no pictures, as promised to their creators. */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema
    .alterTable('shares')
    .addColumn('with_pictures', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
