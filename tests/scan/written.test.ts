import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatJsonLine } from '../../src/base/json-line.js';
import type { ErrorRecord, LocalizedReport } from '../../src/core/report/report.js';
import { AtomicFile } from '../../src/scan/duplicates/whole-file.js';
import { recordLine } from '../../src/scan/lines/answer-line.js';
import { convertResults } from '../../src/scan/lines/convert.js';
import { createFormat, type FormatName } from '../../src/scan/lines/formats.js';
import { readRecords } from '../../src/scan/lines/latest-records.js';
import { parseLine } from '../../src/scan/lines/parse.js';
import { groupingColumns } from '../../src/scan/records/columns.js';
import type { Header } from '../../src/scan/records/header.js';
import { outcomeCounts } from '../../src/scan/records/outcomes.js';
import type { ScanRecord } from '../../src/scan/records/record.js';
import { toScanRecord } from '../../src/scan/records/summary-record.js';
import { createTally } from '../../src/scan/records/tally.js';
import { FileResults } from '../../src/scan/results/file-results.js';
import { assay, fixture } from '../cli/spawn-assay.js';
import { NOTHING_STATED } from '../http/shell-report.js';
import { itWith } from '../support/system-parts.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-written-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILES = ['c2pa/png-c2pa-intact.png', 'labels/jpeg-camera-exif-and-trained.jpg', 'plain/not-media.txt'];
const ENTRY = { path: '/archive/2024/a.png', modified: Date.parse('2026-01-02T03:04:05.678Z') };
let reports: LocalizedReport[];
let records: ScanRecord[];
beforeAll(async () => {
  const { stdout } = await assay(['inspect', '--json', '--jurisdiction', 'EU', ...FILES.map(fixture)]);
  reports = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LocalizedReport);
  records = reports.map((report, i) => toScanRecord({ ...ENTRY, path: `/archive/2024/${i}.png` }, report));
}, 60_000);

const parsed = (line: object): ScanRecord => {
  const one = parseLine(JSON.stringify(line));
  if (one?.is !== 'record') throw new Error(`no record: ${JSON.stringify(line)}`);
  return one.record;
};
const counts = (record: ScanRecord): Record<string, number> => {
  const all: Record<string, number> = {};
  for (const { outcome, clauses } of outcomeCounts(record)) all[outcome] = (all[outcome] ?? 0) + clauses;
  return all;
};

describe('the line of a record', () => {
  it('is the record as JSON, and is read back as the same record', () => {
    for (const record of records) {
      expect(JSON.parse(recordLine(record))).toEqual(record);
      expect(parsed(record)).toEqual(record);
    }
  });

  it('counts every clause of the Report, and names those that have to do with the file', () => {
    for (const [i, record] of records.entries()) {
      const findings = reports[i]?.findings ?? [];
      const told: Record<string, number> = {};
      for (const { outcome } of findings) told[outcome] = (told[outcome] ?? 0) + 1;
      expect(findings.length).toBeGreaterThan(5);
      expect(counts(parsed(record))).toEqual(told);
      expect(record.findings.map(({ rule }) => rule)).toEqual(
        findings
          .filter(
            ({ outcome }) =>
              !/^(not-(triggered|assessable|in-force)|outside-clause|kind-not-read|superseded)$/.test(
                outcome,
              ),
          )
          .map(({ rule }) => rule),
      );
    }
  });

  const finding = { rulebook: 'eu-x', rule: 'rule', outcome: 'look', because: [] };

  it.each([
    ['counts without a rulebook', { silent: [[1, 2]] }],
    ['counts of an outcome that is none', { silent: { 'eu-x': { look: 1 } } }],
    ['counts of a rulebook that every object has', { silent: JSON.parse('{"__proto__":{"superseded":1}}') }],
    ['an outcome that nobody knows', { findings: [{ ...finding, outcome: 'all-well' }] }],
    ['a signal that nobody knows', { findings: [{ ...finding, because: ['all.well'] }] }],
    ['findings by outcome', { findings: undefined, outcomes: { 'eu-x': { look: ['rule'] } } }],
    ['a part that is none', { parts: [7] }],
    ['a jurisdiction without counts', { law: [{ jurisdiction: 'EU' }] }],
    ['a carrier of no status', { reads: { xmp: { status: 'perhaps' } } }],
    ['the number of a place', { signals: [{ id: 'camera.exif', backing: 'inferred', basis: [7] }] }],
    ['words that are neither id nor text', { contradictions: [{ between: [], statement: {} }] }],
    ['a member that nobody knows', { places: [] }],
  ])('is none with %s', (_, wrong) => {
    expect(parseLine(JSON.stringify({ ...records[0], findings: [finding] }))?.is).toBe('record');
    expect(parseLine(JSON.stringify({ ...records[0], ...wrong }))).toBeUndefined();
    expect(({} as Record<string, unknown>)['superseded']).toBeUndefined();
  });
});

describe('the columns', () => {
  const of = (...signals: ScanRecord['signals']) =>
    groupingColumns('/a/b.jpg', {
      summary: NOTHING_STATED,
      contentCredentials: { presence: 'absent' },
      signals,
    });
  const seen = (id: ScanRecord['signals'][number]['id'], value: string, row?: string) => ({
    ...{ id, value, backing: 'inferred' as const },
    basis: [{ carrier: 'exif' as const, locator: 'IFD0', ...(row === undefined ? {} : { row }) }],
  });

  it('name a tool of our tables as those do, and quote any other', () => {
    expect(of(seen('editor.photoshop', 'Adobe Photoshop 7.0', 'photoshop-software')).madeWith).toBe(
      'Adobe Photoshop',
    );
    expect(of(seen('editor.software', 'OLYMPUS Master 2.04W', 'software-editors')).madeWith).toBe(
      '“OLYMPUS Master 2.04W”',
    );
    expect(of(seen('editor.history', '3 steps')).madeWith).toBeUndefined();
    const claim = { presence: 'present', generator: 'Made by “us”\u202e 1.0' } as const;
    expect(groupingColumns('b', { summary: NOTHING_STATED, contentCredentials: claim, signals: [] })).toEqual(
      {
        folder: '',
        madeWith: "“Made by 'us'  1.0”",
      },
    );
  });

  it('have the model of AI before that of a camera, and never a serial number', () => {
    const camera = seen('camera.exif', 'Canon EOS R5');
    expect(of(camera, seen('camera.serials', '012345')).model).toBe('Canon EOS R5');
    expect(of(camera, seen('generator.a1111', 'model: dream, v2, seed: 3', 'a1111-parameters')).model).toBe(
      'dream, v2',
    );
    expect(of(camera).folder).toBe('/a');
  });
});

describe('results in another form', () => {
  const results = join(folder, 'results.ndjson');
  const error: ErrorRecord = {
    schema: 'assay.error/1',
    path: '/gone',
    code: 'not-found',
    message: 'not there',
  };
  const header = {
    ...{ schema: 'assay.scan/1', scan: 's', run: 1, begun: '2026-01-01T00:00:00Z', asOf: '2026-01-01' },
    ...{ asOfSource: 'today', sources: [], options: {} },
    versions: { assay: '0', engines: [], lists: [], rulebooks: [] },
  };
  const all = { isWanted: () => true, transform: (record: ScanRecord | ErrorRecord) => record };
  const into = async (name: string, format: FormatName, from = results): Promise<string> => {
    const out = join(folder, name);
    const file = await AtomicFile.begin(out);
    for await (const piece of convertResults([from], { ...all, format })) await file.write(piece);
    await file.finish();
    return out;
  };
  const pathsIn = async (path: string): Promise<string[]> => {
    const paths: string[] = [];
    for await (const record of readRecords(path)) paths.push(record.path);
    return paths;
  };
  const GONE = '2026-02-01T00:00:00.000Z';
  let paths: string[];

  beforeAll(() => {
    paths = [...records.map(({ path }) => path), error.path];
    const [first, ...others] = records as [ScanRecord, ...ScanRecord[]];
    const lines = [header, ...[{ ...first, gone: GONE }, ...others], error];
    writeFileSync(results, lines.map(formatJsonLine).join(''));
  });

  it('are rows with types, lists and codes, which DuckDB reads', async () => {
    const out = await into('results.parquet', 'parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
    const rows = await ask(
      `select path, folder, modified, bytes, aiCode, year, signals, notRead, findings, gone, error from '${out}'`,
    );
    expect(rows).toEqual([
      ...records.map((record, at) => ({
        path: record.path,
        folder: '/archive/2024',
        modified: '2026-01-02 03:04:05.678',
        bytes: String(record.asset.bytes),
        aiCode: record.summary.facts?.ai.code,
        year: record.year?.year ?? null,
        signals: [...new Set(record.signals.map(({ id }) => id))],
        notRead: Object.keys(record.reads),
        findings: record.findings.map(({ rulebook, rule, outcome }) => `${rulebook}/${rule}=${outcome}`),
        gone: at === 0 ? '2026-02-01 00:00:00' : null,
        error: null,
      })),
      expect.objectContaining({ path: '/gone', bytes: null, error: 'not-found', signals: null }),
    ]);
    expect(
      await ask(
        `select typeof(modified) as m, typeof(bytes) as b, typeof(signals) as s from '${out}' limit 1`,
      ),
    ).toEqual([{ m: 'TIMESTAMP', b: 'BIGINT', s: 'VARCHAR[]' }]);
  });

  it('are held a group of rows at a time, however many there are', async () => {
    const [record] = records;
    const form = await createFormat('parquet');
    const pieces = [form.head(header as Header)];
    for (let i = 0; i < 20_001; i += 1)
      pieces.push(form.record({ ...(record as ScanRecord), path: `/p/${i}` }));
    const tally = createTally();
    pieces.push(form.tail({ schema: 'assay.scan-summary/1', ended: '', seconds: 0, tally }));
    const given = pieces.filter(({ length }) => length > 0);
    // The beginning, a group, and the rest with the end.
    expect(given).toHaveLength(3);
    const out = join(folder, 'many.parquet');
    writeFileSync(out, Buffer.concat(given.map((piece) => Buffer.from(piece as Uint8Array))));
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const sql = `select count(distinct path)::int as files, (select count(distinct row_group_id)::int from parquet_metadata('${out}')) as groups from '${out}'`;
    expect((await connection.runAndReadAll(sql)).getRowObjectsJson()).toEqual([{ files: 20_001, groups: 2 }]);
  });

  it('are packed and unpacked by gzip, and a scan does not go on with them', async () => {
    const out = await into('results.ndjson.gz', 'ndjson');
    expect(gunzipSync(readFileSync(out)).toString().split('\n')).toHaveLength(paths.length + 2);
    expect(await pathsIn(out)).toEqual(paths);
    writeFileSync(join(folder, 'plainly-named.ndjson'), readFileSync(out));
    const goOn = {
      out: join(folder, 'plainly-named.ndjson'),
      resume: true,
      overwrite: false,
    };
    await expect(FileResults.open(goOn, 's')).rejects.toMatchObject({
      userMessage: { id: 'scan.packed.noResume' },
    });
    writeFileSync(join(folder, 'cut.ndjson.gz'), readFileSync(out).subarray(0, -20));
    await expect(pathsIn(join(folder, 'cut.ndjson.gz'))).rejects.toMatchObject({
      userMessage: { id: 'scan.packed.damaged' },
    });
  });

  itWith('zstd', 'are packed and unpacked by zstd', async () => {
    const out = await into('results.ndjson.zst', 'ndjson');
    expect(readFileSync(out).readUInt32LE()).toBe(0xfd2fb528);
    expect(await pathsIn(out)).toEqual(paths);
    writeFileSync(join(folder, 'cut.ndjson.zst'), readFileSync(out).subarray(0, -20));
    await expect(pathsIn(join(folder, 'cut.ndjson.zst'))).rejects.toMatchObject({
      userMessage: { id: 'scan.packed.damaged' },
    });
  });
});
