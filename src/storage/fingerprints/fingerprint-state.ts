import { readSqliteFile } from '../engine/schema-state.js';

/** Number of fingerprints in a database, read without changing it. */
export interface StoredFingerprintCounts {
  searchable: number;
  notSearchable: number;
  /** Memory they need in a searching process, in bytes. */
  bytes: number;
}

/** Query for PostgreSQL; false in the schema of a version without fingerprints. */
export const HAS_FINGERPRINTS_QUERY = "select to_regclass('fingerprints') is not null as there";
export const COUNT_QUERY = `select count(*) as rows, coalesce(sum(case when bytes > 0 then 1 else 0 end), 0) as searchable,
  coalesce(sum(bytes), 0) as bytes from fingerprints where gone_at is null`;

export interface CountRow {
  /** PostgreSQL returns numbers as text. */
  rows: number | string;
  searchable: number | string;
  bytes: number | string;
}

export const parseCounts = ({ rows, searchable, bytes }: CountRow): StoredFingerprintCounts => ({
  searchable: Number(searchable),
  notSearchable: Number(rows) - Number(searchable),
  bytes: Number(bytes),
});

/** Returns `undefined` if there is no such file or table. Throws the error of SQLite or the system. */
export function countSqliteFingerprints(path: string): StoredFingerprintCounts | undefined {
  return readSqliteFile(path, (database) => {
    const tables = database.prepare("select name from sqlite_master where name = 'fingerprints'").all();
    const [row] = tables.length === 0 ? [] : (database.prepare(COUNT_QUERY).all() as CountRow[]);
    return row && parseCounts(row);
  });
}
