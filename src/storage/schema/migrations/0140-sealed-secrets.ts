import type { Kysely } from 'kysely';

/**
 * Adds the key that seals a webhook's secrets; empty for plain text, as before. Not every process that opens the
 * database knows the key, so secrets are sealed when a server starts.
 */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema.alterTable('webhooks').addColumn('secret_key', 'text').execute();
}
