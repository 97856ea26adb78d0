import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
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
 * Small pictures and manifest stores of the files that results tell of, in a file of its own beside them (`OUT.beside`; beside
 * results that still grow `OUT.partial.beside`, so that what is there stays whole until the new ones take its place). What
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
    return isFile(KeptBeside.#placeOf(results));
  }

  /** What grew with them has not got its name yet where a kill came between theirs and its own. */
  static #placeOf(results: string): string {
    const growing = growingTo(results);
    const grown = KeptBeside.pathOf(growing);
    return isFile(grown) && !existsSync(growing) && existsSync(results) ? grown : KeptBeside.pathOf(results);
  }

  /**
   * Once results have their name: what grew beside them takes its own, in the place of what stood beside those before. To be
   * closed until then. Nothing stays where nothing was kept. May be cut short anywhere, and called again.
   */
  static take(results: string): void {
    const growing = growingTo(results);
    const [from, to] = [KeptBeside.pathOf(growing), KeptBeside.pathOf(results)];
    if (!isFile(from)) return;
    const kept = KeptBeside.open(growing);
    const isEmpty = kept.#statements.any.get() === undefined;
    kept.close();
    for (const ending of LOGS) rmSync(`${to}${ending}`, { force: true });
    if (isEmpty) {
      rmSync(to, { force: true });
      KeptBeside.remove(growing);
      return;
    }
    renameSync(from, to);
    // There only where somebody reads in it just now.
    for (const ending of LOGS)
      if (existsSync(`${from}${ending}`)) renameSync(`${from}${ending}`, `${to}${ending}`);
  }

  /** What stands beside results belongs to those that are still to take their name. */
  static giveBack(results: string): void {
    const [from, to] = [KeptBeside.pathOf(results), KeptBeside.pathOf(growingTo(results))];
    KeptBeside.open(results).close();
    renameSync(from, to);
    for (const ending of LOGS)
      if (existsSync(`${from}${ending}`)) renameSync(`${from}${ending}`, `${to}${ending}`);
  }

  static remove(results: string): void {
    const path = KeptBeside.pathOf(results);
    for (const ending of ['', ...LOGS]) rmSync(`${path}${ending}`, { force: true });
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
    return opened(KeptBeside.#placeOf(results), (database) => {
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

/** What SQLite has beside a database. */
const LOGS = ['-journal', '-wal', '-shm'];

/** Where results are until they have their name. */
export const growingTo = (results: string): string => `${results}.partial`;

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

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
  any: database.prepare('select 1 from kept limit 1'),
});
