import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Asset } from '../../src/core/asset.js';
import { CARRIERS } from '../../src/core/evidence.js';
import type { Reader } from '../../src/core/reader.js';
import { READERS } from '../../src/core/readers/index.js';
import { describeReader } from '../contracts/reader.js';

/**
 * Every reader but c2pa over every fixture of its containers. The engines behind c2pa may take their process
 * along on hostile bytes: tests/isolation holds them to the same promise from outside.
 */
const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const FOLDERS = ['plain', 'labels', 'parts'];

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(FIXTURES, folder))
    .filter((name) => !name.endsWith('.expected.json'))
    .map((name) => join(FIXTURES, folder, name)),
);

const containers = new Map<string, string>();
for (const file of files) {
  const asset = await Asset.open(file);
  containers.set(file, asset.mediaType.container);
  await asset.close();
}

/** A few of each container are enough: the cuts do the rest. */
const SEEDS_PER_CONTAINER = 3;

/** Files in which the reader finds something come first: only they show what a cut does to it. */
async function seedsOf(reader: Reader): Promise<string[]> {
  const seeds: string[] = [];
  for (const container of reader.containers) {
    const ofContainer = files.filter((f) => containers.get(f) === container).reverse();
    const found: string[] = [];
    for (const file of ofContainer) {
      if (found.length >= SEEDS_PER_CONTAINER) break;
      const asset = await Asset.open(file);
      const read = await reader.read(asset, { engine: 'wasm' }).finally(() => asset.close());
      if (read.status === 'found') found.push(file);
    }
    seeds.push(...[...new Set([...found, ...ofContainer])].slice(0, SEEDS_PER_CONTAINER));
  }
  return seeds;
}

for (const carrier of CARRIERS.filter((c) => c !== 'c2pa')) {
  const reader = READERS[carrier];
  describeReader(reader, await seedsOf(reader));
}
