import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compoundFile } from '../../../fixtures/build/formats/compound-file.js';
import {
  blip,
  excel,
  nativeFile,
  powerPoint,
  propertyStreams,
  word,
} from '../../../fixtures/build/formats/office.js';
import {
  inBase85,
  inHex,
  packetOf,
  postScriptOf,
  windowsEps,
} from '../../../fixtures/build/formats/postscript.js';
import { Asset } from '../../../src/core/media/asset.js';
import { analyze } from '../../../src/core/pipeline/analyze.js';
import { documentPropertiesReader } from '../../../src/core/readers/carriers/document-properties.js';
import { partsReader } from '../../../src/core/readers/carriers/parts.js';
import { xmpReader } from '../../../src/core/readers/carriers/xmp.js';
import { parsePropertySets } from '../../../src/core/readers/containers/property-set.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { processorMillis, SOON_MILLIS } from '../../support/processor-time.js';

/** Word, Excel and PowerPoint before Office Open XML, PostScript, and bare XMP. */

const fixture = (file: string) => readFileSync(resolve(import.meta.dirname, '../../../fixtures', file));
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function reportOf(bytes: Buffer): Promise<StoredReport> {
  const asset = await Asset.fromBytes(bytes);
  return analyze(
    asset,
    { name: 'document', asOf: '2026-11-25', engine: 'auto' },
    { inFull: [], jurisdictions: [] },
  );
}

async function propertiesOf(bytes: Buffer): Promise<{ status: string; tags: string[] }> {
  const read = await documentPropertiesReader.read(await Asset.fromBytes(bytes), { engine: 'auto' });
  const value = 'value' in read ? (read.value ?? []) : [];
  return { status: read.status, tags: value.map(({ key, value: text }) => `${key}: ${text}`) };
}

const inside = ({ parts = [] }: StoredReport) =>
  parts.slice(1).map(({ kind, outcome, code }) => `${kind}: ${code ?? outcome?.origin}`);

const JPEG = fixture('labels/jpeg-iptc-trained.jpg');
const PNG = fixture('plain/plain.png');

describe('an old Office document', () => {
  it('gives its title, people, dates and program, and properties of its own', async () => {
    const { tags } = await propertiesOf(fixture('labels/doc-gb45438.doc'));
    expect(tags).toEqual(
      expect.arrayContaining([
        'Title: Hills under a sun',
        'Author: Ada Example',
        'LastAuthor: Bo Example',
        'Application: Microsoft Office Word',
        'CreateTime: 2003-05-03T10:20:30Z',
        'LastSavedTime: 2004-06-07T08:09:10Z',
        'Manager: Cy Example',
      ]),
    );
    expect(tags.some((tag) => tag.startsWith('AIGC: {"Label":"1"'))).toBe(true);
  });

  it('names nobody, and says when it was begun', async () => {
    const report = await reportOf(fixture('labels/doc-gb45438.doc'));
    expect(JSON.stringify(report)).not.toMatch(/Ada Example|Bo Example|Cy Example/);
    expect(report.summary.facts?.when).toMatchObject({ code: 'claimed', day: '2003-05-03' });
    expect(report.asset.claimedDates?.map(({ value }) => value)).toEqual([
      '2003-05-03T10:20:30Z',
      '2004-06-07T08:09:10Z',
    ]);
  });

  it.each([
    [
      'parts/doc-pictures.doc',
      [
        'embedded-picture: ai-generated',
        'embedded-picture: none',
        'embedded-picture: carrier.notRead',
        'attachment: ai-generated',
        'attachment: part.packing',
      ],
    ],
    ['parts/xls-picture.xls', ['embedded-picture: none', 'embedded-picture: ai-generated']],
    [
      'parts/ppt-picture.ppt',
      [
        'embedded-sound: none',
        'attachment: none',
        'embedded-picture: ai-generated',
        'embedded-picture: ai-generated',
      ],
    ],
  ])('%s holds what was put into it', async (file, wanted) => {
    const report = await reportOf(fixture(file));
    expect(inside(report)).toEqual(wanted);
  });

  it('gives pictures as they were placed, in pieces too', async () => {
    for (const bytes of [
      word({ pictures: [blip('jpeg', JPEG), blip('png', PNG, { digests: 2 })] }),
      excel({ pictures: [blip('jpeg', JPEG), blip('png', PNG, { digests: 2 })] }),
    ]) {
      const report = await reportOf(bytes);
      expect(report.parts?.slice(1).map(({ sha256 }) => sha256)).toEqual([digest(JPEG), digest(PNG)]);
    }
  });

  it('is told by its own class, though another program’s document stands in it', async () => {
    const file = compoundFile({ Workbook: Buffer.alloc(64), MBD01: { WordDocument: Buffer.alloc(64) } });
    // The class of Excel 97 in the first entry of the directory.
    const directory = (file.readUInt32LE(48) + 1) * 512;
    Buffer.from('2008020000000000c000000000000046', 'hex').copy(file, directory + 80);
    expect((await Asset.fromBytes(file)).mediaType.format).toBe('Excel (XLS)');
    expect((await Asset.fromBytes(compoundFile({ Book: Buffer.alloc(64) }))).mediaType.format).toBe(
      'Excel (XLS)',
    );
  });

  it.each([
    ['Word', word({ isEncrypted: true })],
    ['Excel', excel({ isEncrypted: true })],
    ['PowerPoint', powerPoint({ isEncrypted: true })],
  ])('of %s that is encrypted was not looked into', async (_name, bytes) => {
    const { reads, summary } = await reportOf(bytes);
    for (const carrier of ['documentProperties', 'parts'] as const)
      expect(reads[carrier]).toMatchObject({ status: 'failed', code: 'part.encrypted' });
    expect(summary.origin).toBe('unknown');
  });

  it('with a file in it calls that by its name, without its path', async () => {
    const bytes = word({ objects: { _1: { '\x01Ole10Native': nativeFile('made.png', PNG) } } });
    const { parts = [] } = await reportOf(bytes);
    expect(parts[1]).toMatchObject({ name: 'made.png', sha256: digest(PNG) });
  });
});

describe('a hostile compound file', () => {
  it.each(['hostile/doc-circles.doc', 'hostile/doc-properties-lie.doc'])('%s is told', async (file) => {
    const { reads, summary } = await reportOf(fixture(file));
    expect(reads.documentProperties.status).toMatch(/malformed|failed/);
    expect(reads.parts.status === 'malformed' || reads.parts.code === 'parts.notLookedInto').toBe(true);
    expect(summary.origin).toBe('unknown');
  });

  it.each([
    ['the length of the directory', 44],
    ['its first sector', 48],
    ['the first sector of short streams', 60],
    ['the first list of tables', 68],
    ['the first table', 76],
  ])('with any number as %s ends, and is never whole', async (_name, at) => {
    const whole = word({
      properties: { summary: { 2: 'Hills' } },
      pictures: [blip('jpeg', JPEG), blip('jpeg', JPEG)],
    });
    for (const value of [0, 1, 7, 0x7fffffff, 0xfffffff9, 0xfffffffe]) {
      const bytes = Buffer.from(whole);
      bytes.writeUInt32LE(value, at);
      const asset = await Asset.fromBytes(bytes);
      for (const reader of [documentPropertiesReader, partsReader]) {
        const read = await reader.read(asset, { engine: 'auto' });
        expect(['found', 'absent', 'malformed', 'failed', 'unsupported']).toContain(read.status);
      }
    }
  });

  it('costs no more than its bytes, however many entries name the same sectors', async () => {
    const streams = Object.fromEntries(
      Array.from({ length: 4_000 }, (_, at) => [
        `${at}`,
        { WordDocument: Buffer.alloc(0), Data: Buffer.alloc(0) },
      ]),
    );
    const bytes = compoundFile({
      ...streams,
      Data: Buffer.alloc(1_000_000, 0xf0),
      WordDocument: Buffer.alloc(64),
    });
    const asset = await Asset.fromBytes(bytes);
    expect(await processorMillis(() => partsReader.read(asset, { engine: 'auto' }))).toBeLessThan(
      SOON_MILLIS,
    );
  });
});

describe('a property set', () => {
  const stream = propertyStreams({ summary: { 2: 'Hills', 12: new Date('2003-05-03T10:20:30Z') } })[
    '\x05SummaryInformation'
  ] as Buffer;

  it('of any bytes is read without a throw, and within them', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(stream.length - 1),
        fc.nat(255),
        (noise, at, value) => {
          const changed = Buffer.from(stream);
          changed[at] = value;
          for (const bytes of [Buffer.from(noise), changed, changed.subarray(0, at)]) {
            const { items } = parsePropertySets(bytes);
            expect(items.length).toBeLessThanOrEqual(bytes.length);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('of thousands of properties that name one long text costs no more than that text', async () => {
    const long = propertyStreams({ summary: { 2: 'a'.repeat(3_000_000) } })[
      '\x05SummaryInformation'
    ] as Buffer;
    const count = 4_000;
    const index = Buffer.alloc(count * 8);
    for (let at = 0; at < count; at++) {
      index.writeUInt32LE(at + 2, at * 8);
      // This list is followed by the two entries and the code page of the original set, and then by the text.
      index.writeUInt32LE(8 + index.length + 16 + 8, at * 8 + 4);
    }
    const head = Buffer.from(long.subarray(0, 56));
    head.writeUInt32LE(count, 52);
    const bytes = Buffer.concat([head, index, long.subarray(56)]);
    let isCut = false;
    const millis = await processorMillis(() => {
      isCut = parsePropertySets(bytes).isCut;
    });
    expect(isCut).toBe(true);
    expect(millis).toBeLessThan(SOON_MILLIS / 10);
  });

  it('that breaks off is told as damaged', () => {
    expect(parsePropertySets(stream)).toMatchObject({ isDamaged: false });
    expect(parsePropertySets(stream.subarray(0, stream.length - 12))).toMatchObject({ isDamaged: true });
    expect(parsePropertySets(stream.subarray(0, 10))).toMatchObject({ items: [], isDamaged: true });
  });
});

describe('PostScript', () => {
  it('says of itself what stands in its comments, at its head and at its end', async () => {
    const { tags } = await propertiesOf(fixture('labels/eps-gb45438-comment.eps'));
    expect(tags).toEqual(
      expect.arrayContaining([
        'Creator: Assay fixtures',
        'For: Ada Example',
        'For: Example Works',
        'Title: Hills under a sun',
        'CreationDate: Sun May  3 10:20:30 2026',
      ]),
    );
    expect((await propertiesOf(fixture('labels/eps-xmp.eps'))).tags).toContain('Title: Hills');
    const report = await reportOf(fixture('labels/eps-gb45438-comment.eps'));
    expect(report.summary.facts?.when).toMatchObject({ code: 'claimed', day: '2026-05-03' });
    expect(JSON.stringify(report)).not.toContain('Ada Example');
  });

  it('goes on with a comment in the next line, whatever ends a line', async () => {
    for (const end of ['\n', '\r', '\r\n']) {
      const source = ['%!PS-Adobe-3.0', '%%Title: (Hills)', '%%+ (under a sun)', '%%EndComments', 'showpage'];
      expect((await propertiesOf(Buffer.from(source.join(end)))).tags).toEqual(['Title: Hills under a sun']);
    }
  });

  it('holds the pictures that are written into it, and nothing of theirs is said of it', async () => {
    const report = await reportOf(fixture('parts/ps-pictures.ps'));
    expect(inside(report)).toEqual(Array(3).fill('embedded-picture: ai-generated'));
    expect(new Set(report.parts?.slice(1).map(({ sha256 }) => sha256)).size).toBe(1);
    expect(report.reads.xmp.status).toBe('absent');
    expect(report.summary.origin).toBe('none');
  });

  it.each([1, 2, 3, 4, 5])('gives a picture back byte for byte, %d more of them', async (more) => {
    const picture = Buffer.concat([JPEG, Buffer.alloc(more)]);
    for (const written of [inHex(picture), inBase85(picture)]) {
      const { parts = [] } = await reportOf(postScriptOf({}, { body: written }));
      expect(parts[1]?.sha256).toBe(digest(picture));
    }
  });

  it('takes digits among others for no picture', async () => {
    const noise = `abcd\nxyzs4IA0!!!\nffd8ffe0 in a text\n`;
    expect((await reportOf(postScriptOf({}, { body: noise }))).parts).toBeUndefined();
  });

  it('has XMP as it stands in the program', async () => {
    const packet = '<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta><?xpacket end="w"?>';
    const whole = await xmpReader.read(await Asset.fromBytes(postScriptOf({}, { body: packetOf(packet) })), {
      engine: 'auto',
    });
    expect(whole.status).toBe('found');
    const cut = postScriptOf({}, { body: '<?xpacket begin=""?><x:xmpmeta' });
    expect(await xmpReader.read(await Asset.fromBytes(cut), { engine: 'auto' })).toMatchObject({
      status: 'malformed',
      code: 'metadata.truncated',
    });
  });

  it('for Windows has a preview, and a header that lies is told', async () => {
    const preview = await reportOf(fixture('parts/eps-windows-preview.eps'));
    expect(inside(preview)).toEqual(['embedded-picture: ai-generated']);
    for (const [at, value] of [
      [4, 0xfffffff0],
      [8, 0xfffffff0],
    ] as const) {
      const bytes = windowsEps(postScriptOf({}), Buffer.alloc(8));
      bytes.writeUInt32LE(value, at);
      expect((await reportOf(bytes)).reads.documentProperties.code).toBe('postscript.truncated');
    }
  });

  it('of packets that do not end, and marks without a picture, costs no more than its bytes', async () => {
    const marks = Buffer.concat([
      Buffer.alloc(2_000_000, '<?xpacket begin'),
      Buffer.alloc(1_000_000, Buffer.from('ffd8ff', 'hex')),
      Buffer.alloc(1_000_000, 's4IA'),
      Buffer.alloc(1_000_000, '%BeginPhotoshop'),
    ]);
    const bytes = postScriptOf({}, { body: marks });
    const millis = await processorMillis(() => reportOf(bytes));
    expect(millis).toBeLessThan(SOON_MILLIS);
  });
});

describe('XMP alone', () => {
  it('is read, and said to speak of another file', async () => {
    const report = await reportOf(fixture('labels/xmp-file-gb45438.xmp'));
    expect(report.summary.origin).toBe('ai-generated');
    expect(report.summary.coverage.state).toBe('complete');
    expect(report.summary.messages?.sentence.at(-1)).toEqual({ id: 'sentence.xmpFile' });
  });
});
