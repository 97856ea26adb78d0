import { statSync } from 'node:fs';
import Sqlite from 'libsql';
import { textOfPath } from '../core/ground/path-text.js';
import { keepSqlitePrivate } from '../private-files.js';
import { said } from '../say/said.js';
import type { SealedBytes } from '../secrets/secret-keys.js';
import { keyOf } from '../store/scan-key.js';
import { packingOfName } from './compressed.js';
import { ResultsError } from './results.js';

/** Of our own files alone: "assb". */
const APPLICATION_ID = 0x61737362;
const SCHEMA_VERSION = 1;

interface Row {
  preview: ArrayBuffer | Buffer | null;
  secret_key: string | null;
  sealed: ArrayBuffer | Buffer | null;
}

/**
 * Small pictures and manifest stores of the files that results tell of, in a file of its own beside them (`OUT.beside`). What
 * belongs to a record is there before the record is: a kill in between leaves a piece without a record, and never a record
 * that says of a piece that it is there.
 */
export class KeptBeside {
  readonly #database: Sqlite.Database;
  readonly #statements: ReturnType<typeof statementsOf>;
  /** To write into. */
  readonly #isOurs: boolean;

  private constructor(database: Sqlite.Database, isOurs: boolean) {
    this.#database = database;
    this.#isOurs = isOurs;
    this.#statements = statementsOf(database);
  }

  /** Beside which file, whether that was packed since or not. */
  static pathOf(results: string): string {
    const packing = packingOfName(results);
    return `${packing === undefined ? results : results.replace(/\.[a-z0-9]+$/i, '')}.beside`;
  }

  static isThere(results: string): boolean {
    return statSync(KeptBeside.pathOf(results), { throwIfNoEntry: false })?.isFile() === true;
  }

  /** To write into; made where it is not there. Throws a ResultsError for what is none of ours. */
  static open(results: string): KeptBeside {
    const path = KeptBeside.pathOf(results);
    keepSqlitePrivate(path);
    return opened(path, (database) => {
      database.exec('pragma journal_mode = wal; pragma synchronous = normal');
      if (pragma(database, 'application_id') === 0 && pragma(database, 'user_version') === 0)
        database.exec(`
          create table kept (
            path_key text primary key, sha256 text not null, preview blob, secret_key text, sealed blob
          ) without rowid;
          pragma application_id = ${APPLICATION_ID};
          pragma user_version = ${SCHEMA_VERSION};
        `);
      return new KeptBeside(checked(database), true);
    });
  }

  /** To read from; undefined where nothing was kept. Throws a ResultsError for what is none of ours. */
  static there(results: string): KeptBeside | undefined {
    if (!KeptBeside.isThere(results)) return undefined;
    return opened(KeptBeside.pathOf(results), (database) => {
      database.exec('pragma query_only = on');
      return new KeptBeside(checked(database), false);
    });
  }

  /** In the place of what was kept of that path; nothing of it stays where the file has other bytes now. */
  put(
    path: string,
    sha256: string,
    { preview, manifest }: { preview?: Uint8Array; manifest?: SealedBytes },
  ): void {
    const key = keyOf(path);
    this.#statements.other.run(key, sha256);
    if (preview === undefined && manifest === undefined) return;
    const bytes = (of: Uint8Array | undefined) => (of === undefined ? null : Buffer.from(of));
    this.#statements.put.run(key, sha256, bytes(preview), manifest?.key ?? null, bytes(manifest?.bytes));
  }

  drop(path: string): void {
    this.#statements.drop.run([keyOf(path)]);
  }

  preview(path: string): Buffer | undefined {
    const { preview } = this.#row(path) ?? {};
    return preview ? Buffer.from(preview as Buffer) : undefined;
  }

  manifest(path: string): SealedBytes | undefined {
    const { secret_key: key, sealed } = this.#row(path) ?? {};
    return key && sealed ? { key, bytes: Buffer.from(sealed as Buffer) } : undefined;
  }

  #row(path: string): Row | undefined {
    return this.#statements.find.get([keyOf(path)]) as Row | undefined;
  }

  close(): void {
    try {
      // One file again, that can be moved and packed with its results.
      if (this.#isOurs) this.#database.exec('pragma journal_mode = delete');
    } catch {
      // Somebody reads in it just now: what is kept is there, in one file more, and the next scan makes one of them.
    } finally {
      this.#database.close();
    }
  }
}

function opened(path: string, use: (database: Sqlite.Database) => KeptBeside): KeptBeside {
  let database: Sqlite.Database | undefined;
  try {
    database = new Sqlite(path);
    return use(database);
  } catch (error) {
    database?.close();
    throw new ResultsError(said('scan.beside.none', { path: textOfPath(path) }), { cause: error });
  }
}

function checked(database: Sqlite.Database): Sqlite.Database {
  if (
    pragma(database, 'application_id') !== APPLICATION_ID ||
    pragma(database, 'user_version') !== SCHEMA_VERSION
  )
    throw new Error('it is none of ours');
  return database;
}

const pragma = (database: Sqlite.Database, name: 'application_id' | 'user_version'): unknown =>
  (database.prepare(`pragma ${name}`).get() as Record<string, unknown> | undefined)?.[name];

const statementsOf = (database: Sqlite.Database) => ({
  find: database.prepare('select preview, secret_key, sealed from kept where path_key = ?'),
  other: database.prepare('delete from kept where path_key = ? and sha256 <> ?'),
  put: database.prepare('insert or replace into kept values (?, ?, ?, ?, ?)'),
  drop: database.prepare('delete from kept where path_key = ?'),
});
