import type { Kysely } from 'kysely';
import type { DatabaseDialect } from '../dialect.js';

/**
 * SQLite looks up the facts of each listed inspection by the primary key. Only PostgreSQL can use the index that begins
 * with the fact; in SQLite it cost eighty scattered pages per Report.
 */
export async function up(query: Kysely<never>, flavour: DatabaseDialect): Promise<void> {
  if (flavour === 'postgres') return;
  await query.schema.dropIndex('inspection_facts_asked').execute();
}
