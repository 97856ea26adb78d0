import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import sharp from 'sharp';
import {
  afterIdat,
  app,
  beforeIdat,
  beforeTrailer,
  box,
  chunk,
  comment,
  exifSegment,
  exrAttribute,
  exrOf,
  fullBox,
  hide,
  iTXt,
  riffChunk,
  seftOf,
  tEXt,
  thumbnailExif,
  tiffOf,
  u16,
  u32,
  withChunks,
  withSegments,
  xmpChunk,
  xmpSegment,
  zTXt,
} from '../../fixtures/build/bound-makers.js';
import { postScriptOf } from '../../fixtures/build/formats/postscript.js';
import { limits } from '../../src/base/limits.js';
import { label, type Past, repeated, times, u32le, xmpOf } from './past.js';

const plain = (name: string) => readFileSync(new URL(`../../fixtures/plain/${name}`, import.meta.url));
const png = () => plain('plain.png');
const jpeg = () => plain('plain.jpg');
const webp = () => plain('plain.webp');

const iim = (datasets: Buffer) => {
  const head = Buffer.from('Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x00', 'latin1');
  head.writeUInt32BE(datasets.length, head.length - 4);
  return Buffer.concat([head, datasets, Buffer.alloc(datasets.length % 2)]);
};
/** Photoshop's resources continue over several APP13 segments. */
const inSegments = (bytes: Buffer) =>
  times(Math.ceil(bytes.length / 60_000), (at) => {
    const part = bytes.subarray(at * 60_000, (at + 1) * 60_000);
    return app(13, at === 0 ? part : Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), part]));
  });

/** Nests boxes deep enough for a label after a plain one. */
const nested = (tag: string, depth: number, inner: string) =>
  `${`<${tag}>`.repeat(depth)}${inner}${`</${tag}>`.repeat(depth)}`;

const svg = (inner: string | Buffer) =>
  Buffer.concat([
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">'),
    Buffer.from(inner),
    Buffer.from('</svg>'),
  ]);

const rgb = { width: 64, height: 64, channels: 3 as const };

/** HEIF boxes with metadata items; they can be read without a picture. */
const heif = (...inMeta: Buffer[]) =>
  Buffer.concat([box('ftyp', Buffer.from('heic\0\0\0\0heicmif1')), fullBox('meta', 0, ...inMeta)]);
const noPlaces = fullBox('iloc', 0, Buffer.from([0x44, 0, 0, 0]));
const itemInfo = (name: string, type = 'Exif') =>
  fullBox('infe', 2, u16(1), u16(0), Buffer.from(`${type}${name}\0application/rdf+xml\0`));
const codedInfo = (id: number, type: string) => fullBox('infe', 2, u16(id), u16(0), Buffer.from(`${type}\0`));
const itemInfos = (...infos: Buffer[]) => fullBox('iinf', 0, u16(infos.length & 0xffff), ...infos);

const naiComment = (more: string) =>
  JSON.stringify({ prompt: 'a', signed_hash: randomBytes(64).toString('base64'), more });

/** An AI tool that is named repeatedly: each mention is a signal. */
const toolNamed = (name: string, count: number) =>
  xmpOf(
    `<a:AISystemUsed xmlns:a="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">${name}</a:AISystemUsed>`.repeat(
      count,
    ),
  );

export const PAST_PICTURES: readonly Past[] = [
  {
    bound: 'reportItems',
    name: 'told-many.png',
    make: () => beforeIdat(png(), xmpChunk(toolNamed('x', limits.reportItems + 1))),
    carrier: 'xmp',
    code: 'bound.report',
    origin: 'ai-generated',
  },
  {
    bound: 'reportBytes',
    name: 'told-long.png',
    make: () => beforeIdat(png(), xmpChunk(toolNamed('&quot;'.repeat(400), 1_280))),
    carrier: 'xmp',
    code: 'bound.report',
    origin: 'ai-generated',
  },
  {
    bound: 'xmpProperties',
    name: 'a.png',
    make: () =>
      beforeIdat(
        png(),
        xmpChunk(xmpOf(`${'<dc:a/>'.repeat(limits.xmpProperties + 58)}<TC260:AIGC>${label()}</TC260:AIGC>`)),
      ),
    carrier: 'xmp',
    code: 'bound.entries',
  },
  {
    bound: 'xmpPackets',
    name: 'a.png',
    make: () => beforeIdat(png(), ...times(limits.xmpPackets + 1, () => xmpChunk(xmpOf('<dc:a>1</dc:a>')))),
    carrier: 'xmp',
    code: 'bound.entries',
  },
  {
    bound: 'xmpPacketBytes',
    name: 'a.webp',
    make: () => withChunks(webp(), riffChunk('XMP ', Buffer.alloc(limits.xmpPacketBytes + 1, ' '))),
    carrier: 'xmp',
    code: 'bound.bytes',
  },
  {
    bound: 'xmpPacketBytes',
    where: 'compressed in JPEG XL',
    name: 'a.jxl',
    make: () =>
      Buffer.concat([
        box('JXL ', Buffer.from('0d0a870a', 'hex')),
        box('ftyp', Buffer.from('jxl \0\0\0\0jxl ')),
        box('brob', Buffer.from('xml '), brotliCompressSync(Buffer.alloc(limits.xmpPacketBytes + 1, ' '))),
        box('jxlc', Buffer.from([0xff, 0x0a])),
      ]),
    carrier: 'xmp',
    code: 'bound.bytes',
  },
  {
    bound: 'xmpDepth',
    name: 'a.jpg',
    make: () => withSegments(jpeg(), xmpSegment(xmpOf(nested('dc:a', limits.xmpDepth, '<dc:b>1</dc:b>')))),
    carrier: 'xmp',
    code: 'bound.depth',
  },
  {
    bound: 'xmpDepth',
    where: 'elements of an SVG',
    name: 'a.svg',
    make: () => svg(nested('g', limits.xmpDepth, '')),
    carrier: 'xmp',
    code: 'bound.depth',
  },
  {
    bound: 'svgBytes',
    name: 'a.svg',
    make: () => svg(Buffer.alloc(limits.svgBytes, ' ')),
    carrier: 'xmp',
    code: 'bound.bytes',
  },
  {
    bound: 'svgTags',
    name: 'a.svg',
    make: () => svg(repeated(Buffer.from('<g/>'), limits.svgTags)),
    carrier: 'xmp',
    code: 'bound.entries',
  },
  {
    bound: 'pngChunks',
    name: 'a.png',
    make: () => {
      const one = beforeIdat(png(), chunk('abCd', '')).indexOf('abCd') - 4;
      const whole = beforeIdat(png(), chunk('abCd', ''));
      const empty = whole.subarray(one, one + 12);
      return Buffer.concat([whole.subarray(0, one), repeated(empty, limits.pngChunks), whole.subarray(one)]);
    },
    carrier: 'pngText',
    code: 'bound.entries',
  },
  {
    bound: 'pngTextChunks',
    name: 'a.png',
    make: () => afterIdat(png(), ...times(limits.pngTextChunks + 1, () => tEXt('a', 'b'))),
    carrier: 'pngText',
    code: 'bound.texts',
  },
  {
    bound: 'inflatedTextBytes',
    name: 'a.png',
    make: () => beforeIdat(png(), zTXt('a', Buffer.alloc(limits.inflatedTextBytes + 1, 'b'))),
    carrier: 'pngText',
    code: 'bound.bytes',
  },
  {
    bound: 'inflatedTextBytes',
    where: 'not compressed',
    name: 'a.png',
    make: () => beforeIdat(png(), tEXt('a', Buffer.alloc(limits.inflatedTextBytes + 1, 'b'))),
    carrier: 'pngText',
    code: 'bound.bytes',
  },
  {
    bound: 'carrierTextCharacters',
    name: 'a.png',
    make: () =>
      beforeIdat(
        png(),
        ...times(3, () => zTXt('a', Buffer.alloc(limits.carrierTextCharacters / 2 + 1, 'b'))),
      ),
    carrier: 'pngText',
    code: 'bound.texts',
  },
  {
    bound: 'jpegSegments',
    name: 'a.jpg',
    make: () => {
      const whole = withSegments(jpeg(), { marker: 0xfe, body: Buffer.from('a') });
      const at = whole.indexOf(Buffer.from([0xff, 0xfe]));
      const one = whole.subarray(at, at + 5);
      return Buffer.concat([whole.subarray(0, at), repeated(one, limits.jpegSegments), whole.subarray(at)]);
    },
    carrier: 'exif',
    code: 'bound.entries',
  },
  {
    bound: 'comments',
    name: 'a.jpg',
    make: () =>
      withSegments(jpeg(), ...times(limits.comments + 1, () => ({ marker: 0xfe, body: Buffer.from('a') }))),
    carrier: 'comment',
    code: 'bound.texts',
  },
  {
    bound: 'carrierTextCharacters',
    where: 'comments',
    name: 'a.jpg',
    make: () => withSegments(jpeg(), ...times(65, () => ({ marker: 0xfe, body: Buffer.alloc(65_533, 'a') }))),
    carrier: 'comment',
    code: 'bound.texts',
  },
  {
    bound: 'tagsPerCarrier',
    where: 'IPTC-IIM',
    name: 'a.jpg',
    make: () =>
      withSegments(
        jpeg(),
        ...inSegments(iim(repeated(Buffer.from([0x1c, 2, 25, 0, 1, 0x61]), limits.tagsPerCarrier + 1))),
      ),
    carrier: 'iptcIim',
    code: 'bound.tags',
  },
  {
    bound: 'iimBlockBytes',
    name: 'a.tif',
    make: () => tiffOf([[[33_723, 'undefined', Buffer.alloc(limits.iimBlockBytes + 1)]]]),
    carrier: 'iptcIim',
    code: 'bound.bytes',
  },
  {
    bound: 'exifBlockBytes',
    name: 'a.png',
    make: () =>
      beforeIdat(
        png(),
        chunk(
          'eXIf',
          Buffer.concat([tiffOf([[[0x10e, 'ascii', 'a']]]), Buffer.alloc(limits.exifBlockBytes)]),
        ),
      ),
    carrier: 'exif',
    code: 'bound.bytes',
  },
  {
    bound: 'exifBlockBytes',
    where: 'values together',
    name: 'a.tif',
    make: () => tiffOf([[[0x10e, 'ascii', 'a'.repeat(limits.exifBlockBytes + 1)]]]),
    carrier: 'exif',
    code: 'bound.bytes',
  },
  {
    bound: 'metadataBlocksBytes',
    name: 'a.webp',
    make: () =>
      withChunks(
        webp(),
        ...times(limits.metadataBlocksBytes / limits.exifBlockBytes + 1, () =>
          riffChunk('EXIF', Buffer.alloc(limits.exifBlockBytes)),
        ),
      ),
    carrier: 'exif',
    code: 'bound.bytes',
  },
  {
    bound: 'tagsPerCarrier',
    where: 'EXIF',
    name: 'a.jpg',
    make: () =>
      withSegments(
        jpeg(),
        exifSegment(tiffOf([times(limits.tagsPerCarrier + 1, () => [0x131, 'ascii', 'a'])])),
      ),
    carrier: 'exif',
    code: 'bound.tags',
  },
  {
    bound: 'exifIfds',
    name: 'a.tif',
    make: () => tiffOf(times(limits.exifIfds + 1, () => [[0x131, 'ascii', 'a']])),
    carrier: 'xmp',
    code: 'bound.entries',
  },
  {
    bound: 'tiffEntries',
    name: 'a.tif',
    make: () => {
      const count = 40_000;
      const bytes = Buffer.alloc(8 + 2 * (2 + count * 12 + 4));
      bytes.write('II*\0', 'latin1');
      bytes.writeUInt32LE(8, 4);
      for (const [at, next] of [
        [8, 8 + 2 + count * 12 + 4],
        [8 + 2 + count * 12 + 4, 0],
      ] as const) {
        bytes.writeUInt16LE(count, at);
        // Directory entries for pixel data; they say nothing about origin and are skipped.
        repeated(Buffer.from('110104000100000000000000', 'hex'), count).copy(bytes, at + 2);
        bytes.writeUInt32LE(next, at + 2 + count * 12);
      }
      return bytes;
    },
    carrier: 'exif',
    code: 'bound.tags',
  },
  {
    bound: 'gifBlocks',
    name: 'a.gif',
    make: () => beforeTrailer(plain('plain.gif'), repeated(comment('a'), limits.gifBlocks + 1)),
    carrier: 'comment',
    code: 'bound.entries',
  },
  {
    bound: 'gifSubBlocks',
    name: 'a.gif',
    make: () =>
      beforeTrailer(
        plain('plain.gif'),
        Buffer.concat([
          Buffer.from([0x21, 0xfe]),
          repeated(Buffer.from([1, 0x61]), limits.gifSubBlocks + 1),
          Buffer.from([0]),
        ]),
      ),
    carrier: 'comment',
    code: 'bound.entries',
  },
  {
    bound: 'postScriptHeaderBytes',
    name: 'a.eps',
    make: () => postScriptOf({ Title: 'a'.repeat(limits.postScriptHeaderBytes), AIGC: label() }),
    carrier: 'documentProperties',
    code: 'bound.bytes',
  },
  {
    bound: 'postScriptBytes',
    name: 'a.eps',
    make: () =>
      postScriptOf(
        {},
        { body: Buffer.concat([Buffer.alloc(limits.postScriptBytes, '\n'), Buffer.from(xmpOf(label()))]) },
      ),
    carrier: 'xmp',
    code: 'bound.bytes',
  },
  {
    bound: 'heifItems',
    name: 'a.heic',
    make: () => heif(itemInfos(...times(limits.heifItems + 1, () => itemInfo(''))), noPlaces),
    carrier: 'xmp',
    code: 'bound.entries',
  },
  {
    bound: 'heifInfoBytes',
    name: 'a.heic',
    make: () => heif(itemInfos(itemInfo('a'.repeat(limits.heifInfoBytes), 'mime')), noPlaces),
    carrier: 'xmp',
    code: 'bound.bytes',
  },
  {
    bound: 'heifLocationBytes',
    name: 'a.heic',
    make: () => heif(itemInfos(itemInfo('')), fullBox('iloc', 0, Buffer.alloc(limits.heifLocationBytes))),
    carrier: 'xmp',
    code: 'bound.bytes',
  },
  {
    bound: 'heifExtents',
    name: 'a.heic',
    make: () =>
      heif(
        itemInfos(itemInfo('')),
        // Extents of zero bytes; only their number counts.
        fullBox(
          'iloc',
          0,
          u16(0),
          u16(6),
          ...times(6, (at) => Buffer.concat([u16(6 - at), u16(0), u16(0xffff)])),
        ),
      ),
    carrier: 'exif',
    code: 'bound.extents',
  },
  {
    bound: 'heifExtents',
    where: 'of tiles',
    name: 'a.heic',
    make: () =>
      heif(
        fullBox('pitm', 0, u16(1)),
        itemInfos(codedInfo(1, 'hvc1'), codedInfo(2, 'grid'), codedInfo(3, 'hvc1')),
        fullBox('iloc', 0, u16(0), u16(1), u16(3), u16(0), u16(1_024)),
        fullBox('iref', 0, box('dimg', u16(2), u16(1_024), ...times(1_024, () => u16(3)))),
      ),
    carrier: 'parts',
    code: 'parts.notLookedInto',
  },
  {
    bound: 'privateChunks',
    name: 'a.png',
    make: () =>
      beforeIdat(png(), ...times(limits.privateChunks + 1, () => chunk('abCd', 'a few words here'))),
    carrier: 'privateChunk',
    code: 'bound.texts',
  },
  {
    bound: 'privateChunkBytes',
    name: 'a.png',
    make: () => beforeIdat(png(), chunk('abCd', Buffer.alloc(limits.privateChunkBytes + 1, 'words '))),
    carrier: 'privateChunk',
    code: 'bound.shortened',
  },
  {
    bound: 'privateChunkBytes',
    where: 'a record of Samsung’s trailer',
    name: 'a.jpg',
    make: () =>
      Buffer.concat([
        jpeg(),
        seftOf([
          { type: 0xd91, name: 'PEg_Info', data: Buffer.alloc(limits.privateChunkBytes + 1, 'words ') },
        ]),
      ]),
    carrier: 'seft',
    code: 'bound.shortened',
  },
  {
    bound: 'seftRecords',
    name: 'a.jpg',
    make: () =>
      Buffer.concat([
        jpeg(),
        seftOf(times(limits.seftRecords + 1, () => ({ type: 0xd91, name: 'a', data: 'b' }))),
      ]),
    carrier: 'seft',
    code: 'bound.texts',
  },
  {
    bound: 'seftNameBytes',
    name: 'a.jpg',
    make: () =>
      Buffer.concat([
        jpeg(),
        seftOf([{ type: 0xd91, name: 'a'.repeat(limits.seftNameBytes + 1), data: 'b' }]),
      ]),
    carrier: 'seft',
    code: 'seft.record',
  },
  {
    bound: 'quantisationTables',
    name: 'a.jpg',
    make: () => {
      const table = Buffer.concat([Buffer.from([0]), Buffer.alloc(64, 1)]);
      return withSegments(
        jpeg(),
        ...times(limits.quantisationTables + 1, () => ({ marker: 0xdb, body: table })),
      );
    },
    carrier: 'jpegCoding',
    code: 'bound.entries',
    holdsNoLabel: true,
  },
  {
    bound: 'parts',
    name: 'a.jpg',
    make: () => Buffer.concat(times(limits.parts + 2, jpeg)),
    carrier: 'parts',
    code: 'bound.parts',
  },
  {
    bound: 'paddingSearchBytes',
    name: 'a.jpg',
    make: () => Buffer.concat([jpeg(), Buffer.alloc(limits.paddingSearchBytes + 1)]),
    carrier: 'parts',
    code: 'parts.notLookedInto',
  },
  {
    bound: 'exrChunks',
    name: 'a.exr',
    make: () => exrOf([exrAttribute('chunkCount', 'int', u32le(limits.exrChunks + 1))]),
    carrier: 'parts',
    code: 'bound.entries',
  },
  {
    bound: 'tagsPerCarrier',
    where: 'attributes of OpenEXR',
    name: 'a.exr',
    make: () => exrOf(times(limits.tagsPerCarrier, (at) => exrAttribute(`a${at}`, 'string', 'b'))),
    carrier: 'imageHeader',
    code: 'bound.tags',
  },
  {
    bound: 'psdResources',
    name: 'a.psd',
    make: () => {
      const head = Buffer.alloc(30);
      head.write('8BPS\0\x01', 0, 'latin1');
      const resources = repeated(Buffer.from('8BIM\x03\xe8\0\0\0\0\0\0', 'latin1'), limits.psdResources + 1);
      return Buffer.concat([head, u32(resources.length), resources, Buffer.alloc(8)]);
    },
    carrier: 'xmp',
    code: 'bound.entries',
  },
  {
    bound: 'signedTexts',
    name: 'a.png',
    make: () =>
      beforeIdat(png(), ...times(limits.signedTexts + 1, (at) => tEXt('Comment', naiComment(String(at))))),
    carrier: 'pixelProof',
    code: 'bound.signedTexts',
    deep: true,
  },
  {
    bound: 'signedTextBytes',
    name: 'a.webp',
    make: () => {
      const inner = JSON.stringify({ Comment: naiComment('a'.repeat(limits.signedTextBytes)) });
      const bytes = Buffer.from(`ASCII\0\0\0${inner}`);
      const tiff = tiffOf([[[0x8769, 'long', [26]]]]);
      const exif = Buffer.concat([
        tiff,
        Buffer.from([1, 0, 0x86, 0x92, 7, 0]),
        u32le(bytes.length),
        u32le(tiff.length + 18),
        u32le(0),
        bytes,
      ]);
      exif.writeUInt32LE(tiff.length, 18);
      return withChunks(webp(), riffChunk('EXIF', exif));
    },
    carrier: 'pixelProof',
    code: 'bound.signedText',
    deep: true,
  },
  {
    bound: 'stealthBytes',
    name: 'a.png',
    make: async () => {
      const [width, height] = [2048, 1536];
      const samples = Buffer.alloc(width * height * 3, 128);
      hide(samples, {
        width,
        height,
        channel: 'rgb',
        compressed: false,
        text: Buffer.alloc(limits.stealthBytes + 1, 'a'),
      });
      return sharp(samples, { raw: { width, height, channels: 3 } })
        .png({ compressionLevel: 1 })
        .toBuffer();
    },
    carrier: 'stealthText',
    code: 'bound.bytes',
    deep: true,
  },
  {
    bound: 'inflatedTextBytes',
    where: 'hidden in the pixels',
    name: 'a.png',
    make: async () => {
      const [width, height] = [512, 512];
      const samples = Buffer.alloc(width * height * 3, 128);
      const text = Buffer.alloc(limits.inflatedTextBytes + 1, 'a');
      hide(samples, { width, height, channel: 'rgb', compressed: true, text });
      return sharp(samples, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer();
    },
    carrier: 'stealthText',
    code: 'bound.bytes',
    deep: true,
  },
  {
    bound: 'picturePixels',
    name: 'a.png',
    make: () =>
      sharp({
        create: { width: 8192, height: limits.picturePixels / 8192 + 1, channels: 3, background: 'black' },
        limitInputPixels: false,
      })
        .png({ compressionLevel: 1 })
        .toBuffer(),
    carrier: 'stealthText',
    code: 'bound.pixels',
    deep: true,
  },
  {
    bound: 'thumbnailBytes',
    name: 'a.webp',
    make: () => {
      const thumbnail = Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(limits.thumbnailBytes)]);
      return withChunks(webp(), riffChunk('EXIF', thumbnailExif(thumbnail)));
    },
    carrier: 'thumbnail',
    code: 'bound.bytes',
    holdsNoLabel: true,
    deep: true,
  },
  {
    bound: 'thumbnailPixels',
    name: 'a.jpg',
    make: async () => {
      const background = 'grey';
      const large = {
        width: 4096,
        height: Math.ceil(limits.thumbnailPixels / 2048),
        channels: 3 as const,
        background,
      };
      const thumbnail = await sharp({ create: large }).jpeg({ quality: 1 }).toBuffer();
      const picture = await sharp({ create: { ...rgb, background } })
        .webp()
        .toBuffer();
      return withChunks(picture, riffChunk('EXIF', thumbnailExif(thumbnail)));
    },
    carrier: 'thumbnail',
    code: 'thumbnail.unreadable',
    holdsNoLabel: true,
    deep: true,
  },
  {
    bound: 'settingsCharacters',
    name: 'a.tif',
    make: () => tiffOf([[[0x9286, 'ascii', `{"class_type": "${'a'.repeat(limits.settingsCharacters)}"}`]]]),
    carrier: 'exif',
    code: 'bound.settings',
  },
  {
    bound: 'aiTextPositions',
    name: 'a.png',
    make: () => beforeIdat(png(), iTXt('Description', 'AI. '.repeat(limits.aiTextPositions + 1))),
    carrier: 'pngText',
    code: 'bound.aiTexts',
  },
  {
    bound: 'settingsDepth',
    name: 'a.png',
    make: () =>
      beforeIdat(
        png(),
        iTXt(
          'invokeai_metadata',
          `{"generation_mode":${'['.repeat(limits.settingsDepth + 1)}${']'.repeat(limits.settingsDepth + 1)}}`,
        ),
      ),
    carrier: 'pngText',
    code: 'bound.settings',
  },
  {
    bound: 'jsonLabelCharacters',
    name: 'a.png',
    make: () => beforeIdat(png(), tEXt('AIGC', label(`,"more":"${'a'.repeat(limits.jsonLabelCharacters)}"`))),
    carrier: 'pngText',
    code: 'bound.characters',
  },
  {
    bound: 'jsonLabelCharacters',
    where: 'XMP',
    name: 'a.png',
    make: () =>
      beforeIdat(
        png(),
        xmpChunk(
          xmpOf(`<TC260:AIGC>${label(`,"more":"${'a'.repeat(limits.jsonLabelCharacters)}"`)}</TC260:AIGC>`),
        ),
      ),
    carrier: 'xmp',
    code: 'bound.characters',
  },
  {
    bound: 'jsonLabelCharacters',
    where: 'a comment that begins before the label',
    name: 'a.gif',
    make: () =>
      beforeTrailer(
        plain('plain.gif'),
        comment(`words AIGC{"Label":"1","more":"${'a'.repeat(limits.jsonLabelCharacters)}"} words`),
      ),
    carrier: 'comment',
    code: 'bound.characters',
  },
  {
    bound: 'jsonDepth',
    name: 'a.png',
    make: () =>
      beforeIdat(
        png(),
        tEXt('AIGC', label(`,"more":${'['.repeat(limits.jsonDepth)}${']'.repeat(limits.jsonDepth)}`)),
      ),
    carrier: 'pngText',
    code: 'bound.depth',
  },
  {
    bound: 'labelCopies',
    name: 'a.png',
    make: () => beforeIdat(png(), ...times(limits.labelCopies + 1, () => tEXt('AIGC', '{"other":1}'))),
    carrier: 'pngText',
    code: 'bound.entries',
  },
];
