import '../scripts/from-sources.js';

/**
 * Measures the search for the visible star: false finds on drawn look-alikes and on pictures without one, finds on stars
 * drawn here, and time.
 *   node bench/visible-star.js [PICTURES [DRAWN]]
 * Without PICTURES: drawn grounds alone. PICTURES: a folder of pictures without the star. Stars are drawn on the first DRAWN (300) JPEGs among them whose
 * shorter side has at least 600 pixels, evenly taken from all.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import sharp from 'sharp';
import {
  LOOK_ALIKES,
  lookAlikePicture,
  STAR_PLACES,
  starPicture,
} from '../fixtures/build/formats/star-pictures.js';
import { starSvg } from '../fixtures/build/formats/visible-marks.js';

const [root, drawn = '300'] = process.argv.slice(2);
const { Asset } = await import('../src/core/media/asset.ts');
const { findVisibleMarks } = await import('../src/core/readers/pixels/visible-marks.ts');
sharp.cache(false);
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-star-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

// Rendered before the first picture is opened, which turns the SVG loader off.
const STARS = new Map();
for (const size of new Set(STAR_PLACES.map(([one]) => one)))
  STARS.set(
    size,
    await sharp(Buffer.from(starSvg(size)))
      .png()
      .toBuffer(),
  );

const pictures = readdirSync(root, { recursive: true })
  .filter((name) => /\.(jpe?g|png|webp|avif|tiff?)$/i.test(name))
  .map((name) => join(root, name))
  .sort();

async function look(path) {
  const asset = await Asset.open(path);
  try {
    const begun = performance.now();
    const found = await findVisibleMarks(asset);
    return { found, milliseconds: performance.now() - begun };
  } finally {
    await asset.close();
  }
}

/** Looks at a drawn picture as a JPEG of the quality of its number, 40 to 90. */
async function hasStar({ data, ...raw }, number) {
  const path = join(folder, 'drawn.jpg');
  await sharp(data, { raw })
    .jpeg({ quality: 40 + (number % 6) * 10 })
    .toFile(path);
  return (await look(path)).found.length > 0;
}

const DRAWN_PICTURES = 50;
for (const kind of [...LOOK_ALIKES, 'star']) {
  let told = 0;
  for (let number = 0; number < DRAWN_PICTURES; number += 1)
    if (await hasStar(kind === 'star' ? starPicture(number) : lookAlikePicture(kind, number), number))
      told += 1;
  console.log(`drawn, ${kind}: ${told} of ${DRAWN_PICTURES} told as the star`);
}
if (!root) process.exit(0);

const times = [];
const large = [];
let looked = 0;
let found = 0;
for (const path of pictures) {
  try {
    const { width, height } = await sharp(path).metadata();
    if (Math.min(width, height) >= 600 && /\.jpe?g$/i.test(path)) large.push(path);
    if (Math.min(width, height) < 256) continue;
    const one = await look(path);
    looked += 1;
    times.push(one.milliseconds);
    if (one.found.length > 0) {
      found += 1;
      console.log('found', path, JSON.stringify(one.found));
    }
  } catch {
    // Not a picture that can be decoded.
  }
}
times.sort((one, other) => one - other);
const at = (part) => times[Math.floor(times.length * part)]?.toFixed(0);
console.log(
  `${looked} pictures without a star: ${found} found; ms median ${at(0.5)}, p95 ${at(0.95)}, max ${times.at(-1)?.toFixed(0)}`,
);

const step = Math.max(1, large.length / Number(drawn));
const grounds = Array.from(
  { length: Math.min(Number(drawn), large.length) },
  (_, i) => large[Math.floor(i * step)],
);
const COPIES = {
  'as drawn (PNG)': (image) => image.png({ compressionLevel: 1 }),
  'JPEG 80': (image) => image.jpeg({ quality: 80 }),
  'JPEG 40': (image) => image.jpeg({ quality: 40 }),
  '75 %': (image, w, h) => image.resize(Math.round(w * 0.75), Math.round(h * 0.75)).jpeg({ quality: 85 }),
  '50 %': (image, w, h) => image.resize(Math.round(w * 0.5), Math.round(h * 0.5)).jpeg({ quality: 85 }),
  'crop 20 px': (image, w, h) =>
    image.extract({ left: 0, top: 0, width: w - 20, height: h - 20 }).jpeg({ quality: 85 }),
};
for (const [size, margin] of STAR_PLACES) {
  const hits = Object.fromEntries(Object.keys(COPIES).map((name) => [name, 0]));
  let count = 0;
  for (const path of grounds) {
    const base = await sharp(path)
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .resize(1024, 1024, { fit: 'cover' })
      .png({ compressionLevel: 1 })
      .toBuffer()
      .catch(() => undefined);
    if (base === undefined) continue;
    count += 1;
    const marked = await sharp(base)
      .composite([{ input: STARS.get(size), left: 1024 - margin - size, top: 1024 - margin - size }])
      .png({ compressionLevel: 1 })
      .toBuffer();
    for (const [name, copy] of Object.entries(COPIES)) {
      const path = join(folder, 'copy');
      writeFileSync(path, await copy(sharp(marked), 1024, 1024).toBuffer());
      if ((await look(path)).found.length > 0) hits[name] += 1;
    }
  }
  const cells = Object.values(hits).map((n) => `${((100 * n) / count).toFixed(0)} %`);
  console.log(`${size} px, margin ${margin} | ${count} | ${cells.join(' | ')}`);
}
