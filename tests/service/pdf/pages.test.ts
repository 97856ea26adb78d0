import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { toStoredReport } from '../../../src/core/law/localize.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import type { Language } from '../../../src/i18n/languages.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inspect } from '../../../src/library/inspect.js';
import { findBrowser } from '../../../src/service/pdf/chromium.js';
import { renderPlainPdf } from '../../../src/service/pdf/plain.js';
import type { Printable } from '../../../src/service/pdf/printable.js';
import { printInBrowser } from '../../../src/service/pdf/printer.js';
import { toPrintableOnePage, toPrintableReport } from '../../../src/service/pdf/report-pdf.js';
import { chain, listed, marked } from '../../core/renderers/credentials-literal.js';
import { fullEvidence } from '../../core/renderers/evidence-literal.js';
import { mapStrings } from '../../core/renderers/hostile.js';
import { fullReport, reportOf } from '../../core/renderers/report-literal.js';
import { describeWith } from '../../support/system-parts.js';
import { share } from '../../support/whole.js';
import { beyond, overprinted, sheetsOf } from './boxes.js';

/** Layout of every sheet: no overlaps, nothing beyond the edge, and few sheets. */

const fixture = (path: string) => new URL(`../../../fixtures/${path}`, import.meta.url).pathname;
const inspected = { at: '2026-11-28T10:00:00Z', caseReference: 'K-2026/17', by: 'desk' };
const notes = [{ text: 'first\nsecond', by: 'desk', at: '2026-05-03T10:00:00Z' }];

/** Many words that are too long for a line. */
const long = (report: StoredReport): StoredReport =>
  mapStrings(report, (text) => `${text} ${'W'.repeat(300)} ${'长'.repeat(120)}`);

const REPORTS: Record<string, StoredReport> = {
  'a full one': fullReport(),
  'one with listed signers': reportOf({ contentCredentials: listed, signals: marked }),
  'one of long words': long(fullReport()),
};

const whole = (report: StoredReport, language: Language, paper: 'a4' | 'letter' = 'a4') =>
  toPrintableReport(report, translatorFor(language), paper, {
    notes,
    inspected,
    evidence: fullEvidence(),
    hasWithheldPictures: true,
  });
const onePage = (report: StoredReport, language: Language, paper: 'a4' | 'letter' = 'a4') =>
  toPrintableOnePage(report, translatorFor(language), paper, { inspected, hasWithheldPictures: true });

describeWith('pdftotext', 'On paper', (pdftotext) => {
  const look = (pdf: Uint8Array) => sheetsOf(pdftotext, pdf);
  const expectClean = (pdf: Uint8Array) => {
    const sheets = look(pdf);
    expect(sheets.length).toBeGreaterThan(0);
    expect(sheets.flatMap(({ words }) => words).length).toBeGreaterThan(20);
    expect(sheets.flatMap(overprinted)).toEqual([]);
    expect(sheets.flatMap(beyond)).toEqual([]);
    return sheets;
  };

  it('is noticed what lies over something else or beyond the edge', () => {
    const box = (left: number, top: number, text: string) => ({
      left,
      top,
      right: left + 40,
      bottom: top + 10,
      text,
    });
    const sheet = (...all: ReturnType<typeof box>[]) => ({ width: 100, height: 100, lines: all, words: all });
    expect(overprinted(sheet(box(0, 0, 'a'), box(20, 4, 'b')))).toEqual(['a / b']);
    expect(overprinted(sheet(box(0, 0, 'a'), box(20, 8, 'b'), box(41, 0, 'c')))).toEqual([]);
    expect(beyond(sheet(box(70, 0, 'a'), box(0, 95, 'b'), box(-1, 0, 'c'), box(0, 0, 'd')))).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  const describePrinter = (
    name: string,
    print: (one: Printable) => Promise<Uint8Array>,
    languages: readonly Language[],
    reports: readonly (readonly [string, StoredReport])[],
  ) =>
    describe(`set by ${name}`, () => {
      for (const language of languages) {
        it.each(reports)(`nothing lies over anything, in ${language}: %s`, async (_, report) => {
          expectClean(await print(whole(report, language)));
        });
      }

      it.each(reports)('the one page takes one sheet: %s', async (_, report) => {
        expect(expectClean(await print(onePage(report, 'en', 'letter')))).toHaveLength(1);
      });

      it.each([
        ['a plain photo', 'labels/jpeg-camera-exif.jpg', 2],
        ['a picture that says it was made with AI', 'c2pa/jpeg-c2pa-trained.jpg', 5],
      ])('takes few sheets for %s', async (_, path, most) => {
        const report = toStoredReport(await inspect(fixture(path), { isolation: 'none' }));
        const sheets = look(await print(toPrintableReport(report, translatorFor('en'), 'a4', { inspected })));
        expect(sheets.length).toBeLessThanOrEqual(most);
      });

      it('takes few sheets for six manifests', async () => {
        const report = reportOf({ contentCredentials: chain(6) });
        const sheets = look(await print(whole(report, languages[0] ?? 'en')));
        expect(sheets.length).toBeLessThanOrEqual(8);
      });
    });

  describePrinter(
    'the library',
    (one) => renderPlainPdf({ ...one, blocks: one.blocks() }),
    ['en', 'zh-Hans'],
    Object.entries(REPORTS),
  );

  describeWith('chromium', 'with a browser', () => {
    describeWith('bwrap', 'in a sandbox', () => {
      const browser = findBrowser(process.env['PATH'] ?? '');
      const print = async (one: Printable) => {
        if (browser === undefined) throw new Error('Chromium was found, and not by findBrowser');
        return printInBrowser(browser, one);
      };
      // Starts a browser for each.
      describePrinter(
        'Chromium',
        print,
        share(['en', 'zh-Hans'] as const, 2),
        share(Object.entries(REPORTS), 3),
      );

      it('has a title, a language and tags', async () => {
        const pdf = await print(onePage(reportOf(), 'zh-Hans'));
        const about = execFileSync(pdftotext.replace(/pdftotext$/, 'pdfinfo'), ['-'], {
          input: pdf,
          encoding: 'utf8',
        });
        expect(about).toMatch(/^Title: +harbour\.png – Assay$/m);
        expect(about).toMatch(/^Tagged: +yes$/m);
        expect(Buffer.from(pdf).toString('latin1')).toMatch(/\/Lang \(zh-Hans\)/);
      });
    });
  });
});
