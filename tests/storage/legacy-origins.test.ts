import { randomUUID } from 'node:crypto';
import { Kysely } from 'kysely';
import { expect, it } from 'vitest';
import type { Report } from '../../src/core/report/report.js';
import { openDatabase } from '../../src/storage/engine/database.js';
import { extractFacts } from '../../src/storage/inspections/inspection-facts.js';
import { ScanRepository } from '../../src/storage/scans/kysely-scans.js';
import type { Tables } from '../../src/storage/schema/tables.js';
import { describeOnBoth } from '../contracts/stores.js';
import { FULL_RECORD_OF_BEFORE, RECORDS_OF_BEFORE, REPORTS_OF_BEFORE, summaryIn } from '../stored/kept.js';
import { dialectOf, inDatabaseOfBefore } from './legacy-database.js';
import { rowOfBefore, summaryOfBefore } from './legacy-row.js';

const AT = '2026-11-25T10:00:00.000Z';
/** More than one step processes. */
const MANY = 120;

/** Stores a Report as 0.1 did: its text, and the columns that lists use. */
async function keep(query: Kysely<Tables>, text: string): Promise<string> {
  const report = JSON.parse(text) as Report;
  const id = randomUUID();
  const request = { name: report.asset.name } as never;
  const row = rowOfBefore({ id, tenant: 'local', createdAt: AT, request });
  const done = { status: 'done', finished_at: AT, ...summaryOfBefore(report) };
  await query
    .insertInto('inspections')
    .values({ ...row, ...done } as never)
    .execute();
  await query.insertInto('inspection_reports').values({ inspection_id: id, report: text }).execute();
  const facts = extractFacts(report).map((fact) => ({ inspection_id: id, tenant: 'local', ...fact }));
  if (facts.length > 0) await query.insertInto('inspection_facts').values(facts).execute();
  return id;
}

async function keepRecords(query: Kysely<Tables>, records: readonly string[]): Promise<void> {
  await query
    .insertInto('scans')
    .values({ id: 'old', header: '{}', plan: null, created_at: AT, status: 'done', ended_at: AT })
    .execute();
  const { number } = await query.selectFrom('scans').select('number').executeTakeFirstOrThrow();
  const rows = records.map((record, index) => {
    const { origin } = summaryIn(JSON.parse(record).report ?? JSON.parse(record)) as { origin: string };
    const nothing = {
      sha256: null,
      kind: null,
      backing: null,
      presence: null,
      integrity: null,
      signer: null,
    };
    return {
      ...{
        scan: Number(number),
        path_key: String(index).padStart(6, '0'),
        path: `/${index}`,
        record,
        origin,
      },
      ...{ bytes: 1, modified: 0, outcome: 'plain', error_code: null, ...nothing },
    };
  });
  for (let at = 0; at < rows.length; at += 500) {
    await query
      .insertInto('scan_records')
      .values(rows.slice(at, at + 500))
      .execute();
  }
}

describeOnBoth('what 0.1 kept', (open, place) => {
  const [matroska = '', , picture = ''] = REPORTS_OF_BEFORE;

  it('is filtered, counted and answered with origin unknown where a part was not read', async () => {
    const at = await place();
    const ids: string[] = [];
    await inDatabaseOfBefore(at, async (query) => {
      for (const text of REPORTS_OF_BEFORE) ids.push(await keep(query, text));
    });
    const { inspections } = await open(at);
    expect(await inspections.countByOrigin('local', {})).toEqual(
      new Map([
        ['unknown', 2],
        ['none', 1],
      ]),
    );
    const found = await inspections.list('local', { origin: 'unknown' }, { limit: 10 });
    expect(found.items.map(({ id }) => id).sort()).toEqual(ids.slice(0, 2).sort());
    expect(found.items.map(({ summary }) => summary?.origin)).toEqual(['unknown', 'unknown']);
    for (const [index, id] of ids.entries()) {
      const before = JSON.parse(REPORTS_OF_BEFORE[index] ?? '') as Report;
      const { summary } = JSON.parse((await inspections.get('local', id))?.report ?? '') as Report;
      expect(summary.sentence).toBe(before.summary.sentence);
      expect(summary.origin).toBe(index < 2 ? 'unknown' : 'none');
      expect(summary.coverage.state).toBe(index < 2 ? 'partial' : 'complete');
    }
  });

  it('is gone through in steps, to the last row, and once', async () => {
    const at = await place();
    await inDatabaseOfBefore(at, async (query) => {
      for (let turn = 0; turn < MANY; turn += 1) await keep(query, turn % 2 === 0 ? matroska : picture);
    });
    const { inspections } = await open(at);
    expect(Object.fromEntries(await inspections.countByOrigin('local', {}))).toEqual({
      unknown: MANY / 2,
      none: MANY / 2,
    });
  });

  it('of a scan is counted and paged by its own reads, in either form', async () => {
    const at = await place();
    const slim = Array.from(
      { length: 1_200 },
      (_, turn) => RECORDS_OF_BEFORE[turn % RECORDS_OF_BEFORE.length] ?? '',
    );
    await inDatabaseOfBefore(at, (query) => keepRecords(query, [...slim, FULL_RECORD_OF_BEFORE]));
    const database = await openDatabase(at);
    const scans = new ScanRepository(database);
    const number = (await scans.get('old'))?.number ?? 0;
    // Of five records, three were not fully read, and one declares an origin.
    expect((await scans.counts(number)).origins).toEqual({ unknown: 721, none: 240, other: 240 });
    const page = await scans.listRecords(number, { limit: 2_000, filter: { origin: 'unknown' } });
    expect(page).toHaveLength(721);
    expect(page.at(-1)?.record).toBe(FULL_RECORD_OF_BEFORE);
    await database.close();
  });

  it('is gone on with where a start was cut short', async () => {
    const at = await place();
    await inDatabaseOfBefore(at, async (query) => {
      for (let turn = 0; turn < MANY; turn += 1) await keep(query, matroska);
    });
    // Migrates fully once, and then returns to the middle.
    await (await open(at)).close();
    const query = new Kysely<Tables>({ dialect: dialectOf(at) });
    const ids = await query.selectFrom('inspections').select('id').orderBy('id').execute();
    await query.updateTable('inspections').set({ origin: 'none' }).execute();
    const after_key = ids[MANY / 2 - 1]?.id ?? '';
    await query
      .insertInto('origins_of_before')
      .values({ name: 'inspections', after_scan: 0, after_key })
      .execute();
    await query.destroy();
    const { inspections } = await open(at);
    // Rows before the recorded position are not read again.
    expect(Object.fromEntries(await inspections.countByOrigin('local', {}))).toEqual({
      unknown: 60,
      none: 60,
    });
  });
});
