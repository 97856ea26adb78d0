import { type Kysely, sql } from 'kysely';
import type { DatabaseDialect } from '../dialect.js';

/** Adds HTTP exchanges of fetched files, and of pages from which a medium is still to be chosen. */
export async function up(query: Kysely<never>, flavour: DatabaseDialect): Promise<void> {
  const bytes = flavour === 'postgres' ? sql`bytea` : sql`blob`;
  await query.schema
    .createTable('inspection_exchanges')
    .addColumn('inspection_id', 'text', (column) =>
      column.primaryKey().references('inspections.id').onDelete('cascade'),
    )
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('served', 'text', (column) => column.notNull())
    .addColumn('page_url', 'text')
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('sealed_at', 'text')
    .addColumn('warc', bytes, (column) => column.notNull())
    .execute();
  await query.schema
    .createIndex('inspection_exchanges_sealed')
    .on('inspection_exchanges')
    .column('sealed_at')
    .execute();
  await query.schema
    .createTable('fetched_pages')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('asked_key', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('media', 'text', (column) => column.notNull())
    .addColumn('bytes', 'integer', (column) => column.notNull())
    .addColumn('warc', bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('fetched_pages_key', ['tenant', 'key'])
    .execute();
  await query.schema
    .createIndex('fetched_pages_asked')
    .on('fetched_pages')
    .columns(['tenant', 'asked_key'])
    .execute();
  await query.schema.createIndex('fetched_pages_expiry').on('fetched_pages').column('expires_at').execute();
}
