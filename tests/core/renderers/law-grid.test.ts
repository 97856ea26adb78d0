import { beforeAll, describe, expect, it } from 'vitest';
import { toStoredReport } from '../../../src/core/law/localize.js';
import { chooseRulebooks } from '../../../src/core/law/rulebooks/index.js';
import { buildLawGrid, type GriddedReport } from '../../../src/core/page/law/grid.js';
import { lawGridHtml } from '../../../src/core/renderers/html/law-grid.js';
import { cellNotes, renderLawGridCsv, renderLawGridText } from '../../../src/core/renderers/text/law-grid.js';
import type { LawGrid } from '../../../src/core/report/law-schema.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inspect } from '../../../src/library/inspect.js';

const SIGNED = new URL('../../../fixtures/c2pa/jpeg-c2pa-trained.jpg', import.meta.url).pathname;

describe('the grid of laws', () => {
  let signed: StoredReport;
  beforeAll(async () => {
    signed = toStoredReport(await inspect(SIGNED, { isolation: 'none' }));
  });
  const gridOf = (places: string[], more: { asOf?: string; report?: GriddedReport } = {}) =>
    buildLawGrid(
      more.report ?? signed,
      { books: chooseRulebooks({ jurisdictions: places }), asOf: more.asOf ?? '2026-12-02' },
      translatorFor('en'),
    );
  const cellsOf = ({ cells }: LawGrid, rule: string) => cells.filter((one) => one.rule === rule);
  const answers = (grid: LawGrid, rule: string) =>
    cellsOf(grid, rule).map(({ item, answer }) => [item, answer]);

  it('answers each item with its clause, who must do it, the place in the file and the source', () => {
    const [cell] = cellsOf(gridOf(['US-CA']), '22757.3.a-provider');
    expect(cell).toMatchObject({
      item: 'provider',
      answer: 'answered',
      clause: 'Section 22757.3(a), item (A)',
      binds: ['provider'],
      locators: [{ carrier: 'c2pa', locator: expect.stringContaining('c2pa.signature') }],
      source: { title: expect.stringContaining('SB 1000'), address: expect.stringMatching(/^https:/) },
    });
  });

  it('tells the items of one clause apart', () => {
    expect(answers(gridOf(['US-CA']), '22757.3.a-system')).toEqual([
      ['system', 'answered'],
      ['version', 'no-signal-found'],
    ]);
    expect(answers(gridOf(['US-CA']), '22757.3.a-latent')).toEqual([['mark', 'partly-answered']]);
    expect(answers(gridOf(['US-CA']), '22757.3.a-permanent')).toEqual([['mark', 'not-assessable']]);
  });

  it('says beside an item what the whole clause got, where that differs', () => {
    const cells = cellsOf(gridOf(['US-CA']), '22757.3.a-system');
    expect(cells.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^mark found .*; the whole clause: found in part/),
      expect.stringMatching(/^none found .*; the whole clause: found in part/),
    ]);
    const [mark] = cellsOf(gridOf(['US-CA']), '22757.3.a-latent');
    expect(mark?.text).not.toContain('whole clause');
  });

  it('tells the day before a date from the day', () => {
    const on = (asOf: string) => cellsOf(gridOf(['EU'], { asOf }), '50.2-machine-readable')[0];
    expect(on('2026-08-01')?.answer).toBe('not-in-force');
    expect(on('2026-12-01')?.cohorts.join()).toContain('it applies from 2 Dec 2026');
    expect(on('2026-12-02')?.cohorts.join()).toContain('it has applied since 2 Dec 2026');
  });

  it('says of a notice to look, and never that there is none; a visible mark is a hint', () => {
    expect(answers(gridOf(['EU']), '50.5-clear')).toEqual([['notice', 'look']]);
    const basis = [{ carrier: 'file' as const, locator: 'lower right corner' }];
    const marked = {
      ...signed,
      signals: [...signed.signals, { id: 'visible.star' as const, backing: 'inferred' as const, basis }],
    };
    const [cell] = cellsOf(gridOf(['EU'], { report: marked }), '50.5-clear');
    expect(cell).toMatchObject({ answer: 'notice-seen', locators: basis });
    expect(cell?.text).toContain('look with your eyes');
  });

  it('names three places where an item was found, and counts the others', () => {
    const basis = Array.from({ length: 5 }, (_, at) => ({
      carrier: 'file' as const,
      locator: `corner ${at}`,
    }));
    const marked = {
      ...signed,
      signals: [...signed.signals, { id: 'visible.star' as const, backing: 'inferred' as const, basis }],
    };
    const [cell] = cellsOf(gridOf(['EU'], { report: marked }), '50.5-clear');
    if (cell === undefined) throw new Error('no cell');
    expect(cell).toMatchObject({ locators: basis.slice(0, 3), locatorsLeftOut: 2 });
    expect(cellNotes(cell, translatorFor('en')).join('\n')).toMatch(/corner 2.* 2 more places/);
  });

  it('says that it could not read, where it could not', () => {
    const { c2pa } = signed.reads;
    const unread = {
      ...signed,
      signals: [],
      reads: { ...signed.reads, c2pa: { ...c2pa, status: 'failed' as const, code: 'c2pa.failed' } },
    };
    expect(answers(gridOf(['EU'], { report: unread }), '50.2-machine-readable')).toEqual([
      ['mark', 'indeterminate'],
    ]);
  });

  it('is a table, text and a page without a word of approval, and lets no text of the file in', () => {
    const hostile = '"><script>alert(1)</script>\u202e=1+1';
    const report = {
      ...signed,
      asset: { ...signed.asset, name: hostile },
      signals: signed.signals.map((one) => ({
        ...one,
        value: hostile,
        basis: one.basis.map((place) => ({ ...place, locator: hostile })),
      })),
    };
    const grid = gridOf(['CN', 'EU', 'US-CA'], { report });
    for (const language of ['en', 'zh-Hans'] as const) {
      const translator = translatorFor(language);
      const html = lawGridHtml(grid, translator).toString();
      expect(html).not.toContain('<script');
      expect(html).not.toContain('\u202e');
      expect(renderLawGridText(grid, { color: false }, translator)).not.toContain('\u202e');
      const csv = renderLawGridCsv(grid, translator);
      expect(csv).not.toMatch(/(^|,|")=1/m);
      expect(csv).not.toContain('\u202e');
      expect(csv.trimEnd().split('\r\n')).toHaveLength(grid.cells.length + 1);
    }
  });

  it('says so where no law asks for an item', () => {
    const grid = buildLawGrid(signed, { books: [], asOf: '2026-12-02' }, translatorFor('en'));
    expect(grid.cells).toEqual([]);
    expect(renderLawGridText(grid, { color: false })).toContain('None of these laws asks');
    expect(lawGridHtml(grid, translatorFor('zh-Hans')).toString()).toContain('均未要求');
  });
});
