import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import type { Carriers, ExifField } from '../../../src/core/evidence/evidence.js';
import { Asset } from '../../../src/core/media/asset.js';
import type { Carrier, Read } from '../../../src/core/media/carrier.js';
import { decodeExifText } from '../../../src/core/readers/exif/exif-text.js';
import { READERS } from '../../../src/core/readers/index.js';
import { containersRead } from './containers-read.js';

/** Positions of a label or a trace in pictures, each from bytes: found there, and reported where not read. */

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const LABEL = '"Label":"1"';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-carriers-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function readFrom<C extends Carrier>(carrier: C, path: string): Promise<Read<Carriers[C]>> {
  const asset = await Asset.open(path);
  try {
    const reader = READERS[carrier];
    expect(containersRead(carrier)).toContain(asset.mediaType.container);
    return await reader.read(asset, { engine: 'wasm' });
  } finally {
    await asset.close();
  }
}

const read = <C extends Carrier>(carrier: C, name: string) => readFrom(carrier, join(FIXTURES, name));

function readBytes<C extends Carrier>(carrier: C, name: string, bytes: Buffer): Promise<Read<Carriers[C]>> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return readFrom(carrier, path);
}

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const box = (type: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
};
const fixture = (name: string) => readFileSync(join(FIXTURES, name));

describe('XMP is found where each container keeps it', () => {
  it.each([
    ['labels/gif-gb45438.gif', 'application extension XMP DataXMP'],
    ['labels/jxl-gb45438-xmp.jxl', 'box xml'],
    ['labels/jxl-gb45438-xmp-brob.jxl', 'box xml, compressed in brob'],
    ['labels/heic-gb45438-xmp.heic', 'item mime application/rdf+xml'],
    ['labels/avif-gb45438.avif', 'item mime application/rdf+xml'],
    ['labels/tiff-gb45438.tiff', 'IFD0 tag 700'],
    ['labels/svg-gb45438-xmp.svg', 'svg metadata'],
    ['labels/mp4-gb45438-xmp-uuid.mp4', 'box uuid'],
    ['labels/mov-gb45438-xmp-udta.mov', 'box moov.udta.XMP_'],
    ['labels/avi-gb45438-xmp.avi', '_PMX chunk'],
    ['labels/wav-gb45438-xmp.wav', '_PMX chunk'],
    ['labels/cr3-gb45438-xmp.cr3', 'box uuid'],
    ['labels/raf-gb45438-xmp.raf', 'preview APP1 XMP'],
    ['labels/png-gb45438-raw-profile-xmp.png', 'zTXt Raw profile type xmp (hexadecimal)'],
  ])('%s', async (name, place) => {
    const found = await read('xmp', name);
    if (found.status !== 'found') throw new Error(JSON.stringify(found));
    const [packet] = found.value;
    expect(packet?.locator).toBe(place);
    expect(packet?.properties.find((p) => p.path === 'TC260:AIGC')?.value).toContain(LABEL);
    expect(packet?.offset).toBeGreaterThan(0);
    if (!/brob|Raw profile/.test(place))
      expect(fixture(name).toString('latin1', packet?.offset).trimStart()).toMatch(/^(\u00ef\u00bb\u00bf)?</);
  });
});

describe('EXIF entries tell where they stand', () => {
  it.each([
    ['labels/jpeg-gb45438-exif-usercomment.jpg', 'Exif', 0x9286],
    ['labels/jpeg-gb45438-exif-usercomment-ifd0.jpg', 'IFD0', 0x9286],
    ['labels/jxl-gb45438-exif.jxl', 'Exif', 0x9286],
    ['labels/heic-gb45438-exif.heic', 'Exif', 0x9286],
    ['labels/raf-gb45438-xmp.raf', 'Exif', 0x9286],
  ])('%s', async (name, block, tag) => {
    const found = await read('exif', name);
    if (found.status !== 'found') throw new Error(JSON.stringify(found));
    const field = found.value.find((f) => f.name === 'UserComment');
    expect(field).toMatchObject({ block, value: expect.stringContaining(LABEL) });
    const at = field?.offset ?? 0;
    expect([fixture(name).readUInt16LE(at), fixture(name).readUInt16BE(at)]).toContain(tag);
  });

  it('keeps the directories of a CR3 apart', async () => {
    const found = await read('exif', 'labels/cr3-gb45438-xmp.cr3');
    if (found.status !== 'found') throw new Error(JSON.stringify(found));
    expect(found.value.map((f) => `${f.block} ${f.name}`)).toEqual([
      'Exif MakerNote',
      'IFD0 Make',
      'IFD0 Model',
      'Exif FNumber',
      'GPS GPSVersionID',
    ]);
  });

  it('keeps tags that no dictionary knows', async () => {
    const found = await read('exif', 'labels/webp-exif-descending-tags.webp');
    if (found.status !== 'found') throw new Error(JSON.stringify(found));
    expect(found.value.map((f) => f.name)).toEqual([
      'DocumentName',
      'ImageDescription',
      'Make',
      'Model',
      '0xfe01',
    ]);
  });
});

describe('comments, private chunks and Samsung’s records', () => {
  it('tells UTF-8 from Latin-1', async () => {
    expect(await read('comment', 'labels/jpeg-comment.jpg')).toMatchObject({
      status: 'found',
      value: [{ text: 'Created with GIMP, 日本語' }, { text: 'Café' }],
    });
  });

  it.each([
    ['labels/jpeg-gb45438-app-segment.jpg', 'APP3'],
    ['labels/jpeg-gb45438-after-jfif.jpg', 'APP0'],
  ])('starts the text of %s at what can be seen', async (name, id) => {
    expect(await read('privateChunk', name)).toMatchObject({
      status: 'found',
      value: [{ id, text: expect.stringMatching(/^AIGC\{"Label":"1"/) }],
    });
  });

  it('names a chunk by its key too', async () => {
    expect(await read('privateChunk', 'labels/png-private-comf.png')).toMatchObject({
      value: [{ id: 'comf:prompt', text: expect.stringMatching(/^\{"3":\{"class_type"/) }],
    });
  });

  it.each(['parts/jpeg-seft.jpg', 'parts/png-seft.png', 'parts/heic-sefd.heic', 'parts/mp4-sefd.mp4'])(
    'reads the records of %s',
    async (name) => {
      const found = await read('seft', name);
      if (found.status !== 'found') throw new Error(JSON.stringify(found));
      expect(found.value.map((r) => [r.type, r.name])).toEqual([
        [0x0a01, 'Image_UTC_Data'],
        [0x0ba1, 'PhotoEditor_Re_Edit_Data'],
      ]);
      const [, edit] = found.value;
      expect(fixture(name).toString('utf8', edit?.offset, (edit?.offset ?? 0) + (edit?.bytes ?? 0))).toBe(
        edit?.text,
      );
    },
  );

  it('reads how a JPEG is coded', async () => {
    expect(await read('jpegCoding', 'labels/jpeg-progressive.jpg')).toMatchObject({
      value: { progressive: true, width: 160, height: 120, subsampling: '4:4:4' },
    });
  });

  it('says that further pictures were not read', async () => {
    expect(await read('xmp', 'parts/jpeg-mpf.jpg')).toMatchObject({
      notes: [{ id: 'note.firstPictureOnly' }],
    });
  });
});

const TIFF_HEAD = Buffer.from('II*\0\x08\0\0\0', 'latin1');
const entry = (tag: number, type: number, count: number, value: number) => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16LE(tag, 0);
  bytes.writeUInt16LE(type, 2);
  bytes.writeUInt32LE(count, 4);
  bytes.writeUInt32LE(value, 8);
  return bytes;
};
const tiff = (entries: Buffer[], next = 0) => {
  const count = Buffer.alloc(2);
  count.writeUInt16LE(entries.length);
  const after = Buffer.alloc(4);
  after.writeUInt32LE(next);
  return Buffer.concat([TIFF_HEAD, count, ...entries, after]);
};
const PNG_END = fixture('plain/plain.png').subarray(-12);
const JXL_HEAD = fixture('plain/plain.jxl');
const segment = (marker: number, body: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};
const jpegWith = (...segments: Buffer[]) =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, fixture('plain/plain.jpg').subarray(2)]);
const exifJpeg = (block: Buffer) => jpegWith(segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), block])));

describe('a BigTIFF as a library writes it', () => {
  it('is read as other TIFFs are: its fields, and XMP', async () => {
    const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } }).withXmp(
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="image/tiff"/></rdf:RDF></x:xmpmeta>`,
    );
    const bytes = await picture.tiff({ bigtiff: true }).toBuffer();
    expect(bytes.readUInt16LE(2)).toBe(43);
    const { value: fields = [] } = (await readBytes('exif', 'library.tif', bytes)) as Read<ExifField[]> & {
      value?: ExifField[];
    };
    const field = (name: string) => fields.find((one) => one.name === name)?.value;
    expect([field('ImageWidth'), field('BitsPerSample'), field('XResolution')]).toEqual([
      8,
      [8, 8, 8],
      expect.closeTo(25.4, 3),
    ]);
    expect(await readBytes('xmp', 'library.tif', bytes)).toMatchObject({
      status: 'found',
      value: [{ locator: 'IFD0 tag 700', properties: [{ name: 'format', value: 'image/tiff' }] }],
    });
  });
});

describe('hostile bytes are told, with what was read up to them', () => {
  it('EXIF directories in a loop', async () => {
    const looped = tiff([entry(0x8769, 4, 1, 8)]);
    expect(await readBytes('exif', 'loop.jpg', exifJpeg(looped))).toMatchObject({
      status: 'malformed',
      code: 'exif.loop',
    });
  });

  it('an EXIF value past its block costs that value alone', async () => {
    const block = tiff([entry(0x10f, 2, 4, 0x00435241), entry(0x110, 2, 0x7fffffff, 64)]);
    expect(await readBytes('exif', 'value.jpg', exifJpeg(block))).toMatchObject({
      status: 'malformed',
      code: 'exif.value',
      value: [{ name: 'Make', value: 'ARC' }],
    });
  });

  it('thousands of tags that point to the same bytes', async () => {
    const size = 1024 ** 2;
    const entries = Array.from({ length: 1000 }, () => entry(700, 1, size, 20_000));
    const bytes = Buffer.concat([tiff(entries), Buffer.alloc(size + 20_000, 0x20)]);
    expect(await readBytes('xmp', 'many.tif', bytes)).toMatchObject({ status: 'failed' });
  });

  const bigTiff = (width: number, first: bigint, ...directory: (bigint | Buffer)[]) => {
    const head = Buffer.from('II\x2b\0\0\0\0\0', 'latin1');
    head.writeUInt16LE(width, 4);
    return Buffer.concat([
      head,
      ...[first, ...directory].map((part) => (Buffer.isBuffer(part) ? part : u64(part))),
    ]);
  };
  const u64 = (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(value);
    return bytes;
  };
  const bigEntry = (tag: number, type: number, count: bigint, value: bigint) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(tag, 0);
    head.writeUInt16LE(type, 2);
    return Buffer.concat([head, u64(count), u64(value)]);
  };
  const FAR = 2n ** 64n - 1n;

  it.each([
    ['names other offsets', bigTiff(4, 16n), 'tiff.big'],
    ['ends in its header', bigTiff(8, 16n).subarray(0, 12), 'tiff.truncated'],
    ['points past its end', bigTiff(8, FAR), 'tiff.firstIfd'],
    ['counts entries without end', bigTiff(8, 16n, FAR), 'bound.tags'],
    ['ends in an entry', bigTiff(8, 16n, 1n, Buffer.alloc(19)), 'tiff.truncated'],
    ['has a value past its end', bigTiff(8, 16n, 1n, bigEntry(0x10f, 2, 20n, FAR), 0n), 'exif.value'],
    ['has a value without end', bigTiff(8, 16n, 1n, bigEntry(0x10f, 2, FAR, 16n), 0n), 'exif.value'],
    ['points to itself', bigTiff(8, 16n, 1n, bigEntry(0x8769, 18, 1n, 16n), 0n), 'exif.loop'],
    ['leads back', bigTiff(8, 16n, 1n, bigEntry(0x100, 3, 1n, 1n), 16n), 'tiff.loop'],
  ])('a BigTIFF that %s', async (_what, bytes, code) => {
    const path = join(folder, 'big.tif');
    writeFileSync(path, bytes);
    const asset = await Asset.open(path);
    expect(await READERS.exif.read(asset, { engine: 'wasm' })).toMatchObject({ code });
    await asset.close();
  });

  it('Brotli that grows without end', async () => {
    const bomb = brotliCompressSync(Buffer.alloc(limits.xmpPacketBytes + 1, 0x20));
    const bytes = Buffer.concat([JXL_HEAD, box('brob', Buffer.from('xml '), bomb)]);
    expect(await readBytes('xmp', 'bomb.jxl', bytes)).toMatchObject({
      status: 'failed',
      code: 'bound.bytes',
    });
  });

  it('Brotli that is none', async () => {
    const bytes = Buffer.concat([JXL_HEAD, box('brob', Buffer.from('xml nothing of that kind'))]);
    expect(await readBytes('xmp', 'none.jxl', bytes)).toMatchObject({
      status: 'malformed',
      code: 'heif.deflate',
    });
  });

  it('a GIF comment without an end', async () => {
    const gif = Buffer.concat([
      fixture('plain/plain.gif').subarray(0, -1),
      Buffer.from([0x21, 0xfe, 0x05, 0x61]),
    ]);
    expect(await readBytes('comment', 'endless.gif', gif)).toMatchObject({
      status: 'malformed',
      code: 'gif.truncated',
    });
  });

  it('HEIF items that say they are anywhere', async () => {
    const heic = fixture('labels/heic-gb45438-xmp.heic');
    const at = heic.indexOf('iloc') + 4;
    for (const [name, offset, value] of [
      ['count', at + 6, 0xff],
      ['sizes', at + 4, 0x77],
      ['locator', at + 12 + 14 + 6, 0xff],
    ] as const) {
      const bytes = Buffer.from(heic);
      bytes[offset] = value;
      expect((await readBytes('xmp', `${name}.heic`, bytes)).status, name).toMatch(/malformed|failed|found/);
    }
    const built = Buffer.from(heic);
    built[at] = 1;
    expect(await readBytes('xmp', 'version.heic', built)).not.toMatchObject({ status: 'absent' });
  });

  it('a Samsung trailer that counts past its start', async () => {
    const bytes = Buffer.from(fixture('parts/jpeg-seft.jpg'));
    const head = bytes.indexOf('SEFH');
    bytes.writeUInt32LE(0xffffffff, head + 8);
    expect(await readBytes('seft', 'count.jpg', bytes)).toMatchObject({
      status: 'failed',
      code: 'bound.texts',
    });
    const record = Buffer.from(fixture('parts/jpeg-seft.jpg'));
    record.writeUInt32LE(0xffffffff, head + 12 + 12 + 4);
    expect(await readBytes('seft', 'record.jpg', record)).toMatchObject({
      status: 'malformed',
      code: 'seft.record',
      value: [{ name: 'Image_UTC_Data' }],
    });
  });

  it('a raw profile that is shorter than it says', async () => {
    const text = Buffer.from('Raw profile type xmp\0\nxmp\n  99999\n3c78\n', 'latin1');
    const bytes = Buffer.concat([
      fixture('plain/plain.png').subarray(0, -12),
      u32(text.length),
      Buffer.from('tEXt'),
      text,
      u32(0),
      PNG_END,
    ]);
    expect(await readBytes('xmp', 'raw.png', bytes)).toMatchObject({
      status: 'malformed',
      code: 'png.rawProfile',
    });
  });

  it('a RAF whose preview is elsewhere', async () => {
    const bytes = Buffer.from(fixture('labels/raf-gb45438-xmp.raf'));
    bytes.writeUInt32BE(0xfffffff0, 84);
    expect(await readBytes('xmp', 'a.raf', bytes)).toMatchObject({
      status: 'malformed',
      code: 'raf.preview',
    });
  });

  it('more private segments than the bound', async () => {
    const bytes = jpegWith(
      ...Array.from({ length: limits.privateChunks + 1 }, () => segment(0xe5, Buffer.from('text'))),
    );
    expect(await readBytes('privateChunk', 'many.jpg', bytes)).toMatchObject({
      status: 'failed',
      code: 'bound.texts',
    });
  });

  it('a private chunk of binary data costs a look at its start, and text in one is read on', async () => {
    const chunk = (data: Buffer) =>
      Buffer.concat([
        fixture('plain/plain.png').subarray(0, -12),
        u32(data.length),
        Buffer.from('fiXt'),
        data,
        u32(0),
        PNG_END,
      ]);
    const binary = Buffer.alloc(8 * 1024 ** 2);
    expect(await readBytes('privateChunk', 'binary.png', chunk(binary))).toMatchObject({
      status: 'found',
      value: [{ id: 'fiXt', bytes: binary.length }],
    });
    const json = Buffer.from(`prompt\0{"a":"${'x'.repeat(200_000)}"}`);
    const found = await readBytes('privateChunk', 'text.png', chunk(json));
    if (found.status !== 'found') throw new Error(JSON.stringify(found));
    expect(found.value[0]).toMatchObject({ id: 'fiXt:prompt', text: json.toString().slice(7) });
  });

  it('an SVG that refers to an entity within its packet', async () => {
    const svg = fixture('labels/svg-gb45438-xmp.svg').toString();
    const bytes = svg.replace('"svg11.dtd">', '"svg11.dtd" [<!ENTITY a "expanded">]>').replace('"1"', '&a;');
    const found = await readBytes('xmp', 'entity.svg', Buffer.from(bytes));
    expect(JSON.stringify(found)).not.toContain('expanded');
    expect(found.status).not.toBe('absent');
  });
});

describe('the character code of UserComment', () => {
  const code = (name: string, text: Buffer) =>
    Buffer.concat([Buffer.from(name.padEnd(8, '\0'), 'latin1'), text]);
  const big = (text: string) => Buffer.from(text, 'utf16le').swap16();
  it.each([
    ['UNICODE, big-endian by its zero bytes', code('UNICODE', big('Steps: 20')), true, 'Steps: 20'],
    [
      'UNICODE, little-endian by its zero bytes',
      code('UNICODE', Buffer.from('Steps: 20', 'utf16le')),
      false,
      'Steps: 20',
    ],
    ['UNICODE without zero bytes, in the block’s order', code('UNICODE', big('日本語')), false, '日本語'],
    [
      'UNICODE without zero bytes, in the block’s other order',
      code('UNICODE', Buffer.from('日本語', 'utf16le')),
      true,
      '日本語',
    ],
    ['JIS', code('JIS', Buffer.from('\x1b$BF|K\\\x1b(B', 'latin1')), true, '日本'],
    ['none, and UTF-8', code('', Buffer.from('日本語')), true, '日本語'],
    ['left out', Buffer.from('{"AIGC":{}}'), true, '{"AIGC":{}}'],
  ])('%s', (_name, bytes, little, text) => {
    expect(decodeExifText(bytes, little)).toBe(text);
  });
});
