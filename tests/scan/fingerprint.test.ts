import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { limits } from '../../src/base/limits.js';
import { decodePath } from '../../src/base/path-text.js';
import { message } from '../../src/i18n/message.js';
import { translatorFor } from '../../src/i18n/translator.js';
import { InspectError, stoppedError } from '../../src/inspect/protocol/inspect-error.js';
import type { Fingerprint } from '../../src/matching/fingerprint.js';
import { findAlike } from '../../src/scan/fingerprints/alike.js';
import { addFingerprints } from '../../src/scan/fingerprints/fingerprint-maker.js';
import { FingerprintResults } from '../../src/scan/fingerprints/fingerprint-rows.js';
import { recordLine } from '../../src/scan/lines/answer-line.js';
import { parseLine } from '../../src/scan/lines/parse.js';
import { readOverview } from '../../src/scan/overview/overview.js';
import { renderOverviewPage } from '../../src/scan/overview/overview-page.js';
import { renderOverviewText } from '../../src/scan/overview/overview-text.js';
import { errorRecord } from '../../src/scan/records/error-record.js';
import type { Header } from '../../src/scan/records/header.js';
import type { ScanRecord } from '../../src/scan/records/record.js';
import {
  decodeFingerprints,
  type RecordFingerprints,
  toFingerprintSet,
  toRecordFingerprints,
} from '../../src/scan/records/record-fingerprints.js';
import { toScanRecord } from '../../src/scan/records/summary-record.js';
import { differingOptions } from '../../src/scan/results/redo.js';
import { rejudgeRecord } from '../../src/scan/results/rejudge.js';
import type { Entry } from '../../src/scan/sources/entry.js';
import { ATTACHMENT_LIMITS } from '../../src/storage/scans/scans.js';
import { toldShellReport } from '../http/shell-report.js';
import { inChinese, inEnglish } from '../i18n/english.js';
import { made, off, shelfOf } from '../service/matches/fingerprints.js';

const entry = (path: string): Entry => ({
  path,
  bytes: 4,
  modified: 0,
  open: () => Promise.reject(new Error('nobody reads it')),
});

/** Returns a record of a file whose bytes are its seed. */
function record(path: string, fingerprint?: RecordFingerprints, seed = path): ScanRecord {
  const report = toldShellReport({ name: path, asOf: '2026-11-25' }, Buffer.from(seed));
  const made = toScanRecord(entry(path), report);
  return {
    ...made,
    asset: { ...made.asset, kind: 'image', sha256: createHash('sha256').update(seed).digest('hex') },
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

const picture = (shelf: Uint8Array): RecordFingerprints => ({
  made: [{ kind: 'picture', quality: 90, shelf: Buffer.from(shelf).toString('base64') }],
});
const flat: RecordFingerprints = {
  missing: [{ kind: 'picture', code: 'fingerprint.flat', params: { quality: 3, least: 50 } }],
};

const header = (run = 1, fingerprints = true): Header => ({
  schema: 'assay.scan/1',
  scan: 'a-scan',
  run,
  begun: `2026-11-2${run}T00:00:00.000Z`,
  asOf: '2026-11-25',
  asOfSource: 'today',
  sources: ['.'],
  options: fingerprints ? { keep: 'fingerprints' } : {},
  versions: { assay: '0', engines: [], lists: [], rulebooks: [] },
});

function resultsOf(lines: readonly string[], name = 'r.ndjson'): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-fingerprint-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  const text = lines.join('');
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}
const line = (one: ScanRecord) => recordLine(one);
const first = `${JSON.stringify(header())}\n`;

const rowsOf = async (results: FingerprintResults) => {
  const rows = [];
  for await (const row of results.rows()) rows.push(row);
  return rows;
};

it('keeps with a record what others are held against, and gives it back', () => {
  const shelf = shelfOf('a');
  const fingerprint: Fingerprint = {
    kind: 'picture',
    quality: 90,
    frames: 1,
    shelf,
    query: shelfOf('b', 24),
  };
  const kept = toRecordFingerprints({ made: [fingerprint], missing: [] });
  expect(decodeFingerprints(kept)).toEqual([{ kind: 'picture', frames: 1, shelf: Buffer.from(shelf) }]);
  const written = line(record('a.jpg', kept));
  expect(parseLine(written)).toMatchObject({ is: 'record', record: { fingerprint: kept } });
});

it('leaves frames out all along a video that has more than a record has room for, and says so', () => {
  const frames = 500;
  const shelf = Buffer.concat(Array.from({ length: frames }, (_none, at) => shelfOf(`frame ${at}`)));
  const fingerprint: Fingerprint = { kind: 'video', quality: 90, frames, seconds: 250, shelf, query: shelf };
  const kept = toRecordFingerprints({ made: [fingerprint], missing: [] });
  const [one] = decodeFingerprints(kept);
  expect(kept.made?.[0]).toMatchObject({ frames: one?.frames, of: frames, seconds: 250 });
  expect(one?.shelf.length).toBeLessThanOrEqual(limits.fingerprintRecordBytes);
  expect(one?.shelf.length).toBe((one?.frames ?? 0) * 17 * 32);
  const last = one?.shelf.subarray(-17 * 32).subarray(0, 32);
  const from = [...Array(frames).keys()].find((at) =>
    made(`frame ${at} 0`).every((byte, b) => byte === last?.[b]),
  );
  expect(from).toBeGreaterThan(frames * 0.98);
});

it('takes no shelf whose length fits none, whoever wrote the line', () => {
  const odd = Buffer.alloc(33).toString('base64');
  expect(decodeFingerprints({ made: [{ kind: 'picture', quality: 1, shelf: odd }] })).toEqual([]);
  expect(
    decodeFingerprints({
      made: [{ kind: 'video', quality: 1, frames: 7, shelf: Buffer.alloc(64).toString('base64') }],
    }),
  ).toEqual([]);
});

const nobody = () => Promise.reject(new Error('nobody asked for it'));

it('keeps a small picture and the manifest store beside it where that is asked for, each file its own', async () => {
  const webp = Buffer.from('RIFF....WEBP');
  const asked: object[] = [];
  const maker = (made: object) => ({
    fingerprint: nobody,
    beside: async ({ path: _, party: __, ...wish }: { path: string; party?: unknown }) => {
      asked.push(wish);
      return {
        made: [],
        missing: [{ kind: 'picture' as const, code: 'fingerprint.flat' as const }],
        ...made,
      };
    },
  });
  const keeps = { previews: true, manifestStores: true };
  const signed = (one: ScanRecord): ScanRecord => ({
    ...one,
    contentCredentials: { ...one.contentCredentials, presence: 'present' },
  });
  const of = (one: ScanRecord, made: object) =>
    addFingerprints({ entry: entry('a.jpg'), record: one }, '/x', maker(made), { keeps });
  const small = { kind: 'preview' as const, width: 1, height: 1, webp };
  const whole = await of(signed(record('a.jpg')), { small, manifestStore: { bytes: Buffer.from('store') } });
  expect(whole.beside).toEqual({ preview: webp, manifestStore: Buffer.from('store') });
  expect(whole.record.kept).toEqual({ preview: true, manifestStore: true });

  // A copy with the same bytes has the same fingerprint, and its own pieces. A file without a manifest store causes no
  // query.
  const copy = await of(record('b.jpg', flat), { small });
  expect([copy.record.fingerprint, copy.record.kept]).toEqual([flat, { preview: true }]);
  expect(asked).toMatchObject([
    { small: true, manifestStore: true, knownKinds: [] },
    { small: true, manifestStore: false, knownKinds: ['picture', 'video', 'sound'] },
  ]);

  // A requested attachment that is missing has a reason.
  const large = { ...small, webp: Buffer.alloc(ATTACHMENT_LIMITS.previewBytes + 1) };
  const most = { of: 'other', most: 1 };
  const none = await of(signed(record('c.jpg')), {
    small: large,
    manifestStore: { fault: { code: 'bound.manifestStore', params: most } },
  });
  expect(none.beside).toEqual({});
  const missing = [
    { of: 'preview', code: 'bound.picture' },
    { of: 'manifestStore', code: 'bound.manifestStore', params: most },
  ];
  expect(none.record.kept).toEqual({ missing });
  expect(parseLine(line(none.record))).toMatchObject({ is: 'record', record: { kept: { missing } } });
  const lost = await of(signed(record('d.jpg')), {});
  expect(lost.record.kept?.missing?.map(({ of: what, code }) => [what, code])).toEqual([
    ['preview', 'fingerprint.none'],
    ['manifestStore', 'carrier.notRead'],
  ]);
});

it('makes it of what can be looked at alone, once, and of the bytes that were inspected', async () => {
  let asked = 0;
  const maker = {
    fingerprint: async () => {
      asked += 1;
      return { made: [], missing: [{ kind: 'picture' as const, code: 'fingerprint.regular' as const }] };
    },
    beside: nobody,
  };
  const of = async (of: ScanRecord, one = entry('a.jpg')) =>
    (await addFingerprints({ entry: one, record: of }, '/x', maker)).record.fingerprint;
  expect(await of(record('a.jpg'))).toEqual({ missing: [{ kind: 'picture', code: 'fingerprint.regular' }] });
  const known = record('b.jpg', flat);
  expect(await of(known)).toBe(flat);
  const text = record('c.txt');
  expect(await of({ ...text, asset: { ...text.asset, kind: 'document' } })).toBeUndefined();
  const named = { ...text.asset, kind: 'other' as const, declaredMediaType: 'image/jpeg' };
  expect(await of({ ...text, asset: named })).toMatchObject({ missing: [{ code: 'fingerprint.notMedia' }] });
  expect(asked).toBe(1);
  // The file no longer exists.
  expect(await of(record('a.jpg'), { ...entry('a.jpg'), local: '/nowhere/a.jpg' })).toMatchObject({
    missing: [{ code: 'fingerprint.changed' }],
  });
});

it('keeps the record where no process could be started for it, and none where it was told to end', async () => {
  const bare = record('a.jpg');
  const of = (error: Error) =>
    addFingerprints({ entry: entry('a.jpg'), record: bare }, '/x', {
      fingerprint: () => Promise.reject(error),
      beside: nobody,
    });
  const none = new InspectError('internal', message('error.noProcess'));
  expect((await of(none)).record).toEqual({
    ...bare,
    fingerprint: { missing: [{ kind: 'picture', code: 'fingerprint.noProcess' }] },
  });
  expect((await of(new InspectError('not-readable'))).record.fingerprint?.missing?.[0]?.code).toBe(
    'fingerprint.notOpened',
  );
  await expect(of(stoppedError())).rejects.toThrow(InspectError);
});

it('keeps of what was made of a part alone that it was, and gives it back', () => {
  const film: Fingerprint = {
    ...{ kind: 'video', quality: 90, frames: 1, seconds: 600 },
    ...{ shelf: shelfOf('film'), query: new Uint8Array() },
  };
  const partly = [
    { kind: 'video' as const, code: 'bound.fingerprintSeconds' as const, params: { seconds: 600 } },
  ];
  const kept = toRecordFingerprints({ made: [film], missing: [], partly });
  expect(kept.partly).toEqual(partly);
  expect(toFingerprintSet(kept)).toEqual({ made: [film], missing: [], partly });
});

it('finds in results what can be searched, and counts what cannot with its reason', async () => {
  const latin = decodePath(Buffer.from('caf\xe9.jpg', 'latin1'));
  const full = record('full.jpg', picture(shelfOf('w')));
  const report = toldShellReport({ name: 'full.jpg', asOf: '2026-11-25' }, Buffer.from('full'));
  const path = resultsOf([
    first,
    line(record(latin, picture(shelfOf('a')))),
    line(record('again.jpg', picture(shelfOf('before')))),
    line(record('flat.png', flat)),
    line(record('without.jpg')),
    `${JSON.stringify({ schema: 'assay.dead/1' })}\n`,
    `${JSON.stringify(header(2))}\n`,
    line(record('again.jpg', picture(shelfOf('after')))),
    `${JSON.stringify({ ...full, report })}\n`,
    `${JSON.stringify(errorRecord('lost.jpg', 'not-found', message('error.not-found')))}\n`,
  ]);
  const results = new FingerprintResults([path]);
  const rows = await rowsOf(results);
  expect(rows.map(({ storedPath: told }) => told)).toEqual([
    { path: 'caf\ufffd.jpg', pathBytes: Buffer.from('caf\xe9.jpg', 'latin1').toString('base64') },
    { path: 'again.jpg' },
    { path: 'full.jpg' },
  ]);
  expect(rows[1]?.fingerprints[0]?.shelf).toEqual(Buffer.from(shelfOf('after')));
  const { searched, notSearchable, reasons: because } = results.counts(['picture']);
  expect({ searched, notSearchable, because: Object.fromEntries(because) }).toEqual({
    searched: 3,
    notSearchable: 3,
    because: { 'fingerprint.flat': 1, 'fingerprint.notRequested': 1, 'fingerprint.notInspected': 1 },
  });
  expect(results.counts(['sound'])).toMatchObject({ searched: 0, notSearchable: 1 });
  const found = await results.records(new Set(rows.map(({ id }) => id)));
  expect([...found.values()].map(({ record: { path: name }, header: { run } }) => [name, run])).toEqual([
    ['caf\ufffd.jpg', 1],
    ['again.jpg', 2],
    ['full.jpg', 2],
  ]);
});

it('reads packed results, and refuses what is none', async () => {
  const packed = resultsOf([first, line(record('a.jpg', picture(shelfOf('a'))))], 'r.ndjson.gz');
  expect(await rowsOf(new FingerprintResults([packed]))).toHaveLength(1);
  const foreign = resultsOf(['{"schema":"assay.scan-record/1","path":"a"}\n']);
  await expect(rowsOf(new FingerprintResults([foreign]))).rejects.toMatchObject({ code: 'scan.results' });
  await expect(rowsOf(new FingerprintResults([resultsOf([])]))).rejects.toMatchObject({
    code: 'scan.results',
  });
});

it('takes what is no fingerprint for none, and counts the file', async () => {
  const hostile = JSON.parse(line(record('a.jpg', picture(shelfOf('a')))));
  hostile.fingerprint.made[0].shelf = { toString: 'x' };
  const results = new FingerprintResults([resultsOf([first, `${JSON.stringify(hostile)}\n`])]);
  expect(await rowsOf(results)).toEqual([]);
  expect(results.counts(['picture'])).toMatchObject({ searched: 0, notSearchable: 1 });
});

it('groups pictures that look alike, from one to the next, and tells copies beside them', async () => {
  const [a, b] = [shelfOf('a'), shelfOf('b')];
  const near = (shelf: Uint8Array, bits: number) => {
    const other = Uint8Array.from(shelf);
    other.set(off(shelf.subarray(0, 32), bits));
    // Its crops differ; only the whole is near.
    other.set(shelfOf(`cuts ${bits} ${shelf[0]}`, 16), 32);
    return other;
  };
  const path = resultsOf([
    first,
    line(record('a.jpg', picture(a))),
    line(record('b.jpg', picture(b))),
    line(record('a-small.jpg', picture(near(a, 12)))),
    line(record('a-copy.jpg', picture(a), 'a.jpg')),
    line(record('a-meme.jpg', picture(near(a, 45)))),
    line(record('c.jpg', picture(shelfOf('c')))),
    line(record('b-cut.jpg', picture(Buffer.concat([b.subarray(96, 128), shelfOf('cuts', 16)])))),
    line({ ...record('gone.jpg', picture(a)), gone: '2026-11-25T00:00:00Z' }),
  ]);
  const alike = await findAlike([path]);
  const named = alike?.groups.map(({ same }) =>
    same.map(({ members }) => members.map(({ id, copies }) => [alike.records.get(id)?.record.path, copies])),
  );
  expect(named).toEqual([
    [
      [
        ['a.jpg', 1],
        ['a-small.jpg', 0],
      ],
      [['a-meme.jpg', 0]],
    ],
    [
      [
        ['b.jpg', 0],
        ['b-cut.jpg', 0],
      ],
    ],
  ]);
  expect(alike).toMatchObject({ compared: 6, notCompared: 0, notSearchable: 0, count: 2, files: 5 });
  const overview = await readOverview([path]);
  const html = renderOverviewPage(overview, '2026-11-26T00:00:00Z', translatorFor('en'), { results: [path] });
  expect(html).toContain(inEnglish('overview.similar.similar', { count: 3, pictures: 2 }));
  expect(html).toContain('<a href="#in-alike">');
  const text = renderOverviewText(overview, translatorFor('zh-Hans'));
  expect(text).toContain(inChinese('overview.similar.similar', { count: 3, pictures: 2 }));
  expect(text).toContain('a-meme.jpg');
});

it('shows nothing of it where the scan made no fingerprints', async () => {
  const path = resultsOf([`${JSON.stringify(header(1, false))}\n`, line(record('a.jpg'))]);
  const overview = await readOverview([path]);
  expect(overview.alike).toBeUndefined();
  expect(renderOverviewPage(overview, '2026-11-26T00:00:00Z', translatorFor('en'))).not.toContain('in-alike');
});

it('is another question with fingerprints than without, and stays with a record that is judged anew', () => {
  const now = { versions: header().versions, asOf: '2026-11-25', asOfSource: 'today', law: {} } as const;
  expect(differingOptions(header(1, false), { ...now, reading: { keep: 'fingerprints' } })).toEqual([
    { name: 'keep', before: undefined, now: 'fingerprints' },
  ]);
  expect(differingOptions(header(), { ...now, reading: { keep: 'fingerprints' } })).toEqual([]);
  const report = toldShellReport({ name: 'a', asOf: '2026-11-25' }, Buffer.from('a'));
  const rules = { law: { inFull: [], jurisdictions: [] }, asOf: '2026-11-26', asOfSource: 'today' } as const;
  const judged = rejudgeRecord({ ...record('a', flat), report }, rules);
  expect(judged).toMatchObject({ fingerprint: flat, report: { tool: { asOf: '2026-11-26' } } });
});
