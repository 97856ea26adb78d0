import type { Kysely } from 'kysely';
import type { Flavour } from '../flavour.js';

/**
 * SQLite asks each inspection of a list for its facts, by the key of the table. The index that begins with the fact
 * serves PostgreSQL alone, which can begin there; here it cost eighty pages a Report, each somewhere else.
 */
export async function up(query: Kysely<never>, flavour: Flavour): Promise<void> {
  if (flavour === 'postgres') return;
  await query.schema.dropIndex('inspection_facts_asked').execute();
}
