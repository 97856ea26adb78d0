import type { Kysely } from 'kysely';

/** Adds the headline of a Report for lists, as JSON of message id and params. Earlier Reports have none. */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema.alterTable('inspections').addColumn('headline', 'text').execute();
}
