import type { Kysely } from 'kysely';

/** Links made before showed no pictures, and whoever made one was told so. */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema
    .alterTable('shares')
    .addColumn('with_pictures', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
