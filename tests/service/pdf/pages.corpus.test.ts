import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toStoredReport } from '../../../src/core/law/localize.js';
import { LANGUAGES } from '../../../src/i18n/languages.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { inspect } from '../../../src/library/inspect.js';
import { findBrowser } from '../../../src/service/pdf/chromium.js';
import { renderPlainPdf } from '../../../src/service/pdf/plain.js';
import type { Printable } from '../../../src/service/pdf/printable.js';
import { printInBrowser } from '../../../src/service/pdf/printer.js';
import { toPrintableReport } from '../../../src/service/pdf/report-pdf.js';
import { describeWith } from '../../support/system-parts.js';
import { beyond, overprinted, sheetsOf } from './boxes.js';

/** Checks the sheets for the records of real files: few sheets, no overlaps, nothing beyond the edge. */
const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';
const FILES = [
  ['late-2026/jamez-bondos+awesome-gpt4o-images/gpt-image-1/examples/vinyl-input.png', 5],
  ['c2pa-public-testfiles/adobe-20220124-CAIAIIICAICIICAIICICA.jpg', 8],
] as const;

describeWith('pdftotext', 'A real file on paper', (pdftotext) => {
  async function expectFew(print: (one: Printable) => Promise<Uint8Array>): Promise<void> {
    for (const [path, most] of FILES) {
      const report = toStoredReport(await inspect(join(CORPUS, path), { isolation: 'none' }));
      for (const language of LANGUAGES) {
        const sheets = sheetsOf(
          pdftotext,
          await print(toPrintableReport(report, translatorFor(language), 'a4')),
        );
        expect(sheets.length, `${path} ${language}`).toBeLessThanOrEqual(most);
        expect(sheets.flatMap(overprinted)).toEqual([]);
        expect(sheets.flatMap(beyond)).toEqual([]);
      }
    }
  }

  it('takes few sheets, set by the library', () =>
    expectFew((one) => renderPlainPdf({ ...one, blocks: one.blocks() })));

  describeWith('chromium', 'with a browser', () => {
    describeWith('bwrap', 'in a sandbox', () => {
      it('takes few sheets', () => {
        const browser = findBrowser(process.env['PATH'] ?? '');
        if (browser === undefined) throw new Error('Chromium was found, and not by findBrowser');
        return expectFew((one) => printInBrowser(browser, one));
      });
    });
  });
});
