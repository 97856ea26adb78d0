import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { keyOfPath, pathOfKey, pathTold, type ToldPath } from '../core/ground/path-text.js';
import type { ErrorRecord } from '../core/report/report.js';
import { ownFolder } from '../own-folder.js';
import { keepSqlitePrivate } from '../private-files.js';
import { CHANGE_GROUPS, type ChangeCounts, type ChangeGroup, noChanges } from './change-groups.js';
import { type Change, changeOf, countChange, type FileState, groupsOf, stateOf } from './changes.js';
import type { SlimRecord } from './record.js';

type Records = AsyncIterable<SlimRecord | ErrorRecord>;

/** Rows between two commits: a transaction of a million of them holds no more memory, but its journal grows. */
const ROWS_PER_COMMIT = 50_000;

/**
 * What became of every path between two lots of records, in any order and of any number: an index on disk (`TMPDIR`, some
 * 300 bytes a record) holds what is known of the first while the second is read. `close` takes it away.
 */
export class Comparison {
  readonly counts: ChangeCounts = noChanges();
  /** Records of files that stood there. */
  readonly files = { before: 0, after: 0 };
  readonly #folder: string;
  readonly #database: Sqlite.Database;
  #open = 0;

  private constructor(folder: string, database: Sqlite.Database) {
    this.#folder = folder;
    this.#database = database;
  }

  static async of(before: Records, after: Records): Promise<Comparison> {
    const folder = ownFolder(tmpdir(), 'assay-diff');
    try {
      const comparison = new Comparison(folder, prepared(join(folder, 'diff.sqlite')));
      try {
        await comparison.#read(before, after);
        return comparison;
      } catch (error) {
        comparison.close();
        throw error;
      }
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** By path. Of one group, or all: each change once. */
  *changes(group?: ChangeGroup): Generator<Change> {
    const rows =
      group === undefined
        ? this.#database.prepare('select change from changes order by path').iterate()
        : this.#database
            .prepare('select change from changes where groups & ? <> 0 order by path')
            .iterate(bitOf(group));
    for (const row of rows) yield JSON.parse((row as { change: string }).change) as Change;
  }

  /** The first names of a group. */
  names(group: ChangeGroup, most: number): string[] {
    const rows = this.#database
      .prepare('select path from changes where groups & ? <> 0 order by path limit ?')
      .all(bitOf(group), most) as { path: string }[];
    return rows.map(({ path }) => pathOfKey(path));
  }

  close(): void {
    this.#database.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #read(before: Records, after: Records): Promise<void> {
    const database = this.#database;
    const put = database.prepare('insert or replace into before values (?, ?)');
    const find = database.prepare('select state from before where path = ?');
    const met = database.prepare('delete from before where path = ?');
    const note = database.prepare('insert into changes values (?, ?, ?)');
    const take = (change: Change | undefined) => {
      if (change === undefined) return;
      countChange(this.counts, change);
      const groups = groupsOf(change).reduce((bits, group) => bits | bitOf(group), 0);
      note.run(keyOfPath(change.path), groups, JSON.stringify(change));
    };
    database.exec('begin');
    for await (const record of before) {
      const state = stateOf(record);
      if (state.is !== 'gone') this.files.before += 1;
      put.run(keyIn(record), JSON.stringify(state));
      this.#step();
    }
    for await (const record of after) {
      const state = stateOf(record);
      if (state.is !== 'gone') this.files.after += 1;
      const key = keyIn(record);
      take(changeOf(pathTold(record), stateIn(find.get(key)), state));
      met.run(key);
      this.#step();
    }
    const rest = database.prepare('select path, state from before where path > ? order by path limit 1000');
    for (let last = ''; ; ) {
      const rows = rest.all(last) as { path: string; state: string }[];
      for (const row of rows) {
        take(changeOf(pathOfKey(row.path), stateIn(row), undefined));
        this.#step();
        last = row.path;
      }
      if (rows.length === 0) break;
    }
    database.exec('commit');
  }

  #step(): void {
    this.#open += 1;
    if (this.#open < ROWS_PER_COMMIT) return;
    this.#open = 0;
    this.#database.exec('commit; begin');
  }
}

const keyIn = (record: ToldPath): string => keyOfPath(pathTold(record));

const bitOf = (group: ChangeGroup): number => 1 << CHANGE_GROUPS.indexOf(group);

/** Written by `#read` alone, in a file that is ours. */
const stateIn = (row: unknown): FileState | undefined =>
  row === undefined ? undefined : (JSON.parse((row as { state: string }).state) as FileState);

function prepared(path: string): Sqlite.Database {
  keepSqlitePrivate(path);
  const database = new Sqlite(path);
  database.exec(`
    pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -16000; pragma temp_store = file;
    create table before (path text primary key, state text not null) without rowid;
    create table changes (path text not null, groups integer not null, change text not null);
  `);
  return database;
}
