import { Check } from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import { REFERENCED_SCHEMAS } from '../../../src/base/message-schema.js';
import { localizeReport } from '../../../src/core/law/localize.js';
import { upgradeLegacyReport, upgradeLegacyReportText } from '../../../src/core/pipeline/legacy-report.js';
import { renderText } from '../../../src/core/renderers/text/text.js';
import { type Report, ReportSchema } from '../../../src/core/report/report.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { parseLine } from '../../../src/scan/lines/parse.js';
import {
  asBefore,
  FULL_RECORD_OF_BEFORE,
  PARTS_OF_BEFORE,
  RECORDS_OF_BEFORE,
  REPORTS_OF_BEFORE,
  summaryIn,
} from '../../stored/kept.js';
import { fullReport, reportOf } from '../renderers/report-literal.js';

/** Carriers that no version knew at that time. */
const withLater = (report: Report): Report => ({
  ...report,
  reads: {
    ...Object.fromEntries(
      ['mxfMetadata', 'asfMeta', 'imageHeader', 'documentProperties'].map((carrier) => [
        carrier,
        { status: 'unsupported', code: 'carrier.none' },
      ]),
    ),
    ...report.reads,
  },
});
const upgraded = (text: string) => JSON.parse(upgradeLegacyReportText(text)) as Report;

describe('a Report that 0.1 kept', () => {
  it('is told how far its file was looked into, and is unknown where that was not everywhere', () => {
    const told = REPORTS_OF_BEFORE.map(upgraded).map(({ asset, summary: { origin, coverage } }) => ({
      name: asset.name,
      origin,
      state: coverage.state,
      unread: coverage.unread.map(({ carrier, code }) => `${carrier} ${code}`),
    }));
    expect(told).toEqual([
      { name: 'plain.mkv', origin: 'unknown', state: 'partial', unread: ['c2pa carrier.notRead'] },
      {
        name: 'jpeg-truncated.jpg',
        origin: 'unknown',
        state: 'partial',
        unread: [
          'c2pa c2pa.InvalidAsset',
          ...['xmp', 'exif', 'iptcIim', 'comment', 'privateChunk', 'seft', 'parts'].map(
            (carrier) => `${carrier} jpeg.truncated`,
          ),
        ],
      },
      { name: 'plain.png', origin: 'none', state: 'complete', unread: [] },
    ]);
  });

  it('is then what this version reads, with all else as it was written', () => {
    for (const text of REPORTS_OF_BEFORE) {
      const before = JSON.parse(text) as Report;
      const after = upgraded(text);
      expect(Check(REFERENCED_SCHEMAS, ReportSchema, before)).toBe(false);
      expect(Check(REFERENCED_SCHEMAS, ReportSchema, after)).toBe(true);
      const { origin, coverage: _, ...summary } = after.summary;
      expect({ ...after, summary: { origin: before.summary.origin, ...summary } }).toEqual(withLater(before));
      expect(origin === 'unknown' || origin === before.summary.origin).toBe(true);
    }
  });

  it('keeps an origin that something declares, though a part was not read', () => {
    const { reads, summary } = { ...fullReport(), reads: reportOf().reads };
    const damaged = {
      ...reads,
      exif: { status: 'failed', code: 'bound.exif', reason: 'Too many.' },
    } as const;
    const before = asBefore(fullReport());
    const after = upgradeLegacyReport({ ...(before as object), reads: damaged });
    expect(summaryIn(after)).toMatchObject({
      origin: summary.origin,
      coverage: { state: 'partial', unread: [{ carrier: 'exif', code: 'bound.exif', reason: 'Too many.' }] },
    });
  });

  it('counts credentials whose statements could not be read, as a Report of today does', () => {
    const { contentCredentials } = reportOf();
    const before = asBefore(
      reportOf({
        contentCredentials: {
          ...contentCredentials,
          bytesFault: 'Not loaded.',
          bytesFaultMissing: ['statements'],
        },
      }),
    );
    expect(summaryIn(upgradeLegacyReport(before))).toMatchObject({
      origin: 'unknown',
      coverage: { unread: [{ carrier: 'c2pa', code: 'c2pa.statements', reason: 'Not loaded.' }] },
    });
  });
});

describe('a Report whose parts stand within `asset`', () => {
  it('is then what this version reads, with the same parts and all else as it was', () => {
    const told = PARTS_OF_BEFORE.map((text) => {
      const before = JSON.parse(text);
      const after = upgraded(text);
      expect([
        Check(REFERENCED_SCHEMAS, ReportSchema, before),
        Check(REFERENCED_SCHEMAS, ReportSchema, after),
      ]).toEqual([false, true]);
      expect(after.parts).toEqual(before.asset.parts);
      const { parts, summary, ...same } = after;
      const { coverage, ...words } = summary;
      const { coverage: _, ...kept } = before.summary;
      expect(words).toEqual(kept);
      expect({ ...same, asset: { ...same.asset, parts } }).toEqual({
        ...withLater(before),
        summary: undefined,
      });
      return parts?.map(({ kind, signed }) => `${kind} ${signed}`);
    });
    expect(told).toEqual([
      ['primary no-signature', 'mpf-image no-signature'],
      ['primary covered', 'motion-video covered'],
      ['primary no-signature', 'trailing-data no-signature'],
    ]);
  });

  it('is shown with them, in its own English words where it has no others', () => {
    for (const [at, text] of PARTS_OF_BEFORE.entries()) {
      const shown = renderText(upgraded(text), { color: false, width: 200 });
      expect(shown).toMatch(
        /^Parts of this file\n {2}the main picture or recording, “image\/jpeg”, byte 0, /m,
      );
      expect(localizeReport(upgraded(text), translatorFor('en')).tool.words).toBe(
        at < 2 ? 'as-kept' : undefined,
      );
    }
  });

  it('is read in the records of a scan', () => {
    const { report: _, ...record } = JSON.parse(FULL_RECORD_OF_BEFORE);
    for (const text of PARTS_OF_BEFORE) {
      const line = parseLine(JSON.stringify({ ...record, report: JSON.parse(text) }));
      expect(line?.is === 'full' && line.record.report.parts).toHaveLength(2);
    }
  });
});

describe('a Report of today', () => {
  it('comes back as the very text it is', () => {
    for (const report of [reportOf(), fullReport()]) {
      const text = JSON.stringify(report, undefined, 0);
      expect(upgradeLegacyReportText(text)).toBe(text);
    }
  });

  it('is not taken for one of before, nor the other way round, for words that stand in the file', () => {
    const words = '"coverage":{"state":"complete","unread":[]}';
    const before = JSON.stringify(asBefore(reportOf({ asset: { ...reportOf().asset, name: words } })));
    expect(upgraded(before).summary.coverage).toEqual({ state: 'complete', unread: [] });
  });
});

describe('what is no Report', () => {
  it.each(['', '{', 'null', '[]', '{"schema":"assay.report/1"}', '{"schema":"assay.error/1","summary":{}}'])(
    'comes back as it is: %s',
    (text) => {
      expect(upgradeLegacyReportText(text)).toBe(text);
    },
  );
});

describe('records of a scan by 0.1', () => {
  it('are read, and told apart by their own reads', () => {
    const told = RECORDS_OF_BEFORE.map(parseLine).map((line) =>
      line?.is === 'slim'
        ? [line.record.path, line.record.summary.origin, line.record.summary.coverage.state]
        : line,
    );
    expect(Object.fromEntries((told as string[][]).map(([path, ...rest]) => [path, rest]))).toEqual({
      'jpeg-truncated.jpg': ['unknown', 'partial'],
      'not-media.txt': ['unknown', 'nothing'],
      'plain.mkv': ['unknown', 'partial'],
      'plain.png': ['none', 'complete'],
      'png-c2pa-intact.png': ['other', 'complete'],
    });
  });

  it('are read where they hold whole Reports', () => {
    const line = parseLine(FULL_RECORD_OF_BEFORE);
    expect(line?.is === 'full' && line.record.report.summary).toMatchObject({
      origin: 'unknown',
      coverage: { state: 'partial', unread: [{ carrier: 'c2pa', code: 'carrier.notRead' }] },
    });
  });

  it('are refused where they are damaged', () => {
    expect(
      parseLine(
        '{"schema":"assay.scan-record/1","summary":{"origin":"none"},"reads":{},"contentCredentials":{}}',
      ),
    ).toBe(undefined);
    expect(parseLine('{"schema":"assay.scan-record/1","report":7}')).toBe(undefined);
  });
});
