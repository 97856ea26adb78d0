import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Database } from './database.js';
import type { Tables } from './tables.js';

/** For describing the API: answers every query with no rows, and touches no disk. */
export function noDatabase(): Database {
  const query = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  return {
    flavour: 'sqlite',
    query,
    regainable: (work) => query.transaction().execute(work),
    unhurried: (work) => work(),
    ping: async () => undefined,
    close: () => query.destroy(),
  };
}
