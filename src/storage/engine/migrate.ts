import { type Kysely, type Migration, Migrator } from 'kysely';
import type { DatabaseDialect } from '../schema/dialect.js';
import { MIGRATIONS } from '../schema/migrations/index.js';

/** Runs the migrations. Rejects with the error of the first that fails, which is rolled back. */
export async function migrate<T>(query: Kysely<T>, flavour: DatabaseDialect): Promise<void> {
  const migrations: Record<string, Migration> = {};
  for (const [name, step] of Object.entries(MIGRATIONS)) {
    migrations[name] = { up: (db) => step(db as Kysely<never>, flavour) };
  }
  const migrator = new Migrator({ db: query, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
