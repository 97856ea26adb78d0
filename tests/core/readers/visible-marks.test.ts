import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { expect, it } from 'vitest';
import {
  LOOK_ALIKES,
  lookAlikePicture,
  type RawPicture,
  starPicture,
} from '../../../fixtures/build/formats/star-pictures.js';
import { Asset } from '../../../src/core/media/asset.js';
import { findVisibleMarks } from '../../../src/core/readers/pixels/visible-marks.js';

/** The search for visible marks in pixels, on a star that fixtures/build draws. */

const STARRED = readFileSync(join(import.meta.dirname, '../../../fixtures/pixels/visible-star.jpg'));
const PLAIN = readFileSync(join(import.meta.dirname, '../../../fixtures/plain/plain.jpg'));

async function find(content: Buffer) {
  const asset = await Asset.fromBytes(content);
  try {
    return await findVisibleMarks(asset);
  } finally {
    await asset.close();
  }
}

const near = (value: number) => ({
  asymmetricMatch: (other: number) => Math.abs(other - value) <= 4,
});

it('a star in the lower right corner is found where it was drawn', async () => {
  expect(await find(STARRED)).toEqual([
    {
      row: 'visible-gemini-star',
      region: {
        corner: 'lowerRight',
        left: near(1024 - 32 - 48),
        top: near(768 - 32 - 48),
        width: near(48),
        height: near(48),
        pictureWidth: 1024,
        pictureHeight: 768,
        correlation: expect.any(Number),
      },
    },
  ]);
});

it.each([
  ['JPEG of quality 40', (image: Sharp) => image.jpeg({ quality: 40 })],
  ['75 %', (image: Sharp) => image.resize(768, 576).jpeg()],
  ['PNG of 16 bits with alpha', (image: Sharp) => image.ensureAlpha().toColourspace('rgb16').png()],
  ['CMYK', (image: Sharp) => image.toColourspace('cmyk').jpeg()],
])('a copy keeps it: %s', async (_, copy) => {
  expect(await find(await copy(sharp(STARRED)).toBuffer())).toMatchObject([
    { region: { corner: 'lowerRight' } },
  ]);
});

it.each([
  [1, 'lowerRight', 1024],
  [2, 'lowerLeft', 1024],
  [3, 'upperLeft', 1024],
  [4, 'upperRight', 1024],
  [5, 'lowerRight', 768],
  [6, 'lowerLeft', 768],
  [7, 'upperLeft', 768],
  [8, 'upperRight', 768],
])('EXIF orientation %i shows it in the %s corner', async (orientation, corner, pictureWidth) => {
  const turned = await sharp(STARRED).withMetadata({ orientation }).toBuffer();
  expect(await find(turned)).toMatchObject([{ region: { corner, pictureWidth } }]);
});

it('nothing is found in a picture whose star is elsewhere; small, thin and broken ones are not looked at', async () => {
  const flipped = await sharp(STARRED).flop().toBuffer();
  const thin = await sharp({ create: { width: 1, height: 50_000, channels: 3, background: '#888' } })
    .png()
    .toBuffer();
  expect(await find(flipped)).toEqual([]);
  for (const content of [PLAIN, thin, STARRED.subarray(0, 2000)]) expect(await find(content)).toBeUndefined();
});

/** Pictures of each kind; `bench/visible-star.js` looks at 50. */
const DRAWN = Array.from({ length: 8 }, (_, number) => number);

async function hasStar({ data, ...raw }: RawPicture, number: number): Promise<boolean> {
  const found = await find(
    await sharp(data, { raw })
      .jpeg({ quality: 40 + (number % 6) * 10 })
      .toBuffer(),
  );
  return (found ?? []).length > 0;
}

it.each(LOOK_ALIKES)(
  'a drawn look-alike is not told as the star: %s',
  async (kind) => {
    for (const number of DRAWN)
      expect(await hasStar(lookAlikePicture(kind, number), number), kind).toBe(false);
  },
  60_000,
);

it('half-transparent stars at the places of the service are found on all grounds', async () => {
  for (const number of DRAWN) expect(await hasStar(starPicture(number * 3), number), `${number}`).toBe(true);
}, 60_000);

it.each([
  ['cropped', (image: Sharp) => image.extract({ left: 0, top: 0, width: 1004, height: 748 })],
  ['in a frame', (image: Sharp) => image.extend({ right: 40, bottom: 20, background: '#222' })],
])('a star that is not where its size would have it is not told: %s', async (_, move) => {
  expect(await find(await move(sharp(STARRED)).jpeg().toBuffer())).toEqual([]);
});
