import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LOCAL_TENANT } from '../../src/store/scopes.js';
import { assayHere } from '../cli/run-here.js';
import { alikeApp, turnedBits } from './alike.js';
import { BROWSER, temporaryDirectory, testStores } from './harness.js';

const SIGNED = ['jpeg-c2pa-intact.jpg', 'jpeg-c2pa-altered-data.jpg'];

it('tells of a file of a scan, in brief or whole, what its credentials say', async () => {
  const dataDir = temporaryDirectory();
  const tree = join(dataDir, 'tree');
  mkdirSync(tree);
  for (const name of SIGNED) copyFileSync(join('fixtures/c2pa', name), join(tree, name));
  for (const extra of [[], ['--full']]) {
    const { code, stderr } = await assayHere(['scan', tree, '--fingerprints', '--store', ...extra], {
      ASSAY_DATA_DIR: dataDir,
    });
    expect(code, stderr).toBe(0);
  }
  const test = await alikeApp({ stores: await testStores(dataDir) });
  const [kept] = await test.stores.fingerprints.follow(0, 1);
  const copy = await test.seen('IMG-WA0001.jpg', turnedBits((kept?.shelf ?? Buffer.of()).subarray(0, 32), 5));

  const { matches } = (await test.app.inject({ url: `/v1/inspections/${copy}/matches` })).json();
  const told = matches.map(({ path, sha256, seen, declared }: Record<string, object>) => {
    const { headline, ...rest } = declared as Record<string, { text: string }>;
    return [String(path).split('/').at(-1), sha256, (seen as { by: string }).by, headline?.text, rest];
  });
  const intact = [
    ...['jpeg-c2pa-intact.jpg', '31fd4fa11fff4a72da7dcd9ee70de4f658c6b5df161caca20aaa9f892ada780a', 'scan'],
    'Says it was made by a person',
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

  const page = await test.app.inject({ url: `/inspections/${copy}`, headers: BROWSER });
  expect(page.body).toContain(
    'This one carried Content Credentials by <bdi dir="auto">“Assay Test Studio”</bdi>. They belong to that file',
  );
  // The same bytes in two scans are one file that was seen twice.
  expect(page.body.match(/<li class="match">/g)).toHaveLength(2);
  expect(page.body.match(/Seen 2 times/g)).toHaveLength(2);
  expect(await test.stores.fingerprints.counts(LOCAL_TENANT)).toMatchObject({ searchable: 5 });
}, 120_000);
