import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  type QueryCompiler,
  type QueryResult,
  type SelectModifierNode,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  SqliteQueryCompiler,
} from 'kysely';
import type Sqlite from 'libsql';

/** How long a writer waits for another one, in this process or beside it, before it is an error. */
export const SQLITE_WAIT_MILLIS = 10_000;
const LONGEST_PAUSE_MILLIS = 50;

/** Where commits go after SQLite has written them. */
export interface Disk {
  /**
   * Called when a use of the connection ends, before the next one begins. Waited for before its result is given, while
   * others use the connection; what this rejects with, the user is told.
   */
  released(wrote: boolean): Promise<void>;
  close(): Promise<void>;
}

/**
 * Kysely's SQLite with `begin immediate`: a transaction that reads first and writes later otherwise fails with
 * SQLITE_BUSY_SNAPSHOT as soon as another process wrote in between, and no waiting helps.
 */
export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: Sqlite.Database;
  readonly #disk: Disk | undefined;

  constructor(database: Sqlite.Database, disk: Disk | undefined) {
    super({ database });
    this.#database = database;
    this.#disk = disk;
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#database, this.#disk);
  }

  override createQueryCompiler(): QueryCompiler {
    return new RowlessSqliteCompiler();
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalSqliteAdapter();
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  readonly #database: Sqlite.Database;
  readonly #disk: Disk | undefined;
  /** The one connection, as whoever holds it sees it. */
  #held: NotingConnection | undefined;

  constructor(database: Sqlite.Database, disk: Disk | undefined) {
    super({ database });
    this.#database = database;
    this.#disk = disk;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    this.#held = new NotingConnection(connection);
    return this.#held;
  }

  override async releaseConnection(): Promise<void> {
    const onDisk = this.#disk?.released(this.#held?.wrote ?? false);
    await super.releaseConnection();
    await onDisk;
  }

  override async destroy(): Promise<void> {
    try {
      await this.#disk?.close();
    } finally {
      await super.destroy();
    }
  }

  /**
   * The driver waits inside a call and would hold up this whole process: so nobody waits there, but here. Not as
   * queries: a prepared statement that was refused stays in progress, and nothing can be committed beside it.
   */
  override async beginTransaction(_connection: DatabaseConnection): Promise<void> {
    // Not the wall's clock, which may be set back meanwhile.
    const until = performance.now() + SQLITE_WAIT_MILLIS;
    this.#setWait(0);
    try {
      for (let turn = 0; ; turn += 1) {
        try {
          this.#database.exec('begin immediate');
          return;
        } catch (error) {
          if (!isBusy(error) || performance.now() > until) throw error;
        }
        await sleep(Math.min(2 ** turn, LONGEST_PAUSE_MILLIS));
      }
    } finally {
      this.#setWait(SQLITE_WAIT_MILLIS);
    }
  }

  #setWait(millis: number): void {
    this.#database.exec(`pragma busy_timeout = ${millis}`);
  }
}

/** Notes whether something was written. Asked for too often the disk costs time, too seldom it costs what was promised. */
class NotingConnection implements DatabaseConnection {
  wrote = false;

  constructor(readonly under: DatabaseConnection) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.under.executeQuery<R>(query);
    this.wrote ||= !WRITES_NOTHING.test(query.sql) && !foundNothing(query, result);
    return result;
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.under.streamQuery<R>(query, chunkSize);
  }
}

/** Somebody asks for work every second, as long as nothing else happens. */
function foundNothing({ sql }: CompiledQuery, { rows, numAffectedRows }: QueryResult<unknown>): boolean {
  // Of other statements the driver repeats the number of the last one.
  return /^\s*(?:update|delete)\b/i.test(sql) && rows.length === 0 && !numAffectedRows;
}

/** A common table expression (`with`) may end in a write. */
const WRITES_NOTHING = /^\s*(?:select|explain|pragma|begin|commit|rollback|savepoint|release)\b/i;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}

/** No rows are locked (`for update`): SQLite's transactions have the whole file for themselves. */
class RowlessSqliteCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier === 'ForUpdate' || node.modifier === 'ForKeyShare') return;
    if (node.modifier !== 'SkipLocked') super.visitSelectModifier(node);
  }
}

/** Migrations run in one transaction, so that of two processes that start at once one finds them done. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
