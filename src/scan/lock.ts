import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import Sqlite from 'libsql';
import { ResultsError } from './results.js';

const ATTEMPTS = 16;

/**
 * Keeps a second scan from the same results. The system's own lock on `OUT.lock`, asked for through SQLite: it ends with
 * the process that holds it, however that ends, so that nothing is ever left locked.
 */
export class Lock {
  readonly #path: string;
  readonly #database: Sqlite.Database;

  private constructor(path: string, database: Sqlite.Database) {
    this.#path = path;
    this.#database = database;
  }

  /** Throws a ResultsError where another process holds it. */
  static take(out: string): Lock {
    const path = `${out}.lock`;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      closeSync(openSync(path, 'a'));
      const before = inodeAt(path);
      const database = new Sqlite(path);
      try {
        database.exec('pragma busy_timeout = 0; pragma locking_mode = exclusive; begin exclusive');
      } catch (error) {
        database.close();
        throw new ResultsError(`another scan is writing to ${out}`, { cause: error });
      }
      // Whoever held it may have taken the file away since: then this locks what nobody else will find.
      if (before !== undefined && inodeAt(path) === before) return new Lock(path, database);
      database.close();
    }
    throw new ResultsError(`${path} could not be locked`);
  }

  release(): void {
    rmSync(this.#path, { force: true });
    this.#database.close();
  }
}

const inodeAt = (path: string): bigint | undefined =>
  statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
