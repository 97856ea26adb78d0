import { type Kysely, sql } from 'kysely';

/**
 * Scans belong to a tenant and live for years: each run has a number, and a record names the run that wrote it and
 * preserves the record it replaced. Jobs count how often they came back undone. Most records are of the first run, so
 * the index contains only the others.
 */
export async function up(query: Kysely<never>): Promise<void> {
  const alter = (table: string) => query.schema.alterTable(table);
  await alter('scans')
    .addColumn('tenant', 'text', (column) => column.notNull().defaultTo('local'))
    .execute();
  await alter('scans')
    .addColumn('run', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  await query.schema.createIndex('scans_tenant').on('scans').columns(['tenant', 'number']).execute();
  await alter('scan_records')
    .addColumn('run', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  await alter('scan_records').addColumn('was', 'text').execute();
  await sql`create index scan_records_run on scan_records (scan, run, path_key) where run > 1`.execute(query);
  await alter('scan_jobs')
    .addColumn('handed_back', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await alter('scan_jobs').addColumn('handed_back_for', 'text').execute();
}
