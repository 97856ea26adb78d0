import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, Migrator, PostgresDialect, SqliteDialect } from 'kysely';
import Sqlite from 'libsql';
import pg from 'pg';
import type { DatabaseLocation } from '../../src/storage/engine/database.js';
import type { DatabaseDialect } from '../../src/storage/schema/dialect.js';
import { MIGRATIONS } from '../../src/storage/schema/migrations/index.js';
import type { Tables } from '../../src/storage/schema/tables.js';

/** Creates the tables as they were before a migration (by default those of 0.1), and then runs `work`. */
export async function inDatabaseOfBefore(
  place: DatabaseLocation,
  work: (query: Kysely<Tables>) => Promise<void>,
  migration = '0120',
) {
  const flavour: DatabaseDialect = place.url === undefined ? 'sqlite' : 'postgres';
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

/** Opens the dialect of a location directly, without the program's wrappers. */
export function dialectOf({ dataDir, url }: DatabaseLocation): SqliteDialect | PostgresDialect {
  if (url !== undefined) return new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) });
  mkdirSync(dataDir, { recursive: true });
  return new SqliteDialect({ database: new Sqlite(join(dataDir, 'assay.sqlite')) as never });
}
