import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LookupAll } from '../../../src/base/net/guarded-lookup.js';
import { trustLimits } from '../../../src/core/trust/lists/trust-limits.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import {
  AddressesError,
  type ListAddresses,
  PUBLISHER_ADDRESSES,
  readAddresses,
} from '../../../src/service/trust/addresses.js';
import { download } from '../../../src/service/trust/download.js';
import { fetchLists } from '../../../src/service/trust/fetch.js';
import { installLists } from '../../../src/service/trust/install.js';
import { PUBLISHED_LISTS } from '../../../src/service/trust/published-lists.js';
import { type HttpsServer, httpsServer } from './https-server.js';
import { companion, type Published, publish, TestFolder } from './lists.js';

let published: Published;
let server: HttpsServer;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: string[];
beforeAll(async () => {
  published = await publish();
  server = await httpsServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
});
beforeEach(() => {
  asked = [];
});
afterAll(() => server.close());

const from = (more: Partial<ListAddresses> = {}): ListAddresses => {
  const hosts = new Set([server.host]);
  return { urls: new Map(), hosts, ownHosts: hosts, ca: server.ca, ...more };
};
const fetching = (path: string, more: Partial<ListAddresses> = {}, millis?: number) =>
  download(`https://${server.host}${path}`, from(more), millis === undefined ? {} : { millis });
const leadsTo = (location: string) => {
  answer = (_, response) => response.writeHead(302, { location }).end();
};

describe('an address', () => {
  it('is fetched whole, uncompressed', async () => {
    answer = (request, response) => response.end(`${request.headers['accept-encoding']} body`);
    expect((await fetching('/one')).toString()).toBe('identity body');
  });

  it('may lead on three times, and not a fourth', async () => {
    answer = ({ url = '' }, response) => {
      const left = Number(url.slice(1));
      if (left === 0) response.end('here');
      else response.writeHead(307, { location: `/${left - 1}` }).end();
    };
    expect((await fetching('/3')).toString()).toBe('here');
    await expect(fetching('/4')).rejects.toMatchObject({ code: 'fetch.redirect' });
    expect(asked).toEqual(['/3', '/2', '/1', '/0', '/4', '/3', '/2', '/1']);
  });

  it.each([
    ['http:', () => `http://${server.host}/`, 'fetch.notHttps'],
    ['file:', () => 'file:///etc/hosts', 'fetch.notHttps'],
    ['a host that is not configured', () => 'https://elsewhere.example/', 'fetch.host'],
    ['another port', () => 'https://localhost:1/', 'fetch.host'],
    [
      'the same host under another name',
      () => `https://127.0.0.1:${server.host.split(':')[1]}/`,
      'fetch.host',
    ],
    ['a password', () => `https://me:secret@${server.host}/`, 'fetch.address'],
    ['nonsense', () => 'https://[', 'fetch.redirect'],
  ])('that leads to %s is refused', async (_words, location, code) => {
    leadsTo(location());
    await expect(fetching('/start')).rejects.toMatchObject({ code });
    expect(asked).toEqual(['/start']);
  });

  it('inside a private network is not asked unless the operator named its host', async () => {
    answer = (_, response) => response.end('secret');
    await expect(fetching('/', { ownHosts: new Set() })).rejects.toMatchObject({
      code: 'fetch.privateAddress',
    });
    const literal = '127.0.0.1';
    const rules = from({ hosts: new Set([literal]), ownHosts: new Set() });
    await expect(download(`https://${literal}/`, rules)).rejects.toMatchObject({
      code: 'fetch.privateAddress',
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['to its resolver', ['127.0.0.1']],
    ['beside a public address', ['93.184.216.34', '127.0.0.1']],
  ])('whose name leads inside %s is asked nothing', async (_words, addresses) => {
    const resolve: LookupAll = (_name, _options, found) =>
      found(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );
    answer = (_, response) => response.end('secret');
    const host = `rebound.example:${server.host.split(':')[1]}`;
    const rules = from({ hosts: new Set([host]), ownHosts: new Set() });
    await expect(download(`https://${host}/`, rules, { resolve })).rejects.toMatchObject({
      code: 'fetch.privateAddress',
    });
    expect(asked).toEqual([]);
  });

  it('under a certificate nobody vouches for is not believed', async () => {
    answer = (_, response) => response.end('forged');
    const { ca: _, ...without } = from();
    await expect(download(`https://${server.host}/`, without)).rejects.toMatchObject({
      code: 'fetch.failed',
    });
    expect(asked).toEqual([]);
  });
});

describe('an answer', () => {
  const MOST = trustLimits.trustFileBytes;

  it.each<[string, (response: ServerResponse) => unknown, string]>([
    ['404', (r) => r.writeHead(404).end('no'), 'fetch.status'],
    ['204', (r) => r.writeHead(204).end(), 'fetch.status'],
    ['302 to nowhere', (r) => r.writeHead(302).end(), 'fetch.status'],
    [
      'said to be too large',
      (r) => r.writeHead(200, { 'content-length': MOST + 1 }).flushHeaders(),
      'bound.trustFile',
    ],
    ['that grows too large', (r) => r.write('x') && r.end(Buffer.alloc(MOST)), 'bound.trustFile'],
    [
      'that ends early',
      (r) => r.writeHead(200, { 'content-length': 100 }).write('cut', () => r.destroy()),
      'fetch.truncated',
    ],
    ['chunked that ends early', (r) => r.write('cut', () => r.destroy()), 'fetch.truncated'],
    [
      'of no known length',
      (r) => {
        r.useChunkedEncodingByDefault = false;
        r.writeHead(200, { connection: 'close' }).end('cut?');
      },
      'fetch.noLength',
    ],
    [
      'compressed',
      (r) => r.writeHead(200, { 'content-encoding': 'gzip', 'content-length': 1 }).end('x'),
      'fetch.encoding',
    ],
  ])('%s is refused', async (_words, reply, code) => {
    answer = (_, response) => void reply(response);
    await expect(fetching('/')).rejects.toMatchObject({ name: 'FetchFault', code });
  });

  it.each<[string, (response: ServerResponse) => unknown]>([
    ['that never begins', () => {}],
    ['that never ends', (r) => r.write('x')],
  ])('%s is given up', async (_words, reply) => {
    answer = (_, response) => void reply(response);
    await expect(fetching('/', {}, 300)).rejects.toMatchObject({ code: 'fetch.timeout' });
  });

  it('is not waited for once the user interrupts', async () => {
    answer = () => abort.abort();
    const abort = new AbortController();
    const { signal } = abort;
    await expect(download(`https://${server.host}/`, from(), { signal })).rejects.toMatchObject({
      code: 'fetch.interrupted',
    });
  });
});

describe('an update', () => {
  let folder: TestFolder;
  beforeEach(() => {
    folder = new TestFolder();
  });
  afterEach(() => folder.drop());
  const NOW = new Date('2026-11-25T12:00:00Z');
  const urls = () =>
    new Map(
      [...PUBLISHER_ADDRESSES.urls.keys()].map((name) => [name, `https://${server.host}/${name}`] as const),
    );
  const update = async () => {
    const candidates = await fetchLists(from({ urls: urls() }), { now: NOW });
    return installLists(folder.path, candidates);
  };

  it('installs what is sound, dates it, and says why of the rest', async () => {
    answer = ({ url = '' }, response) => {
      const name = url.slice(1);
      if (name === 'C2PA-TRUST-LIST.json') response.end(companion([published.signers]));
      else if (name === 'ITL-anchors.pem') response.end('<html>Please log in</html>');
      else if (name in published.files) response.end(published.files[name]);
      else response.writeHead(404).end();
    };
    const results = await update();
    expect(results).toMatchObject([
      { outcome: 'installed', issueDate: '2026-08-05T00:11:39Z' },
      {
        outcome: 'installed',
        note: { id: 'trust.dateUnknown', params: { why: { params: { code: 'fetch.status' } } } },
      },
      { outcome: 'refused', fault: { code: 'trust.empty' } },
      { outcome: 'installed' },
      { outcome: 'installed', products: 2 },
    ]);
    expect(JSON.parse(folder.read('sources.json'))['C2PA-TRUST-LIST.pem']).toMatchObject({
      url: `https://${server.host}/C2PA-TRUST-LIST.pem`,
      fetchedAt: NOW.toISOString(),
    });
  });

  it('asks nobody for a list without an address', async () => {
    answer = (_, response) => response.end(published.files['ITL-allowed.pem']);
    const own = new Map([['ITL-allowed.pem', `https://${server.host}/own`]]);
    expect(await fetchLists(from({ urls: own }), { now: NOW })).toMatchObject([{ file: 'ITL-allowed.pem' }]);
    expect(asked).toEqual(['/own']);
  });
});

describe('the addresses', () => {
  let folder: TestFolder;
  beforeEach(() => {
    folder = new TestFolder();
  });
  afterEach(() => folder.drop());
  const LIST = { 'C2PA-TRUST-LIST.pem': 'https://mirror.example:8443/list.pem' };
  const reading = (content: unknown) => {
    folder.put('addresses.json', typeof content === 'string' ? content : JSON.stringify(content));
    return readAddresses(`${folder.path}/addresses.json`);
  };

  it('of the publishers cover every list, all over https, and no private host', () => {
    for (const { file, companion: beside } of PUBLISHED_LISTS) {
      expect(PUBLISHER_ADDRESSES.urls.get(file)).toMatch(/^https:/);
      if (beside) expect(PUBLISHER_ADDRESSES.urls.get(beside)).toMatch(/^https:/);
    }
    expect([...PUBLISHER_ADDRESSES.ownHosts]).toEqual([]);
  });

  it('of the operator take their place, with hosts and authorities of their own', async () => {
    folder.put('own.pem', server.ca);
    const read = await reading({ lists: LIST, hosts: ['Store.example'], ca: 'own.pem' });
    expect([...read.urls]).toEqual(Object.entries(LIST));
    expect([...read.hosts].sort()).toEqual(['mirror.example:8443', 'store.example']);
    expect(read.ca).toBe(server.ca);
  });

  it.each([
    ['no JSON', '{', 'no JSON'],
    ['no object', [], 'no JSON object'],
    ['no lists', {}, '"lists"'],
    ['no address', { lists: {} }, 'no list an address'],
    ['an address for something else', { lists: { 'sources.json': 'https://a.example/' } }, 'is no list'],
    ['an address without https', { lists: { 'ITL-allowed.pem': 'http://a.example/' } }, 'no https'],
    ['a slip of the pen', { list: LIST }, '"list"'],
    ['a host that is a path', { lists: LIST, hosts: ['a.example/b'] }, 'no host'],
    ['a missing authority', { lists: LIST, ca: 'nowhere.pem' }, 'nowhere.pem'],
  ])('of an operator that hold %s are refused', async (_words, content, words) => {
    const error: unknown = await reading(content).catch((caught: unknown) => caught);
    if (!(error instanceof AddressesError)) throw error;
    expect(error.code).toBe('trust.addresses');
    expect(translatorFor('en').translate(error.userMessage)).toContain(words);
  });
});
