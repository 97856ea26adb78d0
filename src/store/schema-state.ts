import { existsSync, lstatSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Sqlite from 'libsql';
import { said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';
import { MIGRATIONS } from './migrations/index.js';

/** What a database was made by, to tell without changing anything in it. */
export type SchemaState =
  | { schema: 'none' | 'current' }
  /** So many steps are made at the next start. */
  | { schema: 'older'; steps: number }
  /** A later version has been at work there. */
  | { schema: 'newer' };

/** `applied`: names of the steps that were made; undefined where there is no list of them. */
export function schemaState(applied: readonly string[] | undefined): SchemaState {
  if (applied === undefined || applied.length === 0) return { schema: 'none' };
  const known = Object.keys(MIGRATIONS);
  if (applied.some((name) => !known.includes(name))) return { schema: 'newer' };
  const steps = known.filter((name) => !applied.includes(name)).length;
  return steps === 0 ? { schema: 'current' } : { schema: 'older', steps };
}

/** Of a server: whether the list is there, and the list. */
export const LIST_THERE = "select to_regclass('kysely_migration') is not null as there";
export const LIST = 'select name from kysely_migration';

/**
 * Opens the file to read it alone, so that nothing is made beside it: undefined where there is none. Throws what SQLite or
 * the system says.
 */
export function sqliteSchema(path: string): SchemaState | undefined {
  return readAlone(path, (database) => {
    const tables = database.prepare("select name from sqlite_master where name = 'kysely_migration'").all();
    if (tables.length === 0) return schemaState(undefined);
    const applied = database.prepare(LIST).all() as { name: string }[];
    return schemaState(applied.map(({ name }) => name));
  });
}

/** In the same way. */
export function readAlone<T>(path: string, read: (database: Sqlite.Database) => T): T | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (stats.isFIFO() || stats.isDirectory()) throw new SaidError(said('doctor.database.noFile'));
  // Without a log nobody has it open, and SQLite would make one to read it.
  const how = existsSync(`${path}-wal`) ? 'mode=ro' : 'immutable=1';
  const database = new Sqlite(`${pathToFileURL(path).href}?${how}`);
  try {
    return read(database);
  } finally {
    database.close();
  }
}
