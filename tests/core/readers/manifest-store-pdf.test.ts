import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { Asset } from '../../../src/core/media/asset.js';
import { readManifestStore } from '../../../src/core/readers/manifest-store/index.js';
import { processorMillis, SOON_MILLIS } from '../../support/processor-time.js';
import {
  catalog,
  fileOf,
  PAGE,
  PAGES,
  packedPdf,
  pdf,
  pdfOf,
  stream,
  updated,
} from '../trust/pdf-carrier.js';
import { manifest, sign1, store } from '../trust/store.js';

const STORE = store(manifest('urn:c2pa:one', sign1({ chain: Buffer.from('3003020101', 'hex') })));
const OTHER = store(manifest('urn:c2pa:two', sign1({ chain: Buffer.from('3003020101', 'hex') })));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-pdf-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(bytes: Buffer) {
  const path = join(folder, 'file.pdf');
  writeFileSync(path, bytes);
  const asset = await Asset.open(path);
  try {
    return await readManifestStore(asset);
  } finally {
    await asset.close();
  }
}
const status = async (bytes: Buffer) => {
  const answer = await read(bytes);
  return 'code' in answer ? `${answer.status} ${answer.code}` : answer.status;
};
async function found(bytes: Buffer): Promise<Buffer | undefined> {
  const answer = await read(bytes);
  return answer.status === 'found' ? answer.value.bytes : undefined;
}

describe('where a PDF names its manifest store', () => {
  const around = (entries: string, ...more: string[]) =>
    pdfOf([catalog(entries), PAGES, PAGE, fileOf(5), stream({ bytes: STORE }), ...more]);

  it.each([
    ['in a list', around('/AF [4 0 R]')],
    ['in a list of its own object', around('/AF 6 0 R', '[4 0 R]')],
    ['alone', around('/AF 4 0 R')],
    ['without an object of its own', around(`/AF [${fileOf(5)}]`)],
    [
      'with its name escaped',
      pdfOf([catalog('/AF [4 0 R]'), PAGES, PAGE, fileOf(5, 'C2PA#5fManifest'), stream({ bytes: STORE })]),
    ],
    ['among embedded files', around('/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>')],
    [
      'in a tree of embedded files',
      around('/Names << /EmbeddedFiles 6 0 R >>', '<< /Kids [7 0 R] >>', '<< /Names [(a) 4 0 R] >>'),
    ],
  ])('%s it is found', async (_where, bytes) => {
    expect((await found(bytes))?.equals(STORE)).toBe(true);
  });

  it('a picture of the page may have one of its own, which is not the document’s', async () => {
    const page = PAGE.replace('>>', '/AF [4 0 R] >>');
    expect(await status(pdfOf([catalog(''), PAGES, page, fileOf(5), stream({ bytes: STORE })]))).toBe(
      'absent',
    );
  });

  it('the latest section counts, whatever older ones hold', async () => {
    const first = pdf({ bytes: STORE });
    expect((await found(updated(first, { 5: stream({ bytes: OTHER }) })))?.equals(OTHER)).toBe(true);
    expect(await status(updated(first, { 1: catalog('') }))).toBe('absent');
    expect((await found(updated(packedPdf({ bytes: STORE }), { 3: PAGE })))?.equals(STORE)).toBe(true);
  });

  it('a filter is undone, and the length may stand elsewhere', async () => {
    const packed = { bytes: deflateSync(STORE), entries: '/Filter /FlateDecode' };
    expect(await read(pdf(packed))).toMatchObject({ status: 'found', value: { bytes: STORE } });
    const elsewhere = pdfOf([
      catalog('/AF [4 0 R]'),
      PAGES,
      PAGE,
      fileOf(5),
      stream({ bytes: STORE, length: '6 0 R' }),
      `${STORE.length}`,
    ]);
    expect((await found(elsewhere))?.equals(STORE)).toBe(true);
  });
});

describe('a PDF by another writer', () => {
  const written = async (options: PDFKit.PDFDocumentOptions): Promise<Buffer> => {
    const document = new PDFDocument(options);
    const parts: Buffer[] = [];
    const ended = new Promise((resolve) => document.on('end', resolve));
    document.on('data', (part: Buffer) => parts.push(part));
    document.text('A page');
    // The types lack options that the library accepts.
    const attachment: PDFKit.Mixins.PDFAttachmentOptions & { relationship: string } = {
      name: 'manifest.c2pa',
      relationship: 'C2PA_Manifest',
    };
    document.file(STORE, attachment);
    document.end();
    await ended;
    return Buffer.concat(parts);
  };

  it('gives its store, packed or not', async () => {
    expect((await found(await written({})))?.equals(STORE)).toBe(true);
    expect((await found(await written({ compress: false })))?.equals(STORE)).toBe(true);
  });

  it('that is encrypted says that a store is there and could not be read', async () => {
    const answer = await read(await written({ userPassword: 'u', ownerPassword: 'o' }));
    expect(answer).toMatchObject({ status: 'malformed', code: 'manifestStore.pdf' });
    expect(answer).toMatchObject({ params: { why: { id: 'note.pdfStore.encrypted' } } });
  });
});

describe('a PDF whose cross-references lead nowhere', () => {
  const changed = (bytes: Buffer, change: (source: string) => string) =>
    Buffer.from(change(bytes.toString('latin1')), 'latin1');
  const shifted = (bytes: Buffer) =>
    changed(bytes, (s) => s.replace('%PDF-1.7\n', '%PDF-1.7\n% a line that moves all objects\n'));
  const whole = pdf({ bytes: STORE });
  const packed = packedPdf({ bytes: STORE });
  const filler = Buffer.from(`\n% ${'x'.repeat(1024 ** 2)}\n`);
  const far = Buffer.concat([filler, whole.subarray(9)]);

  it.each([
    ['has none', changed(whole, (s) => s.replace(/xref\n0[\s\S]*/, ''))],
    ['does not say where they stand', changed(whole, (s) => s.replace(/startxref[\s\S]*/, ''))],
    ['points beside them', changed(whole, (s) => s.replace(/startxref\n\d+/, 'startxref\n7'))],
    ['has its objects elsewhere', shifted(whole)],
    ['has its objects elsewhere and packed', shifted(packed)],
    ['goes on with junk', Buffer.concat([whole, Buffer.alloc(5_000, 'junk ')])],
    ['is longer than one look', Buffer.concat([Buffer.from('%PDF-1.7'), far])],
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((more): [string, Buffer] => [
      `has its objects across two looks, by ${more}`,
      Buffer.concat([
        Buffer.from(`%PDF-1.7\n%${' '.repeat(1024 ** 2 - 10 - 3 - more)}\n`),
        whole.subarray(9, -20),
      ]),
    ]),
  ])('that %s is searched for its objects', async (_what, bytes) => {
    expect((await found(bytes))?.equals(STORE)).toBe(true);
  });

  it('gives the newest store, and that of no PDF within it', async () => {
    const twice = updated(whole, { 5: stream({ bytes: OTHER }) });
    const cut = (bytes: Buffer) => changed(bytes, (s) => s.replace(/startxref\n\d+\n%%EOF\n$/, ''));
    expect((await found(shifted(twice)))?.equals(OTHER)).toBe(true);
    const embedded = stream({ bytes: pdf({ bytes: OTHER }) });
    const around = pdfOf([catalog(''), PAGES, PAGE, embedded]);
    expect(await status(cut(around))).toMatch(/^malformed pdf\./);
  });

  it('is not said to have none where none was found', async () => {
    expect(await status(shifted(pdf()))).toBe('malformed pdf.object');
    expect(await status(shifted(updated(whole, { 1: catalog('') })))).toBe('malformed pdf.object');
  });

  it.each([
    ['objects', '1 0 obj\n'.repeat(300_000)],
    ['dictionaries without an end', '1 0 obj<<'.repeat(300_000)],
    ['lists in dictionaries', `1 0 obj<</A ${'[1 '.repeat(30)}`.repeat(100_000)],
    ['digits', '1 1 1 1 '.repeat(1_000_000)],
    ['trailers', 'trailer<</Root 1 0 R>>'.repeat(100_000)],
    ['trailers without a dictionary', 'trailer '.repeat(4_000_000)],
  ])('that is full of %s comes to an end', async (_what, source) => {
    const bytes = Buffer.from(`%PDF-1.7\n${source}`);
    const spent = await processorMillis(async () =>
      expect(await status(bytes)).toMatch(/^(malformed|failed) /),
    );
    expect(spent).toBeLessThan(SOON_MILLIS);
  });
});

/** Above the in-memory limit, each object is read from the file. */
const PADDING = `<< /Pad (${'x'.repeat(limits.inMemoryAssetBytes)}) >>`;

describe('a hostile PDF', () => {
  const whole = pdf({ bytes: STORE });
  const text = (change: (source: string) => string) =>
    Buffer.from(change(whole.toString('latin1')), 'latin1');

  it.each([
    ['names no cross-references', text((s) => s.replace('startxref', 'startxxxx')), 'found'],
    ['points nowhere', text((s) => s.replace(/startxref\n\d+/, 'startxref\n999999999')), 'found'],
    ['has an object elsewhere', text((s) => s.replace('4 0 obj', '8 0 obj')), 'malformed pdf.object'],
    [
      'announces bytes that are no store',
      pdf({ bytes: Buffer.from('no store') }),
      'malformed manifestStore.pdf',
    ],
    [
      'announces bytes that are not there',
      pdfOf([catalog('/AF [4 0 R]'), PAGES, PAGE, fileOf(9)]),
      'malformed manifestStore.pdf',
    ],
    ['lies about a length', pdf({ bytes: STORE, length: '7' }), 'malformed manifestStore.pdf'],
    [
      'has an unknown filter',
      pdf({ bytes: STORE, entries: '/Filter /LZWDecode' }),
      'failed manifestStore.pdf',
    ],
    ['holds a store twice', pdf({ bytes: STORE }, { bytes: OTHER }), 'malformed manifestStore.several'],
    [
      'says that all is encrypted',
      pdfOf([`<< /AF ${'['.repeat(99)} >>`], '/Encrypt << >>'),
      'failed manifestStore.encrypted',
    ],
  ])('that %s is told apart', async (_what, bytes, expected) => {
    expect(await status(bytes)).toBe(expected);
  });

  it.each([
    [
      'sections that name each other',
      text((s) => s.replace('/Root', `/Prev ${/startxref\n(\d+)/.exec(s)?.[1]} /Root`)),
      'found',
    ],
    ['objects that name each other', pdfOf([catalog('/AF 2 0 R'), '3 0 R', '2 0 R']), 'failed bound.entries'],
    [
      'a length that names its own stream',
      pdf({ bytes: STORE, length: '5 0 R' }),
      'failed manifestStore.pdf',
    ],
    [
      'a length that names its own stream, in a large file',
      pdfOf([
        catalog('/AF [4 0 R]'),
        PAGES,
        PAGE,
        fileOf(5),
        stream({ bytes: STORE, length: '5 0 R' }),
        PADDING,
      ]),
      'failed manifestStore.pdf',
    ],
    [
      'objects that name each other, in a large file',
      pdfOf([catalog('/AF 2 0 R'), '3 0 R', '2 0 R', PADDING]),
      'failed bound.entries',
    ],
    [
      'a tree of files that is its own branch',
      pdfOf([catalog('/Names << /EmbeddedFiles 2 0 R >>'), '<< /Kids [2 0 R 2 0 R] >>']),
      'failed bound.entries',
    ],
    ['lists in lists', pdfOf([`<< /AF ${'['.repeat(10_000)} >>`]), 'failed bound.values'],
    [
      'a million files',
      pdfOf([catalog(`/AF [${'4 0 R '.repeat(60_000)}]`), PAGES, PAGE, fileOf(5), stream({ bytes: STORE })]),
      'failed bound.entries',
    ],
    [
      'a bomb',
      pdf({ bytes: deflateSync(Buffer.alloc(80 * 1024 ** 2)), entries: '/Filter /FlateDecode' }),
      'failed manifestStore.pdf',
    ],
    [
      'an object without an end',
      pdfOf([`<< /AF (${'x'.repeat(2 * limits.pdfObjectBytes)}`]),
      'failed bound.bytes',
    ],
  ])('with %s comes to an end', async (_what, bytes, expected) => {
    const spent = await processorMillis(async () => expect(await status(bytes)).toBe(expected));
    expect(spent).toBeLessThan(SOON_MILLIS);
  });
});
