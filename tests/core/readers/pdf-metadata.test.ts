import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { pdfWith } from '../../../fixtures/build/formats/pdf-writer.js';
import { limits } from '../../../src/base/limits.js';
import { privateChunkReader } from '../../../src/core/readers/carriers/private-chunk.js';
import { xmpReader } from '../../../src/core/readers/carriers/xmp.js';
import { catalog, PAGE, PAGES, pdfOf, stream, updated } from '../trust/pdf-carrier.js';
import { opened } from './opened.js';

const packet = (label: string) =>
  Buffer.from(
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"><TC260:AIGC>${label}</TC260:AIGC></rdf:Description></rdf:RDF></x:xmpmeta>`,
  );

const xmp = (bytes: Buffer) =>
  opened('file.pdf', bytes, (asset) => xmpReader.read(asset, { engine: 'wasm' }));
const information = (bytes: Buffer) =>
  opened('file.pdf', bytes, (asset) => privateChunkReader.read(asset, { engine: 'wasm' }));

const withMetadata = (bytes: Buffer, entries = '', trailer = '', ...more: string[]) =>
  pdfOf([catalog('/Metadata 4 0 R'), PAGES, PAGE, stream({ bytes, entries }), ...more], trailer);
const labels = async (bytes: Buffer) => {
  const read = await xmp(bytes);
  return 'value' in read
    ? read.value?.flatMap((one) => one.properties.map(({ value }) => value))
    : read.status;
};

describe('the XMP of a PDF', () => {
  it('is read as it stands, with its place, and says that it is the document’s alone', async () => {
    const bytes = withMetadata(packet('1'));
    expect(await xmp(bytes)).toMatchObject({
      status: 'found',
      value: [{ locator: 'Metadata of the catalog', offset: bytes.indexOf('<x:xmpmeta') }],
      notes: [{ id: 'note.pdfDocumentOnly' }],
    });
    expect(await labels(bytes)).toEqual(['1']);
  });

  it('is read where it is compressed', async () => {
    const bytes = withMetadata(deflateSync(packet('2')), '/Filter /FlateDecode');
    expect(await labels(bytes)).toEqual(['2']);
  });

  it('is the newest where the file was added to', async () => {
    const old = withMetadata(packet('old'));
    expect(await labels(updated(old, { 4: stream({ bytes: packet('new') }) }))).toEqual(['new']);
  });

  it('is found by the heads of the objects where the cross-references are damaged', async () => {
    const bytes = withMetadata(packet('3'));
    expect(
      await labels(Buffer.from(bytes.toString('latin1').replace('startxref', 'startxxxx'), 'latin1')),
    ).toEqual(['3']);
  });

  it('is absent where the catalog has none, though a picture has', async () => {
    const picture = stream({ bytes: packet('a picture') });
    expect(await xmp(pdfOf([catalog(''), PAGES, PAGE, picture]))).toMatchObject({ status: 'absent' });
    const document = new PDFDocument();
    const parts: Buffer[] = [];
    document.on('data', (part: Buffer) => parts.push(part));
    const done = new Promise((resolve) => document.on('end', resolve));
    document.text('Text.').end();
    await done;
    expect(await xmp(Buffer.concat(parts))).toMatchObject({ status: 'absent' });
  });

  it('in an encrypted file is read only where the file leaves it in clear', async () => {
    const handler = (more: string) => `<< /Filter /Standard /V 4 /R 4 ${more} >>`;
    const clear = withMetadata(packet('4'), '', '/Encrypt 5 0 R', handler('/EncryptMetadata false'));
    expect(await labels(clear)).toEqual(['4']);
    expect(await xmp(withMetadata(packet('5'), '', '/Encrypt 5 0 R', handler('')))).toMatchObject({
      status: 'failed',
      code: 'pdf.encrypted',
    });
    expect(await xmp(pdfOf([catalog(''), PAGES, PAGE, handler('')], '/Encrypt 4 0 R'))).toMatchObject({
      status: 'absent',
    });
  });

  it.each([
    ['a filter that is not read', () => withMetadata(packet('6'), '/Filter /LZWDecode'), 'failed pdf.filter'],
    [
      'a stream that does not unpack',
      () => withMetadata(packet('7'), '/Filter /FlateDecode'),
      'malformed pdf.stream',
    ],
    [
      'more bytes than the bound',
      () => withMetadata(deflateSync(Buffer.alloc(limits.xmpPacketBytes + 1, 32)), '/Filter /FlateDecode'),
      'failed bound.bytes',
    ],
    ['bytes that are no XMP', () => withMetadata(Buffer.from('no XML')), 'malformed xmp.xml'],
  ])('with %s is not absent', async (_name, make, expected) => {
    const read = await xmp(make());
    expect('code' in read ? `${read.status} ${read.code}` : read.status).toBe(expected);
  });
});

describe('the document information of a PDF', () => {
  const around = (entries: string, trailer = '', ...more: string[]) =>
    pdfOf([catalog(''), PAGES, PAGE, `<< ${entries} >>`, ...more], `/Info 4 0 R ${trailer}`);

  it.each([
    ['in round brackets', String.raw`({"a":"\(b\)\\n","c":"(d)"})`, String.raw`{"a":"(b)\n","c":"(d)"}`],
    ['with octal digits and line ends', '(\\141\\1012\\\r\nb\\n)', 'aA2b\n'],
    ['in hexadecimal digits', '<7b22 61227>', '{"a"p'],
    ['in UTF-16', '<feff4ed662110022>', '他我"'],
    ['in UTF-8 without a mark', Buffer.from('(腾讯)').toString('latin1'), '腾讯'],
    ['under another number', '5 0 R', 'further'],
  ])('gives the text of a key that is no standard one, %s', async (name, source, text) => {
    const bytes = around(`/Title (t) /AIGC ${source} /N 1`, '', '(further)');
    const latin1 = Buffer.from(bytes.toString('utf8'), 'latin1');
    expect(await information(name.includes('UTF-8') ? latin1 : bytes)).toMatchObject({
      status: 'found',
      value: [{ id: 'AIGC', locator: 'document information AIGC', text }],
    });
  });

  it('tells where a text stands', async () => {
    const bytes = around('/AIGC (label)');
    expect(await information(bytes)).toMatchObject({
      value: [{ offset: bytes.indexOf('(label)'), bytes: 7 }],
    });
  });

  it('holds nothing of a maker’s own in most files', async () => {
    expect(await information(around('/Title (t) /Producer (p) /CreationDate (d)'))).toEqual({
      status: 'absent',
    });
    expect(await information(pdfOf([catalog(''), PAGES, PAGE]))).toEqual({ status: 'absent' });
  });

  it('is the newest where the file was added to, packed or not, and an older one is named', async () => {
    const label = (value: number) => `<< /Producer (p) /AIGC ({"Label":"${value}"}) >>`;
    for (const packed of [false, true]) {
      let number = 0;
      const writer = pdfWith(
        (first) => {
          number = first.reserve();
          if (packed) first.pack([[number, label(1)]]);
          else first.object(label(1), number);
          return {};
        },
        { packed, trailer: '/Info 4 0 R' },
      );
      const once = writer.whole();
      const as = packed ? 'stream' : 'table';
      if (packed) writer.pack([[number, label(2)]]);
      else writer.object(label(2), number);
      const twice = writer.end('/Root 1 0 R /Info 4 0 R', { as }).whole();
      const taken = writer.end('/Root 1 0 R', { as }).whole();
      expect(await information(once)).toEqual(
        expect.objectContaining({
          status: 'found',
          value: [expect.objectContaining({ text: '{"Label":"1"}' })],
        }),
      );
      expect(await information(once)).not.toHaveProperty('notes');
      expect(await information(twice)).toMatchObject({
        status: 'found',
        value: [{ id: 'AIGC', text: '{"Label":"2"}' }],
        notes: [{ id: 'note.pdfInformation.older', params: { count: 1 } }],
      });
      expect(await information(taken)).toMatchObject({
        status: 'absent',
        notes: [{ id: 'note.pdfInformation.older', params: { count: 2 } }],
      });
    }
  });

  it('that is encrypted, or is more than is read, is told', async () => {
    expect(await information(around('/AIGC (x)', '/Encrypt 5 0 R', '<< /Filter /Standard >>'))).toMatchObject(
      {
        status: 'failed',
        code: 'pdf.encrypted',
      },
    );
    const many = Array.from({ length: limits.privateChunks + 1 }, (_, at) => `/K${at} (v)`).join(' ');
    const read = await information(around(many));
    expect(read).toMatchObject({ status: 'failed', code: 'bound.texts' });
    expect('value' in read && read.value).toHaveLength(limits.privateChunks);
  });
});
