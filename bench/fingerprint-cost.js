import '../scripts/from-sources.js';

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Measures the cost of fingerprinting files, as processor time of this process and of its child processes (Linux):
 * fingerprints alone, fingerprints with thumbnails, and thumbnails alone. See bench/README.md for how to run it.
 *
 *   node bench/fingerprint-cost.js [FOLDER [ROUNDS]]
 */
const [folder = join(import.meta.dirname, '../fixtures/plain'), rounds = '3'] = process.argv.slice(2);
const { Asset } = await import('../src/core/media/asset.ts');
const { computeFingerprints: fingerprintsOf } = await import(
  '../src/core/readers/fingerprints/fingerprint-of.ts'
);
const { renderPictures: picturesOf } = await import('../src/core/readers/pictures/pictures-of.ts');

const TICKS_A_SECOND = 100;

/** Processor time of this process and of its ended children. */
function millis() {
  const fields = readFileSync('/proc/self/stat', 'latin1').split(') ')[1].split(' ');
  const children = (Number(fields[13]) + Number(fields[14])) * (1_000 / TICKS_A_SECOND);
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000 + children;
}

const WAYS = {
  'fingerprint alone': (asset) => fingerprintsOf(asset),
  'pictures alone': (asset) => picturesOf(asset, {}),
  both: (asset) => picturesOf(asset, { fingerprint: {} }),
};

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => resolve(parentPath, name))
  .sort();
const sums = new Map();
for (let round = 0; round <= Number(rounds); round += 1)
  for (const path of files) {
    const asset = await Asset.open(path);
    const { kind } = asset.mediaType;
    for (const [way, make] of Object.entries(WAYS)) {
      if (!['image', 'video', 'audio'].includes(kind)) continue;
      const begun = millis();
      const answer = await make(asset);
      const took = millis() - begun;
      // The first round loads and compiles. A file without any fingerprint or preview does not count.
      const made = (answer.fingerprint ?? answer).made.length;
      if (round === 0 || made === 0) continue;
      const key = `${kind}: ${way}`;
      const [count, sum] = sums.get(key) ?? [0, 0];
      sums.set(key, [count + 1, sum + took]);
    }
    await asset.close();
  }
for (const [key, [count, sum]] of [...sums].sort())
  console.log(
    `${key}: ${(sum / count).toFixed(1)} ms of processor time a file (${count / Number(rounds)} files)`,
  );
