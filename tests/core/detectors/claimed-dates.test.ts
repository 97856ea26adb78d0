import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toIsoDate } from '../../../src/core/detectors/calendar.js';
import { collectClaimedDates } from '../../../src/core/detectors/claimed-dates.js';
import { Asset } from '../../../src/core/media/asset.js';
import { listTimes } from '../../../src/core/page/times.js';
import { analyze } from '../../../src/core/pipeline/analyze.js';
import { parseHeaderTimes } from '../../../src/core/readers/containers/bmff-headers.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { evidence } from '../../support/literals.js';

/** Dates that a file declares: a plausible reading or none, and how it was read. */

const fixture = (file: string) => readFileSync(resolve(import.meta.dirname, '../../../fixtures', file));
const reportOf = async (file: string) =>
  analyze(
    await Asset.fromBytes(fixture(file)),
    { name: file, asOf: '2026-11-25', engine: 'auto' },
    { inFull: [], jurisdictions: [] },
  );
const same = (text: string) => text;

it.each([
  ['labels/pdf-dates.pdf', ['2026-05-03T10:20:30+02:00', '2026-05-04'], '2026-05-03'],
  ['labels/docx-dates.docx', ['2026-05-03T10:20:30Z', '2026-05-04T10:20:30Z'], '2026-05-03'],
  ['labels/odt-dates.odt', ['2026-05-03T10:20:30', '2026-05-04T10:20:30'], '2026-05-03'],
  ['labels/eps-gb45438-comment.eps', ['2026-05-03T10:20:30'], '2026-05-03'],
])('%s gives its dates, and when it was begun', async (file, dates, day) => {
  const { asset, summary } = await reportOf(file);
  expect(asset.claimedDates?.map(({ value }) => value)).toEqual(dates);
  expect(summary.facts?.when).toMatchObject({ code: 'claimed', day });
});

it('a date in no form that is known is given as it is written', async () => {
  const read = (value: string) =>
    collectClaimedDates(
      evidence({ documentProperties: [{ system: 'document information', key: 'CreationDate', value }] }),
      same,
    ).claimedDates?.[0]?.value;
  expect(read('3 May, in the morning')).toBe('3 May, in the morning');
  expect(read('D:')).toBeUndefined();
});

describe('a date of a program’s own form', () => {
  it.each([
    ["D:20260503102030+02'00'", '2026-05-03T10:20:30+02:00'],
    ["D:20260503102030+02'00", '2026-05-03T10:20:30+02:00'],
    ['D:20260503102030-0530', '2026-05-03T10:20:30-05:30'],
    ['D:20260503102030Z', '2026-05-03T10:20:30Z'],
    ["D:20260503102030Z'", '2026-05-03T10:20:30Z'],
    ["D:20260503102030Z00'00'", '2026-05-03T10:20:30Z'],
    ['20260503102030', '2026-05-03T10:20:30'],
    ['D:202605031020', '2026-05-03T10:20:00'],
    ['D:20260503', '2026-05-03'],
    ['Sun May  3 10:20:30 2026', '2026-05-03T10:20:30'],
    ['Sun May 13 10:20:30 CEST 2026', '2026-05-13T10:20:30'],
    // It is ambiguous which number is the day.
    ['(5/3/2026) (10:20 AM)', '(5/3/2026) (10:20 AM)'],
    ['Sun Mai  3 10:20:30 2026', 'Sun Mai  3 10:20:30 2026'],
    ['Sun anF  3 10:20:30 2026', 'Sun anF  3 10:20:30 2026'],
    ['2026-05-03T10:20:30Z', '2026-05-03T10:20:30Z'],
  ])('%s is %s', (written, iso) => expect(toIsoDate(written)).toBe(iso));
});

const YEAR = 31_556_952;
const SINCE_1904 = 2_082_844_800;
const header = (seconds: number, modified = 0) => {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt32BE(seconds, 4);
  bytes.writeUInt32BE(modified, 8);
  return bytes;
};
const longHeader = (seconds: bigint) => {
  const bytes = Buffer.alloc(36);
  bytes[0] = 1;
  bytes.writeBigUInt64BE(seconds, 4);
  return bytes;
};

describe('the times of a movie’s headers', () => {
  it('count from 1904, as the standard says', () => {
    expect(parseHeaderTimes(header(SINCE_1904 + 702_373_833))).toEqual([
      { key: 'creation_time', value: '1992-04-04T07:50:33Z' },
    ]);
  });

  it('count from 1970 where they would be days before there were such files', () => {
    expect(parseHeaderTimes(header(702_373_833, SINCE_1904 + 1_420_629_718))).toEqual([
      { key: 'creation_time', value: '1992-04-04T07:50:33Z', countedFrom1970: true },
      { key: 'modification_time', value: '2015-01-07T11:21:58Z' },
    ]);
  });

  it('are no date where neither is one: nothing of 1904, 1925 or 2058', () => {
    for (const seconds of [1, 3_600, 10 * YEAR, 21 * YEAR])
      expect(parseHeaderTimes(header(seconds))[0]?.value).toBe(String(seconds));
    for (const seconds of [2n ** 32n, 2n ** 40n, 2n ** 64n - 1n])
      expect(parseHeaderTimes(longHeader(seconds))[0]?.value).toBe(String(seconds));
    for (let seconds = 1; seconds < 2 ** 32; seconds += 9_999_991) {
      const [time] = parseHeaderTimes(header(seconds));
      const year = Number(/^(\d{4})-/.exec(time?.value ?? '')?.[1] ?? 1991);
      expect(year).toBeGreaterThanOrEqual(1970);
      expect(year).toBeLessThanOrEqual(2040);
    }
  });

  it('are shown with how they were read, in every language', async () => {
    const report = await reportOf('labels/mp4-times-from-1970.mp4');
    expect(report.asset.claimedDates).toMatchObject([
      { name: 'mvhd creation_time', value: '1992-04-04T07:50:33Z', countedFrom1970: true },
    ]);
    const shown = (language: 'en' | 'zh-Hans') => JSON.stringify(listTimes(report, translatorFor(language)));
    expect(shown('en')).toContain('counted from 1970');
    expect(shown('zh-Hans')).toContain('1970 年起计');
  });

  it('are the tracks’ where the movie has none, and none where a clock was never set', () => {
    const tags = (system: string, value: string) =>
      collectClaimedDates(evidence({ bmffMeta: [{ system, key: 'creation_time', value }] }), same)
        .claimedDates;
    expect(tags('mdhd of track 1', '2015-01-07T11:21:58Z')).toMatchObject([
      { value: '2015-01-07T11:21:58Z' },
    ]);
    expect(tags('mvhd', '1970-01-01T00:00:00Z')).toBeUndefined();
    expect(tags('mvhd', '3600')).toBeUndefined();
  });
});
