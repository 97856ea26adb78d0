import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Asset } from '../../../src/core/media/asset.js';
import { decodeLeftColumns } from '../../../src/core/readers/pixels/picture.js';
import { decodePngColumns } from '../../../src/core/readers/pixels/png-columns.js';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

function chunk(type: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length);
  bytes.write(type, 4, 'latin1');
  data.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

const ADAM7: [number, number, number, number][] = [
  ...([
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
  ] as [number, number, number, number][]),
  ...([
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as [number, number, number, number][]),
];

interface Made {
  width: number;
  height: number;
  depth: number;
  type: number;
  interlaced: boolean;
  seed: Uint8Array;
}

/** Samples and filters are repeated from the seed. */
function png({ width, height, depth, type, interlaced, seed }: Made, beside: Buffer[] = []): Buffer {
  const pixelBytes = ((type === 4 ? 2 : 4) * depth) / 8;
  const passes: [number, number, number, number][] = interlaced ? ADAM7 : [[0, 0, 1, 1]];
  let at = 0;
  const next = () => ((seed[at++ % seed.length] ?? 0) + at) & 0xff;
  const rows = passes.flatMap(([left, top, right, down]) => {
    const [wide, high] = [Math.ceil((width - left) / right), Math.ceil((height - top) / down)];
    if (wide <= 0 || high <= 0) return [];
    return Array.from({ length: high }, () =>
      Buffer.from([next() % 5, ...Array.from({ length: wide * pixelBytes }, next)]),
    );
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, type, 0, 0, interlaced ? 1 : 0], 8);
  const data = deflateSync(Buffer.concat(rows));
  const middle = Math.floor(data.length / 2);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...beside,
    chunk('IDAT', data.subarray(0, middle)),
    chunk('IDAT', data.subarray(middle)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const MADE = fc.record({
  width: fc.integer({ min: 1, max: 20 }),
  height: fc.integer({ min: 1, max: 30 }),
  depth: fc.constantFrom(8, 16),
  type: fc.constantFrom(4, 6),
  interlaced: fc.boolean(),
  seed: fc.uint8Array({ minLength: 1, maxLength: 200 }),
});

// Node before 20.15 has no checksum of its own, so the library reads all samples there, and this test does not run.
describe('the leftmost columns of a PNG', () => {
  it('are those that the library gives', async () => {
    await fc.assert(
      fc.asyncProperty(MADE, fc.integer({ min: 1, max: 5 }), async (made, columns) => {
        const asset = await Asset.fromBytes(png(made, [chunk('tEXt', Buffer.from('Comment\0x'))]));
        const picture = await decodePngColumns(asset, columns);
        expect(picture).toBeDefined();
        expect(await decodeLeftColumns(asset, columns, false)).toEqual({ picture });
      }),
      { numRuns: 60 },
    );
  });

  it('are the same beside chunks of which the library makes nothing, whatever stands in those', async () => {
    await fc.assert(
      fc.asyncProperty(
        MADE,
        fc.constantFrom('vpAg', 'pCAL', 'sCAL'),
        fc.uint8Array({ maxLength: 60 }),
        async (made, type, content) => {
          const asset = await Asset.fromBytes(png(made, [chunk(type, Buffer.from(content))]));
          const picture = await decodePngColumns(asset, 2);
          expect(picture).toBeDefined();
          expect(await decodeLeftColumns(asset, 2, false)).toEqual({ picture });
        },
      ),
      { numRuns: 60 },
    );
  });

  const SOUND = { width: 3, height: 9, depth: 8, type: 6, interlaced: false, seed: Uint8Array.of(1, 7, 200) };
  const columnsOf = async (bytes: Buffer) => decodePngColumns(await Asset.fromBytes(bytes), 1);

  it('are left to the library wherever a byte is not as it was written', async () => {
    const whole = png(SOUND);
    expect(await columnsOf(whole)).toBeDefined();
    for (let at = SIGNATURE.length; at < whole.length; at += 1) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x21;
      expect(await columnsOf(bytes), `byte ${at}`).toBeUndefined();
    }
    for (let length = 0; length < whole.length; length += 1)
      expect(await columnsOf(whole.subarray(0, length)), `${length} bytes`).toBeUndefined();
  });

  it('are left to it where a chunk stands in it that it may think something of, or the picture is large', async () => {
    expect(await columnsOf(png(SOUND, [chunk('tRNS', Buffer.alloc(2))]))).toBeUndefined();
    expect(await columnsOf(png(SOUND, [chunk('PLTE', Buffer.alloc(3))]))).toBeUndefined();
    expect(await columnsOf(png({ ...SOUND, type: 2 }))).toBeUndefined();
    const large = Buffer.from(png(SOUND));
    large.writeUInt32BE(2 ** 22, 16);
    large.writeUInt32BE(crc32(large.subarray(12, 29)), 29);
    expect(await columnsOf(large)).toBeUndefined();
  });
});
