import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Dialect, Kysely, PostgresDialect, sql } from 'kysely';
import Sqlite from 'libsql';
import { tellingFaults } from './fault-driver.js';
import type { Flavour } from './flavour.js';
import type { Inside } from './inside.js';
import { migrate } from './migrate.js';
import { StatementBoundedPool } from './postgres-pool.js';
import { ImmediateSqliteDialect, SQLITE_WAIT_MILLIS } from './sqlite-dialect.js';
import { StoreFault, storeFault } from './store-fault.js';
import type { Tables } from './tables.js';

/**
 * Where rows live: one file beside the data, or PostgreSQL. What is written for it keeps to SQL that both know: times
 * are text (RFC 3339, UTC, milliseconds, so that they sort), truth is 0 or 1, documents are text, as they were made.
 */
export interface Database {
  readonly flavour: Flavour;
  readonly query: Kysely<Tables>;
  /** Statements of this work may take as long as they take; those of others are given up after a while. */
  unhurried<T>(work: () => Promise<T>): Promise<T>;
  /**
   * A transaction of what can be made again: whole or not at all as any other, but it is answered before the disk has
   * it, and a power cut may take it back. Nobody waits for that disk meanwhile.
   */
  regainable<T>(work: (inside: Inside) => Promise<T>): Promise<T>;
  /** Rejects where the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabasePlace {
  dataDir: string;
  /** `postgres://…`; left out: `<dataDir>/assay.sqlite`. */
  url?: string | undefined;
}

/**
 * Opens and migrates. Several processes may do so at once: one migrates, the others wait for it. What keeps the
 * database from its work rejects with a StoreFault, here and ever after.
 */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  const flavour: Flavour = place.url === undefined ? 'sqlite' : 'postgres';
  const pool = place.url === undefined ? undefined : new StatementBoundedPool(place.url);
  const unhurried: Database['unhurried'] = (work) => pool?.unhurried(work) ?? work();
  const query = new Kysely<Tables>({
    dialect: tellingFaults(pool === undefined ? sqlite(place.dataDir) : new PostgresDialect({ pool })),
  });
  try {
    await unhurried(() => migrate(query, flavour));
  } catch (error) {
    await query.destroy().catch(() => undefined);
    throw error instanceof StoreFault && place.url === undefined ? unusable(place.dataDir, error) : error;
  }
  return {
    flavour,
    query,
    unhurried,
    regainable: (work) =>
      flavour === 'sqlite' ? regainableInSqlite(query, work) : regainableInPostgres(query, work),
    ping: async () => void (await sql`select 1`.execute(query)),
    close: () => query.destroy(),
  };
}

/** Not changed within a transaction; the one connection is held, so that no other transaction begins meanwhile. */
function regainableInSqlite<T>(query: Kysely<Tables>, work: (inside: Inside) => Promise<T>): Promise<T> {
  return query.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      return await connection.transaction().execute(work);
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}

function regainableInPostgres<T>(query: Kysely<Tables>, work: (inside: Inside) => Promise<T>): Promise<T> {
  return query.transaction().execute(async (inside) => {
    await sql`set local synchronous_commit = off`.execute(inside);
    return work(inside);
  });
}

function sqlite(dataDir: string): Dialect {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return new ImmediateSqliteDialect(sqliteIn(dataDir));
  } catch (error) {
    throw unusable(dataDir, error);
  }
}

/** Of a folder, the operator is to know which. */
export function unusable(dataDir: string, error: unknown): StoreFault {
  const fault = storeFault(error, { connecting: true });
  const code = fault instanceof StoreFault ? fault.code : 'store.away';
  const cause = fault instanceof StoreFault ? fault.cause : error;
  const words = cause instanceof Error ? cause.message : String(cause);
  return new StoreFault(code, `nothing can be kept in ${dataDir} (${words})`, { cause });
}

function sqliteIn(dataDir: string): Sqlite.Database {
  const path = join(dataDir, 'assay.sqlite');
  const database = new Sqlite(path);
  // One that can only be read opens all the same, and would say so much later.
  accessSync(path, constants.W_OK);
  // The wait comes first: turning the journal over needs the lock as well.
  database.exec(`pragma busy_timeout = ${SQLITE_WAIT_MILLIS}`);
  database.exec('pragma journal_mode = wal');
  // FULL: what was answered as accepted is on the disk after a power cut too.
  database.exec('pragma synchronous = full');
  // Pages; 16 MB. Rows of a few indexes are touched again and again: written back less often, they are written once.
  database.exec('pragma wal_autocheckpoint = 4000');
  database.exec('pragma foreign_keys = on');
  // What is deleted is written over, not only forgotten.
  database.exec('pragma secure_delete = on');
  return database;
}
