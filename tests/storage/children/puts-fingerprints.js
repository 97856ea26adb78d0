import { openStores } from '../../../src/storage/stores.ts';

// Puts one fingerprint after another for as long as it lives, and prints each that is stored.
const [locator, inspection] = process.argv.slice(2);
const stores = await openStores(JSON.parse(locator));
for (let n = 1; ; n += 1) {
  await stores.fingerprints.put([
    {
      tenant: 'local',
      holder: { inspection },
      at: '2026-11-29T10:00:00.000Z',
      fingerprint: {
        kind: 'picture',
        quality: 100,
        frames: 1,
        shelf: Buffer.alloc(544, n),
        query: Buffer.alloc(768, n),
      },
    },
  ]);
  process.stdout.write(`${n}\n`);
}
