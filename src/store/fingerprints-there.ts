import { readAlone } from './schema-state.js';

/** How many fingerprints a database has, to tell without changing anything in it. */
export interface FingerprintsThere {
  searchable: number;
  notSearchable: number;
  /** What a process that searches holds of them. */
  bytes: number;
}

/** Of a server; undefined of one of a version that had none. */
export const COUNT_THERE = "select to_regclass('fingerprints') is not null as there";
export const COUNT = `select count(*) as rows, coalesce(sum(case when bytes > 0 then 1 else 0 end), 0) as searchable,
  coalesce(sum(bytes), 0) as bytes from fingerprints where gone_at is null`;

export interface CountRow {
  /** As text from a server. */
  rows: number | string;
  searchable: number | string;
  bytes: number | string;
}

export const countOf = ({ rows, searchable, bytes }: CountRow): FingerprintsThere => ({
  searchable: Number(searchable),
  notSearchable: Number(rows) - Number(searchable),
  bytes: Number(bytes),
});

/** Undefined where there is no such file, or none of its tables. Throws what SQLite or the system says. */
export function sqliteFingerprints(path: string): FingerprintsThere | undefined {
  return readAlone(path, (database) => {
    const tables = database.prepare("select name from sqlite_master where name = 'fingerprints'").all();
    const [row] = tables.length === 0 ? [] : (database.prepare(COUNT).all() as CountRow[]);
    return row && countOf(row);
  });
}
