import { rmSync } from 'node:fs';
import Sqlite from 'libsql';
import { keyOfPath, pathOfKey } from '../core/ground/path-text.js';
import { keepSqlitePrivate } from '../private-files.js';

/** Where a file's record stands in the results, and what tells whether the file is still the same. */
export interface Row {
  path: string;
  bytes: number;
  /** Milliseconds since 1970. */
  modified: number;
  /** Left out for a file that could not be inspected. */
  sha256?: string;
  /** Bytes from the start of the results to the record, and its length without the line’s end. */
  offset: number;
  length: number;
  /** Number of the run, as its header gives it. */
  run: number;
  /** Number of the run that read the file; an earlier one where only its rules were asked again. */
  readIn: number;
  outcome: RowOutcome;
  /** What was read with it, and in which state; empty where nothing was. */
  sidecars: string;
}

/** `error`: not inspected. `unread`: inspected, but a reader failed. `signed`: trust lists and engines had a say. */
export const ROW_OUTCOMES = ['error', 'unread', 'signed', 'plain'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/** Bumped when the tables change, or what is counted: an older index is thrown away and made again from the results. */
const SCHEMA_VERSION = 4;
/** Rows between two commits; what a kill takes from the index is read again from the results. */
const ROWS_PER_COMMIT = 1_000;

/**
 * Index of a results file, kept beside it. The results are what counts: whatever is missing here, or all of it, is
 * read from them again. So it need not survive a power cut, only never say what does not stand there.
 */
export class State {
  readonly #database: Sqlite.Database;
  readonly #statements: ReturnType<typeof statementsOf>;
  #open = 0;

  private constructor(database: Sqlite.Database) {
    this.#database = database;
    this.#statements = statementsOf(database);
  }

  /** The index at `path` if it is one of ours, for this very results file, and whole; otherwise a new, empty one. */
  static open(path: string, scanId: string): State {
    try {
      const state = new State(prepared(path));
      if (state.meta('scan') === scanId) return state;
      state.close();
    } catch {
      // Not a database, damaged, or of another version: made again.
    }
    State.remove(path);
    const state = new State(prepared(path));
    state.setMeta('scan', scanId);
    state.commit();
    return state;
  }

  static remove(path: string): void {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
  }

  meta(name: string): string | undefined {
    const row = this.#statements.meta.get(name) as { value: string } | undefined;
    return row?.value;
  }

  setMeta(name: string, value: string): void {
    this.#begin();
    this.#statements.setMeta.run(name, value);
  }

  find(path: string): Row | undefined {
    return rowOf(this.#statements.find.get(keyOfPath(path)));
  }

  /** A record that stands for these bytes. */
  withContent(sha256: string): Row | undefined {
    return rowOf(this.#statements.withContent.get(sha256));
  }

  hasSize(bytes: number): boolean {
    return this.#statements.hasSize.get(bytes) !== undefined;
  }

  /** Takes the place of what was known of that path; true where something was. */
  put(row: Row): boolean {
    this.#begin();
    const before = this.find(row.path);
    if (before !== undefined) {
      this.#statements.bury.run(before.offset);
      this.#statements.rely.run(keyOfPath(row.path));
    }
    const { path, bytes, modified, sha256, offset, length, run, readIn, outcome, sidecars } = row;
    const place = [offset, length, run, readIn];
    this.#statements.put.run(keyOfPath(path), bytes, modified, sha256 ?? null, ...place, outcome, sidecars);
    this.#open += 1;
    return before !== undefined;
  }

  /** Its record is not to be relied on, until the next `put` or `rely`. */
  doubt(path: string): void {
    this.#begin();
    this.#statements.doubt.run(keyOfPath(path));
  }

  rely(path: string): void {
    this.#begin();
    this.#statements.rely.run(keyOfPath(path));
  }

  isDoubted(path: string): boolean {
    return this.#statements.isDoubted.get(keyOfPath(path)) !== undefined;
  }

  /** True where a later record of the same path has taken the place of the one that stands there. */
  isBuried(offset: number): boolean {
    return this.#statements.isBuried.get(offset) !== undefined;
  }

  get anyBuried(): boolean {
    return this.#statements.anyBuried.get() !== undefined;
  }

  /** Whether so much is waiting that a commit is due. */
  get isDue(): boolean {
    return this.#open >= ROWS_PER_COMMIT;
  }

  commit(): void {
    if (this.#database.inTransaction) this.#database.exec('commit');
    this.#open = 0;
  }

  close(): void {
    this.commit();
    this.#database.close();
  }

  #begin(): void {
    if (!this.#database.inTransaction) this.#database.exec('begin');
  }
}

function prepared(path: string): Sqlite.Database {
  keepSqlitePrivate(path);
  const database = new Sqlite(path);
  try {
    database.exec('pragma journal_mode = truncate; pragma synchronous = off; pragma cache_size = -16000');
    const { user_version: version } = database.prepare('pragma user_version').get() as {
      user_version: number;
    };
    if (version !== 0 && version !== SCHEMA_VERSION) throw new Error('an index of another version');
    database.exec(`
      create table if not exists meta (name text primary key, value text not null) without rowid;
      create table if not exists buried (at integer primary key);
      create table if not exists doubted (path text primary key) without rowid;
      create table if not exists done (
        path text primary key, bytes integer not null, modified integer not null, sha256 text,
        at integer not null, length integer not null, run integer not null, readIn integer not null,
        outcome text not null, sidecars text not null
      ) without rowid;
      create index if not exists done_sha256 on done (sha256) where sha256 is not null;
      create index if not exists done_bytes on done (bytes);
      pragma user_version = ${SCHEMA_VERSION};
    `);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function statementsOf(database: Sqlite.Database) {
  const prepare = (sql: string) => database.prepare(sql);
  return {
    meta: prepare('select value from meta where name = ?'),
    setMeta: prepare('insert or replace into meta values (?, ?)'),
    find: prepare('select * from done where path = ?'),
    withContent: prepare('select * from done where sha256 = ? limit 1'),
    hasSize: prepare('select 1 from done where bytes = ? limit 1'),
    put: prepare('insert or replace into done values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    bury: prepare('insert or ignore into buried values (?)'),
    doubt: prepare('insert or ignore into doubted values (?)'),
    rely: prepare('delete from doubted where path = ?'),
    isDoubted: prepare('select 1 from doubted where path = ?'),
    isBuried: prepare('select 1 from buried where at = ?'),
    anyBuried: prepare('select 1 from buried limit 1'),
  };
}

interface StoredRow {
  path: string;
  bytes: number;
  modified: number;
  sha256: string | null;
  at: number;
  length: number;
  run: number;
  readIn: number;
  outcome: RowOutcome;
  sidecars: string;
}

/** Written by `put` alone, in a file that is ours. */
function rowOf(stored: unknown): Row | undefined {
  if (stored === undefined) return undefined;
  const { at, sha256, path, ...row } = stored as StoredRow;
  return { ...row, path: pathOfKey(path), offset: at, ...(sha256 === null ? {} : { sha256 }) };
}
