import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import type { StreamFacts } from '../../../src/core/evidence/evidence.js';
import { Asset } from '../../../src/core/media/asset.js';
import type { Read } from '../../../src/core/media/carrier.js';
import { streamsReader } from '../../../src/core/readers/carriers/streams.js';
import { decodeGrey } from '../../../src/core/readers/pixels/grey.js';
import { decodePicture } from '../../../src/core/readers/pixels/picture.js';
import { box, ftyp, u32 } from './av-bytes.js';

/** Findings of the fuzzer in stream facts: a library's arithmetic over hostile files, and its run time. */

const folder = mkdtempSync(join(tmpdir(), 'assay-streams-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(bytes: Buffer): Promise<Read<StreamFacts>> {
  const path = join(folder, 'a');
  writeFileSync(path, bytes);
  const asset = await Asset.open(path);
  try {
    return await streamsReader.read(asset, { engine: 'wasm' });
  } finally {
    await asset.close();
  }
}

/** An Ogg page whose granule position is zero, though its header skips 312 samples. */
const opus = Buffer.concat([
  Buffer.from('OggS\0\x02', 'latin1'),
  Buffer.alloc(8),
  Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 0xa2, 0x28, 0x0c, 0x72, 1, 19]),
  Buffer.from('OpusHead\x01\x01', 'latin1'),
  Buffer.from([0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0]),
]);

/** Returns a TIFF of one directory without picture data. */
function tiff(width: number, height: number): Buffer {
  const entries = [
    [256, width],
    [257, height],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, height],
    [279, 16],
  ];
  const bytes = Buffer.alloc(14 + entries.length * 12);
  bytes.write('II*\0\x08\0\0\0', 'latin1');
  bytes.writeUInt16LE(entries.length, 8);
  for (const [i, [tag = 0, value = 0]] of entries.entries()) {
    bytes.writeUInt16LE(tag, 10 + i * 12);
    bytes.writeUInt16LE(4, 12 + i * 12);
    bytes.writeUInt32LE(1, 14 + i * 12);
    bytes.writeUInt32LE(value, 18 + i * 12);
  }
  return bytes;
}

/** Returns an animated WebP with a canvas of this size, and two frames of one small picture each. */
async function webp(width: number, height: number): Promise<Buffer> {
  const still = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
    .webp()
    .toBuffer();
  const chunk = (id: string, data: Buffer) => {
    const head = Buffer.from(`${id}\0\0\0\0`, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
  };
  const canvas = Buffer.from([2, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  canvas.writeUIntLE(width - 1, 4, 3);
  canvas.writeUIntLE(height - 1, 7, 3);
  const frame = chunk(
    'ANMF',
    Buffer.concat([Buffer.from('00000000000003000003000064000000', 'hex'), still.subarray(12)]),
  );
  const chunks = [chunk('VP8X', canvas), chunk('ANIM', Buffer.alloc(6)), frame, frame];
  return chunk('RIFF', Buffer.concat([Buffer.from('WEBP'), ...chunks]));
}

async function avif(width: number, height: number): Promise<Buffer> {
  const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } })
    .avif()
    .toBuffer();
  const at = bytes.indexOf('ispe') + 8;
  bytes.writeUInt32BE(width, at);
  bytes.writeUInt32BE(height, at + 4);
  return bytes;
}

describe('facts of streams', () => {
  it.each([
    ['TIFF', 40_000, 40_000, async () => tiff(40_000, 40_000)],
    ['TIFF wider than libvips opens', 200_000_000, 4, async () => tiff(200_000_000, 4)],
    ['WebP', 16_384, 20_000, () => webp(16_384, 20_000)],
    ['AVIF', 40_000, 30_000, () => avif(40_000, 30_000)],
  ])(
    'of a picture that is too large to be decoded have its size, and no fault: %s',
    async (_, width, height, bytes) => {
      expect(await read(await bytes())).toMatchObject({
        status: 'found',
        value: { tracks: [{ kind: 'image', width, height }] },
      });
      const path = join(folder, 'a');
      const asset = await Asset.open(path);
      const fault = { status: 'failed', code: 'bound.pixels' };
      expect(await decodePicture(asset, true)).toMatchObject({ fault });
      expect(await decodeGrey(asset)).toMatchObject(fault);
      await asset.close();
    },
  );

  it('bytes behind a GIF are no fault of its header, and a GIF that was cut off has one', async () => {
    const gif = await sharp({ create: { width: 20, height: 10, channels: 3, background: 'red' } })
      .gif()
      .toBuffer();
    const size = { value: { tracks: [{ kind: 'image', width: 20, height: 10 }] } };
    expect(await read(gif)).toMatchObject(size);
    expect(await read(Buffer.concat([gif, Buffer.alloc(64)]))).toMatchObject(size);
    expect(await read(Buffer.concat([gif, Buffer.from('\r\njunk')]))).toMatchObject(size);
    expect(await read(gif.subarray(0, -20))).toMatchObject({ status: 'malformed' });
  });

  it('a picture whose header is damaged is said to be so, without the place where the file was read', async () => {
    const bytes = await avif(64, 64);
    const answer = await read(bytes.subarray(0, bytes.indexOf('ispe')));
    expect(answer).toMatchObject({ status: 'malformed', code: 'picture.unreadable' });
    expect(JSON.stringify(answer)).not.toContain(folder);
  });

  it('are those of the file that lies there now, not of the one before at the same path', async () => {
    for (const size of [40, 24, 56]) {
      const picture = sharp({ create: { width: size, height: size, channels: 3, background: 'red' } });
      expect(await read(await picture.webp().toBuffer())).toMatchObject({
        value: { tracks: [{ kind: 'image', width: size, height: size }] },
      });
    }
  });

  it('a sound shorter than nothing has no length, and the report is none the worse', async () => {
    const answer = await read(opus);
    expect(answer).toMatchObject({ status: 'found', value: { tracks: [{ codec: 'Opus', channels: 1 }] } });
    expect('value' in answer && answer.value).not.toHaveProperty('durationSeconds');
  });

  it('a hundred thousand empty chunks are given up at the bound', async () => {
    const format = Buffer.from('666d74201000000001000100401f0000803e000002001000', 'hex');
    const chunks = Buffer.alloc(8 * (limits.soundReads + 1));
    for (let at = 0; at < chunks.length; at += 8) chunks.write('junk', at, 'latin1');
    const body = Buffer.concat([Buffer.from('WAVE'), format, chunks]);
    const head = Buffer.from('RIFF\0\0\0\0', 'latin1');
    head.writeUInt32LE(body.length, 4);
    expect(await read(Buffer.concat([head, body]))).toMatchObject({
      status: 'failed',
      code: 'sound.unreadable',
    });
  });

  it('a movie of as many empty boxes says its tracks all the same', async () => {
    const empty = Buffer.concat(Array(limits.soundReads).fill(box('free')));
    const entry = box('stsd', u32(0), u32(1), box('avc1', Buffer.alloc(78)));
    const media = box(
      'mdia',
      box('hdlr', u32(0), u32(0), Buffer.from('vide'), Buffer.alloc(13)),
      box('minf', box('stbl', entry)),
    );
    expect(await read(Buffer.concat([ftyp, box('moov', box('trak', media)), empty]))).toMatchObject({
      status: 'found',
      value: { tracks: [{ kind: 'video', codec: 'avc1' }] },
    });
  });

  it('a track run of four thousand million samples without a byte for each is given up', async () => {
    const run = box('trun', u32(0), u32(0xffffffff), Buffer.alloc(16));
    const fragment = box('moof', box('traf', box('tfhd', u32(0), u32(1)), run));
    expect(
      await read(Buffer.concat([ftyp, box('moov', box('mvhd', Buffer.alloc(100))), fragment])),
    ).toMatchObject({
      status: 'failed',
      code: 'sound.unreadable',
    });
  });
});
