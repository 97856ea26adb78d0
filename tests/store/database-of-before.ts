import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, Migrator, PostgresDialect, SqliteDialect } from 'kysely';
import Sqlite from 'libsql';
import pg from 'pg';
import type { DatabasePlace } from '../../src/store/database.js';
import type { Flavour } from '../../src/store/flavour.js';
import { MIGRATIONS } from '../../src/store/migrations/index.js';
import type { Tables } from '../../src/store/tables.js';

/** The tables as they were before a migration, those of 0.1 where none is named, and then `work`. */
export async function inDatabaseOfBefore(
  place: DatabasePlace,
  work: (query: Kysely<Tables>) => Promise<void>,
  migration = '0120',
) {
  const flavour: Flavour = place.url === undefined ? 'sqlite' : 'postgres';
  const query = new Kysely<Tables>({ dialect: dialectOf(place) });
  const landed = Object.entries(MIGRATIONS).filter(([name]) => name < migration);
  const provider = {
    getMigrations: async () =>
      Object.fromEntries(
        landed.map(([name, step]) => [name, { up: (db: Kysely<unknown>) => step(db as never, flavour) }]),
      ),
  };
  try {
    const { error } = await new Migrator({ db: query, provider }).migrateToLatest();
    if (error !== undefined) throw error;
    await work(query);
  } finally {
    await query.destroy();
  }
}

export function dialectOf({ dataDir, url }: DatabasePlace): SqliteDialect | PostgresDialect {
  if (url !== undefined) return new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) });
  mkdirSync(dataDir, { recursive: true });
  return new SqliteDialect({ database: new Sqlite(join(dataDir, 'assay.sqlite')) as never });
}
