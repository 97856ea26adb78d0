import type { Kysely } from 'kysely';

export async function up(query: Kysely<never>): Promise<void> {
  await query.schema
    .createTable('uploads')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('size_bytes', 'bigint')
    .addColumn('metadata', 'text', (column) => column.notNull())
    .addColumn('taken_until', 'text')
    .execute();
  await query.schema.createIndex('uploads_tenant').on('uploads').column('tenant').execute();
  await query.schema.createIndex('uploads_expiry').on('uploads').column('expires_at').execute();
}
