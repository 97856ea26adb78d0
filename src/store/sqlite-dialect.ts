import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import type Sqlite from 'libsql';

/** How long a writer waits for another one, in this process or beside it, before it is an error. */
export const SQLITE_WAIT_MILLIS = 10_000;
const LONGEST_PAUSE_MILLIS = 50;

/**
 * Kysely's SQLite with `begin immediate`: a transaction that reads first and writes later otherwise fails with
 * SQLITE_BUSY_SNAPSHOT as soon as another process wrote in between, and no waiting helps.
 */
export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: Sqlite.Database;

  constructor(database: Sqlite.Database) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#database);
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalSqliteAdapter();
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  readonly #database: Sqlite.Database;

  constructor(database: Sqlite.Database) {
    super({ database });
    this.#database = database;
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

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}

/** Migrations run in one transaction, so that of two processes that start at once one finds them done. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
