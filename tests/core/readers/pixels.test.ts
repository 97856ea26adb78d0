import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  rgbScene,
  thumbnailExif,
  withHeicExif,
  withOneSampleChanged,
  withWatermark,
} from '../../../fixtures/build/pixel-makers.js';
import { Asset } from '../../../src/core/media/asset.js';
import type { Carrier } from '../../../src/core/media/carrier.js';
import { createProofReader, pixelProofReader } from '../../../src/core/readers/carriers/pixel-proof.js';
import { findWatermarks, pixelWatermarkReader } from '../../../src/core/readers/carriers/pixel-watermark.js';
import { stealthTextReader } from '../../../src/core/readers/carriers/stealth-text.js';
import { thumbnailReader } from '../../../src/core/readers/carriers/thumbnail.js';
import { decodeGrey } from '../../../src/core/readers/pixels/grey.js';
import { parseSignedComment, verifySignedComment } from '../../../src/core/readers/pixels/signed-comment.js';
import { computeThumbnailDistance } from '../../../src/core/readers/pixels/thumbnail-distance.js';
import type { Reader } from '../../../src/core/readers/reader.js';
import { PIXEL_WATERMARKS } from '../../../src/core/signatures/pixel-watermarks.js';
import { describeReader } from '../../contracts/reader.js';
import { describeWith } from '../../support/system-parts.js';
import { containersRead } from './containers-read.js';
import { read } from './read-at.js';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const pixels = (name: string) => join(FIXTURES, 'pixels', name);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-pixels-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe('hidden text', () => {
  it.each([
    ['stealth-alpha-gzip.png', 'alpha', true],
    ['stealth-alpha-plain.png', 'alpha', false],
    ['stealth-rgb-gzip.png', 'rgb', true],
    ['stealth-rgb-plain.png', 'rgb', false],
  ] as const)('%s', async (name, channel, compressed) => {
    expect(await read(stealthTextReader, pixels(name))).toMatchObject({
      status: 'found',
      value: [{ channel, compressed, text: expect.stringMatching(/^a lighthouse[\s\S]*Version: v1\.7\.0$/) }],
    });
  });

  it.each([
    ['bare alpha is looked into', 'pixels/stealth-alpha-gzip.png', 'found', undefined],
    ['no alpha: not asked', 'pixels/stealth-rgb-gzip.png', 'unsupported', 'carrier.notRequested'],
    ['settings beside it: not asked', 'pixels/novelai-other-key.png', 'unsupported', 'carrier.notRequested'],
    ['lossy WebP has none', 'plain/plain.webp', 'unsupported', 'carrier.none'],
  ])('without being asked: %s', async (_title, name, status, code) => {
    const found = await read(stealthTextReader, join(FIXTURES, name), false);
    expect(found.status).toBe(status);
    if ('code' in found) expect(found.code).toBe(code);
  });

  it.each([
    ['stealth-length.png', 'malformed', 'stealth.length'],
    ['stealth-bomb.png', 'failed', 'bound.bytes'],
  ])('%s is told and bounded', async (name, status, code) => {
    expect(await read(stealthTextReader, pixels(name))).toMatchObject({ status, code });
  });

  it.each([
    ['grey', 1],
    ['grey and alpha', 2],
  ] as const)('a picture in %s is looked at', async (name, channels) => {
    const raw = { raw: { width: 20, height: 20, channels } };
    const png = await sharp(Buffer.alloc(400 * channels, 0x80), raw)
      .toColourspace('b-w')
      .png()
      .toBuffer();
    expect((await read(stealthTextReader, written(`${name}.png`, png))).status).toBe('absent');
  });
});

/** Key that signs the fixtures. */
const TEST_KEY = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 'assay')]),
  format: 'der',
  type: 'pkcs8',
});
const TEST_PUBLIC_KEY = createPublicKey(TEST_KEY)
  .export({ format: 'der', type: 'spki' })
  .subarray(-32)
  .toString('base64');
const testProofReader = createProofReader([{ publicKey: TEST_PUBLIC_KEY }]);

describe('NovelAI’s signature', () => {
  it.each([
    ['novelai-other-key.png', 'tEXt Comment'],
    ['novelai-other-key.webp', 'EXIF chunk UserComment'],
    ['novelai-other-key-stealth.png', 'alpha channel, lowest bits'],
  ])('in %s holds with the key it was made with, unasked, and not with NovelAI’s', async (name, locator) => {
    const value = [{ scheme: 'novelai', locator, isValid: true }];
    expect(await read(testProofReader, pixels(name), false)).toEqual({ status: 'found', value });
    const other = [{ scheme: 'novelai', locator, isValid: false }];
    expect(await read(pixelProofReader, pixels(name), false)).toEqual({ status: 'found', value: other });
  });

  it('does not hold over one changed sample', async () => {
    // The last sample of the fixture is alpha, which is not signed, so a picture without alpha is used.
    const png = await sharp(pixels('novelai-other-key.png')).removeAlpha().png().toBuffer();
    const texts = readFileSync(pixels('novelai-other-key.png'));
    const comment = texts.subarray(texts.indexOf('tEXtComment') - 4);
    const chunk = comment.subarray(0, comment.readUInt32BE(0) + 12);
    const withText = Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
    expect(await read(testProofReader, written('same.png', withText))).toMatchObject({
      value: [{ isValid: true }],
    });
    const changed = written('changed.png', withOneSampleChanged(withText));
    expect(await read(testProofReader, changed)).toMatchObject({ value: [{ isValid: false }] });
  });

  it('is absent where none stands', async () => {
    expect(await read(pixelProofReader, join(FIXTURES, 'plain/plain.png'), false)).toEqual({
      status: 'absent',
    });
  });

  const picture = { width: 2, height: 1, channels: 3, data: Buffer.from([1, 2, 3, 4, 5, 6]) };
  const signed = (text: string) =>
    sign(null, Buffer.concat([picture.data, Buffer.from(text)]), TEST_KEY).toString('base64');

  it.each([
    ['last', '{"a": 1, "b": [1, 2]}', (s: string) => `{"a": 1, "b": [1, 2], "signed_hash": "${s}"}`],
    ['first', '{"a": 1, "b": 2}', (s: string) => `{"signed_hash": "${s}", "a": 1, "b": 2}`],
    ['between', '{"a": 1, "b": 2}', (s: string) => `{"a": 1, "signed_hash": "${s}", "b": 2}`],
    ['alone', '{}', (s: string) => `{"signed_hash": "${s}"}`],
    [
      'behind a prompt that speaks of it',
      '{"prompt": "\\"signed_hash\\": \\"x\\", y"}',
      (s: string) => `{"prompt": "\\"signed_hash\\": \\"x\\", y", "signed_hash": "${s}"}`,
    ],
    [
      'behind one deeper in',
      '{"old": {"signed_hash": "x", "c": 1}, "b": "é"}',
      (s: string) => `{"old": {"signed_hash": "x", "c": 1}, "b": "é", "signed_hash": "${s}"}`,
    ],
  ])('is cut out of the text as it stands: %s', (_where, text, withHash) => {
    const comment = parseSignedComment(withHash(signed(text)));
    expect(comment).toMatchObject({ signedText: text });
    if (typeof comment === 'object')
      expect(verifySignedComment(comment, picture, TEST_PUBLIC_KEY)).toBe(true);
  });

  it.each([
    ['{"a": 1}', undefined],
    ['not JSON "signed_hash"', undefined],
    ['{"signed_hash": 5}', undefined],
    ['{"prompt": "\\"signed_hash\\": \\"x\\""}', undefined],
    ['{"a": {"signed_hash": "x"}}', undefined],
    ['{"signed_hash": "too short"}', 'unreadable'],
    ['{"signed_hash": "escaped\\u0041"}', 'unreadable'],
  ])('%s is no signed text', (text, answer) => {
    expect(parseSignedComment(text)).toBe(answer);
  });
});

describe('watermarks of reference pipelines', () => {
  const size = { width: 512, height: 384 };
  const scene = rgbScene(size);

  const all = PIXEL_WATERMARKS.flatMap((row) =>
    (['float', 'uint8'] as const).flatMap((convention) =>
      (['rgb', 'bgr'] as const).map((order) => [row.id, convention, order, row.bits] as const),
    ),
  );
  it.each(all)('%s written with %s in %s order is found, and no other', (id, convention, order, bits) => {
    const data = withWatermark(scene, { ...size, bits, convention, order });
    expect(findWatermarks({ ...size, channels: 3, data })).toMatchObject([
      { row: id, of: bits.length, channels: order },
    ]);
  });

  it('are not found in what carries none', () => {
    for (const hue of [0, 1, 2]) {
      expect(findWatermarks({ ...size, channels: 3, data: rgbScene({ ...size, hue }) })).toEqual([]);
    }
  });

  it('are not found in even, striped and chequered pictures', () => {
    const filled = (value: (x: number, y: number, channel: number) => number) => {
      const data = Buffer.alloc(size.width * size.height * 3);
      for (let i = 0; i < data.length; i++) {
        const pixel = Math.floor(i / 3);
        data[i] = value(pixel % size.width, Math.floor(pixel / size.width), i % 3);
      }
      return findWatermarks({ ...size, channels: 3, data });
    };
    for (const level of [0, 64, 128, 255]) expect(filled(() => level)).toEqual([]);
    for (let period = 1; period <= 64; period++) {
      expect(filled((x, _y, c) => (Math.floor(x / period) % 2) * 90 * c)).toEqual([]);
      expect(filled((x, y, c) => ((Math.floor(x / period) + Math.floor(y / period)) % 2) * 120 * c)).toEqual(
        [],
      );
    }
  });

  it('are looked for only when asked, and not in pictures too small to carry one', async () => {
    const path = pixels('watermark-sdxl.png');
    expect(await read(pixelWatermarkReader, path, false)).toMatchObject({ code: 'carrier.notRequested' });
    expect(await read(pixelWatermarkReader, path)).toMatchObject({
      value: [{ row: 'pixels-sdxl', matches: 48 }],
    });
    expect(await read(pixelWatermarkReader, pixels('stealth-rgb-gzip.png'))).toEqual({ status: 'absent' });
    expect(await read(pixelWatermarkReader, join(FIXTURES, 'plain/plain.jxl'))).toMatchObject({
      code: 'carrier.notRead',
    });
  });
});

describe('the stored thumbnail', () => {
  it('is not asked for without being asked', async () => {
    expect(await read(thumbnailReader, pixels('thumbnail-same.jpg'), false)).toMatchObject({
      code: 'carrier.notRequested',
    });
  });

  const differing = async (path: string) => {
    const found = await read(thumbnailReader, path);
    expect(found).toMatchObject({ status: 'found', value: [{ of: 64 }] });
    return 'value' in found ? (found.value?.[0]?.differing ?? -1) : -1;
  };

  it('between black bars is the picture’s own', async () => {
    expect(await differing(pixels('thumbnail-same.jpg'))).toBeLessThan(8);
  });

  it('of another picture is far from it', async () => {
    expect(await differing(pixels('thumbnail-differs.jpg'))).toBeGreaterThan(20);
  });

  const grey = async (path: string | Buffer, turn = 0) => {
    const { data, info } = await sharp(path)
      .rotate(turn)
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data };
  };

  it.each([0, 90, 180, 270])('turned by %s degrees is still the same picture', async (turn) => {
    const path = pixels('thumbnail-same.jpg');
    expect(computeThumbnailDistance(await grey(path), await grey(path, turn))).toBeLessThan(8);
  });

  it('cut to another shape is still the same picture', async () => {
    const square = await sharp(pixels('thumbnail-same.jpg'))
      .resize(120, 120, { fit: 'cover' })
      .jpeg()
      .toBuffer();
    expect(
      computeThumbnailDistance(await grey(pixels('thumbnail-same.jpg')), await grey(square)),
    ).toBeLessThan(8);
  });

  it('is not compared with a picture that is all but even', async () => {
    const even = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#777' } })
      .jpeg()
      .toBuffer();
    expect(
      computeThumbnailDistance(await grey(pixels('thumbnail-same.jpg')), await grey(even)),
    ).toBeUndefined();
  });

  it('that does not lie where EXIF says is told', async () => {
    const jpeg = Buffer.from(readFileSync(pixels('thumbnail-same.jpg')));
    // The length, in the last entry of the second directory.
    const entry = jpeg.indexOf(Buffer.from([0x02, 0x02, 0x04, 0x00, 0x01, 0x00, 0x00, 0x00]));
    jpeg.writeUInt32LE(60_000, entry + 8);
    expect(await read(thumbnailReader, written('range.jpg', jpeg))).toMatchObject({
      status: 'malformed',
      code: 'thumbnail.range',
    });
  });

  describeWith('ffmpeg', 'of pictures that ffmpeg decodes', () => {
    const frame = { width: 128, height: 96 };
    const small = (scene: Parameters<typeof rgbScene>[0]) =>
      sharp(rgbScene(scene), { raw: { width: scene.width, height: scene.height, channels: 3 } });
    const heicWith = (thumbnail: Buffer) =>
      withHeicExif(readFileSync(join(FIXTURES, 'plain/plain.heic')), thumbnailExif(thumbnail));

    it('is compared in HEVC HEIC', async () => {
      const own = await small({ ...frame, sunAt: 0.3 })
        .jpeg()
        .toBuffer();
      expect(await differing(written('same.heic', heicWith(own)))).toBeLessThan(8);
      const other = await small({ ...frame, hue: 2, sunAt: 0.2 })
        .flip()
        .jpeg()
        .toBuffer();
      expect(await differing(written('differs.heic', heicWith(other)))).toBeGreaterThan(20);
    });

    it('could be compared in JPEG XL', async () => {
      const asset = await Asset.open(join(FIXTURES, 'plain/plain.jxl'));
      const jxl = await decodeGrey(asset);
      await asset.close();
      const own = await grey(
        await small({ ...frame, sunAt: 0.3 })
          .png()
          .toBuffer(),
      );
      expect('data' in jxl && computeThumbnailDistance(jxl, own)).toBeLessThan(8);
    });

    it('is told not to be read where ffmpeg is missing', async () => {
      const path = written('none.heic', heicWith(await small(frame).jpeg().toBuffer()));
      const kept = process.env['PATH'];
      process.env['PATH'] = folder;
      try {
        expect(await read(thumbnailReader, path)).toMatchObject({
          status: 'unsupported',
          code: 'carrier.notRead',
          params: { what: 'ffmpeg' },
        });
      } finally {
        process.env['PATH'] = kept;
      }
    });
  });
});

describe('a picture that claims more pixels than the bound', () => {
  it.each([['claims-30000.png'], ['claims-16384.avif']])('%s is not decoded', async (name) => {
    expect(await read(pixelWatermarkReader, pixels(name))).toMatchObject({
      status: 'failed',
      code: 'bound.pixels',
    });
  });
});

/** The contract suite passes no options; here the same readers are called with `deep`. */
const deeply = <C extends Carrier>(reader: Reader<C>): Reader => ({
  ...reader,
  read: (asset, context) => reader.read(asset, { ...context, deep: true }),
});
const seeds = ['stealth-alpha-gzip.png', 'novelai-other-key.webp', 'thumbnail-same.jpg'].map(pixels);
for (const reader of [stealthTextReader, pixelProofReader, pixelWatermarkReader, thumbnailReader]) {
  describeReader(
    deeply(reader),
    seeds.filter((seed) =>
      containersRead(reader.carrier).some((container) => seed.endsWith(container.replace('jpeg', 'jpg'))),
    ),
  );
}
