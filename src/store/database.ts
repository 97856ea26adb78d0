import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Dialect, Kysely, PostgresDialect, sql } from 'kysely';
import Sqlite from 'libsql';
import { keepSqlitePrivate } from '../private-files.js';
import { said } from '../say/said.js';
import { tellingFaults } from './fault-driver.js';
import type { Flavour } from './flavour.js';
import type { Inside } from './inside.js';
import { migrate } from './migrate.js';
import { rebucketOrigins } from './origins-of-before.js';
import { ImmediateSqliteDialect, SQLITE_WAIT_MILLIS } from './sqlite-dialect.js';
import { SqliteDisk } from './sqlite-disk.js';
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
  const { flavour, dialect, unhurried, regainable } =
    place.url === undefined ? sqlite(place.dataDir) : await postgres(place.url);
  const query = new Kysely<Tables>({ dialect: tellingFaults(dialect) });
  try {
    await unhurried(async () => {
      await migrate(query, flavour);
      await rebucketOrigins(query, flavour);
    });
  } catch (error) {
    await query.destroy().catch(() => undefined);
    throw error instanceof StoreFault && place.url === undefined ? unusable(place.dataDir, error) : error;
  }
  return {
    flavour,
    query,
    unhurried,
    regainable: (work) => regainable(query, work),
    ping: async () => void (await sql`select 1`.execute(query)),
    close: () => query.destroy(),
  };
}

interface Kind {
  flavour: Flavour;
  dialect: Dialect;
  unhurried: Database['unhurried'];
  regainable<T>(query: Kysely<Tables>, work: (inside: Inside) => Promise<T>): Promise<T>;
}

/** Its library is loaded where there is a PostgreSQL: every command that looks at SQLite starts sooner. */
async function postgres(url: string): Promise<Kind> {
  const { StatementBoundedPool } = await import('./postgres-pool.js');
  const pool = new StatementBoundedPool(url);
  return {
    flavour: 'postgres',
    dialect: new PostgresDialect({ pool }),
    unhurried: (work) => pool.unhurried(work),
    regainable: (query, work) =>
      query.transaction().execute(async (inside) => {
        await sql`set local synchronous_commit = off`.execute(inside);
        return work(inside);
      }),
  };
}

function sqlite(dataDir: string): Kind {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const { database, disk } = sqliteIn(join(dataDir, 'assay.sqlite'));
    return {
      flavour: 'sqlite',
      dialect: new ImmediateSqliteDialect(database, disk),
      unhurried: (work) => work(),
      // The one connection is held, so that nobody else's commit is spared.
      regainable: (query, work) =>
        query.connection().execute((connection) => {
          disk?.spare();
          return connection.transaction().execute(work);
        }),
    };
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
  return new StoreFault(code, said('error.store.folder', { folder: dataDir, why: words }), { cause });
}

function sqliteIn(path: string): { database: Sqlite.Database; disk: SqliteDisk | undefined } {
  keepSqlitePrivate(path);
  const database = new Sqlite(path);
  // One that can only be read opens all the same, and would say so much later.
  accessSync(path, constants.W_OK);
  // The wait comes first: turning the journal over needs the lock as well.
  database.exec(`pragma busy_timeout = ${SQLITE_WAIT_MILLIS}`);
  const [journal] = database.prepare('pragma journal_mode = wal').all() as { journal_mode?: string }[];
  // Some file systems cannot have that journal. There SQLite itself brings what it commits to the disk.
  const logged = journal?.journal_mode === 'wal';
  database.exec(`pragma synchronous = ${logged ? 'normal' : 'full'}`);
  // Pages; 64 MB. It is written back long before, beside the commits, unless that thread cannot keep up.
  database.exec('pragma wal_autocheckpoint = 16000');
  database.exec('pragma foreign_keys = on');
  // What is deleted is written over, not only forgotten.
  database.exec('pragma secure_delete = on');
  return { database, disk: logged ? new SqliteDisk(path) : undefined };
}
