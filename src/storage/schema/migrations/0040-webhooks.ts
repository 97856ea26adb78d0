import type { Kysely } from 'kysely';

export async function up(query: Kysely<never>): Promise<void> {
  await query.schema
    .createTable('webhooks')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('description', 'text')
    .addColumn('events', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('disabled_at', 'text')
    .addColumn('disabled_because', 'text')
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('old_secret', 'text')
    .addColumn('old_secret_until', 'text')
    .execute();
  await query.schema
    .createIndex('webhooks_tenant')
    .on('webhooks')
    .columns(['tenant', 'created_at'])
    .execute();

  await query.schema
    .createTable('webhook_deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('webhook_id', 'text', (column) =>
      column.notNull().references('webhooks.id').onDelete('cascade'),
    )
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('next_at', 'text')
    .addColumn('lease', 'text')
    .addColumn('leased_until', 'text')
    .addColumn('last_at', 'text')
    .addColumn('last_status', 'integer')
    .addColumn('last_code', 'text')
    .execute();
  const indexes: Record<string, string[]> = {
    webhook_deliveries_due: ['status', 'next_at'],
    webhook_deliveries_newest: ['webhook_id', 'created_at', 'id'],
  };
  for (const [name, columns] of Object.entries(indexes)) {
    await query.schema.createIndex(name).on('webhook_deliveries').columns(columns).execute();
  }
}
