import { readFileSync, rmSync, statSync } from 'node:fs';
import Sqlite from 'libsql';
import { sha256Hex } from '../core/ground/digest.js';
import { bytesOfPath, isTextPath, keyOfPath, pathOfKey } from '../core/ground/path-text.js';
import { keepSqlitePrivate } from '../private-files.js';

/** Which file a record stands in: the results (or what grows to be them), or the journal beside them. */
export type Stands = 'results' | 'delta';

/** Where a file's record stands, and what tells whether the file is still the same. */
export interface Row {
  path: string;
  bytes: number;
  /** Milliseconds since 1970. */
  modified: number;
  /** Given to `put` where the record may stand for other files of these bytes; not kept longer than the run. */
  sha256?: string;
  in: Stands;
  /** Bytes from the start of that file to the record, and its length without the line’s end. */
  offset: number;
  length: number;
  /** Number of the run, as its header gives it. */
  run: number;
  /** Number of the run that read the file; an earlier one where only its rules were asked again. */
  readIn: number;
  outcome: RowOutcome;
  /** Tells what was read with it, and in which state, from anything else; empty where nothing was. */
  sidecars: string;
}

/**
 * `error`: not inspected. `unread`: inspected, but a reader failed. `signed`: trust lists and engines had a say. `gone`: its
 * file is no longer there. `left`: its first bytes alone were fetched. Kept by their numbers: others come last.
 */
export const ROW_OUTCOMES = ['error', 'unread', 'signed', 'plain', 'gone', 'left'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

export type Place = Pick<Row, 'in' | 'offset' | 'length'>;

/** Bumped when the tables change, or what is counted: an older index is thrown away and made again from the results. */
const SCHEMA_VERSION = 5;
/** Rows between two commits; what a kill takes from the index is read again from the results. */
const ROWS_PER_COMMIT = 1_000;
/** Of a path's digest: enough that nobody finds two paths with the same. */
const KEY_BYTES = 16;
/** Of its folder’s; for order alone. */
const FOLDER_BYTES = 4;
/** Files of one folder that are asked for one by one before all of it is brought; and the most that is held of one. */
const ASKED_ALONE = 8;
const MOST_BESIDE = 50_000;
/** Free pages that are worth writing the index anew for. */
const MOST_FREE = 0.25;

/**
 * Index of a results file, kept beside it: some 55 bytes a file, whatever its name. The results are what counts: whatever
 * is missing here, or all of it, is read from them again. So it need not survive a power cut, only never say what does not
 * stand there.
 */
export class State {
  readonly #path: string;
  readonly #database: Sqlite.Database;
  readonly #statements: ReturnType<typeof statementsOf>;
  #open = 0;
  #anyDoubted: boolean;
  /** What was asked of last; with its rows once it is worth while, and those that are others since. */
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
  /** Rows that the database does not have yet, by their keys; and the contents of these, by digest. */
  readonly #waiting = new Map<string, StoredRow>();
  readonly #contents = new Map<string, { bytes: number; path: string }>();
  readonly #sizes = new Set<number>();
  readonly #held = new Digests();
  /** Of all rows, where there was none when this was opened. */
  readonly #keys: Digests | undefined;

  private constructor(path: string, database: Sqlite.Database) {
    this.#path = path;
    this.#database = database;
    this.#statements = statementsOf(database);
    this.#anyDoubted = this.#statements.anyDoubted.get() !== undefined;
    if (this.#statements.any.get() === undefined) this.#keys = new Digests();
  }

  /**
   * The index at `path` if it is one of ours, whole, for this very scan, and `isOf` says that it was made of what stands
   * there; otherwise a new, empty one.
   */
  static open(path: string, scanId: string, isOf: (state: State) => boolean): State {
    try {
      const state = new State(path, prepared(path));
      if (state.meta('scan') === scanId && state.#isWhole && isOf(state)) {
        state.#begun();
        return state;
      }
      state.#database.close();
    } catch {
      // Not a database, damaged, or of another version: made again.
    }
    State.remove(path);
    const state = new State(path, prepared(path));
    state.setMeta('scan', scanId);
    state.#begun();
    return state;
  }

  static remove(path: string): void {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
  }

  /** What the disk did not get before a power cut may be any part of it. A kill alone takes nothing. */
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

  find(path: string): Row | undefined {
    const name = keyOf(path);
    const waiting = this.#waiting.get(name);
    // Of a first run nearly every file is asked of that no row is of.
    if (waiting === undefined && this.#keys?.may(name.slice(2 * FOLDER_BYTES)) === false) return undefined;
    const stored = waiting ?? this.#ofFolder(name) ?? this.#asked(name);
    return stored === 'none' || stored === undefined ? undefined : rowOf(path, stored);
  }

  #asked(name: string): StoredRow | undefined {
    return this.#statements.find.get([Buffer.from(name, 'hex')]) as StoredRow | undefined;
  }

  /** From the rows of a folder, brought together: one question for each file costs more than all else. Undefined: ask. */
  #ofFolder(name: string): StoredRow | 'none' | undefined {
    const folder = name.slice(0, 2 * FOLDER_BYTES);
    if (folder !== this.#folder.of) this.#folder = { of: folder, asked: 0, changed: new Set() };
    this.#folder.asked += 1;
    if (this.#folder.asked === ASKED_ALONE) this.#folder.rows = this.#rowsBeside(folder);
    const { rows, changed } = this.#folder;
    if (rows === undefined) return undefined;
    return changed.has(name) ? undefined : (rows.get(name) ?? 'none');
  }

  /** Undefined where they are too many to be held. */
  #rowsBeside(folder: string): ReadonlyMap<string, StoredRow> | undefined {
    const begin = Buffer.from(folder, 'hex');
    const end = Buffer.concat([begin, Buffer.alloc(KEY_BYTES + 1, 0xff)]);
    const { found } = this.#statements.beside.get(begin, end, MOST_BESIDE + 1) as { found: string };
    const rows = JSON.parse(found) as [string, ...(string | number)[]][];
    if (rows.length > MOST_BESIDE) return undefined;
    return new Map(rows.map((row) => [row[0], storedOf(row)]));
  }

  #changed(name: string): void {
    if (name.startsWith(this.#folder.of)) this.#folder.changed.add(name);
  }

  /** Path of the last file with these bytes whose record was made in this run. */
  withContent(sha256: string): string | undefined {
    if (!this.#held.may(sha256)) return undefined;
    const waiting = this.#contents.get(sha256);
    const found = waiting ?? (this.#statements.withContent.get(sha256) as { path: string } | undefined);
    return found && pathOfKey(found.path);
  }

  /** As `withContent`, of their number. */
  hasSize(bytes: number): boolean {
    if (this.#sizes.has(bytes)) return true;
    return this.#statements.hasSize.get(bytes) !== undefined;
  }

  /** Takes the place of what was known of that path. */
  put(row: Row, isOfThisRun: boolean): void {
    const name = keyOf(row.path);
    this.#changed(name);
    this.#keys?.add(name.slice(2 * FOLDER_BYTES));
    if (this.#anyDoubted) this.#relyOn(name);
    const { bytes, modified, sha256, offset, length, run, readIn, outcome, sidecars } = row;
    const place = { part: PLACES.indexOf(row.in), at: offset, length };
    const told = { run, readIn, outcome: ROW_OUTCOMES.indexOf(outcome), sidecars };
    this.#waiting.set(name, { bytes, modified, ...place, ...told });
    if (isOfThisRun && sha256 !== undefined) {
      this.#held.add(sha256);
      this.#contents.set(sha256, { bytes, path: keyOfPath(row.path) });
      this.#sizes.add(bytes);
    }
    this.#open += 1;
  }

  /** To the database, all in two statements: one for each row costs more than all else that is done with it. */
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

  /** Nothing is known of that path any more. */
  drop(path: string): void {
    this.#begin();
    const name = keyOf(path);
    this.#changed(name);
    this.#waiting.delete(name);
    this.#statements.drop.run([Buffer.from(name, 'hex')]);
    this.#open += 1;
  }

  /** Where the records of files stand whose path has a SHA-256 with a beginning that `wants` takes; those gone apart. */
  *standing(wants: (digest: Buffer) => boolean): Generator<Place> {
    this.#flush();
    for (const stored of this.#statements.standing.iterate([GONE])) {
      const { key, part, at, length } = stored as StoredRow & { key: Buffer };
      if (wants(Buffer.from(key).subarray(FOLDER_BYTES)))
        yield { in: PLACES[part] ?? 'results', offset: at, length };
    }
  }

  /** Numbers of the runs that records are of, or whose reading they rest on. */
  runs(): Set<number> {
    this.#flush();
    const rows = this.#statements.runs.all() as { run: number }[];
    return new Set(rows.map(({ run }) => run));
  }

  /** Its record is not to be relied on, until the next `put` or `rely`. */
  doubt(path: string): void {
    this.#begin();
    this.#anyDoubted = true;
    this.#statements.doubt.run([Buffer.from(keyOf(path), 'hex')]);
  }

  rely(path: string): void {
    this.#relyOn(keyOf(path));
  }

  #relyOn(name: string): void {
    this.#begin();
    this.#statements.rely.run([Buffer.from(name, 'hex')]);
  }

  isDoubted(path: string): boolean {
    return (
      this.#anyDoubted && this.#statements.isDoubted.get([Buffer.from(keyOf(path), 'hex')]) !== undefined
    );
  }

  /** A line that no longer counts, and of which nothing that is written says so yet. */
  bury({ in: where, offset, length }: Place): void {
    this.#begin();
    this.#statements.bury.run(PLACES.indexOf(where), offset, length);
  }

  /** In their order. */
  *buried(): Generator<Place> {
    for (const row of this.#statements.buried.iterate()) {
      const { part, at, length } = row as { part: number; at: number; length: number };
      yield { in: PLACES[part] ?? 'results', offset: at, length };
    }
  }

  unburyAll(): void {
    this.#begin();
    this.#database.exec('delete from buried');
  }

  get anyBuried(): boolean {
    return this.#statements.anyBuried.get() !== undefined;
  }

  /** A record of the journal stands in the results now. */
  moved(from: number, to: number): void {
    this.#flush();
    this.#begin();
    this.#folder = { of: NO_FOLDER, asked: 0, changed: new Set() };
    this.#statements.moved.run(to, from);
  }

  /** Whether so much is waiting that a commit is due. */
  get isDue(): boolean {
    return this.#open >= ROWS_PER_COMMIT;
  }

  commit(): void {
    this.#flush();
    if (this.#database.inTransaction) this.#database.exec('commit');
    this.#open = 0;
  }

  /** With all of it on the disk, and no more room than it takes. Gives its size. */
  close(): number {
    try {
      this.commit();
      const [free, all] = ['freelist_count', 'page_count'].map((name) => this.#number(name));
      if ((free ?? 0) > (all ?? 0) * MOST_FREE) this.#database.exec('vacuum');
      this.#database.exec('pragma synchronous = full');
      this.setMeta('boot', CLOSED);
      this.commit();
    } catch {
      // Its folder has gone, or the disk is full: it is made again from the results.
    }
    this.#database.close();
    // Kept between two commits, and empty by now.
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

const PLACES = ['results', 'delta'] as const;
const GONE = ROW_OUTCOMES.indexOf('gone');

/** No key begins so. */
const NO_FOLDER = 'none';

/**
 * What a path is known by, whatever its length; in the database its bytes, here in hexadecimal. A few bytes of its folder
 * come first: files of a folder are asked for together, and so stand together.
 * To be given in an array where it is the only value: alone, libsql takes it for an object of names.
 */
function keyOf(path: string): string {
  // A record is looked for, and then put in its place.
  if (path !== lastKey.path) lastKey = { path, key: keyMade(path) };
  return lastKey.key;
}

function keyMade(path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  if (folder !== last.folder) last = { folder, begin: digestOf(folder).slice(0, 2 * FOLDER_BYTES) };
  return last.begin + digestOf(path).slice(0, 2 * KEY_BYTES);
}

const digestOf = (path: string): string => sha256Hex(isTextPath(path) ? path : bytesOfPath(path));
let lastKey: { path: string | undefined; key: string } = { path: undefined, key: '' };
let last = { folder: '', begin: digestOf('').slice(0, 2 * FOLDER_BYTES) };

/** Of a digest, as many bits as tell most of a million apart; one bit of memory for each. */
const TOLD_APART = 23;

/** Tells of most digests that were not held at all, without a question to the database. */
class Digests {
  readonly #bits = new Uint8Array(2 ** (TOLD_APART - 3));

  add(sha256: string): void {
    const at = placeOf(sha256);
    this.#bits[at >>> 3] = (this.#bits[at >>> 3] ?? 0) | (1 << (at & 7));
  }

  may(sha256: string): boolean {
    const at = placeOf(sha256);
    return ((this.#bits[at >>> 3] ?? 0) & (1 << (at & 7))) !== 0;
  }
}

const placeOf = (sha256: string): number => Number.parseInt(sha256.slice(0, 8), 16) >>> (32 - TOLD_APART);

const CLOSED = 'closed';

/** Another after each start of the system; undefined where the system does not tell. */
function bootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
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
    // Contents are asked for in the run that read them: they are gone with its process.
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

function statementsOf(database: Sqlite.Database) {
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

/** As `beside` gives it. */
function storedOf(row: readonly (string | number)[]): StoredRow {
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

/** Written by `put` alone, in a file that is ours. */
function rowOf(path: string, stored: StoredRow): Row {
  const { bytes, modified, part, at, length, run, readIn, outcome, sidecars } = stored;
  return {
    path,
    bytes,
    modified,
    in: PLACES[part] ?? 'results',
    offset: at,
    length,
    run,
    readIn,
    outcome: ROW_OUTCOMES[outcome] ?? 'error',
    sidecars,
  };
}
