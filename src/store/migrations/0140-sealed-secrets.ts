import type { Kysely } from 'kysely';

/**
 * Under which key the secrets of a webhook are sealed; empty: they stand there in plain, as they did before. The key is
 * not known to every process that opens the database: `seal-secrets.ts` seals them when a server starts.
 */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema.alterTable('webhooks').addColumn('secret_key', 'text').execute();
}
