import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatJsonLine } from '../../src/base/json-line.js';
import type { ErrorRecord, StoredReport } from '../../src/core/report/report.js';
import { AtomicFile } from '../../src/scan/duplicates/whole-file.js';
import { convertResults } from '../../src/scan/lines/convert.js';
import { createFormat, type FormatName } from '../../src/scan/lines/formats.js';
import { readRecords } from '../../src/scan/lines/latest-records.js';
import { parseLine } from '../../src/scan/lines/parse.js';
import { groupingColumns } from '../../src/scan/records/columns.js';
import type { Header } from '../../src/scan/records/header.js';
import { outcomeCounts } from '../../src/scan/records/outcomes.js';
import type { SummaryRecord } from '../../src/scan/records/record.js';
import { toRecordLine } from '../../src/scan/records/record-line.js';
import { expandLocators, shortenLocators } from '../../src/scan/records/short-locators.js';
import {
  expandMessage,
  expandSentences,
  shortenMessage,
  shortenSentences,
} from '../../src/scan/records/short-messages.js';
import { toSummaryRecord } from '../../src/scan/records/summary-record.js';
import { createTally } from '../../src/scan/records/tally.js';
import { FileResults } from '../../src/scan/results/file-results.js';
import { assay, fixture } from '../cli/spawn-assay.js';
import { itWith } from '../support/system-parts.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-written-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILES = ['c2pa/png-c2pa-intact.png', 'labels/jpeg-camera-exif-and-trained.jpg', 'plain/not-media.txt'];
const SUMMARY = { origin: 'none', sentence: '', coverage: { state: 'complete', unread: [] } };
const ENTRY = { path: '/archive/2024/a.png', modified: Date.parse('2026-01-02T03:04:05.678Z') };
let reports: StoredReport[];
let records: SummaryRecord[];
beforeAll(async () => {
  const { stdout } = await assay(['inspect', '--json', '--jurisdiction', 'EU', ...FILES.map(fixture)]);
  reports = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as StoredReport);
  records = reports.map((report, i) => toSummaryRecord({ ...ENTRY, path: `/archive/2024/${i}.png` }, report));
}, 60_000);

const parsed = (line: object): SummaryRecord => {
  const one = parseLine(JSON.stringify(line));
  if (one?.is !== 'slim') throw new Error(`no record: ${JSON.stringify(line)}`);
  return one.record;
};
/** Removes what a line leaves to its reader: texts of facts, and the order of findings. */
const plain = (record: SummaryRecord): unknown => ({
  ...record,
  summary: {
    ...record.summary,
    facts: Object.fromEntries(
      Object.entries(record.summary.facts ?? {}).map(([name, { text: _, ...fact }]) => [name, fact]),
    ),
  },
  findings: [...record.findings].sort((a, b) =>
    `${a.rulebook} ${a.rule}` < `${b.rulebook} ${b.rule}` ? -1 : 1,
  ),
});
const counts = (record: SummaryRecord): Record<string, number> => {
  const all: Record<string, number> = {};
  for (const { outcome, clauses } of outcomeCounts(record)) all[outcome] = (all[outcome] ?? 0) + clauses;
  return all;
};

describe('the line of a record', () => {
  it('loses nothing of the record, is much shorter, and is the same line again', () => {
    for (const record of records) {
      const line = toRecordLine(record);
      const read = parsed(line);
      expect(plain(read)).toEqual(plain(record));
      expect(JSON.stringify(toRecordLine(read))).toBe(JSON.stringify(line));
      expect(JSON.stringify(line).length).toBeLessThan(0.8 * JSON.stringify(record).length);
    }
  });

  it('counts every clause of the Report, and names those that have to do with the file', () => {
    for (const [i, record] of records.entries()) {
      const findings = reports[i]?.findings ?? [];
      const told: Record<string, number> = {};
      for (const { outcome } of findings) told[outcome] = (told[outcome] ?? 0) + 1;
      expect(findings.length).toBeGreaterThan(5);
      expect(counts(parsed(toRecordLine(record)))).toEqual(told);
      expect(record.findings.map(({ rule }) => rule)).toEqual(
        findings
          .filter(({ outcome }) => !/^(not-(applicable|assessable|in-force)|superseded)$/.test(outcome))
          .map(({ rule }) => rule),
      );
    }
  });

  it('is read as it was written until 0.2 began: counts by name, all carriers, what the name says again', () => {
    for (const record of records) {
      const line = toRecordLine(record) as { notRead?: { status: string; code?: string }[] };
      const carriersOf = (status: string, code: string | undefined) =>
        Object.entries(record.reads).flatMap(([carrier, read]) =>
          read?.status === status && read.code === code ? [carrier] : [],
        );
      const before = {
        ...line,
        asset: record.asset,
        silent: record.silent,
        law: record.law?.map(({ counts: _, ...place }) => place),
        ...(line.notRead && {
          notRead: line.notRead.map(({ status, code }) => ({
            status,
            code,
            carriers: carriersOf(status, code),
          })),
        }),
      };
      expect(JSON.stringify(before).length).toBeGreaterThan(JSON.stringify(line).length + 100);
      expect(parsed(before)).toEqual(parsed(line));
    }
  });

  it('is read as it was written before words, places and counts went on from one another', () => {
    for (const record of records) {
      const line = toRecordLine(record) as { summary: object };
      const { messages: said, facts } = record.summary;
      const before = {
        ...line,
        summary: {
          ...line.summary,
          ...(record.summary.headline && { headline: record.summary.headline }),
          ...(said && {
            messages: { sentence: said.sentence.map(({ id, params }) => ({ [id]: params ?? {} })) },
          }),
          facts: Object.fromEntries(
            Object.entries(facts ?? {}).map(([name, { text: _, messages: words, ...fact }]) => [
              name,
              words?.text?.params === undefined ? fact : { ...fact, messages: words },
            ]),
          ),
        },
        signals: record.signals,
        places: record.signals.flatMap(({ basis }) => basis),
        ...(record.silent && {
          silent: record.silent,
        }),
        ...(record.inside && { inside: record.inside }),
        ...(record.parts && { parts: record.parts }),
      };
      expect(JSON.stringify(before).length).toBeGreaterThan(JSON.stringify(line).length + 50);
      expect(parsed(before)).toEqual(parsed(line));
    }
  });

  it('says what a fact says where it does not follow from the day and the signer', () => {
    const [record] = records as [SummaryRecord];
    const { facts } = record.summary;
    if (facts === undefined) throw new Error('no facts');
    const named = (name: string) => ({
      text: {
        id: 'fact.who.listed' as const,
        params: { name: { id: 'text.quoted' as const, params: { text: name } } },
      },
    });
    const of = (signer: string): SummaryRecord => ({
      ...record,
      summary: {
        ...record.summary,
        facts: { ...facts, who: { code: 'listed', messages: named('Somebody') } },
      },
      contentCredentials: { presence: 'present', integrity: 'undetermined', signer, trust: 'official' },
    });
    const who = (one: SummaryRecord) => (toRecordLine(one) as typeof one).summary.facts?.who;
    expect(who(of('Somebody'))).toEqual({ code: 'listed' });
    expect(who(of('Somebody else'))).toEqual({
      code: 'listed',
      messages: { '.listed': { name: { 'text.quoted': 'Somebody' } } },
    });
    for (const one of [of('Somebody'), of('Somebody else')])
      expect(parsed(toRecordLine(one)).summary.facts?.who.messages).toEqual(named('Somebody'));
  });

  it('says the type by the name where the bytes have another, and leaves a name without one alone', () => {
    const [record] = records as [SummaryRecord];
    const named = (name: string, declaredMediaType?: string): SummaryRecord => {
      const { declaredMediaType: _, ...asset } = record.asset;
      return { ...record, asset: { ...asset, name, ...(declaredMediaType && { declaredMediaType }) } };
    };
    for (const one of [named('a.jpg', 'image/jpeg'), named('a'), named('a.png', 'image/jpeg')]) {
      expect(parsed(toRecordLine(one)).asset).toEqual(one.asset);
    }
    expect(toRecordLine(named('a.png', 'image/png'))).toMatchObject({ asset: { name: 'a.png' } });
    expect(JSON.stringify(toRecordLine(named('a.png', 'image/png')))).not.toContain('declaredMediaType');
  });

  it.each([
    ['more counts than there are outcomes', { silent: { 'eu-x': [1, 1, 1, 1, 1] } }],
    ['counts without a rulebook', { outcomes: {}, silent: [[1, 2]] }],
    ['counts of no rulebook behind those', { outcomes: {}, silent: [7] }],
    ['a sentence that goes on from none', { summary: { ...SUMMARY, messages: ['..most'] } }],
    ['sentences of a name that nobody gave', { summary: { ...SUMMARY, said: 'all-read' } }],
    [
      'carriers that are none',
      { summary: { ...SUMMARY, said: 'partly-read', coverage: { state: 'partial', unread: 'xmp' } } },
    ],
    ['a part that is none', { parts: [7] }],
    ['a place that is none', { law: [7] }],
    ['further carriers that are none', { notRead: [{ status: 'failed', also: 'xmp' }] }],
    ['outcomes that are none', { outcomes: { 'eu-x': { look: 'rule' } } }],
    ['an outcome that nobody knows', { outcomes: { 'eu-x': { 'all-well': ['rule'] } } }],
    [
      'a rulebook with the name of what every object has',
      { outcomes: JSON.parse('{"__proto__":{"look":["r"]}}') },
    ],
    ['clauses counted there', { silent: JSON.parse('{"__proto__":{"not-triggered":1}}') }],
    ['reasons that are none', { outcomes: {}, because: { rules: [] } }],
    ['carriers that are none', { notRead: [{ status: 'failed', carriers: 'xmp' }] }],
    ['a place that is not there', { signals: [{ id: 'camera.exif', backing: 'inferred', basis: [7] }] }],
    ['words that are neither id nor text', { contradictions: [{ between: [], statement: {} }] }],
  ])('is none with %s', (_, wrong) => {
    const line = { ...(toRecordLine(records[0] as SummaryRecord) as object), ...wrong };
    expect(parseLine(JSON.stringify(line))).toBeUndefined();
    expect(
      ({} as Record<string, unknown>)['look'] ?? ({} as Record<string, unknown>)['not-triggered'],
    ).toBeUndefined();
  });

  it('takes what is said in its short form and back, however it is nested', () => {
    const said = {
      id: 'a.b',
      params: {
        text: 'c.d',
        count: 2,
        within: { id: 'e.f' },
        list: ['g', { id: 'h.i', params: { name: 'j' } }],
      },
    } as unknown as Parameters<typeof shortenMessage>[0];
    expect(shortenMessage(said)).toEqual({
      'a.b': { text: 'c.d', count: 2, within: { 'e.f': {} }, list: ['g', { 'h.i': { name: 'j' } }] },
    });
    expect(expandMessage(JSON.parse(JSON.stringify(shortenMessage(said))))).toEqual(said);
    expect(expandMessage(shortenMessage({ id: 'fact.ai.notStated' }))).toEqual({ id: 'fact.ai.notStated' });
  });

  it('takes days, lone texts and how ids begin in their short form and back', () => {
    const day = (parts: object) => ({
      id: 'fact.when.claimed',
      params: { day: { id: 'date.day', params: parts } },
    });
    const forms = [
      [day({ day: '7', month: '3', year: '2008' }), { '.claimed': { day: { 'date.day': '2008-3-7' } } }],
      [day({ text: '2008-3-7x' }), { '.claimed': { day: { 'date.day': '2008-3-7x' } } }],
      [day({ day: '7', year: '2008' }), { '.claimed': { day: { 'date.day': { day: '7', year: '2008' } } } }],
      [{ id: 'fact.whenever' }, 'fact.whenever'],
      [{ id: 'text.quoted', params: { text: 'A' } }, { 'text.quoted': 'A' }],
    ] as unknown as [Parameters<typeof shortenMessage>[0], unknown][];
    for (const [said, short] of forms) {
      expect(shortenMessage(said, 'fact.when')).toEqual(short);
      expect(expandMessage(JSON.parse(JSON.stringify(short)), 'fact.when')).toEqual(said);
    }
  });

  it('lets a sentence begin as the one before it', () => {
    const said = [
      { id: 'sentence.nothing.lookedFor' },
      { id: 'sentence.nothing.says', params: { kind: 'image' } },
      { id: 'sentence.a' },
      { id: 'sentence.b' },
      { id: 'other.nothing.c' },
      { id: 'other.nothing.d' },
    ] as unknown as Parameters<typeof shortenSentences>[0];
    const short = shortenSentences(said, 'sentence');
    expect(short).toEqual([
      '.nothing.lookedFor',
      { '..says': { kind: 'image' } },
      '.a',
      '.b',
      'other.nothing.c',
      '..d',
    ]);
    expect(expandSentences(short, 'sentence')).toEqual(said);
  });
});

describe('places of a line', () => {
  const [MANIFEST, LONG] = ['self#jumbf=/c2pa/urn:uuid:04cdf4ec', 'p'.repeat(2_000)];
  const c2pa = (locator: string) => ({ carrier: 'c2pa' as const, locator });
  const xmp = (locator: string, offset?: number) => ({
    ...{ carrier: 'xmp' as const, locator },
    ...(offset === undefined ? {} : { offset }),
  });

  it('go on from others and come back as they were', () => {
    const places = [
      ...[c2pa(MANIFEST), c2pa(`${MANIFEST}/c2pa.signature`), c2pa(`${MANIFEST}/c2pa.signature/more`)],
      ...[xmp('a', 7), xmp('b', 7), xmp('c', 9), xmp('d'), xmp('e'), c2pa(LONG), c2pa(`${LONG}/more`)],
      { ...xmp('f', 7), row: 'some-row' },
    ];
    const short = shortenLocators(places);
    expect(short.slice(1, 8)).toEqual([
      ...[
        { of: 0, locator: '/c2pa.signature' },
        { of: 0, locator: '/c2pa.signature/more' },
      ],
      ...[xmp('a', 7), { locator: 'b' }, { locator: 'c', offset: 9 }, xmp('d'), { locator: 'e' }],
    ]);
    expect(expandLocators(JSON.parse(JSON.stringify(short)))).toEqual(places);
  });

  it('come back however deep they stand below one another', () => {
    const deep = Array.from({ length: 300 }, (_, at) => c2pa(`${MANIFEST}${'/a'.repeat(at)}`));
    const wide = Array.from({ length: 300 }, (_, at) => c2pa(`/manifest-of-number-${at}/c2pa.assertions`));
    const below = wide.map(({ locator }) => c2pa(`${locator}/c2pa.actions`));
    const places = [...deep, ...wide, ...below];
    expect(expandLocators(JSON.parse(JSON.stringify(shortenLocators(places))))).toEqual(places);
  });

  it.each([
    ['the first of all', [{ locator: 'a' }]],
    ['one that is not there', [{ of: 7, locator: 'a' }]],
    ['itself', [{ of: 0, locator: 'a' }]],
    ['one that goes on itself', [c2pa('a'), { of: 0, locator: 'b' }, { of: 1, locator: 'c' }]],
    ['a number that is none', [c2pa('a'), { of: 'length', locator: 'b' }]],
    ['a longer one than any that others go on from', [c2pa(LONG), { of: 0, locator: 'b' }]],
  ])('are none where they go on from %s', (_, places) => {
    expect(expandLocators(places).at(-1)).toEqual(places.at(-1));
  });
});

describe('the columns', () => {
  const of = (...signals: SummaryRecord['signals']) =>
    groupingColumns('/a/b.jpg', { summary: {}, contentCredentials: { presence: 'absent' }, signals });
  const seen = (id: SummaryRecord['signals'][number]['id'], value: string, row?: string) => ({
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
    expect(groupingColumns('b', { summary: {}, contentCredentials: claim, signals: [] })).toEqual({
      folder: '',
      madeWith: "“Made by 'us'  1.0”",
    });
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
    ...{ asOfSource: 'today', records: 'slim', sources: [], options: {} },
    versions: { assay: '0', engines: [], lists: [], rulebooks: [] },
  };
  const all = { isWanted: () => true, transform: (record: SummaryRecord | ErrorRecord) => record };
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
    const [first, ...others] = records as [SummaryRecord, ...SummaryRecord[]];
    const lines = [header, ...[{ ...first, gone: GONE }, ...others].map(toRecordLine), error];
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
      pieces.push(form.record({ slim: { ...(record as SummaryRecord), path: `/p/${i}` } }));
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
