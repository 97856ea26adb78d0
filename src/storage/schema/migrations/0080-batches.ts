import type { Kysely } from 'kysely';

export async function up(query: Kysely<never>): Promise<void> {
  await query.schema
    .createTable('batches')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('total', 'integer', (column) => column.notNull())
    .addColumn('open', 'integer', (column) => column.notNull())
    .addColumn('case_ref', 'text')
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('cancelled_at', 'text')
    .addColumn('finished_at', 'text')
    .addColumn('expires_at', 'text')
    .execute();
  await query.schema
    .createIndex('batches_newest')
    .on('batches')
    .columns(['tenant', 'created_at', 'id'])
    .execute();
  await query.schema.createIndex('batches_expiry').on('batches').column('expires_at').execute();
  await query.schema.alterTable('inspections').addColumn('batch_item', 'integer').execute();
  await query.schema
    .createIndex('inspections_batch_items')
    .on('inspections')
    .columns(['tenant', 'batch_id', 'batch_item'])
    .execute();
}
