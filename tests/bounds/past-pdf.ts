import { limits } from '../../src/base/limits.js';
import { catalog, fileOf, PAGE, PAGES, pdfOf, stream } from '../core/trust/pdf-carrier.js';
import type { Past } from './past.js';

const pdf = (source: string) => Buffer.from(`%PDF-1.7\n${source}`, 'latin1');
const withFiles = (entries: string) =>
  pdfOf([catalog(entries), PAGES, PAGE, fileOf(5), stream({ bytes: Buffer.from('a') })]);

/** Cross-reference sections that each name the previous one. */
function sections(count: number): Buffer {
  const parts = ['%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n'];
  let at = parts[0]?.length ?? 0;
  let before = '';
  let last = 0;
  for (let section = 0; section < count; section += 1) {
    const one = `xref\n0 0\ntrailer\n<< /Size 2 /Root 1 0 R ${before}>>\n`;
    last = at;
    before = `/Prev ${at} `;
    parts.push(one);
    at += one.length;
  }
  return Buffer.from(`${parts.join('')}startxref\n${last}\n%%EOF\n`, 'latin1');
}

const manyRuns = (count: number) =>
  pdf(
    `xref\n${'1 1\n0000000009 00000 n \n'.repeat(count)}trailer\n<< /Size 2 /Root 1 0 R >>\n1 0 obj\n<< /Type /Catalog >>\nendobj\nstartxref\n9\n%%EOF\n`,
  );

/** The engine could not read such a file at all, and its error stands. */
const ENGINE_GAVE_UP = 'c2pa.InvalidAsset';

const rows: readonly (Pick<Past, 'bound' | 'code' | 'make'> & { where?: string })[] = [
  {
    bound: 'pdfDepth',
    code: 'bound.values',
    make: () => pdfOf([`<< /AF ${'['.repeat(10_000)} >>`]),
  },
  {
    bound: 'pdfValues',
    code: 'bound.values',
    make: () => pdfOf([`<< /AF [${'1 '.repeat(limits.pdfValues + 1)}] >>`]),
  },
  {
    bound: 'pdfObjectBytes',
    code: 'bound.bytes',
    make: () => pdfOf([`<< /AF (${'x'.repeat(2 * limits.pdfObjectBytes)}`]),
  },
  {
    bound: 'pdfSteps',
    code: 'bound.entries',
    make: () => pdfOf([catalog('/AF 2 0 R'), '3 0 R', '2 0 R']),
  },
  {
    bound: 'pdfFiles',
    code: ENGINE_GAVE_UP,
    make: () => withFiles(`/AF [${'4 0 R '.repeat(limits.pdfFiles + 1)}]`),
  },
  { bound: 'pdfSections', code: 'bound.entries', make: () => sections(limits.pdfSections + 1) },
  {
    bound: 'pdfReferenceRuns',
    code: 'bound.entries',
    make: () => manyRuns(limits.pdfReferenceRuns + 1),
  },
  {
    bound: 'pdfSearchedBytes',
    code: ENGINE_GAVE_UP,
    make: () => Buffer.concat([pdf(''), Buffer.alloc(limits.pdfSearchedBytes)]),
  },
  {
    bound: 'pdfSearchedObjects',
    code: ENGINE_GAVE_UP,
    make: () => pdf('1 0 obj<<>>\n'.repeat(limits.pdfSearchedObjects + 1)),
  },
  {
    bound: 'pdfSearchedDictionaryBytes',
    code: ENGINE_GAVE_UP,
    make: () =>
      pdf(`1 0 obj<</A (${'x'.repeat(60_000)})>>\n`.repeat(limits.pdfSearchedDictionaryBytes / 60_000 + 1)),
  },
];

/** Structures that keep Assay from finding a manifest store which an engine did not find either. */
export const PAST_PDF: readonly Past[] = rows.map((row) => ({ ...row, name: 'a.pdf', carrier: 'c2pa' }));
