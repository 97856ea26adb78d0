import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rgbScene, thumbnailExif } from '../../../fixtures/build/pixel-makers.js';
import { limits } from '../../../src/base/limits.js';
import { Asset } from '../../../src/core/media/asset.js';
import { partsReader } from '../../../src/core/readers/carriers/parts.js';
import { makeKeyFrames } from '../../../src/core/readers/pictures/frames.js';
import { isPixelsOnlyWebp, parsePictures } from '../../../src/inspect/checks/pictures-check.js';
import { createPictureMaker } from '../../../src/inspect/makers/pictures.js';
import { Confinement } from '../../../src/inspect/sandbox/confinement.js';
import { box, encode, SIGNATURE, store, superbox } from '../../core/trust/store.js';
import { BOMBS } from '../../support/bombs.js';
import { describeWith } from '../../support/system-parts.js';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const folder = mkdtempSync(join(tmpdir(), 'assay-pictures-'));
const maker = createPictureMaker();
afterAll(async () => {
  await maker.close();
  rmSync(folder, { recursive: true, force: true });
});

function written(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const fixture = (name: string) => join(FIXTURES, name);
const scene = (width: number, height: number) =>
  sharp(rgbScene({ width, height }), { raw: { width, height, channels: 3 } });

async function preview(path: string) {
  const { made, missing } = await maker.make({ path });
  return { picture: made.find(({ kind }) => kind === 'preview'), missing };
}

describe('the preview', () => {
  it('is turned as EXIF says, made small, and holds nothing but pixels', async () => {
    const jpeg = await scene(2_000, 1_000)
      .withExif({ IFD0: { Artist: 'Jane Doe' }, IFD3: { GPSLatitude: '48/1 51/1 29/1' } })
      .withMetadata({ orientation: 6 })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">Jane Doe</x:xmpmeta>')
      .jpeg()
      .toBuffer();
    expect(jpeg.includes('Jane Doe')).toBe(true);
    const { picture, missing } = await preview(written('turned.jpg', jpeg));
    expect(missing).toEqual([]);
    expect(picture).toMatchObject({ width: 640, height: 1_280 });
    const { exif, xmp, icc, iptc, orientation } = await sharp(picture?.webp).metadata();
    expect([exif, xmp, icc, iptc, orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(picture?.webp.includes('Jane')).toBe(false);
  });

  it('has a larger one beside it only where there is more to see, of pixels alone too', async () => {
    const kinds = async (width: number) => {
      const jpeg = await scene(width, width / 2)
        .withExif({ IFD0: { Artist: 'Jane Doe' } })
        .jpeg()
        .toBuffer();
      const { made } = await maker.make({ path: written(`${width}.jpg`, jpeg) });
      return made.map(({ kind, width: wide, height, webp }) => [kind, wide, height, isPixelsOnlyWebp(webp)]);
    };
    expect(await kinds(1_280)).toEqual([['preview', 1_280, 640, true]]);
    expect(await kinds(3_000)).toEqual([
      ['preview', 1_280, 640, true],
      ['large', 2_048, 1_024, true],
    ]);
  });

  it('is alone while many files wait for theirs, and somebody who waits has both', async () => {
    const path = written('many.jpg', await scene(1_300, 200).jpeg().toBuffer());
    const hasLarge = async (soon: boolean) =>
      (await maker.make({ path, isUrgent: soon })).made.map(({ kind }) => kind).includes('large');
    // The first starts at once, seven wait; the last one overtakes them.
    const files = Array.from({ length: 7 }, () => hasLarge(false));
    const waitedFor = hasLarge(true);
    expect(await waitedFor).toBe(true);
    expect(await Promise.all(files)).toEqual([false, false, false, true, true, true, true]);
  });

  it('is never enlarged, and keeps what is transparent', async () => {
    const png = await scene(60, 40).ensureAlpha(0.5).png().toBuffer();
    const { picture } = await preview(written('clear.png', png));
    expect(picture).toMatchObject({ width: 60, height: 40 });
    expect((await sharp(picture?.webp).metadata()).hasAlpha).toBe(true);
  });

  it.each(['jpg', 'png', 'apng', 'webp', 'gif', 'tiff', 'avif'])('of a plain %s', async (ending) => {
    const { picture, missing } = await preview(fixture(`plain/plain.${ending}`));
    expect(missing).toEqual([]);
    expect(isPixelsOnlyWebp(picture?.webp ?? Buffer.alloc(0))).toBe(true);
  });

  it('of a cut-off JPEG shows what is left of it, and says that it is damaged', async () => {
    const jpeg = await scene(640, 480).jpeg().toBuffer();
    const { picture } = await preview(written('cut.jpg', jpeg.subarray(0, jpeg.length / 2)));
    expect(picture).toMatchObject({ width: 640, height: 480, damaged: true });
  });

  it('of a file that ends before its first row is none, and no black one', async () => {
    const { picture, missing } = await preview(fixture('hostile/png-truncated.png'));
    expect(picture).toBeUndefined();
    expect(missing).toMatchObject([{ kind: 'preview', code: 'pixels.unreadable' }]);
  });

  it('of a small file that wants to become large is none', async () => {
    const path = written('bomb.png', (await BOMBS['268 million pixels']?.()) ?? '');
    const { picture, missing } = await preview(path);
    expect(picture).toBeUndefined();
    expect(missing).toMatchObject([{ kind: 'preview', code: 'bound.pixels' }]);
  });

  it.each(['claims-16384.avif', 'claims-30000.png'])(
    'of one that only claims its size is none: %s',
    async (name) => {
      const { picture, missing } = await preview(fixture(`pixels/${name}`));
      expect(picture).toBeUndefined();
      expect(missing).toMatchObject([{ kind: 'preview', code: 'bound.pixels' }]);
    },
  );

  it('of a GIF of ten thousand frames is its first one', async () => {
    const one = await scene(32, 24).gif().toBuffer();
    const frameAt = one.indexOf(Buffer.from([0x2c, 0, 0, 0, 0]));
    const frame = one.subarray(frameAt, one.length - 1);
    const gif = Buffer.concat([
      one.subarray(0, frameAt),
      Buffer.alloc(frame.length * 10_000, frame),
      one.subarray(-1),
    ]);
    const { picture } = await preview(written('frames.gif', gif));
    expect(picture).toMatchObject({ width: 32, height: 24 });
  });

  it('is never drawn from an SVG, whatever its name', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>';
    for (const name of ['drawing.svg', 'drawing.png']) {
      const { picture } = await preview(written(name, svg));
      expect(picture).toBeUndefined();
    }
  });
});

describe('what manifests keep', () => {
  const label = 'urn:c2pa:active';
  const picture = (name: string, bytes: Buffer) =>
    superbox('40cb', name, box('bfdb', Buffer.from('\0image/jpeg\0')), box('bidb', bytes));
  const ingredient = (data: unknown) => superbox('cbor', 'c2pa.ingredient.v3', box('cbor', encode(data)));
  const manifest = (name: string, ...assertions: Buffer[]) =>
    superbox(
      'c2ma',
      name,
      superbox('c2as', 'c2pa.assertions', ...assertions),
      superbox('c2cl', 'c2pa.claim.v2', box('cbor', encode({}))),
      superbox('c2cs', 'c2pa.signature', box('cbor', SIGNATURE)),
    );
  const make = async (sidecar: Buffer) =>
    maker.make({ path: fixture('plain/plain.jpg'), sidecarPath: written('store.c2pa', sidecar) });

  it('comes out by its manifest: the active one’s, an ancestor’s, and of an ingredient without one', async () => {
    const jpeg = await scene(400, 300)
      .withExif({ IFD0: { Artist: 'Jane Doe' } })
      .jpeg()
      .toBuffer();
    const { made } = await make(
      store(
        manifest(
          'urn:c2pa:old',
          picture('c2pa.thumbnail.ingredient', jpeg),
          ingredient({ thumbnail: { url: 'self#jumbf=c2pa.assertions/c2pa.thumbnail.ingredient' } }),
        ),
        manifest(
          label,
          picture('c2pa.thumbnail.claim', jpeg),
          picture('c2pa.thumbnail.ingredient', jpeg),
          ingredient({
            activeManifest: { url: 'self#jumbf=/c2pa/urn:c2pa:old' },
            thumbnail: { url: 'self#jumbf=c2pa.assertions/c2pa.thumbnail.ingredient' },
          }),
        ),
      ),
    );
    expect(made.filter(({ kind }) => kind !== 'preview')).toMatchObject([
      { kind: 'claim', manifest: label, active: true, width: 400, height: 300 },
      { kind: 'claim', manifest: 'urn:c2pa:old', active: false, width: 320, height: 240 },
      { kind: 'ingredient', manifest: 'urn:c2pa:old' },
    ]);
    expect(made.every(({ webp }) => isPixelsOnlyWebp(webp) && !webp.includes('Jane'))).toBe(true);
  });

  it.each([
    ['text', Buffer.from('no picture at all')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a page', Buffer.from('<html><script>alert(1)</script>')],
  ])('is said to be none where it is %s; the preview is made all the same', async (_, bytes) => {
    const { made, missing } = await make(store(manifest(label, picture('c2pa.thumbnail.claim', bytes))));
    expect(made.map(({ kind }) => kind)).toEqual(['preview']);
    expect(missing).toMatchObject([{ kind: 'claim', code: 'pixels.unreadable' }]);
  });
});

describe('the picture stored in EXIF', () => {
  it.each([
    ['thumbnail-same.jpg', false],
    ['thumbnail-differs.jpg', true],
  ])('is shown, and compared: %s', async (name, differs) => {
    const { made, stored } = await maker.make({ path: fixture(`pixels/${name}`) });
    expect(made.map(({ kind }) => kind)).toEqual(['stored', 'preview']);
    expect((stored?.differing ?? 0) >= 16).toBe(differs);
  });

  it('that is none is said', async () => {
    const exif = thumbnailExif(Buffer.from([0xff, 0xd8, 0xff, 0xd9]));
    const jpeg = await scene(64, 48).jpeg().toBuffer();
    const segment = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif]);
    const head = Buffer.from([0xff, 0xe1, 0, 0]);
    head.writeUInt16BE(segment.length + 2, 2);
    const path = written('none.jpg', Buffer.concat([jpeg.subarray(0, 2), head, segment, jpeg.subarray(2)]));
    const { made, missing } = await maker.make({ path });
    expect(made.map(({ kind }) => kind)).toEqual(['preview']);
    expect(missing).toMatchObject([{ kind: 'stored' }]);
  });
});

describeWith('ffmpeg', 'through ffmpeg', () => {
  // On its first run on this machine, it is loaded from disk with some hundred libraries.
  beforeAll(() => void execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' }));

  it.each(['heic', 'jxl'])('the preview of a plain %s', async (ending) => {
    const { made, missing } = await maker.make({ path: fixture(`plain/plain.${ending}`) });
    expect(missing).toEqual([]);
    // A picture this small has no larger version.
    expect(made.map(({ kind, width }) => [kind, width < 1_280])).toEqual([['preview', true]]);
  });

  it('key frames of a video, in their order, and one of them larger', async () => {
    const path = join(folder, 'colours.mp4');
    execFileSync('ffmpeg', [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=1600x900:rate=1:duration=12', '-g', '1'],
      ...['-c:v', 'mpeg4', '-q:v', '8', path],
    ]);
    const { made, missing } = await maker.make({ path });
    expect(missing).toEqual([]);
    const frames = made.flatMap((one) => (one.kind === 'frame' ? [one.seconds] : []));
    expect(frames).toEqual([0, 2, 4, 6, 8, 10]);
    expect(made.find(({ kind }) => kind === 'preview')).toMatchObject({ width: 1_280, height: 720 });
    expect(made.at(-1)).toMatchObject({ width: 480, height: 270 });
  });

  it('key frames that there was no time for are told, also where another could not be had', async () => {
    const path = join(folder, 'slow.mp4');
    execFileSync('ffmpeg', [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=5:duration=12', '-g', '5'],
      ...['-c:v', 'mpeg4', '-q:v', '8', path],
    ]);
    const asset = await Asset.open(path);
    const made = async () => {
      // The time limit has passed when the clock is read for the third frame.
      const looks = [0, 0, 0, limits.framesMillis + 1];
      const answer = await makeKeyFrames(asset, () => looks.shift() ?? 0);
      return { frames: answer.made.filter(({ kind }) => kind === 'frame').length, fault: answer.fault };
    };
    // ffmpeg has a limit of five seconds per frame, so a retry is needed on a machine that stalled.
    await expect.poll(made).toMatchObject({ frames: 2, fault: { code: 'bound.framesMillis' } });
    await asset.close();
  });

  it('the waveform of a sound, of pixels alone', async () => {
    const { made, missing } = await maker.make({ path: fixture('plain/plain.mp3') });
    expect(missing).toEqual([]);
    expect(made).toMatchObject([{ kind: 'waveform', width: 1_200, height: 240 }]);
    expect(made.every(({ webp }) => isPixelsOnlyWebp(webp))).toBe(true);
  });

  it('a video that cannot be decoded has none, and it is said', async () => {
    const mp4 = readFileSync(fixture('plain/plain.mp4'));
    const broken = Buffer.from(mp4);
    broken.fill(0, mp4.indexOf('mdat') + 4, mp4.indexOf('mdat') + 4 + 200);
    const { made, missing } = await maker.make({ path: written('broken.mp4', broken.subarray(0, 400)) });
    expect(made).toEqual([]);
    expect(missing).toMatchObject([{ kind: 'preview' }]);
  });
});

it('pictures inside a mail come out by their digest, and none of what is no picture', async () => {
  const { made, missing } = await maker.make({ path: fixture('parts/eml-pictures.eml') });
  const asset = await Asset.open(fixture('parts/eml-pictures.eml'));
  const { status, ...read } = await partsReader.read(asset, { engine: 'auto' });
  const parts = 'value' in read ? read.value.filter(({ kind }) => kind !== 'primary') : [];
  const digests = await Promise.all(
    parts.map(async ({ unpack }) =>
      createHash('sha256')
        .update((await unpack?.(1e6)) ?? '')
        .digest('hex'),
    ),
  );
  await asset.close();
  expect([status, missing]).toEqual(['found', []]);
  expect(made.map((one) => (one.kind === 'part' ? one.sha256 : one.kind))).toEqual(digests);
  for (const { width, webp } of made) {
    expect(width).toBeLessThanOrEqual(limits.historyPicturePixels);
    expect(isPixelsOnlyWebp(webp)).toBe(true);
  }
  expect((await maker.make({ path: fixture('parts/docx-sheet-in-it.docx') })).made).toEqual([]);
  expect(
    parsePictures({ made: [{ kind: 'part', sha256: '../x', width: 1, height: 1, webp: '' }], missing: [] }),
  ).toBe(undefined);
});

it('a sound that says of itself what it is not has no waveform, and it is said', async () => {
  const broken = Buffer.concat([
    Buffer.from('RIFF\xff\xff\xff\x7fWAVEfmt ', 'latin1'),
    Buffer.alloc(64, 0xff),
  ]);
  const { made, missing } = await maker.make({ path: written('broken.wav', broken) });
  expect(made).toEqual([]);
  expect(missing).toMatchObject([{ kind: 'waveform' }]);
});

it('a process that dies of the preview costs the preview alone', async () => {
  const dying = createPictureMaker({
    childEntry: resolve(import.meta.dirname, '../children/dies-of-previews.js'),
    confinement: new Confinement({ sandbox: 'off' }),
  });
  const { made, missing } = await dying.make({ path: fixture('plain/plain.jpg') });
  await dying.close();
  expect(made).toEqual([]);
  expect(missing).toMatchObject([
    { kind: 'claim', code: 'pixels.unreadable' },
    { kind: 'preview', code: 'reader.crashed' },
  ]);
});

it('once closed, whoever waits is given up', async () => {
  const closed = createPictureMaker();
  await closed.close();
  await expect(closed.make({ path: fixture('plain/plain.jpg') })).rejects.toThrow('stopped');
});

describe('what a process that may lie answers', () => {
  const good = async () => (await scene(8, 8).webp().toBuffer()).toString('base64');
  const answer = (picture: object) => ({ made: [picture], missing: [] });

  it('counts where it is a WebP of pixels alone', async () => {
    const webp = await good();
    expect(parsePictures(answer({ kind: 'preview', width: 8, height: 8, webp }))?.made).toHaveLength(1);
  });

  it.each([
    ['no picture', { webp: Buffer.from('<svg/>').toString('base64') }],
    ['another kind', { kind: 'secret' }],
    ['a size that is none', { width: 0 }],
    ['a size beyond the bound', { height: 5_000 }],
    ['a claim of no manifest', { kind: 'claim' }],
    ['a frame of no moment', { kind: 'frame', seconds: -1 }],
  ])('does not count: %s', async (_, over) => {
    const webp = await good();
    expect(parsePictures(answer({ kind: 'preview', width: 8, height: 8, webp, ...over }))).toBeUndefined();
  });

  it('does not count with EXIF in it, or anything after its end', async () => {
    const marked = await scene(8, 8)
      .withExif({ IFD0: { Artist: 'Jane Doe' } })
      .webp()
      .toBuffer();
    expect(isPixelsOnlyWebp(marked)).toBe(false);
    const bare = Buffer.from(await good(), 'base64');
    expect([isPixelsOnlyWebp(bare), isPixelsOnlyWebp(Buffer.concat([bare, Buffer.from('x')]))]).toEqual([
      true,
      false,
    ]);
  });
});
