import '../scripts/from-sources.js';

/**
 * Measures reading words in the corners of pictures: what is read in pictures without a notice, and time.
 *   node bench/visible-words.js PICTURES [COUNT]
 * PICTURES: a folder. COUNT (300) of its pictures are taken evenly from all.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const [root, count = '300'] = process.argv.slice(2);
if (!root) {
  console.error('usage: node bench/visible-words.js PICTURES [COUNT]');
  process.exit(2);
}
const { Asset } = await import('../src/core/media/asset.ts');
const { readVisibleWords } = await import('../src/core/readers/pictures/visible-words.ts');

const all = readdirSync(root, { recursive: true })
  .filter((name) => /\.(jpe?g|png|webp|avif|tiff?)$/i.test(name))
  .map((name) => join(root, name))
  .sort();
const pictures = all.filter((_, at) => at % Math.max(1, Math.floor(all.length / Number(count))) === 0);

const millis = [];
const faults = new Map();
for (const path of pictures) {
  const asset = await Asset.open(path);
  try {
    const begun = performance.now();
    const { marks, fault } = await readVisibleWords(asset);
    millis.push(performance.now() - begun);
    for (const { text, region } of marks) console.log(`${path}: ${text}, ${region.corner}`);
    if (fault) faults.set(fault.code, (faults.get(fault.code) ?? 0) + 1);
  } finally {
    await asset.close();
  }
}
millis.sort((one, other) => one - other);
const at = (share) => Math.round(millis[Math.floor(share * (millis.length - 1))] ?? 0);
console.log(`${pictures.length} pictures, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`, Object.fromEntries(faults));
