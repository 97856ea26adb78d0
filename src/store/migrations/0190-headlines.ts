import type { Kysely } from 'kysely';

/** What lists show first: the headline of a Report, as JSON of its id and params. Of Reports of before there is none. */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema.alterTable('inspections').addColumn('headline', 'text').execute();
}
