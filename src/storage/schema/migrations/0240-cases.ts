import { type Kysely, sql } from 'kysely';
import type { DatabaseDialect } from '../dialect.js';

/**
 * Adds cases. Each distinct `case_ref` of inspections and batches becomes one. They refer to it by that name as before,
 * so no row of theirs is rewritten and the migration only reads one index.
 */
export async function up(query: Kysely<never>, flavour: DatabaseDialect): Promise<void> {
  await query.schema
    .createTable('cases')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('ref', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text')
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addColumn('closed_at', 'text')
    .addColumn('closed_by', 'text')
    .addColumn('by_word', 'integer', (column) => column.notNull())
    .addColumn('former', 'integer', (column) => column.notNull())
    .execute();
  await query.schema.createIndex('cases_ref').unique().on('cases').columns(['tenant', 'ref']).execute();
  await query.schema
    .createIndex('cases_newest')
    .on('cases')
    .columns(['tenant', 'created_at', 'id'])
    .execute();

  await query.schema
    .createTable('case_items')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('case_id', 'text', (column) => column.notNull().references('cases.id').onDelete('cascade'))
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('by', 'text')
    .addColumn('content', 'text')
    .addColumn('inspection', 'text')
    .addColumn('other', 'text')
    .addColumn('removed_at', 'text')
    .addColumn('removed_by', 'text')
    .addColumn('gone_at', 'text')
    .addColumn('gone_how', 'text')
    .execute();
  await query.schema
    .createIndex('case_items_newest')
    .on('case_items')
    .columns(['case_id', 'created_at', 'id'])
    .execute();
  for (const column of ['inspection', 'other'])
    await sql
      .raw(
        `create index case_items_${column} on case_items (tenant, ${column}) where ${column} is not null and content is not null`,
      )
      .execute(query);

  // Person who added it to its case, and when; null if at creation.
  for (const column of ['case_at', 'case_by'])
    await query.schema.alterTable('inspections').addColumn(column, 'text').execute();
  // Index in list order, so that large cases are not sorted for each page; excludes inspections without a case.
  await sql
    .raw(
      'create index inspections_of_case on inspections (tenant, case_ref, created_at, id) where case_ref is not null',
    )
    .execute(query);
  await query.schema.dropIndex('inspections_case').execute();

  const id =
    flavour === 'postgres'
      ? sql`gen_random_uuid()::text`
      : sql`lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
          || substr('89ab', 1 + abs(random() % 4), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`;
  await sql`
    insert into cases (id, tenant, ref, name, created_at, changed_at, by_word, former)
    select ${id}, tenant, case_ref, case_ref, min(created_at), max(created_at), 1, 0
    from (
      select tenant, case_ref, created_at from inspections where case_ref is not null
      union all
      select tenant, case_ref, created_at from batches where case_ref is not null
    ) as worded
    group by tenant, case_ref`.execute(query);
}
