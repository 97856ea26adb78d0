import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AssetPart, PART_KINDS } from '../../src/core/evidence/evidence.js';
import type { ReadFault } from '../../src/core/ground/fault.js';
import { Asset } from '../../src/core/media/asset.js';
import type { Read } from '../../src/core/media/carrier.js';
import { bearsMetadata } from '../../src/core/readers/parts/picture-metadata.js';
import { NOT_LOOKED_INTO, notLookedInto } from '../../src/core/readers/parts/told.js';
import { partsReader } from '../../src/core/readers/parts.js';
import { faultText } from '../fault-text.js';

/** A second file inside a file: named as not looked into, and padding is none. */
const FIXTURES = resolve(import.meta.dirname, '../../fixtures');

async function partsOf(file: string): Promise<Read<AssetPart[]>> {
  const asset = await Asset.open(resolve(FIXTURES, file));
  return partsReader.read(asset, { engine: 'wasm' }).finally(() => asset.close());
}

const BEHIND = 'behind its end';

describe('a second file inside', () => {
  it.each<[file: string, kinds: AssetPart['kind'][], reason: RegExp]>([
    ['parts/jpeg-mpf.jpg', ['mpf-image'], /a further picture \(2 kB\) behind its end, which was/],
    ['parts/jpeg-gain-map.jpg', ['gain-map'], /a gain map \(2 kB\) behind its end, which was/],
    [
      'parts/jpeg-gain-map-and-video.jpg',
      ['gain-map', 'motion-video'],
      /a gain map \(2 kB\) and a video \(4 kB\) behind its end, which were/,
    ],
    ['parts/jpeg-motion-photo.jpg', ['motion-video'], /a video \(4 kB\) behind its end, which was/],
    ['parts/jpeg-seft-video.jpg', ['trailing-data', 'motion-video'], /a video \(4 kB\) behind its end/],
    [
      'parts/jpeg-trailing-data.jpg',
      ['trailing-data'],
      /data of an unknown kind \(296 bytes\) behind its end/,
    ],
    [
      'parts/png-trailing-data.png',
      ['trailing-data'],
      /data of an unknown kind \(296 bytes\) behind its end/,
    ],
    ['parts/heic-motion.heic', ['motion-video'], /holds a video \(4 kB\), which was not/],
    [
      'parts/mp3-cover-exif.mp3',
      ['cover-picture'],
      /a cover picture with metadata of its own \(2 kB\), which/,
    ],
    [
      'parts/flac-cover-exif.flac',
      ['cover-picture'],
      /a cover picture with metadata of its own \(2 kB\), which/,
    ],
    [
      'parts/m4a-cover-exif.m4a',
      ['cover-picture'],
      /a cover picture with metadata of its own \(2 kB\), which/,
    ],
    ['parts/mkv-attachment.mkv', ['attachment'], /an attached file \(7 bytes\), which was/],
    [
      'parts/svg-picture-exif.svg',
      ['embedded-picture'],
      /a picture with metadata of its own \(2 kB\), which/,
    ],
    ['parts/pdf-attachment.pdf', ['attachment'], /an attached file \(17 bytes\), which was/],
    [
      'parts/pdf-picture-exif.pdf',
      ['embedded-picture'],
      /a picture with metadata of its own \(2 kB\), which/,
    ],
    ['parts/dng-original-raw.dng', ['attachment'], /an attached file \(30 bytes\), which was/],
  ])('%s is named as not looked into', async (file, kinds, reason) => {
    const read = await partsOf(file);
    expect(read).toMatchObject({
      status: 'found',
      code: NOT_LOOKED_INTO,
      value: [{ kind: 'primary', offset: 0 }, ...kinds.map((kind) => ({ kind }))],
    });
    expect(faultText(read as ReadFault)).toMatch(reason);
  });

  it.each([['parts/jpeg-padding.jpg'], ['parts/jpeg-seft.jpg'], ['parts/png-seft.png']])(
    '%s holds none: what stands behind the end says nothing, or was read',
    async (file) => {
      const read = await partsOf(file);
      expect(read).toMatchObject({
        status: 'found',
        value: [{ kind: 'primary' }, { kind: 'trailing-data' }],
      });
      expect(read).not.toHaveProperty('code');
    },
  );

  it.each([['parts/mp3-cover-bare.mp3'], ['parts/svg-picture-bare.svg']])(
    '%s holds a picture in which no label can stand: only a note says so',
    async (file) => {
      expect(await partsOf(file)).toEqual({
        status: 'absent',
        notes: [{ id: 'note.partsWithoutMetadata' }],
      });
    },
  );

  it('is no manifest store of a PDF', async () => {
    const files = readdirSync(resolve(FIXTURES, 'c2pa')).filter((name) => name.endsWith('.pdf'));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect((await partsOf(`c2pa/${file}`)).status).toBe('absent');
  });
});

describe('the sentence that names what was not looked into', () => {
  const part = (kind: AssetPart['kind'], bytes: number): AssetPart => ({
    kind,
    offset: 0,
    bytes,
    place: 'MPF',
  });

  it('counts what is alike, and joins the rest', () => {
    const fault = notLookedInto([
      part('mpf-image', 900_000),
      part('mpf-image', 400_000),
      part('motion-video', 2),
    ]);
    expect(faultText(fault)).toBe(
      `This file holds 2 further pictures (1.3 MB) and a video (2 bytes) ${BEHIND}, which were not looked into.`,
    );
    expect(faultText(fault, 'zh-Hans')).toBe(
      '该文件末尾之后有 2 张其他图片（1.3 MB）和一段视频（2 字节），没有查看。',
    );
  });

  it.each(PART_KINDS.filter((kind) => kind !== 'primary'))(
    'names %s in both languages, one and several',
    (kind) => {
      for (const parts of [[part(kind, 40_000)], [part(kind, 40_000), part(kind, 10_000)]]) {
        const fault = notLookedInto(parts);
        expect(faultText(fault)).toMatch(/^This file holds [a-z0-9 ]+ \(\d+ kB\)/);
        expect(faultText(fault, 'zh-Hans')).toMatch(
          /^该文件(内|末尾之后)有[^a-zA-Z]*（\d+ kB），没有查看。$/,
        );
      }
    },
  );
});

describe('whether a picture has metadata of its own', () => {
  const jpeg = (...segments: [marker: number, body: string][]) =>
    Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      ...segments.map(([marker, body]) =>
        Buffer.concat([Buffer.from([0xff, marker, 0, body.length + 2]), Buffer.from(body, 'latin1')]),
      ),
      Buffer.from([0xff, 0xda, 0, 2]),
    ]);

  it.each<[string, Buffer, boolean]>([
    [
      'JFIF, a profile and tables',
      jpeg([0xe0, 'JFIF'], [0xe2, 'ICC_PROFILE'], [0xee, 'Adobe'], [0xdb, 'q']),
      false,
    ],
    ['EXIF', jpeg([0xe0, 'JFIF'], [0xe1, 'Exif\0\0']), true],
    ['a manifest', jpeg([0xeb, 'JP']), true],
    ['a comment', jpeg([0xfe, 'made by']), true],
    ['a kind that is not known', Buffer.from('BM and more'), true],
  ])('%s', (_name, bytes, bears) => {
    expect(bearsMetadata(bytes, false)).toBe(bears);
  });

  it('cannot be told of a head that breaks off', () => {
    const head = jpeg([0xe0, 'JFIF'], [0xdb, 'q'.repeat(60)]).subarray(0, 20);
    expect(bearsMetadata(head, true)).toBe(true);
  });
});
