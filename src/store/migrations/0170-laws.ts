import type { Kysely } from 'kysely';
import type { Flavour } from '../flavour.js';

/** Which law is in force for all that share this database, and the bundles that it came in, each with its signature. */
export async function up(query: Kysely<never>, flavour: Flavour): Promise<void> {
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
