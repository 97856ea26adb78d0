import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import Sqlite from 'libsql';
import { makePrivate } from '../../base/files/private-files.js';
import { type Message, message } from '../../i18n/message.js';
import { MessageError } from '../../i18n/message-error.js';

const ATTEMPTS = 16;

/** Thrown if the lock cannot be acquired. */
export class LockError extends MessageError {
  override name = 'LockError';
  constructor(
    what: Message,
    /** True if another process holds the lock; false if something is wrong with the file. */
    readonly isHeld: boolean,
    options?: ErrorOptions,
  ) {
    super(what, options);
  }
}

/**
 * Lock on a file by the operating system, acquired through the database library: it ends with the process that holds
 * it, however that ends.
 */
export class FileLock {
  readonly #path: string;
  readonly #database: Sqlite.Database;

  private constructor(path: string, database: Sqlite.Database) {
    this.#path = path;
    this.#database = database;
  }

  /**
   * Acquires the lock and creates the file if necessary. Throws `LockError`, or the system's error if the file cannot
   * be opened.
   */
  static acquire(path: string): FileLock {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      closeSync(openSync(path, 'a', 0o600));
      makePrivate(path);
      const before = inodeAt(path);
      const database = new Sqlite(path);
      try {
        database.exec('pragma busy_timeout = 0; pragma locking_mode = exclusive; begin exclusive');
      } catch (error) {
        database.close();
        throw new LockError(message('error.lock', { path }), isBusy(error), { cause: error });
      }
      // The previous holder may have deleted the file meanwhile: this lock would then be on a file that nobody else can
      // find.
      if (before !== undefined && inodeAt(path) === before) return new FileLock(path, database);
      database.close();
    }
    throw new LockError(message('error.lock', { path }), false);
  }

  /** Releases the lock; the file remains. */
  release(): void {
    this.#database.close();
  }

  /**
   * Deletes the file and releases the lock. The file is deleted first: the next process to lock it checks whether it
   * still exists.
   */
  remove(): void {
    rmSync(this.#path, { force: true });
    this.#database.close();
  }
}

const inodeAt = (path: string): bigint | undefined =>
  statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
