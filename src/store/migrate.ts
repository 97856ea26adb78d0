import { type Kysely, type Migration, Migrator } from 'kysely';
import type { Flavour } from './flavour.js';
import { MIGRATIONS } from './migrations/index.js';

/** Rejects with the first step's error; a step that failed has left nothing behind. */
export async function migrate<T>(query: Kysely<T>, flavour: Flavour): Promise<void> {
  const migrations: Record<string, Migration> = {};
  for (const [name, step] of Object.entries(MIGRATIONS)) {
    migrations[name] = { up: (db) => step(db as Kysely<never>, flavour) };
  }
  const migrator = new Migrator({ db: query, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
