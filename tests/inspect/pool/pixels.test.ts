import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rgbScene, thumbnailExif, withHeicExif } from '../../../fixtures/build/pixel-makers.js';
import { limits } from '../../../src/base/limits.js';
import type { StoredReport } from '../../../src/core/report/report.js';
import { createInspector } from '../../../src/inspect/pool/create-inspector.js';
import { describeWith } from '../../support/system-parts.js';

/** Reads pixels in the real reading processes, under their memory limits. */
const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');

// Time limits must not decide on a busy machine, because this tests the memory limits.
const inspector = createInspector({ jobs: 1, bounds: { taskMillis: 60_000 } });
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-deep-'));
});
afterAll(async () => {
  await inspector.close();
  rmSync(folder, { recursive: true, force: true });
});

const inspect = (path: string, deep: boolean): Promise<StoredReport> =>
  inspector.inspect({ path, name: 'a', asOf: '2026-11-25', engine: 'auto', deep });

const PIXEL_CARRIERS = ['stealthText', 'pixelProof', 'pixelWatermark', 'thumbnail'] as const;
const codes = ({ reads }: StoredReport) =>
  PIXEL_CARRIERS.map((carrier) => {
    const read = reads[carrier];
    return 'code' in read && read.code !== 'carrier.none' ? read.code : read.status;
  });

describe('a few bytes that claim many pixels', () => {
  it.each([
    ['claims-30000.png', ['bound.pixels', 'absent', 'bound.pixels', 'absent']],
    ['claims-16384.avif', ['unsupported', 'unsupported', 'bound.pixels', 'absent']],
  ])('%s costs neither time nor the process', async (name, wanted) => {
    const path = join(FIXTURES, 'pixels', name);
    // Stopped by the pixel limit, not by a deadline or a crash.
    expect(codes(await inspect(path, true))).toEqual(wanted);
  });

  it('is nothing that was asked for without deep', async () => {
    const report = await inspect(join(FIXTURES, 'pixels/claims-30000.png'), false);
    expect(codes(report)).toEqual([
      'carrier.notRequested',
      'absent',
      'carrier.notRequested',
      'carrier.notRequested',
    ]);
  });
});

describe('as many pixels as are decoded', () => {
  const flat = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 4, background: '#345678fe' }, limitInputPixels: false });

  it.each(['png', 'webp'] as const)('fit into the process when asked: %s', async (format) => {
    const path = join(folder, `most.${format}`);
    const picture = flat(8192, limits.picturePixels / 8192);
    await (format === 'png' ? picture.png() : picture.webp({ lossless: true, effort: 0 })).toFile(path);
    expect(codes(await inspect(path, true))).toEqual(['absent', 'absent', 'absent', 'absent']);
  });

  it.each(['png', 'webp'] as const)('fit into the small process unasked: %s', async (format) => {
    const path = join(folder, `unasked.${format}`);
    const picture = flat(4096, limits.defaultPicturePixels / 4096);
    await (format === 'png' ? picture.png() : picture.webp({ lossless: true, effort: 0 })).toFile(path);
    expect(codes(await inspect(path, false)).slice(0, 2)).toEqual(['absent', 'absent']);
  });
});

describeWith('ffmpeg', 'ffmpeg under the limits of a reading process', () => {
  it('decodes an HEVC picture', async () => {
    const size = { width: 128, height: 96 };
    const other = await sharp(rgbScene({ ...size, hue: 2, sunAt: 0.2 }), { raw: { ...size, channels: 3 } })
      .flip()
      .jpeg()
      .toBuffer();
    const path = join(folder, 'a.heic');
    writeFileSync(path, withHeicExif(readFileSync(join(FIXTURES, 'plain/plain.heic')), thumbnailExif(other)));
    const report = await inspect(path, true);
    expect(report.reads.thumbnail.status).toBe('found');
    expect(report.signals.map(({ id }) => id)).toContain('file.thumbnailDiffers');
  });
});
