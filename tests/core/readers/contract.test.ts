import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Asset } from '../../../src/core/media/asset.js';
import { CARRIERS, EACH_CARRIER } from '../../../src/core/media/carrier.js';
import { READ_TYPES } from '../../../src/core/media/read-types.js';
import { CONTAINER_REACH, type ReachTable } from '../../../src/core/readers/container-reach.js';
import { READERS } from '../../../src/core/readers/index.js';
import { readAll } from '../../../src/core/readers/read-all.js';
import type { Reader } from '../../../src/core/readers/reader.js';
import { describeReader } from '../../contracts/reader.js';
import { share } from '../../support/whole.js';
import { CONTAINERS, containersRead } from './containers-read.js';

/**
 * Runs every reader but c2pa over every fixture of its containers. The engines behind c2pa may crash their process on
 * hostile bytes: tests/isolation checks the same contract from outside.
 */
const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
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

/** A few of each container suffice; truncation multiplies them. */
const SEEDS_PER_CONTAINER = 3;

/** Files in which the reader finds something come first, because only they show the effect of a cut. */
async function seedsOf(reader: Reader): Promise<string[]> {
  const seeds: string[] = [];
  for (const container of containersRead(reader.carrier)) {
    const ofContainer = files.filter((f) => containers.get(f) === container).reverse();
    const found: string[] = [];
    for (const file of ofContainer) {
      if (found.length >= SEEDS_PER_CONTAINER) break;
      const asset = await Asset.open(file);
      const read = await reader.read(asset, { engine: 'wasm' }).finally(() => asset.close());
      if (read.status === 'found') found.push(file);
    }
    seeds.push(...share([...new Set([...found, ...ofContainer])].slice(0, SEEDS_PER_CONTAINER), 3));
  }
  return seeds;
}

it('what is to have something of every carrier has them in their order', () => {
  expect(Object.keys(EACH_CARRIER)).toEqual([...CARRIERS]);
});

/** Compares the table with the result for a file of each container. */
describe('the table of containers and readers', () => {
  const walked = [...new Set(Object.values(READ_TYPES).map(({ container }) => container))];

  it.each(walked.map((container) => [container]))('has files of %s to be tried on', (container) => {
    expect([...containers.values()]).toContain(container);
  });

  it.each(walked.map((container) => [container]))('is kept to over a file of %s', async (container) => {
    const file = files.find((one) => containers.get(one) === container) ?? '';
    const asset = await Asset.open(file);
    const evidence = await readAll(asset, { engine: 'wasm', deep: true }).finally(() => asset.close());
    for (const carrier of CARRIERS) {
      const one = CONTAINER_REACH[container][carrier];
      expect(['read', 'unreached', 'none'], `${carrier} in ${container}`).toContain(one);
      const read = evidence[carrier];
      const code = 'code' in read ? read.code : undefined;
      if (one === 'none') expect(code, `${carrier} in ${container}`).toBe('carrier.none');
      if (one === 'unreached') expect(code, `${carrier} in ${container}`).toBe('carrier.notRead');
    }
  });

  it('does not compile where a container or a reader is left out, or unknown', () => {
    expect([...CONTAINERS].sort()).toEqual([...walked].sort());
    for (const row of Object.values(CONTAINER_REACH))
      expect(Object.keys(row).sort()).toEqual([...CARRIERS].sort());
    const { jpeg, ...others } = CONTAINER_REACH;
    const { thumbnail: _, ...withoutThumbnail } = jpeg;
    // @ts-expect-error: JPEG is left out.
    others satisfies ReachTable;
    // @ts-expect-error: the row of JPEG leaves a reader out.
    ({ ...others, jpeg: withoutThumbnail }) satisfies ReachTable;
    // @ts-expect-error: no such container.
    ({ ...others, jpeg, tga: jpeg }) satisfies ReachTable;
    // @ts-expect-error: no such reader.
    ({ ...others, jpeg: { ...jpeg, pngTime: 'none' } }) satisfies ReachTable;
  });
});

for (const carrier of CARRIERS.filter((c) => c !== 'c2pa')) {
  const reader = READERS[carrier];
  describeReader(reader, await seedsOf(reader));
}
