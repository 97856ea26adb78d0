import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatJsonLine } from '../../src/base/json-line.js';
import type { ErrorRecord } from '../../src/core/report/report.js';
import { message } from '../../src/i18n/message.js';
import { changeGroupsOf, changeOf, recordStateOf } from '../../src/scan/compare/changes.js';
import { RecordComparison } from '../../src/scan/compare/compare.js';
import type { ChangeCounts } from '../../src/scan/records/change-groups.js';
import { errorRecord } from '../../src/scan/records/error-record.js';
import type { Header } from '../../src/scan/records/header.js';
import type { ScanRecord } from '../../src/scan/records/record.js';
import { assayHere } from '../cli/run-here.js';
import { toldNothingStated } from '../http/shell-report.js';
import { inEnglish } from '../i18n/english.js';

const SILENT: ScanRecord = {
  schema: 'assay.scan-record/1',
  path: '/a/x.png',
  modified: '2026-01-02T03:04:05.000Z',
  asset: { name: 'x.png', bytes: 7, sha256: 'a'.repeat(64), mediaType: 'image/png', kind: 'image' },
  summary: {
    ...toldNothingStated(),
    origin: 'none',
    sentence: 's',
    coverage: { state: 'complete', unread: [] },
  },
  contentCredentials: { presence: 'absent' },
  signals: [],
  contradictions: [],
  findings: [],
  reads: {},
};
const OTHER = { ...SILENT, asset: { ...SILENT.asset, sha256: 'b'.repeat(64) } };
const LABELLED: ScanRecord = {
  ...OTHER,
  summary: {
    ...OTHER.summary,
    origin: 'ai-generated',
    backing: 'valid',
    facts: { ...toldNothingStated().facts, ai: { code: 'label', text: inEnglish('fact.ai.label') } },
  },
  signals: [
    {
      id: 'iptc.digitalSourceType.trainedAlgorithmicMedia',
      backing: 'unsigned',
      value: 'trainedAlgorithmicMedia',
      basis: [],
    },
  ],
};
const ALTERED: ScanRecord = {
  ...OTHER,
  contentCredentials: { presence: 'present', integrity: 'altered' },
};
const PARTLY: ScanRecord = {
  ...OTHER,
  summary: { ...OTHER.summary, origin: 'unknown', coverage: { state: 'partial', unread: ['xmp'] } },
  reads: { xmp: { status: 'failed', code: 'reader.crashed' } },
};
const LOST = errorRecord('/a/x.png', 'not-readable', message('scan.lost.notPermitted'));

type Any = ScanRecord | ErrorRecord | undefined;
const between = (before: Any, after: Any) =>
  changeOf('/a/x.png', before && recordStateOf(before), after && recordStateOf(after));
const groups = (before: Any, after: Any) => {
  const change = between(before, after);
  return change === undefined ? [] : changeGroupsOf(change);
};

describe('what became of a file', () => {
  it('is nothing where only its time, its words or the run are others', () => {
    const told = { ...SILENT, modified: '2026-09-09T00:00:00.000Z', readIn: 2, duplicateOf: '/a/y.png' };
    expect(between(SILENT, { ...told, summary: { ...told.summary, sentence: '没有' } })).toBeUndefined();
    expect(between(LOST, { ...LOST, message: '…' })).toBeUndefined();
    expect(between(undefined, undefined)).toBeUndefined();
  });

  it('says what is another: bytes, answer, law, or whether it could be inspected', () => {
    expect(between(SILENT, OTHER)?.what).toEqual(['bytes']);
    expect(between(OTHER, ALTERED)?.what).toEqual(['answer']);
    const finding = { rulebook: 'eu', rule: 'r', clause: '1', outcome: 'answered' as const, because: [] };
    expect(between(SILENT, { ...SILENT, findings: [finding] })?.what).toEqual(['law']);
    expect(between(SILENT, LOST)?.what).toEqual(['inspected']);
  });

  it('is nothing where the clauses are in another order', () => {
    const finding = (rule: string, outcome: 'answered' | 'look') => ({
      ...{ rulebook: 'eu', rule, outcome },
      because: [],
    });
    const record: ScanRecord = {
      ...SILENT,
      findings: [finding('b', 'look'), finding('c', 'answered'), finding('a', 'look')],
      silent: { eu: { 'not-in-force': 1, superseded: 2 }, cn: { 'not-triggered': 1 } },
    };
    const reordered: ScanRecord = {
      ...record,
      findings: [...record.findings].reverse(),
      silent: { cn: { 'not-triggered': 1 }, eu: { superseded: 2, 'not-in-force': 1 } },
    };
    expect(between(record, reordered)).toBeUndefined();
    const { silent: _, ...others } = record;
    expect(between(record, others)?.what).toEqual(['law']);
  });

  it('counts what is new in it, in new files too', () => {
    expect(groups(undefined, LABELLED)).toEqual(['new', 'newlyAi']);
    expect(groups(SILENT, LABELLED)).toEqual(['changed', 'newlyAi']);
    expect(groups(SILENT, ALTERED)).toEqual(['changed', 'newlyAltered']);
    expect(groups(SILENT, PARTLY)).toEqual(['changed', 'newlyUnread']);
    expect(groups(SILENT, LOST)).toEqual(['changed', 'newlyUnread']);
    expect(groups(SILENT, undefined)).toEqual(['gone']);
  });

  it('says that something is no longer there of what was looked into everywhere alone', () => {
    expect(groups(LABELLED, SILENT)).toEqual(['changed', 'noLongerAi']);
    expect(groups(ALTERED, SILENT)).toEqual(['changed', 'noLongerAltered']);
    expect(groups(LABELLED, PARTLY)).toEqual(['changed', 'newlyUnread']);
    expect(groups(LABELLED, LOST)).toEqual(['changed', 'newlyUnread']);
    expect(groups(LOST, SILENT)).toEqual(['changed', 'noLongerUnread']);
  });
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-changes-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEADER: Header = {
  schema: 'assay.scan/1',
  scan: '7fe86930-70c5-48c6-bffd-04e00d345626',
  run: 1,
  begun: '2026-01-02T03:04:05.000Z',
  asOf: '2026-01-02',
  asOfSource: 'today',
  sources: ['/a'],
  options: {},
  versions: { assay: '0', engines: [], lists: [], rulebooks: [] },
};

function results(
  name: string,
  records: readonly (ScanRecord | ErrorRecord)[],
  header: Partial<Header> = {},
): string {
  const path = join(folder, name);
  writeFileSync(path, [{ ...HEADER, ...header }, ...records].map(formatJsonLine).join(''));
  return path;
}

const at = <R extends ScanRecord>(path: string, record: R): R => ({ ...record, path });

describe('assay scan diff', () => {
  it('gives counts, and every change once, by path; names stay names whatever they hold', async () => {
    const hostile = '/a/\u001b[31m\n"b"\u202e.png';
    const before = [at('/a/1', SILENT), at('/a/2', SILENT), at(hostile, SILENT), at('/a/4', LABELLED)];
    const after = [at(hostile, ALTERED), at('/a/5', LABELLED), at('/a/4', LABELLED), at('/a/1', SILENT)];
    const [a, b] = [results('a.ndjson', before), results('b.ndjson', after, { options: { hidden: true } })];
    const { code, stdout, stderr } = await assayHere(['scan', 'diff', a, b, '--json']);
    expect(code).toBe(0);
    expect(stderr).toContain('--hidden');
    const told = JSON.parse(stdout) as { counts: ChangeCounts; changes: { path: string; change: string }[] };
    expect(told).toMatchObject({ schema: 'assay.diff/1', before: { files: 4 }, after: { files: 4 } });
    expect(told.counts).toMatchObject({ new: 1, changed: 1, gone: 1, newlyAi: 1, newlyAltered: 1 });
    expect(told.changes.map(({ path, change }) => [path, change])).toEqual([
      [hostile, 'changed'],
      ['/a/2', 'gone'],
      ['/a/5', 'new'],
    ]);
    const text = (await assayHere(['scan', 'diff', a, b])).stdout;
    expect(text).toContain('1 newly changed since it was signed');
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u202e');
    expect(text.split('\n').filter((line) => line.includes('/a/'))).toHaveLength(5);
    expect((await assayHere(['scan', 'diff', a, b, '--fail-on', 'newly-ai'])).code).toBe(1);
    expect((await assayHere(['scan', 'diff', a, a, '--fail-on', 'newly-ai,new,gone'])).code).toBe(0);
    expect((await assayHere(['scan', 'diff', a, join(folder, 'none')])).code).toBe(2);
  });

  it('holds no more than a page of many, and leaves nothing behind', async () => {
    // Other test runs compare too, so only this process counts.
    const own = new RegExp(`^assay-diff-\\d+-${process.pid}-`);
    const left = () => readdirSync(tmpdir()).filter((name) => own.test(name)).length;
    const were = left();
    async function* many(from: number): AsyncGenerator<ScanRecord> {
      for (let i = from; i < from + 2_500; i += 1) yield at(`/a/${i}`, SILENT);
    }
    const compared = await RecordComparison.of(many(0), many(2_000));
    expect(compared.counts).toMatchObject({ new: 2_000, gone: 2_000, changed: 0 });
    expect(compared.names('gone', 2)).toEqual(['/a/0', '/a/1']);
    expect([...compared.changes('new')]).toHaveLength(2_000);
    expect([...compared.changes()]).toHaveLength(4_000);
    compared.close();
    expect(left()).toBe(were);
  });
});
