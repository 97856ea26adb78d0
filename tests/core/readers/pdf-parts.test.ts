import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { embed, PdfWriter, PICTURE, pdfWith } from '../../../fixtures/build/formats/pdf-writer.js';
import { xmpPacket } from '../../../fixtures/build/formats/xmp.js';
import { limits } from '../../../src/base/limits.js';
import { type AssetPart, UnreadablePartError } from '../../../src/core/evidence/evidence.js';
import { Asset } from '../../../src/core/media/asset.js';
import { observe } from '../../../src/core/pipeline/analyze.js';
import { partsReader } from '../../../src/core/readers/carriers/parts.js';
import { undoFilters } from '../../../src/core/readers/containers/pdf-chain.js';
import { searchPdfFiles } from '../../../src/core/readers/parts/pdf-bytes.js';
import type { Observation } from '../../../src/core/report/report.js';
import { processorMillis, SOON_MILLIS } from '../../support/processor-time.js';
import { opened } from './opened.js';

const FIXTURES = join(import.meta.dirname, '../../../fixtures');
const JPEG = readFileSync(join(FIXTURES, 'plain/plain.jpg'));
const SIGNED = readFileSync(join(FIXTURES, 'c2pa/jpeg-c2pa-intact.jpg'));
const JP2 = readFileSync(join(FIXTURES, 'formats/jp2-plain.jp2'));
const WAV = readFileSync(join(FIXTURES, 'plain/plain.wav'));
const STORE_PDF = readFileSync(join(FIXTURES, 'c2pa/pdf-c2pa-intact.pdf'));

const DCT = `${PICTURE} /Filter /DCTDecode`;
const raw = (bytes = 300) => Buffer.alloc(bytes, 0x5a);

/** Returns the bytes of a part, or the code that says why there are none. */
async function content(asset: Asset, part: AssetPart): Promise<Buffer | string> {
  if (part.unreadable) return part.unreadable.code;
  try {
    return part.unpack
      ? await part.unpack(limits.unpackedPartBytes)
      : await asset.read(part.offset, part.bytes);
  } catch (error) {
    if (error instanceof UnreadablePartError) return error.fault.code;
    throw error;
  }
}

interface Found {
  status: string;
  code?: string;
  notes: string[];
  parts: AssetPart[];
  contents: (Buffer | string)[];
}

const found = (bytes: Buffer): Promise<Found> =>
  opened('file.pdf', bytes, async (asset) => {
    const read = await partsReader.read(asset, { engine: 'wasm' });
    const parts = ('value' in read ? (read.value ?? []) : []).filter(({ kind }) => kind !== 'primary');
    return {
      status: read.status,
      ...('code' in read && read.code !== undefined ? { code: read.code } : {}),
      notes: (read.notes ?? []).map(({ id }) => id),
      parts,
      contents: await Promise.all(parts.map((part) => content(asset, part))),
    };
  });

const statusOf = (bytes: Buffer): Promise<string> =>
  opened('file.pdf', bytes, async (asset) => (await partsReader.read(asset, { engine: 'wasm' })).status);

async function expectOne(
  bytes: Buffer,
  expected: Buffer | string,
  kind: AssetPart['kind'] = 'embedded-picture',
) {
  const { parts, contents, status, code } = await found(bytes);
  expect({ status, code, kinds: parts.map((one) => one.kind) }).toEqual({
    status: 'found',
    code: undefined,
    kinds: [kind],
  });
  const [first] = contents;
  expect(typeof first === 'string' ? first : first?.equals(expected as Buffer)).toBe(
    typeof expected === 'string' ? expected : true,
  );
  return parts[0];
}

const withPicture = (entries: string, data: Buffer, options?: Parameters<typeof pdfWith>[1]) =>
  pdfWith((writer) => ({ pictures: [writer.stream(entries, data)] }), options).whole();

const ascii85 = (bytes: Buffer): Buffer => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const group = bytes.subarray(at, at + 4);
    let value = Buffer.concat([group, Buffer.alloc(4 - group.length)]).readUInt32BE();
    const digits = Array.from({ length: 5 }, () => {
      const digit = value % 85;
      value = Math.floor(value / 85);
      return String.fromCharCode(33 + digit);
    })
      .reverse()
      .join('');
    text += value === 0 && digits === '!!!!!' && group.length === 4 ? 'z' : digits.slice(0, group.length + 1);
    if (at % 64 === 0) text += '\n';
  }
  return Buffer.from(`${text}~>`);
};
const hex = (bytes: Buffer) => Buffer.from(`${bytes.toString('hex')}>`);

describe('pictures of a PDF', () => {
  it.each<[string, Buffer, Buffer]>([
    ['behind a table', withPicture(DCT, JPEG), JPEG],
    ['behind a stream of cross-references', withPicture(DCT, JPEG, { as: 'stream' }), JPEG],
    ['whose catalog and pages are packed', withPicture(DCT, JPEG, { packed: true }), JPEG],
    ['in the short form', withPicture('/Subtype /Image /Filter /DCT', JPEG), JPEG],
    [
      'whose filter is the only one of a list',
      withPicture('/Subtype /Image /Filter [/DCTDecode]', JPEG),
      JPEG,
    ],
    ['in JPEG 2000', withPicture(`${PICTURE} /Filter /JPXDecode`, JP2), JP2],
    ['with credentials of their own', withPicture(DCT, SIGNED), SIGNED],
    ['without a filter', withPicture(PICTURE, JPEG), JPEG],
    ['under an Identity filter', withPicture(`${PICTURE} /Filter [/Crypt /DCTDecode]`, JPEG), JPEG],
  ])('%s stand in the file as they are', async (_name, bytes, expected) => {
    const part = await expectOne(bytes, expected);
    expect(part).toMatchObject({ offset: bytes.indexOf(expected), bytes: expected.length });
    expect(part).not.toHaveProperty('unpack');
  });

  it('have their length in another object, packed or not', async () => {
    for (const packed of [false, true]) {
      const bytes = pdfWith(
        (writer) => {
          const length = writer.reserve();
          const picture = writer.stream(DCT, JPEG, { length: `${length} 0 R` });
          if (packed) writer.pack([[length, `${JPEG.length}`]]);
          else writer.object(`${JPEG.length}`, length);
          return { pictures: [picture] };
        },
        { as: packed ? 'stream' : 'table' },
      ).whole();
      expect(await expectOne(bytes, JPEG)).toMatchObject({ bytes: JPEG.length });
    }
  });

  it('have their filter in another object', async () => {
    const bytes = pdfWith((writer) => {
      const filter = writer.object('[/DCTDecode]');
      return { pictures: [writer.stream(`${PICTURE} /Filter ${filter} 0 R`, JPEG)] };
    }).whole();
    await expectOne(bytes, JPEG);
  });

  it.each<[string, string, Buffer]>([
    ['Flate', '[/FlateDecode /DCTDecode]', deflateSync(JPEG)],
    ['Flate in the short form', '[/Fl /DCT]', deflateSync(JPEG)],
    ['ASCII85', '[/ASCII85Decode /DCTDecode]', ascii85(JPEG)],
    ['hexadecimal digits', '[/ASCIIHexDecode /DCTDecode]', hex(JPEG)],
    ['ASCII85 and Flate', '[/A85 /Fl /DCT]', ascii85(deflateSync(JPEG))],
  ])('behind %s are unpacked', async (_name, filter, data) => {
    const part = await expectOne(withPicture(`${PICTURE} /Filter ${filter}`, data), JPEG);
    expect(part).toHaveProperty('unpack');
  });

  it.each<[string, string, Buffer, string]>([
    ['LZW', '[/LZWDecode /DCTDecode]', JPEG, 'part.packing'],
    ['a filter that nobody knows', '[/Own /DCTDecode]', JPEG, 'part.packing'],
    ['Flate that is none', '[/FlateDecode /DCTDecode]', JPEG, 'part.damaged'],
    ['ASCII85 that is none', '[/A85 /DCTDecode]', Buffer.from('{'), 'part.damaged'],
    [
      'a bomb',
      '[/FlateDecode /FlateDecode /DCTDecode]',
      deflateSync(deflateSync(Buffer.alloc(limits.unpackedPartBytes + 1))),
      'bound.unpackedPart',
    ],
  ])('behind %s are named with the reason', async (_name, filter, data, code) => {
    await expectOne(withPicture(`${PICTURE} /Filter ${filter}`, data), code);
  });

  it('that are bare samples, or faxes, are no files', async () => {
    const bytes = pdfWith((writer) => ({
      pictures: [
        writer.stream(`${PICTURE} /Filter /FlateDecode`, deflateSync(raw())),
        writer.stream(`${PICTURE} /Filter /CCITTFaxDecode`, raw()),
        writer.stream(`${PICTURE} /Filter /JBIG2Decode`, raw()),
        writer.stream(PICTURE, raw()),
      ],
    })).whole();
    expect(await found(bytes)).toMatchObject({ status: 'absent', notes: [], parts: [] });
  });

  it('shown on a thousand pages are one part, and a mask is told as such', async () => {
    const bytes = pdfWith((writer) => {
      const mask = writer.stream(DCT, JPEG);
      const picture = writer.stream(`${DCT} /SMask ${mask} 0 R`, SIGNED);
      return { pictures: Array.from({ length: 1_000 }, () => picture) };
    }).whole();
    const { parts } = await found(bytes);
    expect(parts.map(({ kind }) => kind)).toEqual(['auxiliary-image', 'embedded-picture']);
  });

  it('whose credentials stand beside them are not passed for read', async () => {
    const bytes = pdfWith((writer) => {
      const file = embed(writer, {
        name: 'a.c2pa',
        data: raw(),
        entries: '/AFRelationship /C2PA_Manifest',
      });
      return { pictures: [writer.stream(`${DCT} /AF [${file} 0 R]`, JPEG)] };
    }).whole();
    expect(await found(bytes)).toMatchObject({ code: 'pdf.attachedParts' });
  });
});

describe('a picture in a PDF that XMP stands beside', () => {
  const SAMPLES = `${PICTURE} /Filter /FlateDecode`;
  const FORM = '/Type /XObject /Subtype /Form /BBox [0 0 1 1]';
  const LABEL = Buffer.from(
    xmpPacket({
      prefixes: ['Iptc4xmpExt'],
      elements: {
        'Iptc4xmpExt:DigitalSourceType':
          'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
      },
    }),
  );
  const METADATA = '/Type /Metadata /Subtype /XML';

  const observed = (bytes: Buffer) =>
    opened('file.pdf', bytes, (asset) =>
      observe(asset, { asOf: '2026-11-29', engine: 'wasm', partReports: true }),
    );
  const outcomes = ({ report }: Observation) =>
    (report.parts ?? [])
      .slice(1)
      .map(({ kind, outcome }) => [
        kind,
        outcome?.format,
        outcome?.origin,
        outcome?.presence,
        outcome?.coverage,
      ]);

  it('says what that says, be it a file, samples or a drawing; the document says nothing of it', async () => {
    const bytes = pdfWith((writer) => {
      const packed = writer.stream(`${METADATA} /Filter /FlateDecode`, deflateSync(LABEL));
      const plain = writer.stream(METADATA, LABEL);
      return {
        pictures: [
          writer.stream(`${DCT} /Metadata ${packed} 0 R`, JPEG),
          writer.stream(DCT, JPEG),
          writer.stream(`${SAMPLES} /Metadata ${plain} 0 R`, deflateSync(raw())),
          writer.stream(`${FORM} /Metadata ${plain} 0 R`, Buffer.from('0 0 1 1 re f')),
          writer.stream(SAMPLES, deflateSync(raw())),
        ],
      };
    }).whole();
    const observation = await observed(bytes);
    expect(outcomes(observation)).toEqual([
      ['embedded-picture', 'JPEG', 'ai-generated', 'absent', 'complete'],
      ['embedded-picture', 'JPEG', 'none', 'absent', 'complete'],
      ['embedded-picture', 'PDF image', 'ai-generated', 'absent', 'complete'],
      ['embedded-picture', 'PDF drawing', 'ai-generated', 'absent', 'complete'],
    ]);
    const { summary, reads } = observation.report;
    expect([summary.origin, summary.coverage.state, reads.parts]).toEqual([
      'none',
      'complete',
      { status: 'found' },
    ]);
    const [first] = observation.parts as { observation: Observation }[];
    expect(first?.observation.report.signals[0]?.basis[0]?.locator).toMatch(
      /^Metadata of object \d+: Iptc4xmpExt:DigitalSourceType$/,
    );
  });

  it('is unknown where it cannot be read; one that is nowhere is none', async () => {
    const bytes = pdfWith((writer) => {
      const damaged = writer.stream(METADATA, Buffer.from('<x:xmpmeta <rdf:RDF'));
      const packed = writer.stream(`${METADATA} /Filter /FlateDecode`, Buffer.from('no deflate'));
      const array = writer.object('[1 2]');
      return {
        pictures: [
          ...[damaged, packed, array, 9_999].map((number) =>
            writer.stream(`${SAMPLES} /Metadata ${number} 0 R`, deflateSync(raw())),
          ),
        ],
      };
    }).whole();
    const observation = await observed(bytes);
    expect(outcomes(observation).map(([, , origin]) => origin)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'none',
    ]);
    expect(observation.report.summary.origin).toBe('unknown');
  });

  it('is closed by a key that its metadata need too', async () => {
    const bytes = pdfWith(
      (writer) => {
        const metadata = writer.stream(METADATA, LABEL);
        return { pictures: [writer.stream(`${SAMPLES} /Metadata ${metadata} 0 R`, deflateSync(raw()))] };
      },
      { trailer: '/Encrypt << /Filter /Standard /V 2 >>' },
    ).whole();
    const observation = await observed(bytes);
    expect(outcomes(observation)).toEqual([
      ['embedded-picture', 'PDF image', 'unknown', 'absent', 'partial'],
    ]);
  });
});

describe('files in a PDF', () => {
  it.each(['table', 'packed'] as const)('are attachments, with their names (%s)', async (how) => {
    const bytes = pdfWith(
      (writer) => {
        const spec = embed(writer, { name: 'C:\\\\press\\\\photo.jpg', data: SIGNED });
        const untyped = embed(writer, {
          name: 'sound.wav',
          data: deflateSync(WAV),
          filter: 'FlateDecode',
          type: '',
        });
        const inline = writer.stream('/Type /EmbeddedFile', JPEG);
        return {
          catalog: `/Names << /EmbeddedFiles << /Names [(a) ${spec} 0 R] >> >> /AF [${untyped} 0 R]`,
          page: `/Annots [<< /Type /Annot /Subtype /FileAttachment /FS << /Type /Filespec /F (pinned.jpg) /EF << /F ${inline} 0 R >> >> >>]`,
        };
      },
      { packed: how === 'packed' },
    ).whole();
    const { parts, contents, status } = await found(bytes);
    expect(status).toBe('found');
    expect(parts.map(({ kind, name, isListedIfKnown: ifKnown }) => ({ kind, name, ifKnown }))).toEqual([
      { kind: 'attachment', name: 'photo.jpg', ifKnown: true },
      { kind: 'attachment', name: 'sound.wav', ifKnown: true },
      { kind: 'attachment', name: 'pinned.jpg', ifKnown: true },
    ]);
    expect(contents.map((one, at) => (one as Buffer).equals([SIGNED, WAV, JPEG][at] as Buffer))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('are found by a packed specification alone', async () => {
    const bytes = pdfWith(
      (writer) => {
        const stream = writer.stream('', SIGNED);
        const spec = writer.reserve();
        writer.pack([[spec, `<< /Type /Filespec /F (é.jpg) /E#46 << /F ${stream} 0 R >> >>`]]);
        return { catalog: `/AF [${spec} 0 R]` };
      },
      { packed: true },
    ).whole();
    const { parts } = await found(bytes);
    expect(parts).toMatchObject([{ kind: 'attachment', offset: bytes.indexOf(SIGNED) }]);
  });

  it('of a film or a rendition are found where they are embedded, and named where they stand outside', async () => {
    const bytes = pdfWith((writer) => {
      const film = embed(writer, { name: 'film.mp4', data: raw() });
      const clip = (data: string) => `<< /S /MR /C << /S /MCD /CT (video/mp4) /D ${data} >> >>`;
      return {
        page: `/Annots [<< /Subtype /Screen /A << /S /Rendition /R ${clip(`${film} 0 R`)} >> >>
          << /Subtype /Screen /A << /S /Rendition /R ${clip('<< /FS /URL /F (https://example.org/a.mp4) >>')} >> >>
          << /Subtype /Movie /Movie << /F (b.mov) >> >>]`,
      };
    }).whole();
    expect(await found(bytes)).toMatchObject({ parts: [{ name: 'film.mp4' }], notes: ['note.outside'] });
  });

  it('are named where the bytes of a picture stand outside', async () => {
    const bytes = withPicture(`${DCT} /F (elsewhere.jpg)`, Buffer.alloc(0));
    expect(await found(bytes)).toMatchObject({ status: 'absent', notes: ['note.outside'] });
  });

  it('that are sounds have a head of their own', async () => {
    const bytes = pdfWith((writer) => {
      writer.stream('/Type /Sound /R 8000', raw());
      writer.stream('/Type /Sound /R 8000', WAV);
      return {};
    }).whole();
    await expectOne(bytes, WAV, 'embedded-sound');
  });

  it('are no manifest store, and what is merely called one is a file', async () => {
    expect(await found(STORE_PDF)).toMatchObject({ status: 'absent' });
    const called = pdfWith((writer) => ({
      catalog: `/AF [${embed(writer, { name: 'a.c2pa', data: JPEG, entries: '/AFRelationship /C2PA_Manifest' })} 0 R]`,
    })).whole();
    await expectOne(called, JPEG, 'attachment');
  });
});

describe('a PDF by another writer', () => {
  const written = async (options: PDFKit.PDFDocumentOptions): Promise<Buffer> => {
    const document = new PDFDocument(options);
    const pieces: Buffer[] = [];
    const ended = new Promise((resolve) => document.on('end', resolve));
    document.on('data', (piece: Buffer) => pieces.push(piece));
    document.text('A page').image(SIGNED, 50, 100);
    document.file(WAV, { name: 'a sound.wav' });
    document.end();
    await ended;
    return Buffer.concat(pieces);
  };

  it('gives its picture as it was put in, and what is attached', async () => {
    for (const compress of [true, false]) {
      const { parts, contents, status, code } = await found(await written({ compress }));
      expect({ status, code }).toEqual({ status: 'found', code: undefined });
      expect(
        parts.map(({ kind, name }) => ({ kind, name })).toSorted((a, b) => (a.kind < b.kind ? -1 : 1)),
      ).toEqual([
        { kind: 'attachment', name: 'a sound.wav' },
        { kind: 'embedded-picture', name: undefined },
      ]);
      const ofParts = [SIGNED, WAV];
      expect(contents.every((one) => ofParts.some((each) => each.equals(one as Buffer)))).toBe(true);
    }
  });

  it('that is encrypted names both as that', async () => {
    const { contents } = await found(
      await written({ userPassword: 'u', ownerPassword: 'o', pdfVersion: '1.7' }),
    );
    expect(contents).toEqual(['part.encrypted', 'part.encrypted']);
  });
});

describe('a PDF that was written to again', () => {
  it.each(['table', 'stream'] as const)('gives the pictures of its newest version (%s)', async (as) => {
    let picture = 0;
    const writer = pdfWith(
      (first) => {
        picture = first.stream(DCT, JPEG);
        return { pictures: [picture] };
      },
      { as },
    );
    writer.stream(DCT, SIGNED, { number: picture });
    const bytes = writer.end('/Root 1 0 R', { as }).whole();
    await expectOne(bytes, SIGNED);
    expect(await found(bytes)).toMatchObject({ notes: ['note.pdfOlder'] });
  });

  it('says that one which was taken out is still there', async () => {
    let picture = 0;
    const writer = pdfWith((first) => {
      picture = first.stream(DCT, JPEG);
      return { pictures: [picture] };
    });
    writer.free(picture);
    const bytes = writer.end('/Root 1 0 R').whole();
    expect(await found(bytes)).toMatchObject({ status: 'absent', notes: ['note.pdfOlder'] });
  });
});

describe('an encrypted PDF', () => {
  const encrypted = (handler: string, entries: string, packed = false) => {
    let number = 0;
    return pdfWith(
      (writer) => {
        number = writer.object(`<< /Filter /Standard ${handler} >>`);
        expect(number).toBe(4);
        embed(writer, { name: 'a.jpg', data: JPEG });
        return { pictures: [writer.stream(entries, JPEG)] };
      },
      { trailer: '/Encrypt 4 0 R', packed },
    ).whole();
  };

  it('names its pictures and files as encrypted, without a name', async () => {
    for (const handler of ['/V 1 /R 2', '/V 4 /StmF /StdCF /StrF /StdCF']) {
      const { parts, contents } = await found(encrypted(handler, DCT));
      expect(contents).toEqual(['part.encrypted', 'part.encrypted']);
      expect(parts.every(({ name }) => name === undefined)).toBe(true);
    }
  });

  it('whose objects are packed says that more may stand in it', async () => {
    const { status, code, contents } = await found(encrypted('/V 4 /StmF /StdCF /StrF /StdCF', DCT, true));
    expect({ status, code, contents }).toEqual({
      status: 'failed',
      code: 'pdf.encryptedParts',
      contents: ['part.encrypted', 'part.encrypted'],
    });
  });

  it('leaves in clear what its filters leave', async () => {
    const plain = await found(encrypted('/V 4 /StmF /Identity /StrF /Identity', DCT));
    expect(plain.contents.map((one) => (one as Buffer).equals(JPEG))).toEqual([true, true]);
    const one = await found(encrypted('/V 4 /StmF /StdCF', `${PICTURE} /Filter [/Crypt /DCTDecode]`));
    expect(one.contents.map((each) => (typeof each === 'string' ? each : each.equals(JPEG)))).toEqual([
      'part.encrypted',
      true,
    ]);
    const files = await found(encrypted('/V 4 /StmF /Identity /EFF /StdCF', DCT));
    expect(files.contents[0]).toBe('part.encrypted');
  });
});

describe('a PDF that lies', () => {
  it.each<[string, string | number]>([
    ['too long', JPEG.length + 5],
    ['too short', 3],
    ['of 4 GB', 4_294_967_296],
    ['negative', -5],
    ['that is none', '/None'],
    ['that names itself', '4 0 R'],
    ['that names a loop', '5 0 R'],
    ['that is not there', '99 0 R'],
  ])('about a length (%s) has its streams ended by their end', async (_name, length) => {
    const bytes = pdfWith((writer) => {
      const picture = writer.stream(DCT, JPEG, { length });
      writer.object('6 0 R');
      writer.object('5 0 R');
      return { pictures: [picture] };
    }).whole();
    expect(await expectOne(bytes, JPEG)).toMatchObject({ bytes: JPEG.length });
  });

  it('has a stream that never ends', async () => {
    const bytes = pdfWith((writer) => ({
      pictures: [writer.stream(DCT, JPEG, { length: 7, end: '' })],
    })).whole();
    expect(await found(bytes)).toMatchObject({
      status: 'malformed',
      code: 'pdf.stream',
      parts: [{ kind: 'embedded-picture', bytes: bytes.length - bytes.indexOf(JPEG) }],
    });
  });

  it('has streams that stand in one another: each is its own', async () => {
    const writer = new PdfWriter();
    const outer = writer.reserve();
    const inner = Buffer.concat([
      Buffer.from(`2 0 obj\n<< ${DCT} /Length ${SIGNED.length} >>\nstream\n`),
      SIGNED,
      Buffer.from('\nendstream\nendobj\n'),
    ]);
    const head = Buffer.from('\xff\xd8\xff', 'latin1');
    const at =
      writer.bytes +
      `1 0 obj\n<< ${DCT} /Length ${head.length + inner.length} >>\nstream\n`.length +
      head.length;
    writer.stream(DCT, Buffer.concat([head, inner]), { number: outer });
    writer.pretend(writer.reserve(), at);
    const bytes = writer.end('/Root 1 0 R').whole();
    const { parts } = await found(bytes);
    expect(parts.map(({ offset, bytes: length }) => [offset, length])).toEqual([
      [at - head.length, head.length + inner.length],
      [bytes.indexOf(SIGNED), SIGNED.length],
    ]);
  });

  it('says what is wrong with it beside what was found all the same', async () => {
    const whole = withPicture(DCT, JPEG).toString('latin1');
    for (const broken of [
      whole.replace(/startxref[\s\S]*/, ''),
      whole.replace(/startxref\n\d+/, 'startxref\n7'),
      whole.replace('%PDF-1.7\n', '%PDF-1.7\n% a line that moves all objects\n'),
      whole.slice(0, whole.indexOf('xref')),
    ]) {
      const { status, code, contents } = await found(Buffer.from(broken, 'latin1'));
      expect(status).toBe('malformed');
      expect(code).toMatch(/^pdf\./);
      expect(contents.map((one) => (one as Buffer).equals(JPEG))).toEqual([true]);
    }
  });

  it('is searched by its bytes where nothing else leads on', async () => {
    // A search for objects stops here, so the content of this one is unknown.
    const packed =
      '5 0 obj << /Type /ObjStm /N 1 /First 3 /Filter /FlateDecode /Length 3 >>\nstream\nabc\nendstream';
    const attached = '9 0 obj << /Type /EmbeddedFile /Filter /FlateDecode /Length 3 >> stream\n';
    const bytes = Buffer.concat([
      Buffer.from('%PDF-1.7\nno object\nstream\n'),
      JPEG,
      Buffer.from(`\nendstream\n${packed}\n${attached}`),
      deflateSync(WAV),
      Buffer.from('\nendstream'),
    ]);
    const { contents, status } = await found(bytes);
    expect(status).toBe('malformed');
    expect(contents).toHaveLength(2);
    expect((contents[0] as Buffer).equals(JPEG)).toBe(true);
    expect((contents[1] as Buffer).equals(WAV)).toBe(true);
  });
});

describe('a PDF past a bound', () => {
  const small = Buffer.from('ffd8ffd9', 'hex');
  const of = (count: number) =>
    pdfWith((writer) => ({
      pictures: Array.from({ length: count }, () => writer.stream(DCT, small)),
    })).whole();

  it('of 10,000 pictures names as many as it may', async () => {
    const spent = await processorMillis(async () => {
      const { status, code, parts } = await found(of(10_000));
      expect({ status, code }).toEqual({ status: 'failed', code: 'bound.parts' });
      expect(parts).toHaveLength(limits.parts);
    });
    expect(spent).toBeLessThan(SOON_MILLIS);
  });

  it('of 10,000 streams that end nowhere comes to an end', async () => {
    const bytes = pdfWith((writer) => ({
      pictures: Array.from({ length: 10_000 }, () => writer.stream(DCT, small, { length: 1, end: '' })),
    })).whole();
    const spent = await processorMillis(async () =>
      expect(await statusOf(Buffer.concat([bytes, Buffer.alloc(4 * 1024 ** 2)]))).toBe('malformed'),
    );
    expect(spent).toBeLessThan(SOON_MILLIS);
  });

  it('found by its bytes alone, does not take differences between rows for a file', async () => {
    const of = (parameters: string) =>
      Buffer.concat([
        Buffer.from(`%PDF-1.7\n1 0 obj <</Type /EmbeddedFile /Filter /FlateDecode ${parameters}>>\nstream\n`),
        deflateSync(JPEG),
        Buffer.from('\nendstream'),
      ]);
    const closed = async (parameters: string) =>
      (await searchPdfFiles(await Asset.fromBytes(of(parameters)))).parts.map((one) => one.unreadable?.code);
    expect(await closed('/DecodeParms <</Predictor 12 /Columns 9>>')).toEqual(['part.packing']);
    expect(await closed('/DecodeParms <</Predictor 1>>')).toEqual([undefined]);
  });

  it('of 10,000 manifest stores that end nowhere comes to an end, by its bytes alone', async () => {
    const store = '1 0 obj <</Type /EmbeddedFile /Subtype /c2pa>>\nstream\n'.repeat(10_000);
    const bytes = Buffer.concat([Buffer.from(`%PDF-1.7\n${store}`), Buffer.alloc(16 * 1024 ** 2)]);
    const spent = await processorMillis(async () =>
      expect((await searchPdfFiles(await Asset.fromBytes(bytes))).parts).toEqual([]),
    );
    expect(spent).toBeLessThan(SOON_MILLIS);
  });

  it('of more objects than are looked through says so', async () => {
    const rows = '0000000000 00000 n \n'.repeat(limits.pdfListedObjects + 1);
    const table = `xref\n0 ${limits.pdfListedObjects + 1}\n${rows}trailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n`;
    const { status, code } = await found(Buffer.from(`%PDF-1.7\n${table}`));
    expect({ status, code }).toEqual({ status: 'failed', code: 'bound.entries' });
  });

  it('of more bytes of objects than are looked through keeps what it found before', async () => {
    const long = `<< /A [${'(x) '.repeat(60_000)}] >>`;
    const bytes = pdfWith((writer) => {
      const pictures = [writer.stream(DCT, JPEG)];
      for (let read = 0; read <= limits.pdfListedBytes; read += long.length) writer.object(long);
      return { pictures };
    }).whole();
    const spent = await processorMillis(async () =>
      expect(await found(bytes)).toMatchObject({ status: 'failed', code: 'bound.bytes', parts: [{}] }),
    );
    expect(spent).toBeLessThan(SOON_MILLIS);
  });

  it('of object streams that are bombs, or say too much, comes to an end', async () => {
    const bomb = deflateSync(Buffer.alloc(2 * limits.pdfUnpackedBytes, ' '));
    for (const [count, lies, code] of [
      [400, { data: bomb }, 'bound.bytes'],
      [1, { count: 4_000_000_000 }, 'bound.entries'],
    ] as const) {
      const bytes = pdfWith(
        (writer) => {
          for (let at = 0; at < count; at += 1) writer.pack([[writer.reserve(), '<< /EF << >> >>']], lies);
          return { pictures: [writer.stream(DCT, JPEG)] };
        },
        { as: 'stream' },
      ).whole();
      const spent = await processorMillis(async () =>
        expect(await found(bytes)).toMatchObject({ status: 'failed', code, parts: [{}] }),
      );
      expect(spent).toBeLessThan(SOON_MILLIS);
    }
  });

  it('of a run for every two bytes does not take an object for each', async () => {
    const runs = deflateSync(Buffer.alloc(10_000_000));
    const millis = await processorMillis(() => {
      const content = undoFilters(runs, ['FlateDecode', 'RunLengthDecode'], limits.unpackedPartBytes);
      expect(Buffer.isBuffer(content) && content.equals(Buffer.alloc(5_000_000))).toBe(true);
    });
    expect(millis).toBeLessThan(900);
    expect(undoFilters(Buffer.from([2, 1, 2, 3, 254, 9, 5, 7]), ['RL'], 100)).toEqual(
      Buffer.from([1, 2, 3, 9, 9, 9, 7]),
    );
    expect(undoFilters(runs, ['Fl', 'RL'], 4_999_999)).toBe('larger');
  });

  it('of a table that states four billion rows ends where they do', async () => {
    const text = withPicture(DCT, JPEG)
      .toString('latin1')
      .replace(/4 1\n(\d{10})/, '4 4294967295\n$1');
    expect((await found(Buffer.from(text, 'latin1'))).contents).toHaveLength(1);
  });
});
