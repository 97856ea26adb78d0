import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { Asset } from '../../../src/core/media/asset.js';
import { findNotice, readVisibleWords } from '../../../src/core/readers/pictures/visible-words.js';
import { describeWith } from '../../support/system-parts.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-words-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

const word = (text: string, left = 40) => ({ text, confidence: 90, left, top: 0, width: 100, height: 20 });

/** Returns the notice in a line, as the first corner tells it whose marks it is. */
const line = (text: string) =>
  (['lowerRight', 'lowerLeft'] as const)
    .map((corner) => findNotice([word(text)], corner))
    .find((notice) => notice !== undefined)?.text;

describe('words that count as a notice', () => {
  it.each([
    '豆包AI生成',
    '豆包Al生成',
    'AI主成',
    '人工智能合成',
    'AI生成内容',
    '可灵AI',
    'Contenutigeneratidall’Al',
    'AI-generated',
    'AI GENERATED',
    'MADE WITH PIKA',
  ])('%s', (text) => {
    expect(line(text)).toBe(text.replaceAll(' ', ''));
  });

  it.each([
    'AI',
    '生成',
    '豆包',
    '即梦AI',
    'MAIL生成',
    'OpenAI',
    'a report on AI-generated pictures in newspapers',
    '本图由编辑部制作并非由AI生成的图片请注意',
  ])('not %s', (text) => {
    expect(line(text)).toBeUndefined();
  });

  it('needs words that tesseract did not guess', () => {
    expect(findNotice([{ ...word('AI生成'), confidence: 12 }], 'lowerRight')).toBeUndefined();
  });

  // Lines as tesseract reads drawn ones.
  it.each([
    ['本 图 非 Al 生成'],
    ['本 图 片 不 是 Al 生成'],
    ['未 使 用 Al 生成'],
    ['无 Al 生成 内 容'],
    ['没有 Al 生成'],
    ['AI 生成 ， 非 真 人'],
    ['Not Al generated'],
    ['NOT AI-GENERATED'],
    ['NOTAI-GENERATED'],
    ['No Al-generated'],
    ['N0n Al-generated'],
    ['Nicht Al-generated'],
    ['NichtAl-generated'],
    ['kein Al-generated'],
    ['sin Al-generated'],
    ['sans Al-generated'],
    ['pas Al-generated'],
    ['Not made with Pika'],
    ['Non Contenuti generati dallAl'],
  ])('a negation leaves it a quotation: %s', (text) => {
    const words = text.split(' ').map((one, at) => word(one, 40 + 30 * at));
    for (const corner of ['lowerRight', 'lowerLeft', 'upperLeft'] as const)
      expect(findNotice(words, corner)).toBeUndefined();
  });

  it('is told with what stands before it', () => {
    const words = ['本', '图', '由', 'Al', '生成'].map((one, at) => word(one, 40 + 30 * at));
    expect(findNotice(words, 'lowerRight')?.text).toBe('本图由Al生成');
    const video = ['Video', 'made', 'with', 'Pika'].map((one) => word(one));
    expect(findNotice(video, 'lowerRight')?.text).toBe('Video made with Pika');
  });

  it('is none where the corner may cut off what stands before it', () => {
    const cut = [word('Al-generated', 3)];
    expect(findNotice(cut, 'lowerRight')).toBeUndefined();
    expect(findNotice(cut, 'lowerLeft')).toBeDefined();
    expect(findNotice([word('on', 0), word('AI生成')], 'lowerRight')).toBeUndefined();
  });
});

const PIKA = { text: 'MADE WITH PIKA', width: 1280, height: 720, size: 0.028, fill: '#ffffffff' } as const;

interface Drawing {
  text: string;
  width?: number;
  height?: number;
  fill?: string;
  /** Size of the glyphs as a share of the shorter side. */
  size?: number;
  corner?: 'lowerRight' | 'lowerLeft' | 'upperLeft';
}

/** Draws words as services do, at about four per cent of the shorter side, onto a ground that is not even. */
async function drawn(name: string, drawing: Drawing): Promise<string> {
  const { text, width = 1024, height = 1024, fill = '#ffffffb0', size = 0.032 } = drawing;
  const { corner = 'lowerRight' } = drawing;
  const short = Math.min(width, height);
  const margin = Math.round(short * 0.015);
  const words = await drawnText(text, Math.round(short * size), fill);
  const { width: wide = 0, height: high = 0 } = await sharp(words).metadata();
  const left = corner === 'lowerRight' ? width - wide - margin : margin;
  const top = corner === 'upperLeft' ? margin : height - high - margin;
  const path = join(folder, name);
  await sharp(ground(width, height), { raw: { width, height, channels: 3 } })
    .composite([{ input: words, left, top }])
    .jpeg({ quality: 80 })
    .toFile(path);
  return path;
}

/** Pango draws the words: once readers have opened a picture, sharp renders no SVG in this process any more. */
const drawnText = (text: string, pixels: number, fill: string): Promise<Buffer> =>
  sharp({
    text: {
      text: `<span foreground="${fill}">${text}</span>`,
      font: `Noto Sans CJK SC ${pixels}px`,
      rgba: true,
    },
  })
    .png()
    .toBuffer();

function ground(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [(at % width) / width, Math.floor(at / width) / height];
    data[at * 3] = 60 + 100 * x;
    data[at * 3 + 1] = 70 + 60 * y + 20 * Math.sin(9 * x);
    data[at * 3 + 2] = 90 + 30 * Math.cos(7 * y);
  }
  return data;
}

const FIXTURE = join(import.meta.dirname, '../../../fixtures/plain/words-in-corner.jpg');

/** Makes an animation whose second frame is grey. */
async function animated(image: Sharp): Promise<Sharp> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const frames = Buffer.concat([data, Buffer.alloc(data.length, 128)]);
  const raw = {
    width: info.width,
    height: 2 * info.height,
    channels: info.channels,
    pageHeight: info.height,
  };
  return sharp(frames, { raw }).webp({ loop: 0, delay: [100, 100], quality: 90 });
}

async function wordsOf(path: string) {
  const asset = await Asset.open(path);
  try {
    return await readVisibleWords(asset);
  } finally {
    await asset.close();
  }
}

describeWith('tesseract', 'words in the corners of pictures', () => {
  it.each([
    ['light.jpg', { text: '豆包AI生成' }, 'lowerRight', /^豆包A[Il]生成$/],
    ['dark.jpg', { text: 'AI生成', fill: '#000000c0' }, 'lowerRight', /^A[Il]生成$/],
    ['above.jpg', { text: 'AI生成', corner: 'upperLeft' }, 'upperLeft', /^A[Il]生成$/],
    [
      'left.jpg',
      { text: 'Contenuti generati dall’AI', corner: 'lowerLeft', size: 0.02 },
      'lowerLeft',
      /^Contenuti/,
    ],
    ['wide.jpg', { text: 'AI合成', width: 3000, height: 900 }, 'lowerRight', /^A[Il]合成$/],
  ] as const)('%s', async (name, drawing, corner, text) => {
    const read = await wordsOf(await drawn(name, drawing));
    expect(read).toMatchObject({ marks: [{ region: { corner }, text: expect.stringMatching(text) }] });
  });

  it.each(['本图非AI生成', 'Not made with Pika', 'No AI-generated content'])(
    '%s is told of no size',
    async (text) => {
      for (const size of [0.022, 0.032, 0.042])
        expect(await wordsOf(await drawn('denied.jpg', { text, size }))).toEqual({ marks: [] });
    },
  );

  it('says corner and height as the picture is displayed', async () => {
    const upright = await drawn('upright.jpg', { text: '豆包AI生成' });
    const upsideDown = join(folder, 'upside-down.jpg');
    await sharp(upright).rotate(180).withMetadata({ orientation: 3 }).toFile(upsideDown);
    const read = await wordsOf(upsideDown);
    expect(read).toMatchObject({ marks: [{ region: { corner: 'lowerRight', pictureWidth: 1024 } }] });
    // 33 px of Noto Sans CJK: the strokes are some 31 px high.
    expect(read.marks[0]?.region.height).toBeGreaterThanOrEqual(27);
    expect(read.marks[0]?.region.height).toBeLessThanOrEqual(33);
  });

  it.each([0.02, 0.035, 0.05, 0.058])(
    'measures strokes of glyphs of %d of the shorter side',
    async (size) => {
      const { marks } = await wordsOf(await drawn('height.jpg', { text: '豆包AI生成', size }));
      const share = (marks[0]?.region.height ?? 0) / 1024;
      // Strokes of this font are a little lower than its size.
      expect(share).toBeGreaterThan(size * 0.85);
      expect(share).toBeLessThan(size * 1.02);
    },
  );

  it.each([
    ['CMYK', (image: Sharp) => image.toColourspace('cmyk').jpeg()],
    ['16 bits with alpha', (image: Sharp) => image.ensureAlpha().toColourspace('rgb16').png()],
    ['one colour channel', (image: Sharp) => image.greyscale().png()],
    ['half size', (image: Sharp) => image.resize(512).jpeg()],
    ['an animation of two frames', animated],
  ])('reads a copy: %s', async (name, copy) => {
    const path = join(folder, name);
    await (await copy(sharp(FIXTURE))).toFile(path);
    expect(await wordsOf(path)).toMatchObject({
      marks: [{ row: 'visible-gb45438-words', text: expect.stringMatching(/^豆包A[Il]生成$/) }],
    });
  });

  it('reads the same twice', async () => {
    expect(await wordsOf(FIXTURE)).toEqual(await wordsOf(FIXTURE));
  });

  it('finds nothing in a picture that is one big text', async () => {
    const path = join(folder, 'big.png');
    await sharp({ text: { text: 'AI生成', font: 'Noto Sans CJK SC 600px', rgba: true } })
      .flatten({ background: 'white' })
      .png()
      .toFile(path);
    expect(await wordsOf(path)).toEqual({ marks: [] });
  });

  it('finds nothing in running text', async () => {
    const page = 'about AI-generated pictures and AI生成 words in newspapers; '.repeat(60);
    const path = join(folder, 'page.png');
    await sharp({ text: { text: page, font: 'Noto Sans CJK SC 22px', width: 1024, rgba: true } })
      .flatten({ background: 'white' })
      .png()
      .toFile(path);
    expect(await wordsOf(path)).toEqual({ marks: [] });
  });
});

/** Makes a video of ten frames a second that shows each picture for `seconds`. */
function videoOf(name: string, pictures: readonly string[], seconds = 2): string {
  const path = join(folder, name);
  const inputs = pictures.flatMap((picture) => ['-loop', '1', '-t', String(seconds), '-i', picture]);
  const joined = `concat=n=${pictures.length},format=yuv420p`;
  const args = ['-v', 'error', '-y', ...inputs, '-filter_complex', joined, '-r', '10', '-g', '5', path];
  execFileSync('ffmpeg', args);
  return path;
}

const describeFrames = (define: () => void) =>
  describeWith('tesseract', 'words in frames', () => describeWith('ffmpeg', 'of videos', define));

describeFrames(() => {
  it('tells a mark that changes its place, with the seconds of each corner', async () => {
    const above = await drawn('pika-above.jpg', { ...PIKA, corner: 'upperLeft' });
    const below = await drawn('pika-below.jpg', PIKA);
    const read = await wordsOf(videoOf('moving.mp4', [above, below]));
    const pika = { row: 'visible-pika-words', text: 'MADE WITH PIKA' };
    expect(read).toMatchObject({
      marks: [
        { ...pika, region: { corner: 'upperLeft', pictureWidth: 1280 } },
        { ...pika, region: { corner: 'lowerRight', pictureWidth: 1280 } },
      ],
    });
    const [early = [], late = []] = read.marks.map(({ region }) => region.seconds);
    expect(Math.max(...early)).toBeLessThan(Math.min(...late));
    expect(early.length + late.length).toBeGreaterThan(3);
  });

  it('tells one of a video that has a single frame to read', async () => {
    const marked = await drawn('pika-alone.jpg', PIKA);
    const { marks } = await wordsOf(videoOf('alone.mp4', [marked], 0.04));
    expect(marks).toMatchObject([{ row: 'visible-pika-words', region: { seconds: [0] } }]);
  });

  it('tells none that stands in one frame alone', async () => {
    const plain = await drawn('plain.jpg', { ...PIKA, text: ' . ' });
    const marked = await drawn('pika-once.jpg', PIKA);
    const often = Array.from({ length: 7 }, () => plain);
    expect(await wordsOf(videoOf('once.mp4', [...often, marked]))).toEqual({ marks: [] });
  });
});

describe('what prevents reading', () => {
  it('strips and small pictures have no corner to read', async () => {
    const path = join(folder, 'strip.png');
    await sharp({ create: { width: 50_000, height: 1, channels: 3, background: 'red' } })
      .png()
      .toFile(path);
    expect(await wordsOf(path)).toMatchObject({
      marks: [],
      fault: { code: 'carrier.notRead', params: { what: 'corners' } },
    });
  });

  it('tells a missing program', async () => {
    const path = await drawn('missing.jpg', { text: 'AI生成' });
    vi.stubEnv('PATH', folder);
    expect(await wordsOf(path)).toMatchObject({
      marks: [],
      fault: { code: 'carrier.notRead', params: { what: 'words' } },
    });
  });

  it.each([
    ['fails without language data', 'exit 1', 'carrier.notRead'],
    ['hangs', 'exec /bin/sleep 60', 'bound.tesseractMillis'],
    ['writes without end', 'exec /usr/bin/yes', 'carrier.notRead'],
  ])('tells a program that %s', async (name, body, code) => {
    const path = await drawn('stand-in.jpg', { text: 'AI生成' });
    const programs = mkdtempSync(join(folder, 'bin-'));
    writeFileSync(join(programs, 'tesseract'), `#!/bin/sh\n${body}\n`);
    chmodSync(join(programs, 'tesseract'), 0o755);
    vi.stubEnv('PATH', programs);
    const begun = performance.now();
    expect(await wordsOf(path), name).toMatchObject({ marks: [], fault: { code } });
    expect(performance.now() - begun).toBeLessThan(limits.tesseractMillis + 2_000);
  });
});
