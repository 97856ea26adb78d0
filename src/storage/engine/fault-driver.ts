import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  QueryResult,
  TransactionSettings,
} from 'kysely';
import { StoreFault, toStoreFault } from './storage-fault.js';

/** Wraps a dialect so that its errors distinguish an unavailable or full database from a wrong statement. */
export function withFaultDetection(dialect: Dialect): Dialect {
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
    return translateErrors(this.#driver.init());
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return new FaultConnection(await translateErrors(this.#driver.acquireConnection(), { connecting: true }));
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return translateErrors(this.#driver.beginTransaction(innerConnection(connection), settings));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#driver.commitTransaction(innerConnection(connection));
    } catch (error) {
      throw connection instanceof FaultConnection ? connection.told(error) : toStoreFault(error);
    }
  }

  /** Throws the error that broke the transaction, since a lost transaction cannot be rolled back. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#driver.rollbackTransaction(innerConnection(connection));
    } catch (error) {
      throw (connection instanceof FaultConnection ? connection.fault : undefined) ?? toStoreFault(error);
    }
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return translateErrors(this.#driver.releaseConnection(innerConnection(connection)));
  }

  destroy(): Promise<void> {
    return this.#driver.destroy();
  }
}

class FaultConnection implements DatabaseConnection {
  /** Last fault of the database on this connection. */
  fault: StoreFault | undefined;

  constructor(readonly under: DatabaseConnection) {}

  told(error: unknown): unknown {
    const fault = toStoreFault(error);
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

/** Returns the driver's own connection, which the driver identifies by its class. */
function innerConnection(connection: DatabaseConnection): DatabaseConnection {
  return connection instanceof FaultConnection ? connection.under : connection;
}

async function translateErrors<T>(work: Promise<T>, how?: { connecting: boolean }): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw toStoreFault(error, how);
  }
}
