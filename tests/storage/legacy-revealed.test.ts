import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Kysely, Migrator, PostgresDialect, SqliteDialect } from 'kysely';
import Sqlite from 'libsql';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { isObservation } from '../../src/core/law/schema-checks.js';
import type { EvidenceView } from '../../src/core/report/evidence-sheet.js';
import type { Report } from '../../src/core/report/report.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import type { DatabaseLocation } from '../../src/storage/engine/database.js';
import { MIGRATIONS } from '../../src/storage/schema/migrations/index.js';
import type { Tables } from '../../src/storage/schema/tables.js';
import { describeOnBoth } from '../contracts/stores.js';
import { told } from '../support/localized.js';
import { rowOfBefore, summaryOfBefore } from './legacy-row.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const AT = '2026-11-25T10:00:00.000Z';
const inspector = createInspector({ jobs: 1 });
afterAll(() => inspector.close());

interface Old {
  report: Report;
  evidence: EvidenceView;
}

/** Uses the texts that 0.1 stored, without their messages. */
const asOf01 = (report: Report): Report =>
  JSON.parse(JSON.stringify(told(report)), (name, value) =>
    ['messages', 'params'].includes(name) && typeof value === 'object' ? undefined : value,
  );

/** Result of an inspection that reveals everything, which was all that earlier versions stored. */
async function revealed(name: string): Promise<Old> {
  let evidence: EvidenceView | undefined;
  const ask = { path: join(FIXTURES, name), name: 'a', asOf: '2026-11-25', engine: 'auto' } as const;
  const report = await inspector.inspect(
    { ...ask, reveal: ['location', 'serial', 'names'] },
    {
      onEvidence: (sheet) => {
        evidence = sheet;
      },
    },
  );
  if (evidence === undefined) throw new Error('no evidence');
  return { report: asOf01(report), evidence };
}

const dialectOf = ({ dataDir, url }: DatabaseLocation): SqliteDialect | PostgresDialect => {
  if (url !== undefined) return new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) });
  mkdirSync(dataDir, { recursive: true });
  return new SqliteDialect({ database: new Sqlite(join(dataDir, 'assay.sqlite')) as never });
};

/** Creates the former tables with these reports stored; returns their ids. */
async function keptBefore(place: DatabaseLocation, all: readonly Old[]): Promise<string[]> {
  const flavour = place.url === undefined ? 'sqlite' : 'postgres';
  const query = new Kysely<Tables>({ dialect: dialectOf(place) });
  const landed = Object.entries(MIGRATIONS).filter(([name]) => name < '0130');
  const steps = landed.map(([name, step]) => [
    name,
    { up: (db: Kysely<unknown>) => step(db as never, flavour) },
  ]);
  const provider = { getMigrations: async () => Object.fromEntries(steps) };
  try {
    const { error } = await new Migrator({ db: query, provider }).migrateToLatest();
    if (error !== undefined) throw error;
    const ids: string[] = [];
    for (const one of all) ids.push(await keep(query, one));
    return ids;
  } finally {
    await query.destroy();
  }
}

async function keep(query: Kysely<Tables>, { report, evidence }: Old): Promise<string> {
  const id = randomUUID();
  const { revealed: reveal } = report.tool;
  const request = { name: 'a', ...(reveal === undefined ? {} : { reveal }) } as never;
  const row = rowOfBefore({ id, tenant: 'local', createdAt: AT, request });
  const changes = { reasons: [], answer: [{ pointer: '/signals', before: 'Alex Example' }] };
  const done = { status: 'done', finished_at: AT, changes: JSON.stringify(changes) };
  await query
    .insertInto('inspections')
    .values({ ...row, ...done, ...summaryOfBefore(report) } as never)
    .execute();
  await query
    .insertInto('inspection_reports')
    .values({ inspection_id: id, report: JSON.stringify(report) })
    .execute();
  const json = { media_type: 'application/json', inspection_id: id };
  const crJson = { manifests: [{ assertions: { author: [{ name: 'Alex Example' }] } }] };
  const beside = { evidence, crjson: crJson, trust: { store: 'SN-0012345' } };
  for (const [kind, value] of Object.entries(beside)) {
    const content = Buffer.from(JSON.stringify(value));
    await query
      .insertInto('inspection_derivatives')
      .values({ ...json, kind, content })
      .execute();
  }
  return id;
}

const PERSONAL = /48\.000000|-2\.000000|SN-0012345|Alex Example/;

describeOnBoth('what revealed something before it was kept apart', (open, place) => {
  it('is masked for everybody, and as it was for whoever may see it', { timeout: 60_000 }, async () => {
    const at = await place();
    const [photo, signed] = [
      await revealed('labels/jpeg-camera-exif-personal.jpg'),
      await revealed('c2pa/png-c2pa-trained.png'),
    ];
    expect(JSON.stringify(photo)).toMatch(PERSONAL);
    const serial = signed.report.contentCredentials.signer?.serial ?? '';
    expect(serial).toMatch(/^\d+$/);
    const ids = await keptBefore(at, [photo, signed]);
    const { inspections } = await open(at);
    for (const [index, id] of ids.entries()) {
      const before = index === 0 ? photo : signed;
      const record = await inspections.get('local', id);
      const beside = await inspections.listDerivatives('local', id);
      const all = JSON.stringify([record, beside.map(({ content }) => content.toString('utf8'))]);
      expect(PERSONAL.exec(all)).toBeNull();
      expect(all).not.toContain(serial);
      expect(beside.map(({ kind }) => kind)).toEqual(['crjson', 'evidence']);
      const report: Report = JSON.parse(record?.report ?? '');
      const { findings: _, law: __, fileDates: ___, ...seen } = report;
      const { rulebooks: ____, ...tool } = report.tool;
      expect(isObservation({ report: { ...seen, tool }, unknowable: [], fittingHints: [] })).toBe(true);
      expect(report.tool.revealed).toBeUndefined();
      const { sentence, ...summary } = before.report.summary;
      expect(report.summary).toEqual({ ...summary, sentence: expect.any(String) });
      // The reason why trust was not checked was stored as text only, so the report names no list to install.
      expect(report.summary.sentence).toBe(sentence?.replace(': no list is installed here', ''));
      expect(report.signals.map((one) => one.id)).toEqual(before.report.signals.map((one) => one.id));
      const apart = await inspections.listRevealed('local', id);
      expect(apart.map(({ kind }) => kind)).toEqual([
        'revealed-crjson',
        'revealed-evidence',
        'revealed-report',
        'revealed-trust',
      ]);
      expect(JSON.parse(apart[2]?.content.toString('utf8') ?? '')).toEqual(before.report);
    }
  });
});
