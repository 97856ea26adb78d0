import { type Kysely, sql } from 'kysely';
import type { DatabaseDialect } from '../dialect.js';

/**
 * Adds scans of archives. A record's key is a digest of its path, which may be too long for a key, and its scan's
 * number, which is shorter than an id in a billion rows. Most files carry no mark, so indexes contain only those that
 * do.
 */
export async function up(query: Kysely<never>, flavour: DatabaseDialect): Promise<void> {
  const numbered = flavour === 'postgres' ? sql`bigint generated always as identity` : sql`integer`;
  await query.schema
    .createTable('scans')
    .addColumn('number', numbered, (column) => column.primaryKey())
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('header', 'text', (column) => column.notNull())
    .addColumn('plan', 'text')
    .execute();

  await query.schema
    .createTable('scan_jobs')
    .addColumn('scan', 'bigint', (column) => column.notNull().references('scans.number').onDelete('cascade'))
    .addColumn('job', 'text', (column) => column.notNull())
    .addColumn('files', 'integer', (column) => column.notNull())
    .addColumn('done_at', 'text')
    .addPrimaryKeyConstraint('scan_jobs_key', ['scan', 'job'])
    .execute();
  await query.schema
    .createIndex('scan_jobs_waiting')
    .on('scan_jobs')
    .column('scan')
    .where(sql.ref('done_at'), 'is', null)
    .execute();

  await query.schema
    .createTable('scan_records')
    .addColumn('scan', 'bigint', (column) => column.notNull().references('scans.number').onDelete('cascade'))
    .addColumn('path_key', 'text', (column) => column.notNull())
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('modified', 'bigint', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text')
    .addColumn('kind', 'text')
    .addColumn('origin', 'text')
    .addColumn('backing', 'text')
    .addColumn('presence', 'text')
    .addColumn('integrity', 'text')
    .addColumn('signer', 'text')
    .addColumn('error_code', 'text')
    .addColumn('record', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('scan_records_key', ['scan', 'path_key'])
    .execute();
  const marked: readonly [string, string][] = [
    ['integrity', 'is not null'],
    ['signer', 'is not null'],
    ['error_code', 'is not null'],
    ['origin', "<> 'none'"],
  ];
  for (const [column, condition] of marked) {
    await sql`create index ${sql.ref(`scan_records_${column}`)} on scan_records
      (scan, ${sql.ref(column)}, path_key) where ${sql.ref(column)} ${sql.raw(condition)}`.execute(query);
  }
}
