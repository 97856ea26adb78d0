import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { rgbScene } from '../../../fixtures/build/pixel-makers.js';
import { Asset } from '../../../src/core/media/asset.js';
import { computeFingerprints } from '../../../src/core/readers/fingerprints/fingerprint-of.js';
import { renderPictures } from '../../../src/core/readers/pictures/pictures-of.js';
import { parseFingerprints } from '../../../src/inspect/checks/fingerprints-check.js';
import type { Fingerprint } from '../../../src/matching/fingerprint.js';
import { ORIENTATIONS } from '../../../src/matching/pdq.js';
import { compareSounds } from '../../../src/matching/sound-fingerprint.js';
import { compareFrames, hammingDistance, splitFrames } from '../../../src/matching/video-frames.js';
import { describeWith } from '../../support/system-parts.js';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const folder = mkdtempSync(join(tmpdir(), 'assay-fingerprint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fixture = (name: string) => join(FIXTURES, name);
function written(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Returns the fingerprints as a caller gets them: checked, bytes included. */
async function fingerprints(path: string) {
  const asset = await Asset.open(path);
  try {
    const checked = parseFingerprints(JSON.parse(JSON.stringify(await computeFingerprints(asset))));
    if (checked === undefined) throw new Error(`what was made of ${path} does not pass its check`);
    return checked;
  } finally {
    await asset.close();
  }
}

async function only(path: string): Promise<Fingerprint> {
  const { made, missing } = await fingerprints(path);
  expect(missing).toEqual([]);
  const [one, ...others] = made;
  expect(others).toEqual([]);
  if (one === undefined) throw new Error(`nothing was made of ${path}`);
  return one;
}

const scene = (width = 900, height = 600) =>
  sharp(rgbScene({ width, height }), { raw: { width, height, channels: 3 } });
const parts = ({ shelf }: Fingerprint) => splitFrames(shelf, 1)[0] ?? [];
const asked = ({ query }: Fingerprint) => splitFrames(query, 1)[0] ?? [];
const nearest = (query: readonly Uint8Array[], kept: readonly Uint8Array[]) =>
  Math.min(...query.flatMap((one) => kept.map((other) => hammingDistance(one, other))));

describe('a picture', () => {
  it('has its cuts on the shelf, and is asked with in all turns', async () => {
    const own = await only(written('own.jpg', await scene().jpeg().toBuffer()));
    expect(own).toMatchObject({ kind: 'picture', frames: 1 });
    expect(own.quality).toBeGreaterThanOrEqual(50);
    expect(parts(own).length).toBeGreaterThan(10);
    expect(parts(own).length).toBeLessThanOrEqual(17);
    expect(asked(own).length % (ORIENTATIONS.length + 1)).toBe(0);
    expect(asked(own)[0]).toEqual(parts(own)[0]);
  });

  /** Computed once and shared by all files near to it. */
  let own: Promise<Fingerprint> | undefined;
  it.each([
    ['packed anew and smaller', 31, (image: Sharp) => image.resize(450).jpeg({ quality: 40 })],
    ['mirrored', 31, (image: Sharp) => image.flop().jpeg()],
    ['a quarter turn round', 31, (image: Sharp) => image.rotate(90).webp()],
    [
      'cut by a tenth',
      31,
      (image: Sharp) => image.extract({ left: 45, top: 30, width: 810, height: 540 }).jpeg(),
    ],
    [
      'with a border',
      31,
      (image: Sharp) =>
        image.extend({ top: 50, bottom: 50, left: 50, right: 50, background: 'white' }).jpeg(),
    ],
    ['turned by EXIF alone', 31, (image: Sharp) => image.withMetadata({ orientation: 6 }).jpeg()],
    ['of 16 bits', 4, (image: Sharp) => image.toColourspace('rgb16').png()],
    ['in CMYK', 31, (image: Sharp) => image.toColourspace('cmyk').jpeg()],
  ])('is near to itself: %s', async (name, most, change) => {
    own ??= only(written('whole.png', await scene().png().toBuffer()));
    const other = await only(written(`${name}.file`, await change(scene()).toBuffer()));
    expect(nearest(asked(other), parts(await own))).toBeLessThanOrEqual(most);
  });

  it('in grey with what is transparent stands on white', async () => {
    const grey = scene().greyscale();
    const flat = await only(written('flat.png', await grey.clone().png().toBuffer()));
    const raw = await grey.clone().ensureAlpha(1).toColourspace('b-w').png().toBuffer();
    expect((await sharp(raw).metadata()).channels).toBe(2);
    expect(nearest(asked(await only(written('alpha.png', raw))), parts(flat).slice(0, 1))).toBeLessThan(8);
  });

  it('is its first frame where it moves', async () => {
    const first = await scene(120, 90).gif().toBuffer();
    const other = sharp({ create: { width: 120, height: 90, channels: 3, background: 'red' } });
    const moving = await sharp([first, await other.gif().toBuffer()], { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(moving).metadata()).pages).toBe(2);
    const own = await only(written('still.gif', first));
    expect(nearest(asked(await only(written('moving.gif', moving))), parts(own).slice(0, 1))).toBeLessThan(
      16,
    );
  });

  it('comes out the same from the pixels that its previews are made of', async () => {
    const path = written('large.jpg', await scene(2_400, 1_600).jpeg().toBuffer());
    const alone = await only(path);
    const asset = await Asset.open(path);
    const { made, fingerprint } = await renderPictures(asset, { fingerprint: {} });
    await asset.close();
    expect(made.map(({ kind }) => kind)).toEqual(['preview', 'large']);
    const beside = parseFingerprints(JSON.parse(JSON.stringify(fingerprint)))?.made[0];
    expect(nearest(parts(alone).slice(0, 1), beside ? parts(beside).slice(0, 1) : [])).toBeLessThan(16);
  });

  it('that is damaged is compared by what is left of it, and that is said', async () => {
    const jpeg = await scene().jpeg().toBuffer();
    const { made, partly } = await fingerprints(written('cut.jpg', jpeg.subarray(0, jpeg.length * 0.8)));
    expect(made).toHaveLength(1);
    expect(partly).toEqual([{ kind: 'picture', code: 'fingerprint.damaged' }]);
  });

  const one = (background: string, width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer();
  it.each<[string, string, () => Promise<Buffer | string> | Buffer]>([
    ['one point', 'fingerprint.small', () => one('red', 1, 1)],
    ['a strip', 'fingerprint.small', () => scene(800, 20).png().toBuffer()],
    ['one colour', 'fingerprint.flat', () => one('red', 400, 300)],
    [
      'nothing but transparent',
      'fingerprint.flat',
      () =>
        sharp({ create: { width: 90, height: 90, channels: 4, background: '#0000' } })
          .png()
          .toBuffer(),
    ],
    [
      'bars',
      'fingerprint.regular',
      () =>
        sharp(Buffer.from(Uint8Array.from({ length: 64 * 64 }, (_, at) => (at % 16 < 8 ? 0 : 255))), {
          raw: { width: 64, height: 64, channels: 1 },
        })
          .png()
          .toBuffer(),
    ],
    ['no picture', 'pixels.unreadable', () => Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
  ])('of %s has none, and it is said', async (name, code, make) => {
    const { made, missing } = await fingerprints(written(`${name}.file`, await make()));
    expect(made).toEqual([]);
    expect(missing).toMatchObject([{ kind: 'picture', code }]);
  });

  it.each([
    ['pixels/claims-16384.avif', 'bound.pixels'],
    ['pixels/claims-30000.png', 'bound.pixels'],
    ['hostile/png-truncated.png', 'pixels.unreadable'],
  ])('of what only says that it is one has none: %s', async (name, code) => {
    const { made, missing } = await fingerprints(fixture(name));
    expect(made).toEqual([]);
    expect(missing).toMatchObject([{ kind: 'picture', code }]);
  });

  it('that nothing here decodes is told, and a document has none', async () => {
    expect((await fingerprints(fixture('plain/plain.svg'))).missing).toMatchObject([
      { kind: 'picture', code: 'carrier.notRead' },
    ]);
    expect(await fingerprints(fixture('plain/plain.pdf'))).toEqual({ made: [], missing: [] });
  });
});

it('without their programs videos and sounds have none, and each says which', async () => {
  vi.stubEnv('PATH', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const notRead = (kind: string, what: string) => ({ kind, code: 'carrier.notRead', params: { what } });
  expect((await fingerprints(fixture('plain/plain.mp4'))).missing).toMatchObject([
    notRead('video', 'frames'),
    notRead('sound', 'sound'),
  ]);
  expect((await fingerprints(fixture('plain/plain.mp3'))).missing).toMatchObject([notRead('sound', 'sound')]);
  expect((await fingerprints(fixture('plain/plain.mts'))).missing).toMatchObject([
    notRead('video', 'pixels'),
    notRead('sound', 'samples'),
  ]);
});

describeWith('ffmpeg', 'a video', (ffmpeg) => {
  const run = (...args: string[]) => execFileSync(ffmpeg, ['-v', 'error', '-y', ...args]);
  const original = join(folder, 'original.mp4');
  beforeAll(() => {
    const moving = 'mandelbrot=size=320x180:rate=8:start_scale=2:end_scale=0.02:end_pts=60';
    run('-f', 'lavfi', '-i', moving, '-t', '5', '-c:v', 'mpeg4', '-q:v', '3', original);
  });
  const frames = ({ shelf, query, frames: count }: Fingerprint) => ({
    kept: splitFrames(shelf, count),
    asked: splitFrames(query, count),
  });

  /** Fingerprint of the original, computed once for all callers. */
  let own: Promise<Fingerprint> | undefined;
  it('has two frames a second, each with its cuts and turns', async () => {
    own ??= only(original);
    const { frames: count } = await own;
    expect(await own).toMatchObject({ kind: 'video', seconds: 5 });
    expect(count).toBeGreaterThan(5);
    expect(count).toBeLessThanOrEqual(10);
    const { kept, asked: queries } = frames(await own);
    expect(new Set(kept.map((frame) => frame.length))).toEqual(new Set([17]));
    expect(queries[0]?.length).toBeGreaterThanOrEqual(8);
  });

  it.each([
    ['packed anew and smaller', 0.9, ['-vf', 'scale=160:90', '-q:v', '12']],
    ['cut by a tenth', 0.8, ['-vf', 'crop=iw*0.9:ih*0.9', '-q:v', '4']],
    ['between bars', 0.8, ['-vf', 'pad=320:320:0:70', '-q:v', '4']],
    ['with a logo', 0.5, ['-vf', 'drawbox=x=270:y=8:w=40:h=12:color=white:t=fill', '-q:v', '4']],
    ['mirrored, of its second half', 0.8, ['-ss', '2.5', '-vf', 'hflip', '-q:v', '4']],
  ])('is near to itself: %s', async (name, least, args) => {
    const path = join(folder, `${name}.mp4`);
    run('-i', original, ...args, '-c:v', 'mpeg4', path);
    own ??= only(original);
    const compared = compareFrames(frames(await only(path)).asked, frames(await own).kept, 60);
    expect(compared.matched / compared.of).toBeGreaterThanOrEqual(least);
  });

  it('that shows nothing has none, and one that is broken none either', async () => {
    const black = join(folder, 'black.mp4');
    run('-f', 'lavfi', '-i', 'color=black:size=160x90:rate=4', '-t', '2', '-c:v', 'mpeg4', black);
    expect((await fingerprints(black)).missing).toEqual([
      { kind: 'video', code: 'fingerprint.frames', params: { count: 4 } },
    ]);
    const missing = await fingerprints(fixture('hostile/mp4-cut-before-media.mp4'));
    expect(missing.made).toEqual([]);
    expect(missing.missing).toContainEqual({
      kind: 'video',
      code: 'fingerprint.unreadable',
      params: { kind: 'video' },
    });
  });
});

describeWith('fpcalc', 'a sound', () => {
  const melody = (shift: number) =>
    `aevalsrc='0.4*sin(2*PI*t*(${220 + shift}+110*floor(mod(t*3,7))))+0.3*sin(2*PI*t*(${330 + shift}+70*floor(mod(t*1.7,5))))':s=22050`;
  const make = (name: string, source: string, ...args: string[]) => {
    const path = join(folder, name);
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...args, path]);
    return path;
  };

  it('is near to itself, packed anew and cut out, and another one is not', async () => {
    const whole = await only(make('whole.wav', melody(0), '-t', '40'));
    expect(whole).toMatchObject({ kind: 'sound', frames: 1, quality: 100, seconds: 40 });
    const clip = await only(make('clip.mp3', melody(0), '-ss', '13', '-t', '12', '-b:a', '48k'));
    const found = compareSounds(clip.query, whole.shelf);
    expect(found?.distance).toBeLessThanOrEqual(51);
    expect(Math.abs((found?.offset ?? 0) * 0.1238 - 13)).toBeLessThan(0.5);
    const other = await only(make('other.wav', 'anoisesrc=seed=5:color=pink:r=22050', '-t', '15'));
    expect(compareSounds(other.query, whole.shelf)?.distance ?? 256).toBeGreaterThan(60);
  });

  it('that is short or silent has none, and it is said', async () => {
    expect((await fingerprints(make('short.wav', melody(0), '-t', '4'))).missing).toEqual([
      { kind: 'sound', code: 'fingerprint.short', params: { seconds: 4, least: 10 } },
    ]);
    for (const source of ['anullsrc=r=22050', 'sine=frequency=440'])
      expect((await fingerprints(make('even.wav', source, '-t', '12'))).missing).toEqual([
        { kind: 'sound', code: 'fingerprint.silent' },
      ]);
  });

  it('of a video is made beside its frames', async () => {
    const path = join(folder, 'both.mp4');
    const sources = ['-f', 'lavfi', '-i', 'mandelbrot=size=160x90:rate=4', '-f', 'lavfi', '-i', melody(50)];
    execFileSync('ffmpeg', [
      '-v',
      'error',
      '-y',
      ...sources,
      '-t',
      '11',
      '-c:v',
      'mpeg4',
      '-c:a',
      'aac',
      path,
    ]);
    expect((await fingerprints(path)).made.map(({ kind }) => kind)).toEqual(['video', 'sound']);
  });
});
