import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Dialect, Kysely, PostgresDialect, sql } from 'kysely';
import Sqlite from 'libsql';
import { makeSqlitePrivate } from '../../base/files/private-files.js';
import { message } from '../../i18n/message.js';
import type { DatabaseDialect } from '../schema/dialect.js';
import type { Tables } from '../schema/tables.js';
import { withFaultDetection } from './fault-driver.js';
import { migrate } from './migrate.js';
import { ImmediateSqliteDialect, SQLITE_WAIT_MILLIS } from './sqlite-dialect.js';
import { SqliteDisk } from './sqlite-disk.js';
import { StoreFault, toStoreFault } from './storage-fault.js';
import type { StoreTransaction } from './transaction.js';

/**
 * Database of the service: an SQLite file in the data directory, or PostgreSQL. Statements use only SQL that both
 * support: times are text (RFC 3339, UTC, milliseconds, so that they sort), booleans are 0 or 1, documents are text as
 * they were written.
 */
export interface Database {
  readonly dialect: DatabaseDialect;
  readonly query: Kysely<Tables>;
  /** Runs work whose statements have no time limit; those of other work are cancelled after a while. */
  withoutTimeout<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Runs a transaction whose data can be reproduced. It is atomic but returns before the data is on disk, so a power
   * failure may undo it.
   */
  runReproducible<T>(work: (inside: StoreTransaction) => Promise<T>): Promise<T>;
  /** Rejects if the database does not respond. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseLocation {
  dataDir: string;
  /** `postgres://…`; if absent, `<dataDir>/assay.sqlite`. */
  url?: string | undefined;
}

/**
 * Opens and migrates the database. If several processes do so at once, one migrates and the others wait. Rejects with
 * `StoreFault`, now and later, if the database is unavailable, and if another version of Assay has written it; that one
 * stays unchanged.
 */
export async function openDatabase(place: DatabaseLocation): Promise<Database> {
  const { flavour, dialect, unhurried, regainable } =
    place.url === undefined ? openSqlite(place.dataDir) : await openPostgres(place.url);
  const query = new Kysely<Tables>({ dialect: withFaultDetection(dialect) });
  try {
    await unhurried(() => migrate(query, flavour));
  } catch (error) {
    await query.destroy().catch(() => undefined);
    throw error instanceof StoreFault && error.code !== 'store.otherVersion' && place.url === undefined
      ? unusableFolderFault(place.dataDir, error)
      : error;
  }
  return {
    dialect: flavour,
    query,
    withoutTimeout: unhurried,
    runReproducible: (work) => regainable(query, work),
    ping: async () => void (await sql`select 1`.execute(query)),
    close: () => query.destroy(),
  };
}

interface DatabaseParts {
  flavour: DatabaseDialect;
  dialect: Dialect;
  unhurried: Database['withoutTimeout'];
  regainable<T>(query: Kysely<Tables>, work: (inside: StoreTransaction) => Promise<T>): Promise<T>;
}

/** Loads the library only for PostgreSQL, so that commands using SQLite start sooner. */
async function openPostgres(url: string): Promise<DatabaseParts> {
  const { StatementBoundedPool } = await import('./postgres-pool.js');
  const pool = new StatementBoundedPool(url);
  return {
    flavour: 'postgres',
    dialect: new PostgresDialect({ pool }),
    unhurried: (work) => pool.withoutTimeout(work),
    regainable: (query, work) =>
      query.transaction().execute(async (inside) => {
        await sql`set local synchronous_commit = off`.execute(inside);
        return work(inside);
      }),
  };
}

function openSqlite(dataDir: string): DatabaseParts {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const { database, disk } = openSqliteFile(join(dataDir, 'assay.sqlite'));
    return {
      flavour: 'sqlite',
      dialect: new ImmediateSqliteDialect(database, disk),
      unhurried: (work) => work(),
      // Holds the only connection, so that no other commit skips the sync.
      regainable: (query, work) =>
        query.connection().execute((connection) => {
          disk?.skipSync();
          return connection.transaction().execute(work);
        }),
    };
  } catch (error) {
    throw unusableFolderFault(dataDir, error);
  }
}

/** Returns the fault with the name of the folder, for the operator. */
export function unusableFolderFault(dataDir: string, error: unknown): StoreFault {
  const fault = toStoreFault(error, { connecting: true });
  const code = fault instanceof StoreFault ? fault.code : 'store.unavailable';
  const cause = fault instanceof StoreFault ? fault.cause : error;
  const words = cause instanceof Error ? cause.message : String(cause);
  return new StoreFault(code, message('error.store.folder', { folder: dataDir, why: words }), { cause });
}

function openSqliteFile(path: string): { database: Sqlite.Database; disk: SqliteDisk | undefined } {
  makeSqlitePrivate(path);
  const database = new Sqlite(path);
  // A read-only file could be opened too and would fail only much later.
  accessSync(path, constants.W_OK);
  // Sets the timeout first, because changing the journal mode needs the lock as well.
  database.exec(`pragma busy_timeout = ${SQLITE_WAIT_MILLIS}`);
  const [journal] = database.prepare('pragma journal_mode = wal').all() as { journal_mode?: string }[];
  // Some file systems do not support WAL. There SQLite itself syncs commits to disk.
  const logged = journal?.journal_mode === 'wal';
  database.exec(`pragma synchronous = ${logged ? 'normal' : 'full'}`);
  // In pages; 64 MB. The log is written back long before by the checkpoint thread, unless that cannot keep up.
  database.exec('pragma wal_autocheckpoint = 16000');
  database.exec('pragma foreign_keys = on');
  // Overwrites deleted content instead of only marking it as free.
  database.exec('pragma secure_delete = on');
  return { database, disk: logged ? new SqliteDisk(path) : undefined };
}
