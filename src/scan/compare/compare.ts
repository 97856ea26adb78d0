import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { makeSqlitePrivate } from '../../base/files/private-files.js';
import { createOwnFolder } from '../../base/files/temp-dir.js';
import { fromRecordPath, keyToPath, pathToKey, type RecordPath } from '../../base/path-text.js';
import type { ErrorRecord } from '../../core/report/report.js';
import { CHANGE_GROUPS, type ChangeCounts, type ChangeGroup, noChanges } from '../records/change-groups.js';
import type { ScanRecord } from '../records/record.js';
import {
  type Change,
  changeGroupsOf,
  changeOf,
  countChange,
  type RecordState,
  recordStateOf,
} from './changes.js';

type Records = AsyncIterable<ScanRecord | ErrorRecord>;

/** Rows per commit. Larger transactions need no more memory, but their journal grows. */
const ROWS_PER_COMMIT = 50_000;

/**
 * Compares two sets of records, of any number and in any order. An index on disk (in `TMPDIR`, about 300 bytes per
 * record) holds the first set while the second is read. `close` deletes it.
 */
export class RecordComparison {
  readonly counts: ChangeCounts = noChanges();
  /** Records of existing files. */
  readonly files = { before: 0, after: 0 };
  readonly #folder: string;
  readonly #database: Sqlite.Database;
  #open = 0;

  private constructor(folder: string, database: Sqlite.Database) {
    this.#folder = folder;
    this.#database = database;
  }

  static async of(before: Records, after: Records): Promise<RecordComparison> {
    const folder = createOwnFolder(tmpdir(), 'assay-diff');
    try {
      const comparison = new RecordComparison(folder, createIndex(join(folder, 'diff.sqlite')));
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

  /** Yields the changes of a group, or all, ordered by path; each change once. */
  *changes(group?: ChangeGroup): Generator<Change> {
    const rows =
      group === undefined
        ? this.#database.prepare('select change from changes order by path').iterate()
        : this.#database
            .prepare('select change from changes where groups & ? <> 0 order by path')
            .iterate(bitOf(group));
    for (const row of rows) yield JSON.parse((row as { change: string }).change) as Change;
  }

  /** Returns the first names of a group. */
  names(group: ChangeGroup, most: number): string[] {
    const rows = this.#database
      .prepare('select path from changes where groups & ? <> 0 order by path limit ?')
      .all(bitOf(group), most) as { path: string }[];
    return rows.map(({ path }) => keyToPath(path));
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
      const groups = changeGroupsOf(change).reduce((bits, group) => bits | bitOf(group), 0);
      note.run(pathToKey(change.path), groups, JSON.stringify(change));
    };
    database.exec('begin');
    for await (const record of before) {
      const state = recordStateOf(record);
      if (state.is !== 'gone') this.files.before += 1;
      put.run(keyIn(record), JSON.stringify(state));
      this.#step();
    }
    for await (const record of after) {
      const state = recordStateOf(record);
      if (state.is !== 'gone') this.files.after += 1;
      const key = keyIn(record);
      take(changeOf(fromRecordPath(record), parseState(find.get(key)), state));
      met.run(key);
      this.#step();
    }
    const rest = database.prepare('select path, state from before where path > ? order by path limit 1000');
    for (let last = ''; ; ) {
      const rows = rest.all(last) as { path: string; state: string }[];
      for (const row of rows) {
        take(changeOf(keyToPath(row.path), parseState(row), undefined));
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

const keyIn = (record: RecordPath): string => pathToKey(fromRecordPath(record));

const bitOf = (group: ChangeGroup): number => 1 << CHANGE_GROUPS.indexOf(group);

/** Rows are written by `#read` alone, in a private file, so they are parsed without validation. */
const parseState = (row: unknown): RecordState | undefined =>
  row === undefined ? undefined : (JSON.parse((row as { state: string }).state) as RecordState);

function createIndex(path: string): Sqlite.Database {
  makeSqlitePrivate(path);
  const database = new Sqlite(path);
  database.exec(`
    pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -16000; pragma temp_store = file;
    create table before (path text primary key, state text not null) without rowid;
    create table changes (path text not null, groups integer not null, change text not null);
  `);
  return database;
}
