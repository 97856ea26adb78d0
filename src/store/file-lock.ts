import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import Sqlite from 'libsql';
import { makePrivate } from '../private-files.js';
import { type Said, said } from '../say/said.js';
import { SaidError } from '../say/said-error.js';

const ATTEMPTS = 16;

/** The lock could not be had. */
export class LockError extends SaidError {
  override name = 'LockError';
  constructor(
    what: Said,
    /** By another process; else something is wrong with the file. */
    readonly held: boolean,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

/**
 * The system's own lock on a file, asked for through the database library: it ends with the process that holds it,
 * however that ends, so that nothing is ever left locked.
 */
export class FileLock {
  readonly #path: string;
  readonly #database: Sqlite.Database;

  private constructor(path: string, database: Sqlite.Database) {
    this.#path = path;
    this.#database = database;
  }

  /** Makes the file where there is none. Throws a LockError, or what the system says where it cannot be opened. */
  static take(path: string): FileLock {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      closeSync(openSync(path, 'a', 0o600));
      makePrivate(path);
      const before = inodeAt(path);
      const database = new Sqlite(path);
      try {
        database.exec('pragma busy_timeout = 0; pragma locking_mode = exclusive; begin exclusive');
      } catch (error) {
        database.close();
        throw new LockError(said('error.lock', { path }), isBusy(error), { cause: error });
      }
      // Whoever held it may have taken the file away since: then this locks what nobody else will find.
      if (before !== undefined && inodeAt(path) === before) return new FileLock(path, database);
      database.close();
    }
    throw new LockError(said('error.lock', { path }), false);
  }

  /** Lets go; the file stays. */
  release(): void {
    this.#database.close();
  }

  /** Lets go, and nothing is left of it. First the file: whoever locks it after that looks whether it is still there. */
  remove(): void {
    rmSync(this.#path, { force: true });
    this.#database.close();
  }
}

const inodeAt = (path: string): bigint | undefined =>
  statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
