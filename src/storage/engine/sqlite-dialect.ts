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

/** Time a writer waits for another one, in this process or another, before it fails. */
export const SQLITE_WAIT_MILLIS = 10_000;
const MAX_PAUSE_MILLIS = 50;

/** Syncs commits to disk after SQLite has written them. */
export interface CommitSync {
  /**
   * Called when a use of the connection ends, before the next one begins. Its result is awaited before that of the use
   * is returned, while others use the connection; a rejection is passed to the user.
   */
  onRelease(wrote: boolean): Promise<void>;
  close(): Promise<void>;
}

/**
 * Kysely's SQLite dialect with `begin immediate`: otherwise a transaction that reads first and writes later fails with
 * SQLITE_BUSY_SNAPSHOT once another process has written in between, and waiting does not help.
 */
export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: Sqlite.Database;
  readonly #disk: CommitSync | undefined;

  constructor(database: Sqlite.Database, disk: CommitSync | undefined) {
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
  readonly #disk: CommitSync | undefined;
  /** The only connection, as seen by its holder. */
  #held: WriteTrackingConnection | undefined;

  constructor(database: Sqlite.Database, disk: CommitSync | undefined) {
    super({ database });
    this.#database = database;
    this.#disk = disk;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    this.#held = new WriteTrackingConnection(connection);
    return this.#held;
  }

  override async releaseConnection(): Promise<void> {
    const onDisk = this.#disk?.onRelease(this.#held?.wrote ?? false);
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
   * Waits here and not inside the driver, whose calls would block the whole process. Does not use queries: a refused
   * prepared statement stays in progress and prevents commits.
   */
  override async beginTransaction(_connection: DatabaseConnection): Promise<void> {
    // Monotonic clock, since the wall clock may be set back meanwhile.
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
        await sleep(Math.min(2 ** turn, MAX_PAUSE_MILLIS));
      }
    } finally {
      this.#setWait(SQLITE_WAIT_MILLIS);
    }
  }

  #setWait(millis: number): void {
    this.#database.exec(`pragma busy_timeout = ${millis}`);
  }
}

/** Records whether something was written. An unnecessary sync costs time, a missing one loses promised data. */
class WriteTrackingConnection implements DatabaseConnection {
  wrote = false;

  constructor(readonly under: DatabaseConnection) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.under.executeQuery<R>(query);
    this.wrote ||= !WRITES_NOTHING.test(query.sql) && !hasChangedNothing(query, result);
    return result;
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.under.streamQuery<R>(query, chunkSize);
  }
}

/** Polling for work every second finds nothing while the service is idle. */
function hasChangedNothing({ sql }: CompiledQuery, { rows, numAffectedRows }: QueryResult<unknown>): boolean {
  // For other statements the driver repeats the previous number.
  return /^\s*(?:update|delete)\b/i.test(sql) && rows.length === 0 && !numAffectedRows;
}

/** A common table expression (`with`) may end in a write. */
const WRITES_NOTHING = /^\s*(?:select|explain|pragma|begin|commit|rollback|savepoint|release)\b/i;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}

/** Omits row locks (`for update`): SQLite's transactions lock the whole file. */
class RowlessSqliteCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier === 'ForUpdate' || node.modifier === 'ForKeyShare') return;
    if (node.modifier !== 'SkipLocked') super.visitSelectModifier(node);
  }
}

/** Runs migrations in one transaction, so that of two processes that start at once one finds them done. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
