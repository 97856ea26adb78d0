import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config/settings.js';
import { translatorFor } from '../../../src/i18n/translator.js';
import { LinkPolicy } from '../../../src/service/fetching/address-policy.js';
import { FetchRefusalError } from '../../../src/service/fetching/refusal.js';
import { httpsServer } from '../trust/https-server.js';
import { codeOf, fetched, type Route, site } from './site.js';

const PICTURE = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const picture: Route = (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(PICTURE);
const to =
  (address: string): Route =>
  (_, response) =>
    response.writeHead(302, { location: address }).end();

describe('where a link may lead', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://①②⑦.⓪.⓪.①/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.0.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://metadata.google.internal/',
  ])('is nowhere private: %s', async (address) => {
    expect(await codeOf(address, { mode: 'all' })).toBe('fetch.private');
    expect(await codeOf(address, { mode: 'hosts', hosts: ['example.org'] })).toBe('fetch.private');
  });

  it.each([
    ['', 'fetch.scheme'],
    ['photo.jpg', 'fetch.scheme'],
    ['file:///etc/passwd', 'fetch.scheme'],
    ['ftp://example.org/a.jpg', 'fetch.scheme'],
    ['data:image/png;base64,AAAA', 'fetch.scheme'],
    ['http://[fe80::1%25eth0]/', 'fetch.scheme'],
    [`https://example.org/${'a'.repeat(3_000)}`, 'fetch.scheme'],
    ['https://user@example.org/', 'fetch.credentials'],
    ['https://:secret@example.org/', 'fetch.credentials'],
    ['https://example.org@127.0.0.1/', 'fetch.credentials'],
  ])('is no %s', async (address, code) => {
    expect(await codeOf(address, { mode: 'all' })).toBe(code);
  });

  it('is nowhere while it is off, and nobody is asked', async () => {
    const here = await site({ '*': picture });
    expect(await codeOf(here.url, { mode: 'off', hosts: [here.host] })).toBe('fetch.off');
    expect(here.asked).toEqual([]);
  });

  it('is among the named hosts alone where only those are allowed', async () => {
    const here = await site({ '/a.png': picture });
    expect(await codeOf('https://example.org/', { hosts: [here.host] })).toBe('fetch.host');
    const [host = '', port = ''] = here.host.split(':');
    expect(await codeOf(`${here.url}/a.png`, { hosts: [here.host] })).toBe('medium');
    expect(await codeOf(`${here.url}/a.png`, { hosts: [host] })).toBe('medium');
    // Another spelling of the address is the same address; another port, or host name, is not.
    expect(await codeOf(`http://2130706433:${port}/a.png`, { hosts: [here.host] })).toBe('medium');
    expect(await codeOf(`http://localhost:${port}/a.png`, { hosts: [here.host] })).toBe('fetch.private');
    expect(await codeOf(`http://[::ffff:127.0.0.1]:${port}/`, { hosts: [here.host] })).toBe('fetch.private');
    expect(await codeOf('http://127.0.0.1:1/', { hosts: [here.host] })).toBe('fetch.private');
  });

  it('may be named by the port that an address need not bear', () => {
    const env = { ASSAY_FETCH: 'localhost:80, 127.0.0.1:443' };
    const judge = new LinkPolicy(readConfig(env).fetch);
    expect(judge.check('http://localhost/a').href).toBe('http://localhost/a');
    expect(judge.check('https://127.0.0.1/').href).toBe('https://127.0.0.1/');
    for (const address of ['https://localhost/', 'http://127.0.0.1/', 'http://localhost:8080/'])
      expect(() => judge.check(address), address).toThrow(FetchRefusalError);
    expect(() => readConfig({ ASSAY_FETCH: 'localhost:80/a' })).toThrow();
  });

  it('is judged at every step: a redirect to another port is not followed', async () => {
    const inner = await site({ '*': picture });
    const outer = await site({ '/a': to(`${inner.url}/secret`), '/b': to('file:///etc/passwd') });
    for (const mode of ['hosts', 'all'] as const) {
      expect(await codeOf(`${outer.url}/a`, { mode, hosts: [outer.host] })).toBe('fetch.private');
      expect(await codeOf(`${outer.url}/b`, { mode, hosts: [outer.host] })).toBe('fetch.scheme');
    }
    expect(await codeOf(`${outer.url}/a`, { hosts: [outer.host, inner.host] })).toBe('medium');
    expect(inner.asked).toEqual(['/robots.txt', '/secret']);
  });

  it('goes so far and not in a circle', async () => {
    const { host, url } = await site({
      '/1': to('/2'),
      '/2': to('/1'),
      '/nowhere': to('http://['),
      '*': (request, response) =>
        void response.writeHead(302, { location: `/${Number(request.url?.slice(1)) + 1}` }).end(),
    });
    for (const path of ['/1', '/10', '/nowhere'])
      expect(await codeOf(`${url}${path}`, { hosts: [host] }), path).toBe('fetch.redirects');
  });
});

describe('a name', () => {
  const found =
    (...answers: string[][]) =>
    (
      _name: string,
      _options: unknown,
      callback: (error: null, found: { address: string; family: number }[]) => void,
    ) => {
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      callback(
        null,
        (answer ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    };

  it.each([
    [['127.0.0.1']],
    [['93.184.216.34', '127.0.0.1']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['169.254.169.254']],
    [['10.0.0.1']],
  ])('that leads to %s is asked nothing', async (answer) => {
    const here = await site({ '*': picture });
    const url = `http://rebound.example:${here.host.split(':')[1]}/a.png`;
    expect(await codeOf(url, { mode: 'all', resolve: found(answer) })).toBe('fetch.private');
    expect(here.asked).toEqual([]);
  });

  it('that the operator named may lead inside, but not to both sides, nor to clouds’ metadata', async () => {
    const here = await site({ '*': picture });
    const name = `cdn.example:${here.host.split(':')[1]}`;
    const asking = (...answers: string[][]) =>
      codeOf(`http://${name}/a.png`, { hosts: [name], resolve: found(...answers) });
    expect(await asking(['127.0.0.1'])).toBe('medium');
    expect(here.asked).toEqual(['/robots.txt', '/a.png']);
    expect(await asking(['93.184.216.34', '127.0.0.1'])).toBe('fetch.private');
    expect(await asking(['169.254.169.254'])).toBe('fetch.private');
    expect(await asking(['100.100.100.200'])).toBe('fetch.private');
    // The first answer is a private address, the second a public one.
    expect(await asking(['127.0.0.1'], ['93.184.216.34'])).toBe('fetch.private');
    expect(here.asked).toHaveLength(3);
  });

  it('that nobody has is said to be none', async () => {
    const done = await fetched('http://nobody.example/', {
      mode: 'all',
      resolve: (_name, _options, callback) =>
        callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []),
    });
    if (done.kind !== 'refused') throw new Error(done.kind);
    expect(done.code).toBe('fetch.unreachable');
    expect(translatorFor('en').translate(done.userMessage)).toBe(
      'No host of the name nobody.example was found (ENOTFOUND).',
    );
    expect(done.exchanges).toMatchObject([{ url: 'http://nobody.example/robots.txt', purpose: 'robots' }]);
  });

  it('has to be the one in the certificate', async () => {
    const { host, ca, close } = await httpsServer((request, response) =>
      request.url === '/robots.txt'
        ? response.writeHead(404).end()
        : response.writeHead(200, { 'content-type': 'image/png' }).end(PICTURE),
    );
    try {
      const url = `https://${host}/a.png`;
      expect(await codeOf(url, { hosts: [host], ca })).toBe('medium');
      expect(await codeOf(url, { hosts: [host] })).toBe('fetch.unreachable');
    } finally {
      await close();
    }
  });
});
