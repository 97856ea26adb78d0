import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Tables } from '../schema/tables.js';
import type { Database } from './database.js';

/** Returns a database that answers every query with no rows and accesses no disk; used to describe the API. */
export function createEmptyDatabase(): Database {
  const query = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  return {
    dialect: 'sqlite',
    query,
    runReproducible: (work) => query.transaction().execute(work),
    withoutTimeout: (work) => work(),
    ping: async () => undefined,
    close: () => query.destroy(),
  };
}
