import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  frame,
  id3,
  seftOf,
  stampGif,
  stampJpeg,
  stampPng,
  u32,
  withFlacBlock,
  withMpf,
  withSegments,
} from '../../../fixtures/build/part-makers.js';
import { limits } from '../../../src/base/limits.js';
import { type AssetPart, PART_KINDS, UnreadablePartError } from '../../../src/core/evidence/evidence.js';
import { Asset } from '../../../src/core/media/asset.js';
import { foundValue, type Read } from '../../../src/core/media/carrier.js';
import { observe } from '../../../src/core/pipeline/analyze.js';
import { NOT_ANALYZED, notAnalyzedFault } from '../../../src/core/pipeline/not-looked-into.js';
import { partsReader } from '../../../src/core/readers/carriers/parts.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { inEnglish } from '../../i18n/english.js';
import { faultText, noteText } from '../../support/fault-text.js';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const fixture = (file: string) => readFileSync(resolve(FIXTURES, file));
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const partsIn = (asset: Asset): Promise<Read<AssetPart[]>> => partsReader.read(asset, { engine: 'wasm' });

async function partsOf(
  file: string | Buffer,
): Promise<{ asset: Asset; read: Read<AssetPart[]>; further: AssetPart[] }> {
  const asset = await Asset.fromBytes(typeof file === 'string' ? fixture(file) : file);
  const read = await partsIn(asset);
  return { asset, read, further: (foundValue(read) ?? []).filter(({ kind }) => kind !== 'primary') };
}

/** Returns the bytes that a caller who inspects a part gets. */
const bytesOf = async (asset: Asset, { offset, bytes, unpack }: AssetPart): Promise<Buffer> =>
  unpack ? unpack(limits.unpackedPartBytes) : asset.read(offset, bytes);

/** Media embedded in the fixtures, each also a separate fixture. */
const MEDIA = {
  video: 'plain/plain.mp4',
  signedVideo: 'c2pa/mp4-c2pa-trained.mp4',
  signed: 'c2pa/jpeg-c2pa-trained.jpg',
  signedPng: 'c2pa/png-c2pa-trained.png',
  labelled: 'labels/jpeg-iptc-trained.jpg',
  labelledGif: 'labels/gif-gb45438.gif',
  pdf: 'plain/plain.pdf',
  several: 'parts/jpeg-mpf-labelled.jpg',
} as const;

type Of = keyof typeof MEDIA | 'png' | 'jpeg' | 'other' | 'plain' | 'coded';

/** Kind, the file with the same bytes, and the declared locator. */
type Found = [kind: AssetPart['kind'], of: Of, place?: string];

describe('what stands in a file is found byte for byte', () => {
  it.each<[file: string, ...found: Found[]]>([
    ['jpeg-motion-photo-signed.jpg', ['motion-video', 'signedVideo', 'XMP Container:Directory']],
    ['jpeg-motion-photo-lying.jpg', ['motion-video', 'video', 'XMP Container:Directory']],
    ['jpeg-micro-video.jpg', ['motion-video', 'video', 'XMP GCamera:MicroVideoOffset']],
    ['jpeg-motion-photo-without-video.jpg'],
    ['jpeg-mpf-labelled.jpg', ['mpf-image', 'labelled', 'MPF 3'], ['gain-map', 'other', 'MPF 2']],
    ['jpeg-mpf-lying.jpg', ['mpf-image', 'labelled', 'MPF 2']],
    ['jpeg-mpf-overlapping.jpg', ['mpf-image', 'other', 'MPF 2'], ['mpf-image', 'jpeg', 'MPF 3']],
    ['jpeg-gain-map-and-video.jpg', ['gain-map', 'other'], ['motion-video', 'video']],
    [
      'jpeg-seft-pictures.jpg',
      ['trailing-data', 'png'],
      ['trailing-data', 'plain', 'SEFT trailer'],
      ['motion-video', 'video', 'SEFT MotionPhoto_Data'],
      ['trailing-data', 'labelled', 'SEFT Original_Path_Hash_Key'],
    ],
    [
      'jpeg-appended-files.jpg',
      ['trailing-data', 'signedPng'],
      ['trailing-data', 'labelledGif'],
      ['trailing-data', 'other', 'after the end'],
      ['trailing-data', 'labelled'],
      ['trailing-data', 'other', 'ZIP after the end'],
      ['trailing-data', 'pdf'],
    ],
    ['jpeg-appended-multi-picture.jpg', ['trailing-data', 'several']],
    ['png-appended-jpeg.png', ['trailing-data', 'signed']],
    ['gif-appended-mp3.gif', ['trailing-data', 'other']],
    ['webp-appended-video.webp', ['motion-video', 'video']],
    ['heic-appended-jpeg.heic', ['trailing-data', 'labelled']],
    ['heic-motion.heic', ['motion-video', 'video', 'box mpvd']],
    [
      'mp4-appended-files.mp4',
      ['motion-video', 'signedVideo'],
      ['trailing-data', 'png'],
      ['trailing-data', 'other', 'ZIP after the end'],
    ],
    [
      'heic-collection.heic',
      ['auxiliary-image', 'coded', 'item 2 (auxl: urn:mpeg:hevc:2015:auxid:2)'],
      ['auxiliary-image', 'coded', 'item 3 (auxl: urn:com:apple:photo:2020:aux:hdrgainmap)'],
      ['auxiliary-image', 'coded', 'item 6 (tmap)'],
      ['burst-image', 'coded', 'item 7 (grid)'],
      ['attachment', 'labelled', 'item 10 (mime image/jpeg)'],
      ['attachment', 'png', 'item 11 (mime image/png)'],
      ['burst-image', 'signed', 'item 12 (jpeg)'],
      ['attachment', 'other', 'item 13 (mime text/plain)'],
    ],
    [
      'mp3-cover-signed.mp3',
      ['cover-picture', 'signed', 'ID3 frame APIC'],
      ['attachment', 'labelledGif', 'ID3 frame GEOB'],
    ],
    ['mp3-cover-unsynchronised.mp3', ['cover-picture', 'labelled', 'ID3 frame APIC']],
    ['mp3-cover-ape.mp3', ['cover-picture', 'labelled', 'APE item Cover Art (Front)']],
    ['mp3-cover-unknown.mp3', ['cover-picture', 'other']],
    [
      'flac-cover-comment.flac',
      ['cover-picture', 'signedPng', 'Vorbis comment METADATA_BLOCK_PICTURE'],
      ['cover-picture', 'labelledGif', 'Vorbis comment COVERART'],
      ['cover-picture', 'labelled', 'FLAC picture block'],
    ],
    ['ogg-cover.ogg', ['cover-picture', 'labelled']],
    ['m4a-covers.m4a', ['cover-picture', 'labelled'], ['cover-picture', 'signedPng']],
    ['wav-cover.wav', ['cover-picture', 'labelled']],
    ['aiff-cover.aiff', ['cover-picture', 'labelled']],
    [
      'mkv-attached-pictures.mkv',
      ['cover-picture', 'labelled'],
      ['attachment', 'signedVideo'],
      ['attachment', 'plain'],
    ],
    ['webm-attached-picture.webm', ['cover-picture', 'signed']],
    [
      'psd-placed-files.psd',
      ['attachment', 'labelled', 'linked layer'],
      ['attachment', 'signedPng', 'linked layer'],
    ],
    ['psb-placed-file.psb', ['attachment', 'signed', 'linked layer']],
    ['pdf-attachment.pdf', ['attachment', 'other']],
    ['jpeg-padding.jpg', ['trailing-data', 'plain']],
    ['jpeg-seft.jpg', ['trailing-data', 'plain']],
    ['png-seft.png', ['trailing-data', 'plain']],
    ['gif-trailing-data.gif', ['trailing-data', 'other']],
  ])('%s', async (file, ...found) => {
    const { asset, further } = await partsOf(`parts/${file}`);
    expect(further.map(({ kind }) => kind)).toEqual(found.map(([kind]) => kind));
    const stamps = { png: sha256(await stampPng()), jpeg: sha256(await stampJpeg()) };
    for (const [index, [, of, place]] of found.entries()) {
      const part = further[index] as AssetPart;
      if (place !== undefined) expect(part.locator).toBe(place);
      expect(part.isIgnored ?? false, part.locator).toBe(of === 'plain');
      expect(part.codedType !== undefined, part.locator).toBe(of === 'coded');
      if (of === 'plain' || of === 'coded' || of === 'other') continue;
      const wanted = of === 'png' || of === 'jpeg' ? stamps[of] : sha256(fixture(MEDIA[of]));
      expect(sha256(await bytesOf(asset, part)), part.locator).toBe(wanted);
    }
  });

  it('in a compressed frame; in an encrypted one it cannot be had, and is told', async () => {
    const { asset, further } = await partsOf('parts/mp3-cover-compressed.mp3');
    const [compressed, encrypted] = further;
    expect(sha256(await bytesOf(asset, compressed as AssetPart))).toBe(sha256(fixture(MEDIA.labelled)));
    await expect((compressed as AssetPart).unpack?.(100)).rejects.toThrow(UnreadablePartError);
    expect(encrypted?.unreadable?.code).toBe('part.encrypted');
  });

  it('an object in an encrypted frame is told, whatever it is', async () => {
    const encrypted = frame(3, 'GEOB', [7], 'not to be read');
    encrypted[9] = 0x40;
    const { further } = await partsOf(Buffer.concat([id3(3, [encrypted]), fixture('plain/plain.mp3')]));
    expect(further.map(({ kind, unreadable: closed }) => [kind, closed?.code])).toEqual([
      ['attachment', 'part.encrypted'],
    ]);
  });

  it('and is called what the file calls it, without folders', async () => {
    const names = async (file: string) => (await partsOf(file)).further.map(({ name }) => name);
    expect(await names('parts/mkv-attached-pictures.mkv')).toEqual(['cover.jpg', 'extra.mp4', 'font.ttf']);
    expect(await names('parts/mp3-cover-signed.mp3')).toEqual([undefined, 'still.gif']);
  });

  it('is no manifest store of a PDF or of a sound', async () => {
    const files = readdirSync(resolve(FIXTURES, 'c2pa')).filter((name) => /\.(pdf|mp3|wav)$/.test(name));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect((await partsOf(`c2pa/${file}`)).read.status, file).toBe('absent');
  });

  it('is none in whole files of formats that are made of boxes', async () => {
    for (const file of ['plain.jxl', 'plain.mp4', 'plain.mov', 'plain.3gp', 'plain.avif', 'plain.heic'])
      expect((await partsOf(`plain/${file}`)).read.status, file).toBe('absent');
  });

  it('a video whose first box is as long as a font’s first bytes say is no font', async () => {
    const recording = Buffer.from(fixture('parts/mkv-attached-pictures.mkv'));
    const at = recording.indexOf(fixture(MEDIA.signedVideo).subarray(0, 64));
    recording.writeUInt32BE(0x10000, at);
    const { further } = await partsOf(recording);
    expect(further.filter(({ offset }) => offset === at).map(({ isIgnored: plain }) => plain)).toEqual([
      undefined,
    ]);
  });

  it('told where it stands behind boxes and is of no kind that is known', async () => {
    const video = fixture(MEDIA.video);
    // Zeros look like a box that runs to the end, and the picture lies beyond the search range.
    const padding = Buffer.alloc(5_000);
    const { read, further } = await partsOf(Buffer.concat([video, padding, fixture(MEDIA.labelled)]));
    expect(read.status).toBe('found');
    expect(further.map(({ kind, offset, isIgnored: plain }) => [kind, offset, plain])).toEqual([
      ['trailing-data', video.length, undefined],
    ]);
    expect((await partsOf(Buffer.concat([video, padding]))).read.status).toBe('absent');
  });

  it('where it begins past what is held of a large file', async () => {
    const [picture, video] = [await stampJpeg(), fixture(MEDIA.signedVideo)];
    const large = withSegments(
      picture,
      ...Array.from({ length: 80 }, () => ({ marker: 0xed, body: Buffer.alloc(65_000) })),
    );
    const { asset, further } = await partsOf(Buffer.concat([large, video]));
    expect(further.map(({ offset }) => offset)).toEqual([large.length]);
    expect(sha256(await bytesOf(asset, further[0] as AssetPart))).toBe(sha256(video));
  });
});

describe('what a file says of its parts, against what stands there', () => {
  it.each<[file: string, note: string]>([
    ['jpeg-motion-photo-lying.jpg', inEnglish('note.partIndex.length', { index: 'XMP Container', count: 1 })],
    [
      'jpeg-motion-photo-without-video.jpg',
      inEnglish('note.partIndex.nothing', { index: 'XMP Container', count: 1 }),
    ],
    [
      'jpeg-mpf-lying.jpg',
      `${inEnglish('note.partIndex.nothing', { index: 'MPF', count: 2 })} ${inEnglish('note.partIndex.length', { index: 'MPF', count: 1 })}`,
    ],
    ['jpeg-mpf-labelled.jpg', ''],
    ['jpeg-motion-photo-signed.jpg', ''],
    ['jpeg-seft-pictures.jpg', ''],
    [
      'flac-cover-comment.flac',
      inEnglish('note.partIndex.length', { index: 'FLAC picture block', count: 1 }),
    ],
    [
      'mp3-cover-signed.mp3',
      inEnglish('note.partLink', { place: 'ID3 frame APIC', link: 'http://example.org/cover.jpg' }),
    ],
    ['psd-placed-files.psd', inEnglish('note.partLink', { place: 'linked layer', link: 'elsewhere.jpg' })],
  ])('%s', async (file, note) => {
    const { read } = await partsOf(`parts/${file}`);
    expect(noteText(read)).toBe(note);
    expect(read).not.toHaveProperty('code');
  });

  it('is told of an index that breaks off', async () => {
    const whole = withMpf(await stampJpeg(), (end) => [{ at: end, bytes: 4 }]);
    const at = whole.indexOf('MPF\0');
    whole.write('XX', at + 4, 'latin1');
    const { read } = await partsOf(Buffer.concat([whole, await stampJpeg()]));
    expect(read.status).toBe('found');
    expect(noteText(read)).toBe(inEnglish('note.partIndex.damaged', { index: 'MPF' }));
  });
});

describe('what is meant to tire whoever looks', () => {
  const times = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, at) => make(at));
  const tiny = () => Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

  it('a thousand pictures one behind the other are told one by one, and past the bound the rest as one fault', async () => {
    const many = await partsOf(Buffer.concat([tiny(), ...times(1_000, tiny)]));
    expect(many.read.status).toBe('found');
    expect(many.further).toHaveLength(1_000);
    expect(new Set(many.further.map(({ bytes }) => bytes))).toEqual(new Set([tiny().length]));
    const more = await partsOf(Buffer.concat([tiny(), ...times(limits.parts + 1, tiny)]));
    expect(more.read).toMatchObject({ status: 'failed', code: 'bound.parts' });
    expect(more.further).toHaveLength(limits.parts);
  });

  it('an index that names a thousand places from which no end is found goes through the bytes a few times', async () => {
    // Each position begins a picture whose scan continues to the end of the file.
    const places = times(1_000, () => Buffer.from('ffd8ffda0002', 'hex'));
    const endless = Buffer.concat([...places, Buffer.alloc(2 * 1024 ** 2, Buffer.from('ff00', 'hex'))]);
    const head = withMpf(await stampJpeg(), (end) =>
      times(1_000, (at) => ({ at: end + 6 * at, bytes: 40 + at })),
    );
    const begun = process.cpuUsage();
    const { further, read } = await partsOf(Buffer.concat([head, endless]));
    expect(read.status).toBe('found');
    expect(further).toHaveLength(1_000);
    // A full pass for each of them would take some fifty seconds of processor time.
    expect(process.cpuUsage(begun).user).toBeLessThan(10_000_000);
  });

  it('a cover behind more objects than parts are told', async () => {
    const object = frame(3, 'GEOB', Buffer.from('\0a/b\0x\0y\0zzzz', 'latin1'));
    const cover = Buffer.concat([Buffer.from('\0image/jpeg\0\x03\0', 'latin1'), fixture(MEDIA.labelled)]);
    const tag = id3(3, [...Array.from({ length: limits.parts + 1 }, () => object), frame(3, 'APIC', cover)]);
    const { asset, further } = await partsOf(Buffer.concat([tag, fixture('plain/plain.mp3')]));
    expect(await Promise.all(further.map((one) => bytesOf(asset, one)))).toEqual([fixture(MEDIA.labelled)]);
  });

  it('an index whose directories lead back to themselves', async () => {
    const whole = withMpf(await stampJpeg(), (end) => [{ at: end, bytes: 22 }]);
    const tiff = whole.indexOf('MPF\0') + 4;
    const entries = whole.readUInt16BE(tiff + 8);
    whole.writeUInt32BE(8, tiff + 8 + 2 + 12 * entries);
    expect((await partsOf(Buffer.concat([whole, tiny()]))).further).toHaveLength(1);
  });

  it('a picture in a trailer behind more texts than are told by more than a mark', async () => {
    const texts = times(limits.partTypeProbes + 1, (at) => ({
      type: 0xa30,
      name: `t${at}`,
      data: Buffer.from(`a text of some length, number ${at}`),
    }));
    const picture = fixture('plain/plain.tiff');
    const trailer = seftOf([...texts, { type: 0xa30, name: 'picture', data: picture }]);
    const { asset, further } = await partsOf(Buffer.concat([await stampJpeg(), trailer]));
    const told = further.filter(({ locator: place }) => place === 'SEFT picture');
    expect(await Promise.all(told.map((one) => bytesOf(asset, one)))).toEqual([picture]);
  });

  it('records of a trailer that all hold the same bytes', async () => {
    const trailer = seftOf([{ type: 0xa30, name: 'a', data: await stampPng() }]);
    // 300 entries of the directory point to the one record.
    const at = trailer.lastIndexOf('SEFH');
    const entry = trailer.subarray(at + 12, at + 24);
    const directory = Buffer.concat([
      trailer.subarray(at, at + 8),
      Buffer.alloc(4),
      ...times(300, () => entry),
    ]);
    directory.writeUInt32LE(300, 8);
    const foot = Buffer.alloc(8);
    foot.writeUInt32LE(directory.length);
    foot.write('SEFT', 4);
    const { further, read } = await partsOf(
      Buffer.concat([await stampJpeg(), trailer.subarray(0, at), directory, foot]),
    );
    expect(read.status).toBe('found');
    expect(further.filter(({ isIgnored: plain }) => !plain)).toHaveLength(300);
  });

  it('a picture without an end takes in no part that an index names behind it', async () => {
    const [endless, behind] = [(await stampJpeg()).subarray(0, -2), await stampJpeg()];
    const head = withMpf(await stampJpeg(), (end) => [
      { at: end, bytes: endless.length },
      { at: end + endless.length, bytes: behind.length },
    ]);
    // The scan of the first continues into the second and ends with it.
    const { further } = await partsOf(Buffer.concat([head, endless, behind.subarray(0, -2)]));
    expect(further.map(({ bytes }) => bytes)).toEqual([endless.length, behind.length - 2]);
  });

  it.each<[what: string, file: () => Promise<Buffer>, code: string]>([
    [
      'a picture frame without an end of its fields',
      async () =>
        Buffer.concat([id3(3, [frame(3, 'APIC', [0], 'image/jpeg'.repeat(40))]), fixture('plain/plain.mp3')]),
      'part.damaged',
    ],
    [
      'a picture block whose description is longer than itself',
      async () =>
        withFlacBlock(
          fixture('plain/plain.flac'),
          6,
          Buffer.concat([u32(3), u32(4), Buffer.from('a/bc'), u32(0x7fffffff)]),
        ),
      'part.damaged',
    ],
  ])('%s', async (_what, make, code) => {
    const { further } = await partsOf(await make());
    expect(further.map(({ unreadable: closed }) => closed?.code)).toEqual([code]);
  });

  it('bytes of one kind between two others hide neither', async () => {
    const file = Buffer.concat([
      await stampGif(),
      Buffer.alloc(3_000, 'x'),
      await stampPng(),
      Buffer.alloc(9_000, 'y'),
      tiny(),
    ]);
    const { further } = await partsOf(file);
    expect(further.map(({ mediaType }) => mediaType)).toEqual([undefined, 'image/png', undefined]);
    expect(further.at(-1)?.bytes).toBe(9_000 + tiny().length);
  });
});

describe('what each of them declares', () => {
  const inspected = async (file: string): Promise<StoredReport> => {
    const asset = await Asset.open(resolve(FIXTURES, file));
    const { report } = await observe(asset, { asOf: '2026-11-25', engine: 'wasm' }).finally(() =>
      asset.close(),
    );
    return report as StoredReport;
  };
  const alone = new Map<string, StoredReport>();
  beforeAll(async () => {
    for (const of of ['signedVideo', 'signedPng', 'labelled', 'labelledGif'] as const)
      alone.set(of, await inspected(MEDIA[of]));
  });

  it.each<[file: string, ...parts: (keyof typeof MEDIA)[]]>([
    ['parts/jpeg-motion-photo-signed.jpg', 'signedVideo'],
    ['parts/flac-cover-comment.flac', 'signedPng', 'labelledGif', 'labelled'],
  ])('is the same as of the file that was put in: %s', async (file, ...of) => {
    const { parts = [], summary } = await inspected(file);
    expect(summary.origin).toBe('none');
    expect(parts).toHaveLength(1 + of.length);
    for (const [index, one] of of.entries()) {
      const own = alone.get(one) as StoredReport;
      expect(parts[index + 1]).toMatchObject({
        sha256: own.asset.sha256,
        mediaType: own.asset.mediaType,
        outcome: {
          origin: own.summary.origin,
          presence: own.contentCredentials.presence,
          coverage: own.summary.coverage.state,
        },
      });
      expect(parts[index + 1]?.outcome?.origin).toBe('ai-generated');
    }
  });

  it('a cover of no known kind, and what is encrypted, are told with the reason', async () => {
    const unknown = await inspected('parts/mp3-cover-unknown.mp3');
    expect(unknown.parts?.[1]).toMatchObject({ kind: 'cover-picture', code: 'carrier.notRead' });
    expect(unknown.summary.origin).toBe('unknown');
    expect(faultText(unknown.reads.parts)).toMatch(/a cover picture \(92 bytes\), which was not looked into/);
    const { parts } = await inspected('parts/mp3-cover-compressed.mp3');
    expect(parts?.map(({ code }) => code)).toEqual([undefined, undefined, 'part.encrypted']);
  });

  it('pictures that are no files leave nothing unread: all that is said of each was read', async () => {
    const report = await inspected('parts/heic-collection.heic');
    expect(report.reads.parts).toEqual({ status: 'found' });
    // It describes the depth map, and not the picture that is shown.
    expect(report.reads.xmp.status).toBe('absent');
    expect(report.parts?.slice(1).map(({ outcome }) => outcome?.origin)).toEqual([
      ...Array(4).fill('none'),
      'ai-generated',
      'none',
      'ai-generated',
    ]);
    // A text is no medium, and is not reported.
    expect(report.parts).toHaveLength(8);
  });
});

describe('the sentence that names what was not looked into', () => {
  const part = (kind: AssetPart['kind'], bytes: number) => ({
    kind,
    offset: 0,
    bytes,
    locator: 'MPF',
  });

  it('counts what is alike, and joins the rest', () => {
    const fault = notAnalyzedFault([
      part('mpf-image', 900_000),
      part('mpf-image', 400_000),
      part('motion-video', 2),
    ]);
    expect(fault.code).toBe(NOT_ANALYZED);
    expect(faultText(fault)).toBe(
      'This file holds 2 further pictures (1.3 MB) and a video (2 bytes) behind its end, which were not looked into.',
    );
    expect(faultText(fault, 'zh-Hans')).toBe(
      '该文件末尾之后有 2 张其他图片（1.3 MB）和一段视频（2 字节），没有查看。',
    );
  });

  it.each(PART_KINDS.filter((kind) => kind !== 'primary'))(
    'names %s in both languages, one and several',
    (kind) => {
      for (const parts of [[part(kind, 40_000)], [part(kind, 40_000), part(kind, 10_000)]]) {
        const fault = notAnalyzedFault(parts);
        expect(faultText(fault)).toMatch(/^This file holds [a-z0-9 ]+ \(\d+ kB\)/);
        expect(faultText(fault, 'zh-Hans')).toMatch(
          /^该文件(内|末尾之后)有[^a-zA-Z]*（\d+ kB），没有查看。$/,
        );
      }
    },
  );
});
