import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Asset } from '../../src/core/asset.js';
import { CARRIERS } from '../../src/core/evidence.js';
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

for (const carrier of CARRIERS.filter((c) => c !== 'c2pa')) {
  const reader = READERS[carrier];
  const seeds = reader.containers.flatMap((container) =>
    files.filter((f) => containers.get(f) === container).slice(-SEEDS_PER_CONTAINER),
  );
  describeReader(reader, seeds);
}
