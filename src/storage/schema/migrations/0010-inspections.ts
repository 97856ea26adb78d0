import { type Kysely, sql } from 'kysely';
import type { DatabaseDialect } from '../dialect.js';

export async function up(query: Kysely<never>, flavour: DatabaseDialect): Promise<void> {
  const bytes = flavour === 'postgres' ? sql`bytea` : sql`blob`;
  const numbered = flavour === 'postgres' ? sql`bigint generated always as identity` : sql`integer`;

  await query.schema
    .createTable('inspections')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text')
    .addColumn('size_bytes', 'bigint')
    .addColumn('started_at', 'text')
    .addColumn('finished_at', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('versions', 'text')
    .addColumn('answer_key', 'text')
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .addColumn('cached_from', 'text')
    .addColumn('case_ref', 'text')
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('notes', 'text', (column) => column.notNull())
    .addColumn('batch_id', 'text')
    .addColumn('supersedes', 'text')
    .addColumn('superseded_by', 'text')
    .addColumn('changes', 'text')
    .addColumn('expires_at', 'text')
    .addColumn('origin', 'text')
    .addColumn('backing', 'text')
    .addColumn('kind', 'text')
    .addColumn('signer', 'text')
    .addColumn('sentence', 'text')
    .execute();
  const indexes: Record<string, string[]> = {
    inspections_newest: ['tenant', 'created_at', 'id'],
    inspections_bytes: ['tenant', 'sha256', 'answer_key'],
    inspections_case: ['tenant', 'case_ref'],
    inspections_batch: ['tenant', 'batch_id', 'status'],
    inspections_expiry: ['expires_at'],
  };
  for (const [name, columns] of Object.entries(indexes)) {
    await query.schema.createIndex(name).on('inspections').columns(columns).execute();
  }

  await query.schema
    .createTable('inspection_reports')
    .addColumn('inspection_id', 'text', (column) =>
      column.primaryKey().references('inspections.id').onDelete('cascade'),
    )
    .addColumn('report', 'text', (column) => column.notNull())
    .execute();

  await query.schema
    .createTable('inspection_facts')
    .addColumn('inspection_id', 'text', (column) =>
      column.notNull().references('inspections.id').onDelete('cascade'),
    )
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('inspection_facts_key', ['inspection_id', 'name', 'value'])
    .execute();
  await query.schema
    .createIndex('inspection_facts_asked')
    .on('inspection_facts')
    .columns(['tenant', 'name', 'value', 'inspection_id'])
    .execute();

  await query.schema
    .createTable('inspection_derivatives')
    .addColumn('inspection_id', 'text', (column) =>
      column.notNull().references('inspections.id').onDelete('cascade'),
    )
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('media_type', 'text', (column) => column.notNull())
    .addColumn('content', bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('inspection_derivatives_key', ['inspection_id', 'kind'])
    .execute();

  await query.schema
    .createTable('inspection_jobs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('queued_at', 'text', (column) => column.notNull())
    .addColumn('available_at', 'text', (column) => column.notNull())
    .addColumn('lease', 'text')
    .addColumn('leased_until', 'text')
    .execute();
  await query.schema
    .createIndex('inspection_jobs_next')
    .on('inspection_jobs')
    .columns(['available_at', 'queued_at'])
    .execute();

  await query.schema
    .createTable('events')
    .addColumn('number', numbered, (column) =>
      flavour === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .execute();
}
