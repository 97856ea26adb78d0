import { describe, expect, it } from 'vitest';
import { listTimeEntries } from '../../../src/core/page/time-row.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inEnglish } from '../../i18n/english.js';
import { chain } from './credentials-literal.js';
import { reportOf } from './report-literal.js';

const en = translatorFor('en');
const ODD = inEnglish('page.times.odd');
const RECEIVED = '2026-11-25T11:30:00Z';

type Dates = NonNullable<StoredReport['asset']['claimedDates']>;

const dated = (claimedDates: Dates, signals: StoredReport['signals'] = []): StoredReport => {
  const report = reportOf({ signals });
  return { ...report, asset: { ...report.asset, claimedDates } };
};

const TAKEN = {
  name: 'Exif DateTimeOriginal',
  value: '2026:05:03 10:00:00',
  carrier: 'exif',
  locator: 'Exif 36867',
} as const;
const EDITED = {
  name: 'xmp:ModifyDate',
  value: '2025-01-01T10:00:00',
  carrier: 'xmp',
  locator: 'XMP: xmp:ModifyDate',
} as const;

describe('all times in one row', () => {
  it('are absent where only the inspection has one', () => {
    expect(listTimeEntries(reportOf({}), en, RECEIVED)).toEqual([]);
  });

  it('are counted beyond sixteen', () => {
    const many = Array.from({ length: 20 }, (_, at) => ({ ...TAKEN, locator: `Exif ${at}` }));
    const entries = listTimeEntries(dated(many), en, RECEIVED);
    expect(entries).toHaveLength(18);
    expect(entries[16]?.when).toEqual([en.text('page.phrase.more', { count: 4 })]);
  });

  it('mark the two dates of the file that do not fit each other', () => {
    const report = dated(
      [TAKEN, EDITED],
      [
        {
          id: 'file.dates.outOfOrder',
          backing: 'inferred',
          facts: [TAKEN, EDITED].map(({ name, value }) => ({ name, value })),
          basis: [{ carrier: TAKEN.carrier, locator: TAKEN.locator }],
        },
      ],
    );
    expect(listTimeEntries(report, en, RECEIVED).map(({ odd }) => odd)).toEqual([ODD, ODD, undefined]);
    expect(listTimeEntries(dated([TAKEN, EDITED]), en, RECEIVED).map(({ odd }) => odd)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('mark a date after the file was received, with a day left for time zones', () => {
    const later = (value: string) => listTimeEntries(dated([{ ...TAKEN, value }]), en, RECEIVED)[0]?.odd;
    expect(later('2026:11:26 09:00:00')).toBeUndefined();
    expect(later('2026:11:27 09:00:00')).toBe(ODD);
  });

  it('tell what a signer claims from what a timestamp proves', () => {
    const { manifests = [], ...rest } = chain(1);
    const report = reportOf({
      contentCredentials: {
        ...rest,
        time: {
          authorityTrust: 'official',
          validity: 'inside',
          revocation: 'not-checked',
          proven: '2026-05-03T10:00:00Z',
          timestamp: '2026-05-03T10:00:00Z',
        },
        manifests: manifests.map((one) => ({
          ...one,
          actions: [{ action: 'c2pa.created', when: '2026-05-09T10:00:00Z' }],
        })),
      },
    });
    const [proven, claimed, own] = listTimeEntries(report, en, RECEIVED);
    expect([claimed?.label[0], claimed?.isProven, claimed?.odd]).toEqual(['Claimed', false, ODD]);
    expect([proven?.label[0], proven?.isProven, proven?.odd]).toEqual(['Proven', true, undefined]);
    expect(own?.label).toEqual(['Inspected']);
  });
});
