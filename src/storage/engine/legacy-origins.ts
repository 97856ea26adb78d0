import { type Kysely, sql } from 'kysely';
import { asRecord, ownMember } from '../../base/json-shape.js';
import { legacyCoverage } from '../../core/pipeline/legacy-report.js';
import type { DatabaseDialect } from '../schema/dialect.js';
import type { OriginsOfBeforeTable, Tables } from '../schema/tables.js';
import type { StoreTransaction } from './transaction.js';

/**
 * Corrects origin columns, by which lists are filtered and counted, of rows from before `none` and `unknown` were
 * distinguished, using each row's own document. Each step is a transaction and records its position, so an interrupted
 * start continues. Two processes at once take turns.
 */
export async function rebucketOrigins(query: Kysely<Tables>, flavour: DatabaseDialect): Promise<void> {
  while (await isWaiting(query)) await query.transaction().execute((inside) => step(inside, flavour));
}

/** Reports have about 30 kB and at most some megabytes, scan records mostly 1 to 3 kB. */
const REPORTS_AT_ONCE = 50;
const RECORDS_AT_ONCE = 500;

async function isWaiting(query: Kysely<Tables>): Promise<boolean> {
  return (await query.selectFrom('origins_of_before').select('name').executeTakeFirst()) !== undefined;
}

async function step(inside: StoreTransaction, flavour: DatabaseDialect): Promise<void> {
  const asked = inside.selectFrom('origins_of_before').selectAll().orderBy('name').limit(1);
  const place = await asked.forUpdate().executeTakeFirst();
  // Another process has just finished it.
  if (place === undefined) return;
  if (flavour === 'postgres') await alongTheKey(inside);
  const next = await (place.name === 'inspections'
    ? inspections(inside, place)
    : records(inside, place, flavour));
  if (next === undefined) {
    await inside.deleteFrom('origins_of_before').where('name', '=', place.name).execute();
  } else {
    await inside.updateTable('origins_of_before').set(next).where('name', '=', place.name).execute();
  }
}

/**
 * Forces index order: a PostgreSQL that was just restored has no statistics and would sort the rest of a table in every
 * step.
 */
async function alongTheKey(inside: StoreTransaction): Promise<void> {
  for (const way of ['sort', 'seqscan', 'bitmapscan', 'hashjoin', 'mergejoin']) {
    await sql`set local ${sql.ref(`enable_${way}`)} = off`.execute(inside);
  }
}

type Position = Pick<OriginsOfBeforeTable, 'after_scan' | 'after_key'>;

/** Returns the position reached; `undefined` at the end. */
async function inspections(inside: StoreTransaction, { after_key }: Position): Promise<Position | undefined> {
  const rows = await inside
    .selectFrom('inspections')
    .innerJoin('inspection_reports', 'inspection_reports.inspection_id', 'inspections.id')
    .select(['id', 'report'])
    .where('id', '>', after_key)
    .where('origin', '=', 'none')
    .orderBy('id')
    .limit(REPORTS_AT_ONCE)
    .execute();
  const unknown = rows.filter(({ report }) => isUnknown(report)).map(({ id }) => id);
  if (unknown.length > 0) {
    await inside.updateTable('inspections').set({ origin: 'unknown' }).where('id', 'in', unknown).execute();
  }
  const last = rows.at(-1);
  return last && rows.length === REPORTS_AT_ONCE ? { after_scan: 0, after_key: last.id } : undefined;
}

/** Most files were read completely, which the database detects itself, so their records are not transferred. */
async function records(
  inside: StoreTransaction,
  { after_scan, after_key }: Position,
  flavour: DatabaseDialect,
): Promise<Position | undefined> {
  const at = (text: string) =>
    flavour === 'postgres' ? sql<number>`strpos(record, ${text})` : sql<number>`instr(record, ${text})`;
  const perhaps = sql`${at('"reads":{}')} = 0 or ${at('"statements"')} > 0`;
  const rows = await inside
    .selectFrom('scan_records')
    .select(['scan', 'path_key', sql<string | null>`case when ${perhaps} then record end`.as('record')])
    .where(sql<boolean>`(scan, path_key) > (${sql.lit(after_scan)}, ${after_key})`)
    .where('origin', '=', 'none')
    .orderBy('scan')
    .orderBy('path_key')
    .limit(RECORDS_AT_ONCE)
    .execute();
  const unknown = rows.filter(({ record }) => record !== null && isUnknown(record));
  for (const scan of new Set(unknown.map((row) => row.scan))) {
    const keys = unknown.filter((row) => row.scan === scan).map(({ path_key }) => path_key);
    await inside
      .updateTable('scan_records')
      .set({ origin: 'unknown' })
      .where('scan', '=', scan)
      .where('path_key', 'in', keys)
      .execute();
  }
  const last = rows.at(-1);
  return last && rows.length === RECORDS_AT_ONCE
    ? { after_scan: Number(last.scan), after_key: last.path_key }
    : undefined;
}

/** A damaged document stays as it is; reading it reports the damage. */
function isUnknown(document: string): boolean {
  try {
    const record = asRecord(JSON.parse(document));
    const said = record && (asRecord(ownMember(record, 'report')) ?? record);
    return said !== undefined && legacyCoverage(said)?.origin === 'unknown';
  } catch {
    return false;
  }
}
