import '../scripts/from-sources.js';

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { exifSegment, withSegments, xmpSegment } from '../fixtures/build/formats/jpeg.js';
import { SubIfds, tiffOf } from '../fixtures/build/formats/tiff.js';
import { xmpPacket } from '../fixtures/build/formats/xmp.js';
import { median, report, rounds } from './rounds.js';

/** Runs all readers over one ordinary JPEG, in this process and warm, against reading the file once. */

const COUNT = Number(process.argv[2] ?? 25);
const MEGABYTES = 3;

const { Asset } = await import('../src/core/media/asset.ts');
const { readAll } = await import('../src/core/readers/read-all.ts');

/** Encodes noise at a few qualities and returns the first JPEG of about the requested size. */
async function picture() {
  const [width, height] = [2400, 1800];
  const noise = { type: 'gaussian', mean: 128, sigma: 24 };
  const raw = sharp({ create: { width, height, channels: 3, background: '#888', noise } });
  for (let quality = 95; quality > 20; quality -= 1) {
    const jpeg = await raw.clone().jpeg({ quality }).toBuffer();
    if (jpeg.length <= MEGABYTES * 1e6) return jpeg;
  }
  throw new Error('no quality gives that size');
}

const exif = tiffOf([
  [
    [0x10f, 'ascii', 'Assay Optics'],
    [0x110, 'ascii', 'Synthetic One'],
    [0x132, 'ascii', '2026:05:03 10:20:30'],
    [
      0x8769,
      'long',
      new SubIfds([
        [0x829a, 'rational', [[1, 250]]],
        [0x829d, 'rational', [[28, 10]]],
        [0x9003, 'ascii', '2026:05:03 10:20:30'],
        [0x927c, 'undefined', Buffer.alloc(8 * 1024, 0x55)],
      ]),
    ],
  ],
]);
const packet = xmpPacket({ prefixes: ['xmp'], elements: { 'xmp:CreatorTool': 'Assay bench' } });

const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
try {
  const path = join(folder, 'ordinary.jpg');
  const jpeg = withSegments(await picture(), exifSegment(exif), xmpSegment(packet));
  writeFileSync(path, jpeg);
  const times = new Map();
  let started = 0;
  const onStep = ({ step, state }) => {
    if (state === 'start') started = performance.now();
    else times.set(step, [...(times.get(step) ?? []), performance.now() - started]);
  };
  const opened = [];
  // Processor time of all threads, which is independent of the machine's load.
  const busy = [];
  const inspect = async () => {
    const start = performance.now();
    const cpu = process.cpuUsage();
    const asset = await Asset.open(path);
    opened.push(performance.now() - start);
    try {
      await readAll(asset, { engine: 'auto', onStep });
    } finally {
      await asset.close();
      const { user, system } = process.cpuUsage(cpu);
      busy.push((user + system) / 1000);
    }
  };
  const sides = [
    { name: 'open and all readers', run: inspect },
    { name: 'reading the file once', run: () => readFile(path) },
  ];
  const result = await rounds(COUNT, sides);
  console.log(`JPEG of ${(jpeg.length / 1e6).toFixed(1)} MB with EXIF and XMP, ${COUNT} rounds, warm`);
  for (const [carrier, list] of [['(open)', opened], ...times].sort(([, a], [, b]) => median(b) - median(a)))
    console.log(`  ${carrier.padEnd(16)} ${median(list).toFixed(2)} ms`);
  console.log(`open and all readers, processor time ${''.padEnd(14)} ${median(busy).toFixed(1)} ms (median)`);
  report(sides, result, ' of all readers to reading the file once');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
