import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import Sqlite from 'libsql';
import { makeSqlitePrivate } from '../../base/files/private-files.js';
import { displayPath } from '../../base/path-text.js';
import type { EncryptedBytes } from '../../base/secrets/secret-keys.js';
import { message } from '../../i18n/message.js';
import { pathKey } from '../../storage/engine/stored-key.js';
import { compressionOfName } from '../lines/compressed.js';
import { ResultsError } from '../lines/results-error.js';

/** SQLite application id of these files: "assb". */
const APPLICATION_ID = 0x61737362;
const SCHEMA_VERSION = 1;

interface AttachmentRow {
  preview: ArrayBuffer | Buffer | null;
  secret_key: string | null;
  sealed: ArrayBuffer | Buffer | null;
}

/**
 * Stores pictures and manifest stores of scanned files in a database next to the results: `OUT.beside`, or
 * `OUT.partial.beside` while the results grow, so that existing results stay intact until they are replaced. An
 * attachment is stored before its record. A killed process may leave an attachment without a record, but never a record
 * that mentions a missing attachment.
 */
export class StoredAttachments {
  readonly #database: Sqlite.Database;
  readonly #statements: ReturnType<typeof prepareStatements>;
  /** Whether it was opened for writing. */
  readonly #isOurs: boolean;

  private constructor(database: Sqlite.Database, isOurs: boolean) {
    this.#database = database;
    this.#isOurs = isOurs;
    this.#statements = prepareStatements(database);
  }

  /** Returns the path for a results file, compressed or not. */
  static pathOf(results: string): string {
    const packing = compressionOfName(results);
    return `${packing === undefined ? results : results.replace(/\.[a-z0-9]+$/i, '')}.beside`;
  }

  static isThere(results: string): boolean {
    return isFile(StoredAttachments.#placeOf(results));
  }

  /** If the process was killed between the two renames, the attachments still have the name of the growing results. */
  static #placeOf(results: string): string {
    const growing = partialPath(results);
    const grown = StoredAttachments.pathOf(growing);
    return isFile(grown) && !existsSync(growing) && existsSync(results)
      ? grown
      : StoredAttachments.pathOf(results);
  }

  /**
   * Renames the attachments after the growing results got their final name, replacing earlier attachments; deletes them
   * if they are empty. The attachments must be closed. May be interrupted at any point and called again.
   */
  static promote(results: string): void {
    const growing = partialPath(results);
    const [from, to] = [StoredAttachments.pathOf(growing), StoredAttachments.pathOf(results)];
    if (!isFile(from)) return;
    const kept = StoredAttachments.open(growing);
    const isEmpty = kept.#statements.any.get() === undefined;
    kept.close();
    for (const ending of AUXILIARY_ENDINGS) rmSync(`${to}${ending}`, { force: true });
    if (isEmpty) {
      rmSync(to, { force: true });
      StoredAttachments.remove(growing);
      return;
    }
    renameSync(from, to);
    // These files exist only while another process reads the database.
    for (const ending of AUXILIARY_ENDINGS)
      if (existsSync(`${from}${ending}`)) renameSync(`${from}${ending}`, `${to}${ending}`);
  }

  static remove(results: string): void {
    const path = StoredAttachments.pathOf(results);
    for (const ending of ['', ...AUXILIARY_ENDINGS]) rmSync(`${path}${ending}`, { force: true });
  }

  /**
   * Opens the attachments for writing, creating the file if needed. Throws `ResultsError` if it is not an attachment
   * database.
   */
  static open(results: string): StoredAttachments {
    const path = StoredAttachments.pathOf(results);
    makeSqlitePrivate(path);
    return openDatabase(path, (database) => {
      database.exec('pragma journal_mode = wal; pragma synchronous = normal');
      if (pragma(database, 'application_id') === 0 && pragma(database, 'user_version') === 0)
        database.exec(`
          create table kept (
            path_key text primary key, sha256 text not null, preview blob, secret_key text, sealed blob
          ) without rowid;
          pragma application_id = ${APPLICATION_ID};
          pragma user_version = ${SCHEMA_VERSION};
        `);
      return new StoredAttachments(assertSchema(database), true);
    });
  }

  /**
   * Opens the attachments for reading; `undefined` if there are none. Throws `ResultsError` if it is not an attachment
   * database.
   */
  static openExisting(results: string): StoredAttachments | undefined {
    if (!StoredAttachments.isThere(results)) return undefined;
    return openDatabase(StoredAttachments.#placeOf(results), (database) => {
      database.exec('pragma query_only = on');
      return new StoredAttachments(assertSchema(database), false);
    });
  }

  /** Stores the attachments of a path. Those stored for other bytes of the file are removed. */
  put(
    path: string,
    sha256: string,
    { preview, manifest }: { preview?: Uint8Array; manifest?: EncryptedBytes },
  ): void {
    const key = pathKey(path);
    this.#statements.other.run(key, sha256);
    if (preview === undefined && manifest === undefined) return;
    const bytes = (of: Uint8Array | undefined) => (of === undefined ? null : Buffer.from(of));
    this.#statements.put.run(key, sha256, bytes(preview), manifest?.key ?? null, bytes(manifest?.bytes));
  }

  drop(path: string): void {
    this.#statements.drop.run([pathKey(path)]);
  }

  preview(path: string): Buffer | undefined {
    const { preview } = this.#row(path) ?? {};
    return preview ? Buffer.from(preview as Buffer) : undefined;
  }

  manifest(path: string): EncryptedBytes | undefined {
    const { secret_key: key, sealed } = this.#row(path) ?? {};
    return key && sealed ? { key, bytes: Buffer.from(sealed as Buffer) } : undefined;
  }

  #row(path: string): AttachmentRow | undefined {
    return this.#statements.find.get([pathKey(path)]) as AttachmentRow | undefined;
  }

  close(): void {
    try {
      // Merges the write-ahead log, so that a single file can be moved and compressed with its results.
      if (this.#isOurs) this.#database.exec('pragma journal_mode = delete');
    } catch {
      // Another process is reading. The data stays in two files until the next scan merges them.
    } finally {
      this.#database.close();
    }
  }
}

/** Endings of SQLite's auxiliary files. */
const AUXILIARY_ENDINGS = ['-journal', '-wal', '-shm'];

/** Returns the path of results that are still growing. */
export const partialPath = (results: string): string => `${results}.partial`;

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

function openDatabase(
  path: string,
  use: (database: Sqlite.Database) => StoredAttachments,
): StoredAttachments {
  let database: Sqlite.Database | undefined;
  try {
    database = new Sqlite(path);
    return use(database);
  } catch (error) {
    database?.close();
    throw new ResultsError(message('scan.attached.none', { path: displayPath(path) }), { cause: error });
  }
}

function assertSchema(database: Sqlite.Database): Sqlite.Database {
  if (
    pragma(database, 'application_id') !== APPLICATION_ID ||
    pragma(database, 'user_version') !== SCHEMA_VERSION
  )
    throw new Error('it is none of ours');
  return database;
}

const pragma = (database: Sqlite.Database, name: 'application_id' | 'user_version'): unknown =>
  (database.prepare(`pragma ${name}`).get() as Record<string, unknown> | undefined)?.[name];

const prepareStatements = (database: Sqlite.Database) => ({
  find: database.prepare('select preview, secret_key, sealed from kept where path_key = ?'),
  other: database.prepare('delete from kept where path_key = ? and sha256 <> ?'),
  put: database.prepare('insert or replace into kept values (?, ?, ?, ?, ?)'),
  drop: database.prepare('delete from kept where path_key = ?'),
  any: database.prepare('select 1 from kept limit 1'),
});
