import { AsyncLocalStorage } from 'node:async_hooks';
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';

const CONNECTIONS = 10;
const CONNECT_MILLIS = 5_000;
const SILENT_MILLIS = 10_000;
/** Many times the duration of any statement on a busy machine; callers wait no longer. */
const STATEMENT_MILLIS = 30_000;
/** Type id of int8, parsed as a number: sizes and counts are far below 2^53. */
const INT8 = 20;

/**
 * PostgreSQL connections with a timeout for each statement, since a hanging server or machine neither breaks the
 * connection nor responds. A connection on which anything but a response arrived is closed and never reused: the
 * statement may still be running there, in a transaction with unknown outcome.
 */
export class StatementBoundedPool implements PostgresPool {
  readonly #pool: pg.Pool;
  readonly #statementMillis: number;
  /** Marks statements of work without a time limit; concurrent statements of other work are still limited. */
  readonly #unhurried = new AsyncLocalStorage<{ lasts: boolean }>();
  #lasting = 0;

  constructor(connectionString: string, { statementMillis = STATEMENT_MILLIS } = {}) {
    this.#statementMillis = statementMillis;
    this.#pool = new pg.Pool({
      connectionString,
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECT_MILLIS,
      // A machine that vanished sends nothing: keep-alive probes break the connection in minutes instead of hours.
      keepAlive: true,
      keepAliveInitialDelayMillis: SILENT_MILLIS,
      types: {
        getTypeParser: (oid, format) =>
          oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
      },
    });
    // The pool drops an idle connection that breaks; the next caller gets a new one.
    this.#pool.on('error', () => undefined);
    // A connection that breaks in use rejects the query and also emits `error`. The pool listens only on idle
    // connections, and an unhandled `error` would end the process.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /**
   * Runs work without a time limit for its statements: migrations of large tables, and waiting for those of another
   * process.
   */
  async withoutTimeout<T>(work: () => Promise<T>): Promise<T> {
    const scope = { lasts: true };
    this.#lasting += 1;
    try {
      return await this.#unhurried.run(scope, work);
    } finally {
      // Timers started by the work, such as a queue's maintenance, must not inherit the exemption.
      scope.lasts = false;
      this.#lasting -= 1;
      // Once used, the storage would otherwise be propagated to every later promise of this process.
      if (this.#lasting === 0) this.#unhurried.disable();
    }
  }

  async connect(): Promise<PostgresPoolClient> {
    return new BoundedClient(await this.#pool.connect(), () =>
      this.#unhurried.getStore()?.lasts ? undefined : this.#statementMillis,
    );
  }

  end(): Promise<void> {
    return this.#pool.end();
  }
}

class BoundedClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  readonly #millis: () => number | undefined;
  #broken: unknown;

  constructor(client: pg.PoolClient, millis: () => number | undefined) {
    this.#client = client;
    this.#millis = millis;
  }

  query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    text: string | PostgresCursor<R>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof text !== 'string') throw new Error('no cursor is bounded here');
    return this.#ask<R>(text, values);
  }

  async #ask<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    // A rollback would wait behind the statement it is to undo.
    if (this.#broken !== undefined) throw this.#broken;
    const millis = this.#millis();
    try {
      return (await this.#client.query({
        text,
        values: [...values],
        ...(millis === undefined ? {} : { query_timeout: millis }),
      })) as unknown as PostgresQueryResult<R>;
    } catch (error) {
      // An error reported by the server leaves the connection usable.
      if (!(error instanceof pg.DatabaseError)) this.#broken = error;
      throw error;
    }
  }

  release(destroy = false): void {
    this.#client.release(destroy || this.#broken !== undefined);
  }
}
