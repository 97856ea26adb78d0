import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inspect } from '../../src/library/inspect.js';
import { findBrowser } from '../../src/pdf/chromium.js';
import { plainPdf } from '../../src/pdf/plain.js';
import type { Printable } from '../../src/pdf/printable.js';
import { printInBrowser } from '../../src/pdf/printer.js';
import { printableReport } from '../../src/pdf/report-pdf.js';
import { LANGUAGES } from '../../src/say/languages.js';
import { speechOf } from '../../src/say/speech.js';
import { describeWith } from '../system-parts.js';
import { beyond, overprinted, sheetsOf } from './boxes.js';

/** Sheets that the records of real files take: few, nothing over anything, nothing beyond the edge. */
const CORPUS = process.env['ASSAY_CORPUS_DIR'] ?? '';
const FILES = [
  ['late-2026/jamez-bondos+awesome-gpt4o-images/gpt-image-1/examples/vinyl-input.png', 5],
  ['c2pa-public-testfiles/adobe-20220124-CAIAIIICAICIICAIICICA.jpg', 8],
] as const;

describeWith('pdftotext', 'A real file on paper', (pdftotext) => {
  async function expectFew(print: (one: Printable) => Promise<Uint8Array>): Promise<void> {
    for (const [path, most] of FILES) {
      const report = await inspect(join(CORPUS, path), { isolation: 'none' });
      for (const language of LANGUAGES) {
        const sheets = sheetsOf(pdftotext, await print(printableReport(report, speechOf(language), 'a4')));
        expect(sheets.length, `${path} ${language}`).toBeLessThanOrEqual(most);
        expect(sheets.flatMap(overprinted)).toEqual([]);
        expect(sheets.flatMap(beyond)).toEqual([]);
      }
    }
  }

  it('takes few sheets, set by the library', () =>
    expectFew((one) => plainPdf({ ...one, blocks: one.blocks() })));

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
