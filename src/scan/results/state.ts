import { readFileSync, rmSync, statSync } from 'node:fs';
import Sqlite from 'libsql';
import { sha256Hex } from '../../base/digest.js';
import { makeSqlitePrivate } from '../../base/files/private-files.js';
import { encodePath, isTextPath, keyToPath, pathToKey } from '../../base/path-text.js';

/** File that contains a record: the results (or the growing file), or their journal. */
export type RecordFile = 'results' | 'delta';

/** Position of a file's record, and the facts that show whether the file has changed. */
export interface StateRow {
  path: string;
  bytes: number;
  /** Milliseconds since 1970. */
  modified: number;
  /** Given to `put` if the record may be copied to other files with these bytes; kept only during the run. */
  sha256?: string;
  in: RecordFile;
  /** Offset of the record in bytes, and its length without the line end. */
  offset: number;
  length: number;
  /** Number of the run as in its header. */
  run: number;
  /** Number of the run that read the file; an earlier one if the record was only rejudged since. */
  readIn: number;
  outcome: RowOutcome;
  /** Key of the sidecars and their states; empty if there are none. */
  sidecars: string;
}

/**
 * `error`: not inspected. `unread`: inspected, but a reader failed. `signed`: the result depends on trust lists and
 * engines. `gone`: the file no longer exists. `left`: only its first bytes were fetched. Outcomes are stored by their
 * index, so new ones must be appended.
 */
export const ROW_OUTCOMES = ['error', 'unread', 'signed', 'plain', 'gone', 'left'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

export type RecordPosition = Pick<StateRow, 'in' | 'offset' | 'length'>;

/** Incremented when the tables or the counts change; an older index is rebuilt from the results. */
const SCHEMA_VERSION = 5;
/** Rows per commit. Uncommitted rows are read again from the results. */
const ROWS_PER_COMMIT = 1_000;
/** Bytes of a path's digest: enough to make collisions infeasible. */
const KEY_BYTES = 16;
/** Bytes of the folder's digest, which only group the rows. */
const FOLDER_BYTES = 4;
/** Look-ups in one folder after which all its rows are loaded, and the maximum number of rows held. */
const SINGLE_LOOKUPS = 8;
const MAX_FOLDER_ROWS = 50_000;
/** Share of free pages above which the index is rewritten. */
const MAX_FREE_SHARE = 0.25;

/**
 * Index of a results file, stored next to it: about 55 bytes per file. The results are authoritative: anything missing
 * here is read from them again. The index need not survive a power failure, but must never contain anything that the
 * results lack.
 */
export class ResultsIndex {
  readonly #path: string;
  readonly #database: Sqlite.Database;
  readonly #statements: ReturnType<typeof prepareStatements>;
  #open = 0;
  #anyDoubted: boolean;
  /** Folder of the last look-up with its rows, once loaded, and keys changed since. */
  #folder: {
    of: string;
    asked: number;
    rows?: ReadonlyMap<string, StoredRow> | undefined;
    changed: Set<string>;
  } = {
    of: NO_FOLDER,
    asked: 0,
    changed: new Set(),
  };
  /** Rows not yet in the database, by key, and their contents by digest. */
  readonly #waiting = new Map<string, StoredRow>();
  readonly #contents = new Map<string, { bytes: number; path: string }>();
  readonly #sizes = new Set<number>();
  readonly #held = new DigestFilter();
  /** Filter over all keys, present only if the index was empty when opened. */
  readonly #keys: DigestFilter | undefined;

  private constructor(path: string, database: Sqlite.Database) {
    this.#path = path;
    this.#database = database;
    this.#statements = prepareStatements(database);
    this.#anyDoubted = this.#statements.anyDoubted.get() !== undefined;
    if (this.#statements.any.get() === undefined) this.#keys = new DigestFilter();
  }

  /**
   * Opens the index at `path` if it is valid, complete, of this scan, and `isOf` confirms that it matches the results;
   * otherwise creates an empty one.
   */
  static open(path: string, scanId: string, isOf: (state: ResultsIndex) => boolean): ResultsIndex {
    try {
      const state = new ResultsIndex(path, openIndex(path));
      if (state.meta('scan') === scanId && state.#isWhole && isOf(state)) {
        state.#begun();
        return state;
      }
      state.#database.close();
    } catch {
      // The file is damaged, no database or of another version, so a new index is created.
    }
    ResultsIndex.remove(path);
    const state = new ResultsIndex(path, openIndex(path));
    state.setMeta('scan', scanId);
    state.#begun();
    return state;
  }

  static remove(path: string): void {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
  }

  /** After a power failure any part may be missing from the disk; a killed process alone loses nothing. */
  get #isWhole(): boolean {
    const boot = this.meta('boot');
    return boot === CLOSED || (boot !== undefined && boot === bootId());
  }

  #begun(): void {
    this.setMeta('boot', bootId() ?? '');
    this.commit();
  }

  meta(name: string): string | undefined {
    const row = this.#statements.meta.get(name) as { value: string } | undefined;
    return row?.value;
  }

  setMeta(name: string, value: string): void {
    this.#begin();
    this.#statements.setMeta.run(name, value);
  }

  find(path: string): StateRow | undefined {
    const name = rowKey(path);
    const waiting = this.#waiting.get(name);
    // In a first run nearly every look-up is for a file without a row.
    if (waiting === undefined && this.#keys?.mayContain(name.slice(2 * FOLDER_BYTES)) === false)
      return undefined;
    const stored = waiting ?? this.#ofFolder(name) ?? this.#asked(name);
    return stored === 'none' || stored === undefined ? undefined : toStateRow(path, stored);
  }

  #asked(name: string): StoredRow | undefined {
    return this.#statements.find.get([Buffer.from(name, 'hex')]) as StoredRow | undefined;
  }

  /**
   * Looks up the row among those loaded for the folder, because one query per file would dominate the cost. Returns
   * `undefined` if the database must be queried.
   */
  #ofFolder(name: string): StoredRow | 'none' | undefined {
    const folder = name.slice(0, 2 * FOLDER_BYTES);
    if (folder !== this.#folder.of) this.#folder = { of: folder, asked: 0, changed: new Set() };
    this.#folder.asked += 1;
    if (this.#folder.asked === SINGLE_LOOKUPS) this.#folder.rows = this.#rowsBeside(folder);
    const { rows, changed } = this.#folder;
    if (rows === undefined) return undefined;
    return changed.has(name) ? undefined : (rows.get(name) ?? 'none');
  }

  /** Returns `undefined` if the folder has too many rows to hold. */
  #rowsBeside(folder: string): ReadonlyMap<string, StoredRow> | undefined {
    const begin = Buffer.from(folder, 'hex');
    const end = Buffer.concat([begin, Buffer.alloc(KEY_BYTES + 1, 0xff)]);
    const { found } = this.#statements.beside.get(begin, end, MAX_FOLDER_ROWS + 1) as { found: string };
    const rows = JSON.parse(found) as [string, ...(string | number)[]][];
    if (rows.length > MAX_FOLDER_ROWS) return undefined;
    return new Map(rows.map((row) => [row[0], parseStoredRow(row)]));
  }

  #changed(name: string): void {
    if (name.startsWith(this.#folder.of)) this.#folder.changed.add(name);
  }

  /** Returns the path of the last file with these bytes whose record was made in this run. */
  findContent(sha256: string): string | undefined {
    if (!this.#held.mayContain(sha256)) return undefined;
    const waiting = this.#contents.get(sha256);
    const found = waiting ?? (this.#statements.withContent.get(sha256) as { path: string } | undefined);
    return found && keyToPath(found.path);
  }

  /** Returns whether this run has a record of a file of this size. */
  hasSize(bytes: number): boolean {
    if (this.#sizes.has(bytes)) return true;
    return this.#statements.hasSize.get(bytes) !== undefined;
  }

  /** Replaces the row of the path. */
  put(row: StateRow, isOfThisRun: boolean): void {
    const name = rowKey(row.path);
    this.#changed(name);
    this.#keys?.add(name.slice(2 * FOLDER_BYTES));
    if (this.#anyDoubted) this.#relyOn(name);
    const { bytes, modified, sha256, offset, length, run, readIn, outcome, sidecars } = row;
    const place = { part: RECORD_FILES.indexOf(row.in), at: offset, length };
    const told = { run, readIn, outcome: ROW_OUTCOMES.indexOf(outcome), sidecars };
    this.#waiting.set(name, { bytes, modified, ...place, ...told });
    if (isOfThisRun && sha256 !== undefined) {
      this.#held.add(sha256);
      this.#contents.set(sha256, { bytes, path: pathToKey(row.path) });
      this.#sizes.add(bytes);
    }
    this.#open += 1;
  }

  /** Writes all waiting rows in two statements, because one statement per row would dominate the cost. */
  #flush(): void {
    if (this.#waiting.size === 0) return;
    this.#begin();
    const rows = Array.from(this.#waiting, ([key, row]) => [
      ...[key, row.bytes, row.modified, row.part, row.at, row.length],
      ...[row.run, row.readIn, row.outcome, row.sidecars],
    ]);
    this.#statements.putAll.run(JSON.stringify(rows));
    this.#waiting.clear();
    const contents = Array.from(this.#contents, ([sha256, { bytes, path }]) => [sha256, bytes, path]);
    if (contents.length > 0) this.#statements.holdAll.run(JSON.stringify(contents));
    this.#contents.clear();
    this.#sizes.clear();
  }

  /** Deletes the row of the path. */
  drop(path: string): void {
    this.#begin();
    const name = rowKey(path);
    this.#changed(name);
    this.#waiting.delete(name);
    this.#statements.drop.run([Buffer.from(name, 'hex')]);
    this.#open += 1;
  }

  /** Yields the positions of records whose path digest `wants` accepts, except those marked as gone. */
  *existingPositions(wants: (digest: Buffer) => boolean): Generator<RecordPosition> {
    this.#flush();
    for (const stored of this.#statements.standing.iterate([GONE_OUTCOME])) {
      const { key, part, at, length } = stored as StoredRow & { key: Buffer };
      if (wants(Buffer.from(key).subarray(FOLDER_BYTES)))
        yield { in: RECORD_FILES[part] ?? 'results', offset: at, length };
    }
  }

  /** Returns the numbers of runs that wrote a record or read its file. */
  runs(): Set<number> {
    this.#flush();
    const rows = this.#statements.runs.all() as { run: number }[];
    return new Set(rows.map(({ run }) => run));
  }

  /** Marks the record as doubtful until the next `put` or `trust`. */
  doubt(path: string): void {
    this.#begin();
    this.#anyDoubted = true;
    this.#statements.doubt.run([Buffer.from(rowKey(path), 'hex')]);
  }

  trust(path: string): void {
    this.#relyOn(rowKey(path));
  }

  #relyOn(name: string): void {
    this.#begin();
    this.#statements.rely.run([Buffer.from(name, 'hex')]);
  }

  isDoubted(path: string): boolean {
    return (
      this.#anyDoubted && this.#statements.isDoubted.get([Buffer.from(rowKey(path), 'hex')]) !== undefined
    );
  }

  /** Registers a superseded line that no written line mentions yet. */
  addSuperseded({ in: where, offset, length }: RecordPosition): void {
    this.#begin();
    this.#statements.bury.run(RECORD_FILES.indexOf(where), offset, length);
  }

  /** Yields the lines in order of their positions. */
  *supersededPositions(): Generator<RecordPosition> {
    for (const row of this.#statements.buried.iterate()) {
      const { part, at, length } = row as { part: number; at: number; length: number };
      yield { in: RECORD_FILES[part] ?? 'results', offset: at, length };
    }
  }

  clearSuperseded(): void {
    this.#begin();
    this.#database.exec('delete from buried');
  }

  get hasSuperseded(): boolean {
    return this.#statements.anyBuried.get() !== undefined;
  }

  /** Registers that a record of the journal was moved to the results. */
  updateMoved(from: number, to: number): void {
    this.#flush();
    this.#begin();
    this.#folder = { of: NO_FOLDER, asked: 0, changed: new Set() };
    this.#statements.moved.run(to, from);
  }

  /** Whether enough rows are waiting for a commit. */
  get isCommitDue(): boolean {
    return this.#open >= ROWS_PER_COMMIT;
  }

  commit(): void {
    this.#flush();
    if (this.#database.inTransaction) this.#database.exec('commit');
    this.#open = 0;
  }

  /** Writes everything to disk, compacts the index and closes it. Returns its size. */
  close(): number {
    try {
      this.commit();
      const [free, all] = ['freelist_count', 'page_count'].map((name) => this.#number(name));
      if ((free ?? 0) > (all ?? 0) * MAX_FREE_SHARE) this.#database.exec('vacuum');
      this.#database.exec('pragma synchronous = full');
      this.setMeta('boot', CLOSED);
      this.commit();
    } catch {
      // The folder is gone or the disk is full; the index is rebuilt from the results.
    }
    this.#database.close();
    // SQLite keeps its journal between commits; it is empty now.
    const journal = `${this.#path}-journal`;
    if (statSync(journal, { throwIfNoEntry: false })?.size === 0) rmSync(journal, { force: true });
    return statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
  }

  #number(pragma: string): number {
    const row = this.#database.prepare(`pragma ${pragma}`).get() as Record<string, number>;
    return row[pragma] ?? 0;
  }

  #begin(): void {
    if (!this.#database.inTransaction) this.#database.exec('begin');
  }
}

const RECORD_FILES = ['results', 'delta'] as const;
const GONE_OUTCOME = ROW_OUTCOMES.indexOf('gone');

/** No key begins with this text. */
const NO_FOLDER = 'none';

/**
 * Returns the key of a path, in hexadecimal; the database stores its bytes. It begins with a few bytes of the folder's
 * digest, because files of a folder are looked up together. Pass it in an array if it is the only value: libsql takes a
 * single object for named parameters.
 */
function rowKey(path: string): string {
  // Cached, because a path is looked up and then stored.
  if (path !== lastKey.path) lastKey = { path, key: computeKey(path) };
  return lastKey.key;
}

function computeKey(path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  if (folder !== lastFolder.folder)
    lastFolder = { folder, begin: digestOf(folder).slice(0, 2 * FOLDER_BYTES) };
  return lastFolder.begin + digestOf(path).slice(0, 2 * KEY_BYTES);
}

const digestOf = (path: string): string => sha256Hex(isTextPath(path) ? path : encodePath(path));
let lastKey: { path: string | undefined; key: string } = { path: undefined, key: '' };
let lastFolder = { folder: '', begin: digestOf('').slice(0, 2 * FOLDER_BYTES) };

/**
 * Bits of a digest used by the filter, which takes one bit of memory for each value: enough to distinguish most of a
 * million.
 */
const FILTER_BITS = 23;

/** Bloom-like filter that answers most negative look-ups without a query. */
class DigestFilter {
  readonly #bits = new Uint8Array(2 ** (FILTER_BITS - 3));

  add(sha256: string): void {
    const at = filterBit(sha256);
    this.#bits[at >>> 3] = (this.#bits[at >>> 3] ?? 0) | (1 << (at & 7));
  }

  mayContain(sha256: string): boolean {
    const at = filterBit(sha256);
    return ((this.#bits[at >>> 3] ?? 0) & (1 << (at & 7))) !== 0;
  }
}

const filterBit = (sha256: string): number => Number.parseInt(sha256.slice(0, 8), 16) >>> (32 - FILTER_BITS);

const CLOSED = 'closed';

/** Returns an id that changes with each start of the system; `undefined` if there is none. */
function bootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
}

function openIndex(path: string): Sqlite.Database {
  makeSqlitePrivate(path);
  const database = new Sqlite(path);
  try {
    database.exec('pragma journal_mode = truncate; pragma synchronous = off; pragma cache_size = -16000');
    const { user_version: version } = database.prepare('pragma user_version').get() as {
      user_version: number;
    };
    if (version !== 0 && version !== SCHEMA_VERSION) throw new Error('an index of another version');
    // Contents are needed only during the run, so their table is temporary.
    database.exec(`
      create table if not exists meta (name text primary key, value text not null) without rowid;
      create table if not exists buried (
        part integer not null, at integer not null, length integer not null, primary key (part, at)
      ) without rowid;
      create table if not exists doubted (key blob primary key) without rowid;
      create table if not exists done (
        key blob primary key, bytes integer not null, modified integer not null, part integer not null,
        at integer not null, length integer not null, run integer not null, readIn integer not null,
        outcome integer not null, sidecars text not null
      ) without rowid;
      create index if not exists done_delta on done (at) where part = 1;
      create temp table contents (sha256 text primary key, bytes integer not null, path text not null) without rowid;
      create index temp.contents_bytes on contents (bytes);
      pragma user_version = ${SCHEMA_VERSION};
    `);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepareStatements(database: Sqlite.Database) {
  const prepare = (sql: string) => database.prepare(sql);
  return {
    meta: prepare('select value from meta where name = ?'),
    setMeta: prepare('insert or replace into meta values (?, ?)'),
    find: prepare('select * from done where key = ?'),
    runs: prepare('select distinct run from done union select distinct readIn from done'),
    any: prepare('select 1 from done limit 1'),
    standing: prepare('select key, part, at, length from done where outcome <> ? order by part, at'),
    beside: prepare(`
      select json_group_array(json_array(
        lower(hex(key)), bytes, modified, part, at, length, run, readIn, outcome, sidecars
      )) as found from (select * from done where key >= ? and key <= ? limit ?)
    `),
    withContent: prepare('select path from contents where sha256 = ?'),
    hasSize: prepare('select 1 from contents where bytes = ? limit 1'),
    putAll: prepare(`
      insert or replace into done select unhex(value->>0), value->>1, value->>2, value->>3, value->>4, value->>5,
        value->>6, value->>7, value->>8, value->>9 from json_each(?)
    `),
    holdAll: prepare(
      'insert or replace into contents select value->>0, value->>1, value->>2 from json_each(?)',
    ),
    drop: prepare('delete from done where key = ?'),
    moved: prepare('update done set at = ?, part = 0 where part = 1 and at = ?'),
    bury: prepare('insert or ignore into buried values (?, ?, ?)'),
    buried: prepare('select part, at, length from buried order by part, at'),
    anyBuried: prepare('select 1 from buried limit 1'),
    doubt: prepare('insert or ignore into doubted values (?)'),
    rely: prepare('delete from doubted where key = ?'),
    isDoubted: prepare('select 1 from doubted where key = ?'),
    anyDoubted: prepare('select 1 from doubted limit 1'),
  };
}

interface StoredRow {
  bytes: number;
  modified: number;
  part: number;
  at: number;
  length: number;
  run: number;
  readIn: number;
  outcome: number;
  sidecars: string;
}

/** Converts a row of the `beside` statement. */
function parseStoredRow(row: readonly (string | number)[]): StoredRow {
  const [, bytes, modified, part, at, length, run, readIn, outcome, sidecars] = row;
  const [b = 0, m = 0, p = 0, a = 0, l = 0, r = 0, i = 0, o = 0] = [
    bytes,
    modified,
    part,
    at,
    length,
    run,
    readIn,
    outcome,
  ].map(Number);
  return {
    bytes: b,
    modified: m,
    part: p,
    at: a,
    length: l,
    run: r,
    readIn: i,
    outcome: o,
    sidecars: String(sidecars),
  };
}

/** Rows are written by `put` alone, in a private file, so they are converted without validation. */
function toStateRow(path: string, stored: StoredRow): StateRow {
  const { bytes, modified, part, at, length, run, readIn, outcome, sidecars } = stored;
  return {
    path,
    bytes,
    modified,
    in: RECORD_FILES[part] ?? 'results',
    offset: at,
    length,
    run,
    readIn,
    outcome: ROW_OUTCOMES[outcome] ?? 'error',
    sidecars,
  };
}
