import type { Kysely } from 'kysely';

/** Adds the lookup of links by digest, and whether they include notes. */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema
    .alterTable('shares')
    .addColumn('with_notes', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await query.schema.createIndex('shares_digest').unique().on('shares').column('digest').execute();
}
