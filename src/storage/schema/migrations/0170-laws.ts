import type { Kysely } from 'kysely';
import type { DatabaseDialect } from '../dialect.js';

/** Adds the law in force for all users of this database, and its signed bundles. */
export async function up(query: Kysely<never>, flavour: DatabaseDialect): Promise<void> {
  await query.schema
    .createTable('law_bundles')
    .addColumn('digest', 'text', (column) => column.primaryKey())
    .addColumn('bundle', flavour === 'postgres' ? 'bytea' : 'blob', (column) => column.notNull())
    .execute();
  await query.schema
    .createTable('law_in_force')
    .addColumn('one', 'integer', (column) => column.primaryKey())
    .addColumn('digest', 'text')
    .addColumn('before', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute();
}
