import { existsSync, lstatSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Sqlite from 'libsql';
import { message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';
import type { DatabaseDialect } from '../schema/dialect.js';
import { MIGRATIONS } from '../schema/migrations/index.js';

/** State of a database's schema, determined without changing it. */
export type SchemaState =
  | { schema: 'none' | 'current' }
  /** Number of migrations pending for the next start. */
  | { schema: 'older'; steps: number }
  /** Another version has made it: a later one, or one from before 0.2.0, whose data nothing converts. */
  | { schema: 'other' };

/**
 * Compares the migrations applied to a database with the known ones. `applied` is `undefined` if there is no list of
 * them.
 */
export function compareSchema(applied: readonly string[] | undefined): SchemaState {
  if (applied === undefined || applied.length === 0) return { schema: 'none' };
  const known = Object.keys(MIGRATIONS);
  if (applied.some((name) => !known.includes(name))) return { schema: 'other' };
  const steps = known.filter((name) => !applied.includes(name)).length;
  return steps === 0 ? { schema: 'current' } : { schema: 'older', steps };
}

/** Returns the query that gives one row if the list of applied migrations exists, and none otherwise. */
export const hasMigrationsQuery = (dialect: DatabaseDialect): string =>
  dialect === 'postgres'
    ? "select 1 where to_regclass('kysely_migration') is not null"
    : "select 1 from sqlite_master where name = 'kysely_migration'";
export const MIGRATIONS_QUERY = 'select name from kysely_migration';

/**
 * Reads the schema state of an SQLite file without creating files; `undefined` if it does not exist. Throws the error
 * of SQLite or the system.
 */
export function readSqliteSchema(path: string): SchemaState | undefined {
  return readSqliteFile(path, (database) => {
    const tables = database.prepare(hasMigrationsQuery('sqlite')).all();
    if (tables.length === 0) return compareSchema(undefined);
    const applied = database.prepare(MIGRATIONS_QUERY).all() as { name: string }[];
    return compareSchema(applied.map(({ name }) => name));
  });
}

/** Opens an SQLite file only for reading; returns `undefined` if it does not exist. */
export function readSqliteFile<T>(path: string, read: (database: Sqlite.Database) => T): T | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  if (stats.isFIFO() || stats.isDirectory()) throw new MessageError(message('doctor.database.noFile'));
  // Without a WAL file nobody has the database open, and SQLite would create one to read it.
  const how = existsSync(`${path}-wal`) ? 'mode=ro' : 'immutable=1';
  const database = new Sqlite(`${pathToFileURL(path).href}?${how}`);
  try {
    return read(database);
  } finally {
    database.close();
  }
}
