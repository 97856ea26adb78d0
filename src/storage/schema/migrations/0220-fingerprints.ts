import { type Kysely, sql } from 'kysely';
import type { DatabaseDialect } from '../dialect.js';

/**
 * Adds fingerprints, collections and attachments of scan records. Removed fingerprints stay as empty rows for some
 * days, so that processes with an index in memory learn of the removal.
 */
export async function up(query: Kysely<never>, flavour: DatabaseDialect): Promise<void> {
  const bytes = flavour === 'postgres' ? sql`bytea` : sql`blob`;
  const numbered = flavour === 'postgres' ? sql`bigint generated always as identity` : sql`integer`;

  await query.schema
    .createTable('fingerprints')
    .addColumn('id', numbered, (column) =>
      flavour === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('holder_id', 'text', (column) => column.notNull())
    .addColumn('item', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text')
    .addColumn('gone_at', 'text')
    .addColumn('quality', 'integer', (column) => column.notNull())
    .addColumn('frames', 'integer', (column) => column.notNull())
    .addColumn('seconds', 'double precision')
    .addColumn('missing', 'text')
    .addColumn('partly', 'text')
    .addColumn('left_of_report', 'text')
    .addColumn('bytes', 'integer', (column) => column.notNull())
    .addColumn('shelf', bytes, (column) => column.notNull())
    .execute();
  // The index covers the sizes, so that an answer can be limited before the bytes are read.
  await query.schema
    .createIndex('fingerprints_order')
    .unique()
    .on('fingerprints')
    .columns(['seq', 'bytes'])
    .execute();
  const there = 'gone_at is null';
  for (const statement of [
    `create unique index fingerprints_holder on fingerprints (tenant, holder, holder_id, item, kind) where ${there}`,
    `create index fingerprints_counts on fingerprints (tenant, bytes) where ${there}`,
    `create index fingerprints_expiry on fingerprints (expires_at) where ${there} and expires_at is not null`,
    'create index fingerprints_gone on fingerprints (gone_at) where gone_at is not null',
  ])
    await sql.raw(statement).execute(query);
  await query.schema
    .createTable('fingerprint_queries')
    .addColumn('fingerprint', 'bigint', (column) =>
      column.primaryKey().references('fingerprints.id').onDelete('cascade'),
    )
    .addColumn('query', bytes, (column) => column.notNull())
    .execute();
  await query.schema
    .createTable('fingerprint_order')
    .addColumn('one', 'integer', (column) => column.primaryKey())
    .addColumn('last', 'bigint', (column) => column.notNull())
    .addColumn('floor', 'bigint', (column) => column.notNull())
    .execute();
  await sql`insert into fingerprint_order (one, last, floor) values (1, 0, 0)`.execute(query);

  await query.schema
    .createTable('collections')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('finding', 'text')
    .addColumn('watched', 'integer', (column) => column.notNull())
    .addColumn('items', 'integer', (column) => column.notNull())
    .addColumn('not_searchable', 'integer', (column) => column.notNull())
    .addColumn('leaving', 'integer', (column) => column.notNull())
    .execute();
  await query.schema
    .createIndex('collections_newest')
    .on('collections')
    .columns(['tenant', 'created_at', 'id'])
    .execute();
  await query.schema
    .createTable('collection_items')
    .addColumn('collection', 'text', (column) =>
      column.notNull().references('collections.id').onDelete('cascade'),
    )
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('note', 'text')
    .addColumn('finding', 'text')
    .addColumn('searchable', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('collection_items_key', ['collection', 'id'])
    .execute();
  await query.schema
    .createTable('collection_previews')
    .addColumn('collection', 'text', (column) => column.notNull())
    .addColumn('item', 'text', (column) => column.notNull())
    .addColumn('content', bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('collection_previews_key', ['collection', 'item'])
    .addForeignKeyConstraint(
      'collection_previews_item',
      ['collection', 'item'],
      'collection_items',
      ['collection', 'id'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute();

  await query.schema
    .alterTable('scans')
    .addColumn('beside', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  for (const [table, columns] of [
    ['scan_previews', [['content', bytes]]],
    [
      'scan_manifests',
      [
        ['secret_key', sql`text`],
        ['sealed', bytes],
      ],
    ],
  ] as const) {
    let made = query.schema
      .createTable(table)
      .addColumn('scan', 'bigint', (column) => column.notNull())
      .addColumn('path_key', 'text', (column) => column.notNull());
    for (const [name, type] of columns) made = made.addColumn(name, type, (column) => column.notNull());
    await made.addPrimaryKeyConstraint(`${table}_key`, ['scan', 'path_key']).execute();
  }
  await query.schema.createIndex('scan_manifests_key_of').on('scan_manifests').column('secret_key').execute();
}
