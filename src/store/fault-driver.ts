import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  QueryResult,
  TransactionSettings,
} from 'kysely';
import { StoreFault, storeFault } from './store-fault.js';

/** A dialect whose driver tells a database that is away or full from a statement that is wrong. */
export function tellingFaults(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => new FaultDriver(dialect.createDriver()),
    createIntrospector: (query) => dialect.createIntrospector(query),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

class FaultDriver implements Driver {
  readonly #driver: Driver;

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  init(): Promise<void> {
    return told(this.#driver.init());
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new FaultConnection(await told(this.#driver.acquireConnection(), { connecting: true }));
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return told(this.#driver.beginTransaction(inner(connection), settings));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#driver.commitTransaction(inner(connection));
    } catch (error) {
      throw connection instanceof FaultConnection ? connection.told(error) : storeFault(error);
    }
  }

  /** What broke the transaction is what is told: of one that is gone already nothing can be rolled back. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#driver.rollbackTransaction(inner(connection));
    } catch (error) {
      throw (connection instanceof FaultConnection ? connection.fault : undefined) ?? storeFault(error);
    }
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return told(this.#driver.releaseConnection(inner(connection)));
  }

  destroy(): Promise<void> {
    return this.#driver.destroy();
  }
}

class FaultConnection implements DatabaseConnection {
  /** What kept the database from its work last, on this connection. */
  fault: StoreFault | undefined;

  constructor(readonly under: DatabaseConnection) {}

  told(error: unknown): unknown {
    const fault = storeFault(error);
    if (fault instanceof StoreFault) this.fault = fault;
    return fault;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.under.executeQuery<R>(query);
    } catch (error) {
      throw this.told(error);
    }
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    try {
      yield* this.under.streamQuery<R>(query, chunkSize);
    } catch (error) {
      throw this.told(error);
    }
  }
}

/** The driver below knows its own connections by what they are. */
function inner(connection: DatabaseConnection): DatabaseConnection {
  return connection instanceof FaultConnection ? connection.under : connection;
}

async function told<T>(work: Promise<T>, how?: { connecting: boolean }): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw storeFault(error, how);
  }
}
