import { type Kysely, sql } from 'kysely';

/** Adds rejudgements of stored Reports under another law, and their changes. */
export async function up(query: Kysely<never>): Promise<void> {
  await query.schema
    .createTable('rejudgements')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('ask', 'text', (column) => column.notNull())
    .addColumn('counts', 'text', (column) => column.notNull())
    .addColumn('law', 'text')
    .addColumn('made_before', 'text', (column) => column.notNull())
    .addColumn('after_at', 'text')
    .addColumn('after_id', 'text')
    .addColumn('faults', 'integer', (column) => column.notNull())
    .addColumn('started_at', 'text')
    .addColumn('finished_at', 'text')
    .addColumn('available_at', 'text', (column) => column.notNull())
    .addColumn('lease', 'text')
    .addColumn('leased_until', 'text')
    .addColumn('expires_at', 'text')
    .execute();
  const indexes: Record<string, string[]> = {
    rejudgements_newest: ['tenant', 'created_at', 'id'],
    rejudgements_open: ['status', 'available_at'],
    rejudgements_expiry: ['expires_at'],
  };
  for (const [name, columns] of Object.entries(indexes)) {
    await query.schema.createIndex(name).on('rejudgements').columns(columns).execute();
  }
  await query.schema
    .createIndex('rejudgements_one_open')
    .unique()
    .on('rejudgements')
    .column('tenant')
    .where(sql.ref('status'), 'in', ['queued', 'running'])
    .execute();
  await query.schema
    .createTable('rejudged_reports')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('rejudgement_id', 'text', (column) =>
      column.notNull().references('rejudgements.id').onDelete('cascade'),
    )
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('inspection_id', 'text', (column) =>
      column.notNull().references('inspections.id').onDelete('cascade'),
    )
    .addColumn('as_of', 'text', (column) => column.notNull())
    .addColumn('replaced_by', 'text')
    .addColumn('new_findings', 'integer', (column) => column.notNull())
    .addColumn('changes', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('rejudged_reports_key', [
      'tenant',
      'rejudgement_id',
      'created_at',
      'inspection_id',
    ])
    .execute();
  // Indexes for deletion together with a report or rejudgement.
  await query.schema
    .createIndex('rejudged_reports_inspection')
    .on('rejudged_reports')
    .column('inspection_id')
    .execute();
  await query.schema
    .createIndex('rejudged_reports_rejudgement')
    .on('rejudged_reports')
    .column('rejudgement_id')
    .execute();
  await query.schema
    .createTable('rejudged_laws')
    .addColumn('tenant', 'text', (column) => column.primaryKey())
    .addColumn('law', 'text', (column) => column.notNull())
    .execute();
}
