import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseWebpSize } from '../../src/http/services/pictures/webp-size.js';
import { LOCAL_TENANT } from '../../src/storage/access/scopes.js';
import { assayHere } from '../cli/run-here.js';
import { BROWSER, temporaryDirectory, testStores } from './harness.js';
import { alikeApp, turnedBits } from './similar-pictures.js';

const SIGNED = ['jpeg-c2pa-intact.jpg', 'jpeg-c2pa-altered-data.jpg'];

it('tells of a file of a scan, in brief or whole, what its credentials say', async () => {
  const dataDir = temporaryDirectory();
  const tree = join(dataDir, 'tree');
  mkdirSync(tree);
  for (const name of SIGNED) copyFileSync(join('fixtures/c2pa', name), join(tree, name));
  const keys = { ASSAY_SECRET_KEY: Buffer.alloc(32, 7).toString('base64') };
  for (const extra of [
    ['--keep', 'previews,manifests'],
    ['--keep', 'fingerprints', '--full'],
  ]) {
    const { code, stderr } = await assayHere(['scan', tree, '--store', ...extra], {
      ASSAY_DATA_DIR: dataDir,
      ...keys,
    });
    expect(code, stderr).toBe(0);
  }
  const test = await alikeApp({
    stores: await testStores(dataDir),
    env: { ...keys, ASSAY_ALLOW_REVEAL: '1' },
  });
  const [kept] = await test.stores.fingerprints.follow(0, 1);
  const copy = await test.seen('IMG-WA0001.jpg', turnedBits((kept?.shelf ?? Buffer.of()).subarray(0, 32), 5));

  const { matches } = (await test.app.inject({ url: `/v1/inspections/${copy}/matches` })).json();
  const told = matches.map(({ path, sha256, seen, declared }: Record<string, object>) => {
    const { headline, ...rest } = declared as Record<string, { text: string }>;
    return [String(path).split('/').at(-1), sha256, (seen as { by: string }).by, headline?.text, rest];
  });
  const intact = [
    ...['jpeg-c2pa-intact.jpg', '31fd4fa11fff4a72da7dcd9ee70de4f658c6b5df161caca20aaa9f892ada780a', 'scan'],
    'Unconfirmed signer “Assay Test Studio” states: made by a person',
    {
      ...{ origin: 'other', backing: 'valid' },
      ...{ presence: 'present', integrity: 'intact', signer: 'Assay Test Studio' },
    },
  ];
  const altered = [
    'jpeg-c2pa-altered-data.jpg',
    '99779586284d79954a319d40807ff40c9dc9310d1e9e2cda5e2544734048ed84',
    'scan',
    'Changed after “Assay Test Studio” signed it',
    { origin: 'none', presence: 'present', integrity: 'altered', signer: 'Assay Test Studio' },
  ];
  expect(told).toHaveLength(4);
  for (const one of [intact, altered])
    expect(told.filter(([name]: string[]) => name === one[0])).toEqual([one, one]);

  // Attachments of the records of the one scan that was asked to store them.
  const ofIntact = matches.filter(({ path }: { path: string }) => path.endsWith('intact.jpg'));
  const [preview] = ofIntact.flatMap((one: { preview?: string }) => one.preview ?? []);
  const stores = ofIntact.flatMap(({ manifest }: { manifest?: string }) => manifest ?? []);
  const picture = await test.app.inject({ url: String(preview) });
  expect(picture.headers['content-type']).toBe('image/webp');
  const { width, height } = parseWebpSize(picture.rawPayload) ?? {};
  expect(Math.max(width ?? 0, height ?? 0)).toBeLessThanOrEqual(320);
  expect(stores).toHaveLength(1);
  const store = await test.app.inject({ url: String(stores[0]) });
  expect(store.headers).toMatchObject({ 'content-type': 'application/c2pa', 'cache-control': 'no-store' });
  // The raw form in the file: a JUMBF box, which declares its own length.
  const bytes = store.rawPayload;
  expect([bytes.readUInt32BE(0), bytes.toString('latin1', 4, 8)]).toEqual([bytes.length, 'jumb']);
  const file = readFileSync(join('fixtures/c2pa', 'jpeg-c2pa-intact.jpg'));
  expect(file.includes(bytes.subarray(0, 64))).toBe(true);

  const page = await test.app.inject({ url: `/inspections/${copy}`, headers: BROWSER });
  expect(page.body).toContain(
    'This one carried Content Credentials by <bdi dir="auto">“Assay Test Studio”</bdi>. They belong to that file',
  );
  expect(page.body).toContain(`<a href="${stores[0]}" download>`);
  const masked = await alikeApp({ stores: test.stores, env: keys });
  const other = await masked.app.inject({ url: `/inspections/${copy}`, headers: BROWSER });
  expect(other.body).toContain('<li class="match">');
  expect(other.body).not.toContain('/manifest"');
  expect((await masked.app.inject({ url: String(stores[0]) })).statusCode).toBe(403);
  // The same bytes in two scans count as one file that was seen twice.
  expect(page.body.match(/<li class="match">/g)).toHaveLength(2);
  expect(page.body.match(/Seen 2 times/g)).toHaveLength(2);
  expect(await test.stores.fingerprints.counts(LOCAL_TENANT)).toMatchObject({ searchable: 5 });
}, 120_000);
