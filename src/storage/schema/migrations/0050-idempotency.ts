import type { Kysely } from 'kysely';

/** Replaces the first draft of this table, which was never written to and would have stored copies of responses. */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema.dropTable('idempotent_requests').execute();
  await query.schema
    .createTable('idempotent_requests')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('idempotency_key', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('status', 'integer')
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('held_until', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('idempotent_requests_once', ['tenant', 'key_id', 'idempotency_key'])
    .execute();
  await query.schema
    .createIndex('idempotent_requests_old')
    .on('idempotent_requests')
    .column('expires_at')
    .execute();
}
