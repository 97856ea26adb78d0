import '../scripts/from-sources.js';

import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { median } from './rounds.js';

/**
 * Inspects files with two checkouts in turn, in this process and warm. Measures what it costs to find and inspect parts
 * inside a file, and that a file without parts costs no more.
 *
 *   node bench/parts.js CHECKOUT [ROUNDS [FILE …]]
 */
const [checkout, count = '100', ...given] = process.argv.slice(2);
if (checkout === undefined) throw new Error('name the checkout to compare with');
const FIXTURES = join(import.meta.dirname, '../fixtures');
const files =
  given.length > 0
    ? given
    : [
        'plain/plain.jpg',
        'labels/jpeg-iptc-trained.jpg',
        'c2pa/jpeg-c2pa-intact.jpg',
        'parts/mp3-cover-exif.mp3',
      ].map((name) => join(FIXTURES, name));

async function inspector(root) {
  const load = (path) => import(pathToFileURL(resolve(root, path)).href);
  const { Asset } = await load('src/core/media/asset.ts');
  const { observe } = await load('src/core/pipeline/analyze.ts');
  return async (file) => {
    const asset = await Asset.open(file);
    try {
      await observe(asset, { asOf: '2026-11-25', engine: 'wasm' });
    } finally {
      await asset.close();
    }
  };
}

const [here, there] = [await inspector(join(import.meta.dirname, '..')), await inspector(checkout)];
/** Inspections per sample, so that the resolution of the processor clock suffices. */
const ROW = 10;
const millis = async (run) => {
  const before = process.cpuUsage();
  for (let at = 0; at < ROW; at++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / ROW;
};

for (const file of files) {
  const sides = [() => here(file), () => there(file)];
  for (const run of sides) await millis(run);
  const times = sides.map(() => []);
  for (let round = 0; round < Number(count) / ROW; round++)
    for (const [index, run] of round % 2 === 0 ? [...sides.entries()] : [...sides.entries()].reverse())
      times[index].push(await millis(run));
  const ratio = median(times[0].map((one, at) => one / times[1][at]));
  const [own, other] = times.map((list) => median(list).toFixed(2));
  console.log(
    `${basename(file).padEnd(28)} ${own} ms here, ${other} ms there, ratio ${ratio.toFixed(2)} (processor time)`,
  );
}
