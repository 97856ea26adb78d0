import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { message } from '../../i18n/message.js';
import type { DatabaseDialect } from '../schema/dialect.js';
import { MIGRATIONS } from '../schema/migrations/index.js';
import { compareSchema, hasMigrationsQuery, MIGRATIONS_QUERY } from './schema-state.js';
import { StoreFault } from './storage-fault.js';

/**
 * Runs the migrations. Rejects with the error of the first that fails, which is rolled back, and with the `StoreFault`
 * `store.otherVersion`, before anything is changed, if another version of Assay has written the database.
 */
export async function migrate<T>(query: Kysely<T>, flavour: DatabaseDialect): Promise<void> {
  if (compareSchema(await listApplied(query, flavour)).schema === 'other')
    throw new StoreFault('store.otherVersion', message('error.store.otherVersion'));
  const migrations: Record<string, Migration> = {};
  for (const [name, step] of Object.entries(MIGRATIONS)) {
    migrations[name] = { up: (db) => step(db as Kysely<never>, flavour) };
  }
  const migrator = new Migrator({ db: query, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Returns the names of the applied migrations; `undefined` if there is no list of them. */
async function listApplied<T>(query: Kysely<T>, flavour: DatabaseDialect): Promise<string[] | undefined> {
  const list = await sql.raw(hasMigrationsQuery(flavour)).execute(query);
  if (list.rows.length === 0) return undefined;
  const { rows } = await sql.raw<{ name: string }>(MIGRATIONS_QUERY).execute(query);
  return rows.map(({ name }) => name);
}
