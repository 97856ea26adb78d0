import { type Kysely, sql } from 'kysely';
import type { DatabaseDialect } from '../dialect.js';

/**
 * Adds the append-only log. Earlier audit entries stay until they expire; the first leaf of a tenant records their
 * number, so that they cannot be mistaken for leaves.
 */
export async function up(query: Kysely<never>, flavour: DatabaseDialect): Promise<void> {
  const bytes = flavour === 'postgres' ? sql`bytea` : sql`blob`;
  const numbered = flavour === 'postgres' ? sql`bigint generated always as identity` : sql`integer`;

  await query.schema
    .createTable('log_trees')
    .addColumn('tenant', 'text', (column) => column.primaryKey())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('peaks', bytes, (column) => column.notNull())
    .addColumn('headed', 'bigint', (column) => column.notNull())
    .addColumn('pruned', 'bigint', (column) => column.notNull())
    .addColumn('origin', 'text')
    .addColumn('numbers_from', 'bigint', (column) => column.notNull())
    .execute();
  await query.schema
    .createTable('log_leaves')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('at_index', 'bigint', (column) => column.notNull())
    .addColumn('hash', bytes, (column) => column.notNull())
    .addColumn('leaf', 'text')
    .addColumn('subject', 'text')
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('asked', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('log_leaves_key', ['tenant', 'at_index'])
    .execute();
  await sql`create index log_leaves_subject on log_leaves (tenant, subject, at_index) where subject is not null`.execute(
    query,
  );
  await query.schema
    .createTable('log_persons')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('at_index', 'bigint', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('salt', 'text', (column) => column.notNull())
    .addColumn('who', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text')
    .addPrimaryKeyConstraint('log_persons_key', ['tenant', 'at_index'])
    .execute();
  await query.schema.createIndex('log_persons_age').on('log_persons').column('at').execute();
  await query.schema
    .createTable('log_tiles')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('level', 'integer', (column) => column.notNull())
    .addColumn('at_index', 'bigint', (column) => column.notNull())
    .addColumn('hashes', bytes, (column) => column.notNull())
    .addColumn('root', bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('log_tiles_key', ['tenant', 'level', 'at_index'])
    .execute();
  await query.schema
    .createTable('log_heads')
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('checkpoint', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('log_heads_key', ['tenant', 'size'])
    .execute();
  await query.schema
    .createTable('log_waiting')
    .addColumn('number', numbered, (column) =>
      flavour === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .execute();
  await query.schema
    .createIndex('log_waiting_tenant')
    .on('log_waiting')
    .columns(['tenant', 'number'])
    .execute();
  await query.schema
    .createTable('log_writers')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('seen_at', 'text', (column) => column.notNull())
    .execute();

  await sql`
    insert into log_trees (tenant, size, peaks, headed, pruned, numbers_from)
    select tenant, 0, ${Buffer.alloc(0)}, 0, 0, max(number) from audit group by tenant`.execute(query);
  // Names of tenants contain no character that JSON escapes.
  const [begin, end] = [`{"action":"log.begun","at":"${new Date().toISOString()}","facts":{"before":`, '}}'];
  await sql`
    insert into log_waiting (tenant, event)
    select tenant, ${sql.lit(begin)} || count(*) || ${sql.lit(end)} from audit group by tenant`.execute(
    query,
  );
}
