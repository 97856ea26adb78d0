import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inEnglish } from '../i18n/english.js';
import { type HttpsServer, httpsServer } from '../service/trust/https-server.js';
import { companion, type Published, products, publish, TestFolder } from '../service/trust/lists.js';
import { assayHere } from './run-here.js';
import { assay, lines } from './spawn-assay.js';

let published: Published;
let from: TestFolder;
let to: TestFolder;
beforeAll(async () => {
  published = await publish();
});
beforeEach(() => {
  from = new TestFolder();
  to = new TestFolder();
  for (const [name, content] of Object.entries(published.files)) from.put(name, content);
});
afterEach(() => {
  from.drop();
  to.drop();
});

const trust = (...args: string[]) => assayHere(['trust', ...args], { ASSAY_TRUST_DIR: to.path });

describe('assay trust import', () => {
  it('installs the lists of a folder, and says so', async () => {
    const { code, stdout, stderr } = await assay(['trust', 'import', from.path], {
      ASSAY_TRUST_DIR: to.path,
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('installed  C2PA-TRUST-LIST.pem\n  1 certificate\n');
    const status = await trust('status');
    expect(status.code).toBe(0);
    expect(status.stdout).toContain('2 issuers of signers, 1 issuer of timestamps; 1 expired');
    expect(status.stdout).toContain('frozen by its publisher on 2026-01-01');
    const again = await trust('import', from.path, '--json');
    expect(lines(again.stdout)).toMatchObject([
      {
        schema: 'assay.trust-install/1',
        dir: to.path,
        files: Array.from({ length: 5 }, () => ({ outcome: 'unchanged' })),
      },
    ]);
  });

  it('exits with 3 where one is refused; the old one stays and the others are installed', async () => {
    await trust('import', from.path);
    from.put('C2PA-TRUST-LIST.pem', 'not a list');
    from.put('conforming-products-list.json', products(1));
    const { code, stdout } = await trust('import', from.path);
    expect(code).toBe(3);
    expect(stdout).toContain(
      `refused    C2PA-TRUST-LIST.pem\n  ! ${inEnglish('fault.trust.empty')} (trust.empty)`,
    );
    expect(to.read('C2PA-TRUST-LIST.pem')).toBe(published.files['C2PA-TRUST-LIST.pem']);
    expect(to.read('conforming-products-list.json')).toBe(products(1));
  });

  it('takes no private anchors along, and says so', async () => {
    mkdirSync(join(from.path, 'private'));
    from.put('private/own.pem', published.files['ITL-anchors.pem'] ?? '');
    const { code, stderr } = await trust('import', from.path);
    expect([code, stderr]).toEqual([0, expect.stringContaining('private anchors are not imported')]);
    expect(to.names()).not.toContain('private');
  });

  it.each([
    ['no folder', () => [join(from.path, 'nowhere')], 'no folder'],
    ['a folder without lists', () => [to.path], 'none of the lists'],
    ['nothing', () => [], 'the argument <dir> is missing'],
    ['an empty --dir', () => [from.path, '--dir', ''], '--dir'],
  ])('exits with 2 where it is given %s', async (_words, args, words) => {
    const { code, stdout, stderr } = await trust('import', ...args());
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });
});

describe('assay trust status', () => {
  it('names the folder asked for, and how to get lists where there are none', async () => {
    const empty = join(to.path, 'empty');
    const { code, stdout } = await trust('status', '--dir', empty);
    expect(code).toBe(0);
    expect(stdout).toContain(`Trust folder: ${empty}\n`);
    expect(stdout).toContain('assay trust update');
    const byData = await assayHere(['trust', 'status', '--json'], { ASSAY_DATA_DIR: to.path });
    expect(lines(byData.stdout)).toMatchObject([
      { schema: 'assay.trust-status/1', dir: join(to.path, 'trust') },
    ]);
  });

  it('exits with 3 where an installed list cannot be used', async () => {
    to.put('C2PA-TRUST-LIST.pem', 'broken');
    const { code, stdout } = await trust('status');
    expect(code).toBe(3);
    expect(stdout).toContain(`! ${inEnglish('fault.trust.empty')} (trust.empty)`);
  });

  it('lets nothing in the folder speak to the terminal', async () => {
    mkdirSync(join(to.path, 'private'));
    to.put('private/\u001b[31mred\nline.pem', 'broken');
    const { stdout } = await trust('status');
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('\nline.pem');
  });
});

describe('assay trust update', () => {
  let server: HttpsServer;
  beforeAll(async () => {
    server = await httpsServer(({ url = '' }, response) => {
      const name = url.slice(1);
      if (name === 'C2PA-TRUST-LIST.json') response.end(companion([published.signers]));
      else if (name in published.files) response.end(published.files[name]);
      else response.writeHead(404).end();
    });
  });
  afterAll(() => server.close());
  const addresses = (...names: string[]) => {
    from.put('ca.pem', server.ca);
    const lists = Object.fromEntries(names.map((name) => [name, `https://${server.host}/${name}`]));
    from.put('addresses.json', JSON.stringify({ lists, ca: 'ca.pem' }));
    return { ASSAY_TRUST_DIR: to.path, ASSAY_TRUST_SOURCES: join(from.path, 'addresses.json') };
  };

  it('fetches from the operator’s addresses, with dates', async () => {
    const env = addresses('C2PA-TRUST-LIST.pem', 'C2PA-TRUST-LIST.json', 'ITL-allowed.pem');
    const { code, stdout, stderr } = await assay(['trust', 'update'], env);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('1 certificate, issued 2026-08-05');
    expect(to.names()).toEqual(['C2PA-TRUST-LIST.pem', 'ITL-allowed.pem', 'sources.json']);
    const status = await trust('status');
    expect(status.stdout).toContain('(0 days ago)');
  });

  it('exits with 3 where a list could not be fetched', async () => {
    const env = addresses('ITL-allowed.pem', 'ITL-anchors.pem');
    from.put(
      'addresses.json',
      from.read('addresses.json').replace('/ITL-anchors.pem', '/moved-to-nowhere.pem'),
    );
    const { code, stdout } = await assayHere(['trust', 'update', '--json'], env);
    expect(code).toBe(3);
    expect(lines(stdout)).toMatchObject([
      {
        files: [
          { file: 'ITL-anchors.pem', outcome: 'refused', code: 'fetch.status' },
          { file: 'ITL-allowed.pem', outcome: 'installed' },
        ],
      },
    ]);
  });

  it('believes no server that nobody vouches for, whatever the shell says', async () => {
    const env = { ...addresses('ITL-allowed.pem'), NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    from.put('addresses.json', from.read('addresses.json').replace(',"ca":"ca.pem"', ''));
    const { code, stdout } = await assay(['trust', 'update', '--json'], env);
    expect(code).toBe(3);
    expect(lines(stdout)).toMatchObject([{ files: [{ outcome: 'refused', code: 'fetch.failed' }] }]);
  });

  it('exits with 2 where the addresses are wrong', async () => {
    from.put('addresses.json', '{"lists":{"ITL-allowed.pem":"http://lists.example/"}}');
    const env = { ASSAY_TRUST_DIR: to.path, ASSAY_TRUST_SOURCES: join(from.path, 'addresses.json') };
    const { code, stderr } = await assayHere(['trust', 'update'], env);
    expect(code).toBe(2);
    expect(stderr).toContain('no https: one');
    expect(to.names()).toEqual([]);
  });
});
