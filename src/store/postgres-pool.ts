import { AsyncLocalStorage } from 'node:async_hooks';
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';

const CONNECTIONS = 10;
const CONNECT_MILLIS = 5_000;
const SILENT_MILLIS = 10_000;
/** Many times what any statement of ours takes on a busy machine; whoever waits for one waits no longer. */
const STATEMENT_MILLIS = 30_000;
/** int8: sizes and counts, all far below 2^53. */
const INT8 = 20;

/**
 * Connections to PostgreSQL, each statement bounded: a server that hangs, its machine too, breaks no connection and
 * answers nothing. A connection on which something else than an answer came is closed and never given to another:
 * the statement may still be under way there, in a transaction whose end was not heard of.
 */
export class StatementBoundedPool implements PostgresPool {
  readonly #pool: pg.Pool;
  readonly #statementMillis: number;
  /** What asks for a statement may be within work that has time; whoever else asks meanwhile is not. */
  readonly #unhurried = new AsyncLocalStorage<{ lasts: boolean }>();
  #lasting = 0;

  constructor(connectionString: string, { statementMillis = STATEMENT_MILLIS } = {}) {
    this.#statementMillis = statementMillis;
    this.#pool = new pg.Pool({
      connectionString,
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECT_MILLIS,
      // A machine that vanished says nothing: the system asks for it, and breaks the connection in minutes, not hours.
      keepAlive: true,
      keepAliveInitialDelayMillis: SILENT_MILLIS,
      types: {
        getTypeParser: (oid, format) =>
          oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
      },
    });
    // A connection that breaks while nobody uses it is dropped by the pool; whoever asks next gets a new one.
    this.#pool.on('error', () => undefined);
    // One that breaks in somebody's hands fails what they asked, and says so once more by itself: the pool listens only
    // to those at rest, and an `error` nobody listens to ends the process.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** What this work asks for may take as long as it takes: migrations of large tables, and waiting for another's. */
  async unhurried<T>(work: () => Promise<T>): Promise<T> {
    const scope = { lasts: true };
    this.#lasting += 1;
    try {
      return await this.#unhurried.run(scope, work);
    } finally {
      // Timers that it leaves behind, as a queue does that looks after itself, have no more time than others.
      scope.lasts = false;
      this.#lasting -= 1;
      // Once run in, it would be handed on to every promise of this process for ever.
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
    // A rollback would wait behind what it is to undo.
    if (this.#broken !== undefined) throw this.#broken;
    const millis = this.#millis();
    try {
      return (await this.#client.query({
        text,
        values: [...values],
        ...(millis === undefined ? {} : { query_timeout: millis }),
      })) as unknown as PostgresQueryResult<R>;
    } catch (error) {
      // What the server itself refuses leaves the connection as it was.
      if (!(error instanceof pg.DatabaseError)) this.#broken = error;
      throw error;
    }
  }

  release(destroy = false): void {
    this.#client.release(destroy || this.#broken !== undefined);
  }
}
