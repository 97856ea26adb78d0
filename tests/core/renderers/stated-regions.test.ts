import { describe, expect, it } from 'vitest';
import type { Figures } from '../../../src/core/page/history/figures.js';
import { findStatedRegions } from '../../../src/core/page/stated-regions.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inEnglish } from '../../i18n/english.js';
import { chain } from './credentials-literal.js';
import { renderHtml } from './rendered.js';
import { reportOf } from './report-literal.js';

type Action = NonNullable<StoredReport['contentCredentials']['manifests']>[number]['actions'][number];
type Region = NonNullable<Action['regions']>[number];

const BOX: Region = { shape: 'rectangle', unit: 'percent', origin: { x: 10, y: 20 }, width: 20, height: 20 };
const SMALL = { width: 400, height: 300 };

function stating(actions: Action[], more: Partial<StoredReport['contentCredentials']> = {}): StoredReport {
  const { manifests = [], ...rest } = chain(1);
  return reportOf({
    contentCredentials: { ...rest, manifests: manifests.map((one) => ({ ...one, actions })), ...more },
  });
}

const sized = (report: StoredReport): StoredReport => ({
  ...report,
  asset: { ...report.asset, streams: { tracks: [{ kind: 'image', width: 4_000, height: 3_000 }] } },
});

describe('regions that the credentials state as changed', () => {
  it('are drawn with their part of the area, of which none counts twice', () => {
    const report = stating([{ action: 'c2pa.cropped' }, { action: 'c2pa.edited', regions: [BOX, BOX] }]);
    expect(findStatedRegions(report, SMALL)?.percent).toBe(4);
    const figures: Figures = {
      preview: { src: '/p', ...SMALL },
      frames: [],
      manifests: new Map(),
      ingredients: new Map(),
      parts: new Map(),
      missing: [],
      storedDiffers: false,
    };
    const html = renderHtml(report, translatorFor('en'), figures);
    expect(html).toContain('<polygon points="10,20 30,20 30,40 10,40"/>');
    expect(html).toContain(inEnglish('page.picture.statedRegions', { percent: 4 }));
  });

  it('have no part of the area where others are stated that are not drawn', () => {
    const more = stating([{ action: 'c2pa.edited', regions: [BOX], moreRegions: true }]);
    const many = stating([{ action: 'c2pa.edited', regions: Array.from({ length: 17 }, () => BOX) }]);
    const inPixels = stating([{ action: 'c2pa.edited', regions: [BOX, { ...BOX, unit: 'pixel' }] }]);
    for (const report of [more, many, inPixels])
      expect(findStatedRegions(report, SMALL)).toEqual({ shapes: expect.any(Array) });
    expect(findStatedRegions(many, SMALL)?.shapes).toHaveLength(16);
  });

  it('in pixels need the size of the picture', () => {
    const circle: Region = { shape: 'circle', unit: 'pixel', origin: { x: 2_000, y: 1_500 }, width: 2_000 };
    const report = stating([{ action: 'c2pa.edited', regions: [circle] }]);
    expect(findStatedRegions(report, SMALL)).toBeUndefined();
    const drawn = findStatedRegions(sized(report), SMALL);
    expect(drawn?.shapes).toEqual([{ x: 50, y: 50, across: 25, down: expect.closeTo(33.333, 2) }]);
    expect(drawn?.percent).toBe(26);
  });

  it.each([
    [
      'the file is no longer as it was signed',
      stating([{ action: 'c2pa.edited', regions: [BOX] }], { integrity: 'altered' }),
    ],
    [
      'the picture was cropped after that',
      stating([{ action: 'c2pa.edited', regions: [BOX] }, { action: 'c2pa.cropped' }]),
    ],
    ['none is stated', stating([{ action: 'c2pa.edited' }])],
  ])('are not drawn where %s', (_why, report) => {
    expect(findStatedRegions(report, SMALL)).toBeUndefined();
  });

  it('are not drawn on a picture that is shown turned', () => {
    const report = sized(stating([{ action: 'c2pa.edited', regions: [BOX] }]));
    expect(findStatedRegions(report, { width: 300, height: 400 })).toBeUndefined();
  });
});
