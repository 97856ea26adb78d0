import { type Kysely, sql } from 'kysely';
import type { DatabaseDialect } from '../dialect.js';

export async function up(query: Kysely<never>, flavour: DatabaseDialect): Promise<void> {
  const numbered = flavour === 'postgres' ? sql`bigint generated always as identity` : sql`integer`;

  await query.schema
    .createTable('api_keys')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('scopes', 'text', (column) => column.notNull())
    .addColumn('defaults', 'text', (column) => column.notNull())
    .addColumn('limits', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text')
    .addColumn('expires_at', 'text')
    .addColumn('revoked_at', 'text')
    .addColumn('last_used_at', 'text')
    .addColumn('first', 'integer', (column) => column.unique())
    .execute();
  await query.schema
    .createIndex('api_keys_newest')
    .on('api_keys')
    .columns(['tenant', 'created_at'])
    .execute();

  await query.schema
    .createTable('sessions')
    .addColumn('digest', 'text', (column) => column.primaryKey())
    .addColumn('key_id', 'text', (column) => column.notNull().references('api_keys.id').onDelete('cascade'))
    .addColumn('issued_at', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'text', (column) => column.notNull())
    .addColumn('ends_at', 'text', (column) => column.notNull())
    .execute();
  await query.schema.createIndex('sessions_end').on('sessions').column('ends_at').execute();

  await query.schema
    .createTable('key_usage')
    .addColumn('key_id', 'text', (column) => column.notNull().references('api_keys.id').onDelete('cascade'))
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('inspections', 'bigint', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('key_usage_key', ['key_id', 'day'])
    .execute();

  await query.schema
    .createTable('idempotent_requests')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('idempotency_key', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('begun_at', 'text', (column) => column.notNull())
    .addColumn('status', 'integer')
    .addColumn('location', 'text')
    .addColumn('media_type', 'text')
    .addColumn('body', 'text')
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('idempotent_requests_key', ['tenant', 'key_id', 'idempotency_key'])
    .execute();
  await query.schema
    .createIndex('idempotent_requests_expiry')
    .on('idempotent_requests')
    .column('expires_at')
    .execute();

  await query.schema
    .createTable('audit')
    .addColumn('number', numbered, (column) =>
      flavour === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text')
    .addColumn('who', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('subject', 'text')
    .addColumn('status', 'integer', (column) => column.notNull())
    .addColumn('request_id', 'text', (column) => column.notNull())
    .execute();
  await query.schema.createIndex('audit_tenant').on('audit').columns(['tenant', 'number']).execute();
  await query.schema.createIndex('audit_age').on('audit').column('at').execute();

  await query.schema
    .createTable('shares')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('inspection_id', 'text', (column) =>
      column.notNull().references('inspections.id').onDelete('cascade'),
    )
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute();
  await query.schema
    .createIndex('shares_inspection')
    .on('shares')
    .columns(['tenant', 'inspection_id'])
    .execute();
  await query.schema.createIndex('shares_expiry').on('shares').column('expires_at').execute();
}
