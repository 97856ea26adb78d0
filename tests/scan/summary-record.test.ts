import { beforeAll, describe, expect, it } from 'vitest';
import type { LocalizedReport } from '../../src/core/report/report.js';
import { SIGNAL_IDS } from '../../src/core/report/signal.js';
import { message } from '../../src/i18n/message.js';
import { translatorFor } from '../../src/i18n/translator.js';
import { parseLine } from '../../src/scan/lines/parse.js';
import { localizeRecord } from '../../src/scan/records/localize-record.js';
import { recordLimits, toScanRecord } from '../../src/scan/records/summary-record.js';
import { assay, fixture } from '../cli/spawn-assay.js';

/** A real Report of a signed file with all rulebooks. */
let report: LocalizedReport;
beforeAll(async () => {
  const { stdout } = await assay([
    'inspect',
    '--json',
    '--rulebooks',
    'all',
    fixture('c2pa/png-c2pa-intact.png'),
  ]);
  report = JSON.parse(stdout) as LocalizedReport;
});

const ENTRY = { path: '/a/b.png', modified: Date.parse('2026-01-02T03:04:05.678Z') };
const bytesOf = (value: object) => Buffer.byteLength(JSON.stringify(value));

describe('a record', () => {
  it('keeps of an ordinary Report all that is counted, and says nothing was cut', () => {
    const record = toScanRecord(ENTRY, { ...report, findings: [] });
    expect(record.cut).toBeUndefined();
    expect(record.signals.map(({ id, backing }) => [id, backing])).toEqual(
      report.signals.map(({ id, backing }) => [id, backing]),
    );
    expect(record).toMatchObject({ path: '/a/b.png', modified: '2026-01-02T03:04:05.678Z' });
    expect(parseLine(JSON.stringify(record))).toEqual({ is: 'record', record: record });
    expect(bytesOf(record)).toBeLessThan(8 * 1024);
  });

  it('says what was found out in the language asked for', () => {
    const [signal] = report.signals;
    if (signal === undefined) throw new Error('the Report is empty');
    const found = {
      ...signal,
      value: '1 of 2 bits',
      messages: { value: message('fact.bitsMatch', { matches: 1, of: 2 }) },
    };
    const record = toScanRecord(ENTRY, { ...report, signals: [found] });
    expect(record.signals[0]?.value).toBe('1 of 2 bits');
    expect(localizeRecord(record, translatorFor('zh-Hans')).signals[0]?.value).toBe('2 位中有 1 位相符');
  });

  it('stays in its bound whatever a file says, keeps ids first, and says what was cut', () => {
    // Takes six bytes per character in JSON.
    const long = '\u0001'.repeat(100_000);
    const [signal] = report.signals;
    const [finding] = report.findings;
    if (signal === undefined || finding === undefined) throw new Error('the Report is empty');
    const place = { carrier: 'xmp', locator: long } as const;
    const many = Array.from({ length: 2_000 }, (_, i) => ({
      ...signal,
      id: SIGNAL_IDS[i % 40] ?? signal.id,
      value: long,
      basis: [place, place, place],
    }));
    const record = toScanRecord(
      { ...ENTRY, path: `/${'\u0001'.repeat(4_095)}` },
      {
        ...report,
        asset: { ...report.asset, name: long },
        summary: { ...report.summary, sentence: long },
        contentCredentials: { ...report.contentCredentials, bytesFault: long },
        signals: many,
        contradictions: Array.from({ length: 16 }, () => ({ between: [signal, signal], statement: long })),
        findings: Array.from({ length: 2_000 }, () => ({ ...finding, because: SIGNAL_IDS.slice(0, 50) })),
      },
    );
    expect(bytesOf(record)).toBeLessThanOrEqual(recordLimits.recordBytes);
    expect(record.cut).toEqual(['basis', 'contradictions', 'findings', 'sentence', 'signals', 'values']);
    expect(new Set(record.signals.map(({ id }) => id))).toEqual(new Set(SIGNAL_IDS.slice(0, 40)));
    expect(parseLine(JSON.stringify(record))?.is).toBe('record');
  });
});
