import { describe, expect, it } from 'vitest';
import { recordedRoutes } from '../../src/http/contract/route-table.js';
import { Metrics } from '../../src/service/ops/metrics.js';
import type { KeyDefaults } from '../../src/storage/access/keys.js';
import { randomText } from '../../src/storage/engine/secret-text.js';
import { listen, onePart, sharedApp, testApp, upload } from './harness.js';
import { askRaw, type RawAnswer } from './raw-exchange.js';
import { bearer, guarded, newKey, withScopes } from './with-keys.js';

describe('keys', () => {
  /** Shared service for tests that create no keys. */
  const refusing = sharedApp({ env: { ASSAY_KEYS: 'required' } });

  it('are not asked for on loopback, and count where one is shown', async () => {
    const test = await testApp();
    expect((await test.app.inject({ url: '/v1/keys' })).json()).toEqual({ keys: [] });
    const key = await newKey(test, { scopes: ['read'] });
    expect((await test.app.inject({ url: '/v1/keys', headers: bearer(key) })).statusCode).toBe(403);
    const wrong = await test.app.inject({ url: '/v1/keys', headers: bearer(`${key}x`) });
    expect(wrong.statusCode).toBe(401);
    expect(wrong.headers['www-authenticate']).toBe('Bearer realm="assay", error="invalid_token"');
  });

  it.each([
    { ASSAY_HOST: '0.0.0.0' },
    { ASSAY_HOST: '::' },
    { ASSAY_HOST: 'assay.internal' },
    { ASSAY_KEYS: 'required' },
    { ASSAY_TRUSTED_PROXIES: '127.0.0.1' },
    { ASSAY_PUBLIC_URL: 'https://assay.example' },
  ])('are asked for with %j', async (env) => {
    const { app } = await testApp({ env });
    expect((await app.inject({ url: '/v1/health/live' })).statusCode).toBe(200);
    const answer = await app.inject({ url: '/v1/capabilities' });
    expect(answer.json().code).toBe('key-required');
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="assay"');
  });

  it('are asked for before anything of a body is read', async () => {
    const test = await guarded();
    expect((await upload(test.app)).json().code).toBe('key-required');
    const read = await withScopes(test, 'read');
    expect((await upload(test.app, undefined, { headers: read })).json().code).toBe('scope-missing');
    expect(test.inspector.requests).toEqual([]);
    const may = await withScopes(test, 'inspect');
    expect((await upload(test.app, undefined, { headers: may })).statusCode).toBe(201);
  });

  it('for figures read them and nothing else; admins read them too, and make such keys', async () => {
    const none = async () => ({ pending: 0, delivered: 0, dead: 0 });
    const test = await guarded(
      {},
      {
        metrics: new Metrics({
          queue: async () => ({ waiting: 0, running: 0 }),
          deliveries: none,
          oldestWaitingSeconds: async () => 0,
          lists: async () => [],
        }),
      },
    );
    const [figures, admin, others] = [
      await withScopes(test, 'metrics'),
      await withScopes(test, 'admin'),
      await withScopes(test, 'inspect', 'read', 'reveal'),
    ];
    const status = async (url: string, headers: Record<string, string>) =>
      (await test.app.inject({ url, headers })).statusCode;
    expect(await status('/metrics', figures)).toBe(200);
    expect(await status('/metrics', admin)).toBe(200);
    expect(await status('/metrics', others)).toBe(403);
    expect((await test.app.inject({ url: '/metrics' })).json().code).toBe('key-required');
    const open = new Map<string, number>();
    for (const { methods, url, access } of recordedRoutes(test.app)) {
      if (access === 'open' || url === '/metrics') continue;
      const answer = await test.app.inject({
        method: methods[0] as 'GET',
        url: url.replaceAll(/:\w+|\*/g, 'x'),
        headers: figures,
      });
      if (answer.statusCode !== 403) open.set(`${methods[0]} ${url}`, answer.statusCode);
    }
    expect([...open]).toEqual([]);
    const payload = { name: 'collector', scopes: ['metrics'] };
    const made = await test.app.inject({ method: 'POST', url: '/v1/keys', headers: admin, payload });
    expect(made.json()).toMatchObject({ scopes: ['metrics'] });
    expect(await status('/metrics', bearer(made.json().key))).toBe(200);
  });

  it('stop working the moment they are revoked', async () => {
    const test = await guarded();
    const admin = await withScopes(test, 'admin', 'read');
    const made = await test.app.inject({
      method: 'POST',
      url: '/v1/keys',
      headers: admin,
      payload: { name: 'reader', scopes: ['read'], defaults: { jurisdictions: ['EU'] } },
    });
    expect(made.statusCode).toBe(201);
    const { key, ...facts } = made.json();
    expect(made.headers['location']).toBe(`/v1/keys/${facts.id}`);
    expect(made.headers['cache-control']).toBe('no-store');
    const one = await test.app.inject({ url: `/v1/keys/${facts.id}`, headers: admin });
    expect(one.json()).toEqual(facts);
    expect(facts).toMatchObject({ createdBy: 'test', defaults: { jurisdictions: ['EU'] } });
    const ask = () => test.app.inject({ url: '/v1/capabilities', headers: bearer(key) });
    expect((await ask()).statusCode).toBe(200);
    const gone = await test.app.inject({ method: 'DELETE', url: `/v1/keys/${facts.id}`, headers: admin });
    expect(gone.statusCode).toBe(204);
    expect((await ask()).statusCode).toBe(401);
  });

  it.each([
    [{ name: 'x', scopes: ['reveal'] }, '/scopes'],
    [{ name: ' x', scopes: ['read'] }, '/name'],
    [{ name: 'x', scopes: [] }, '/scopes'],
    [{ name: 'x', scopes: ['write'] }, '/scopes/0'],
    [{ name: 'x', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    [{ name: 'x', scopes: ['read'], defaults: { jurisdictions: ['XX'] } }, '/defaults'],
    [{ name: 'x', scopes: ['read'], tenant: 'other' }, '/tenant'],
  ])('are not made of %j', async (payload, pointer) => {
    const test = refusing();
    const headers = await withScopes(test, 'admin', 'read');
    const answer = await test.app.inject({ method: 'POST', url: '/v1/keys', headers, payload });
    expect(answer.json()).toMatchObject({ code: 'bad-field', errors: [{ pointer }] });
  });

  it('refuses members that reach into prototypes', async () => {
    const test = await guarded();
    const answer = await test.app.inject({
      method: 'POST',
      url: '/v1/keys',
      headers: { ...(await withScopes(test, 'admin')), 'content-type': 'application/json' },
      payload: '{"name":"x","scopes":["admin"],"__proto__":{"limits":{}}}',
    });
    expect(answer.statusCode).toBe(400);
  });

  it('that do not hold may be tried so often, and lock nobody out', async () => {
    const test = await guarded({ ASSAY_REQUESTS_PER_MINUTE: '1000' });
    const [old, good] = [await newKey(test), await newKey(test)];
    const ask = (key: string, remoteAddress = '192.0.2.1') =>
      test.app.inject({ url: '/v1/capabilities', headers: bearer(key), remoteAddress });
    const wrong = `${old.slice(0, -1)}${old.endsWith('a') ? 'b' : 'a'}`;
    const codes: number[] = [];
    for (let turn = 0; turn < 40; turn += 1) codes.push((await ask(wrong)).statusCode);
    expect(codes).toEqual([...Array(10).fill(401), ...Array(30).fill(429)]);
    expect((await ask(wrong)).headers['retry-after']).toMatch(/^\d+$/);
    // The attempts count per key, also from another address; the valid key is accepted from anywhere.
    expect((await ask(wrong, '192.0.2.2')).statusCode).toBe(429);
    expect((await ask(old)).statusCode).toBe(200);
    const random = () => `assay_${randomText(12)}_${randomText(52)}`;
    for (let turn = 0; turn < 50; turn += 1) await ask(random());
    expect((await ask(random())).statusCode).toBe(429);
    for (const key of [good, old]) expect((await ask(key)).statusCode).toBe(200);
    // Valid keys use up no attempts.
    for (let turn = 0; turn < 60; turn += 1) await ask(good, '192.0.2.3');
    expect((await ask(random(), '192.0.2.3')).statusCode).toBe(401);
  });

  it('that no longer hold are refused like any other', async () => {
    const test = await guarded();
    const gone = await newKey(test, { expiresAt: '2026-01-01T00:00:00.000Z' });
    const codes: number[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      codes.push((await test.app.inject({ url: '/v1/capabilities', headers: bearer(gone) })).statusCode);
    }
    expect(codes).toEqual([...Array(10).fill(401), 429, 429]);
  });
});

const statusAndCode = ({ statusCode, headers, json }: RawAnswer) => [
  statusCode,
  /^application\/problem\+json/.test(String(headers['content-type'])) ? json().code : undefined,
];

describe('ways in', () => {
  /** Shared service for tests that leave it unchanged. */
  const own = sharedApp();
  const far = sharedApp({ env: { ASSAY_TRUSTED_PROXIES: '10.0.0.0/8' } });
  const partnered = sharedApp({ env: { ASSAY_CORS_ORIGINS: 'https://partner.example' } });

  it.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'])(
    'refuses %s from whoever is not a trusted proxy',
    async (name) => {
      const answer = await own().app.inject({ url: '/v1/health/live', headers: { [name]: '192.0.2.1' } });
      expect(answer.json().code).toBe('proxy-not-trusted');
      const other = await far().app.inject({ url: '/v1/health/live', headers: { [name]: '192.0.2.1' } });
      expect(other.json().code).toBe('proxy-not-trusted');
    },
  );

  it.each(['127.0.0.1', '127.0.0.0/8', '::1,127.0.0.1/32'])('believes a proxy within %s', async (proxies) => {
    const { app } = await testApp({ env: { ASSAY_TRUSTED_PROXIES: proxies } });
    let seen: unknown;
    app.addHook('onRequest', async ({ ip, host, protocol }) => {
      seen = { ip, host, protocol };
    });
    const headers = {
      'x-forwarded-for': '192.0.2.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'localhost',
      host: 'localhost:8080',
    };
    expect((await app.inject({ url: '/v1/health/live', headers })).statusCode).toBe(200);
    expect(seen).toEqual({ ip: '192.0.2.7', host: 'localhost', protocol: 'https' });
  });

  it.each([
    [{}, 'localhost:8080', 200],
    [{}, '[::1]:8080', 200],
    [{}, 'LOCALHOST', 200],
    [{}, 'localhost.evil.example', 421],
    [{}, '192.0.2.1', 421],
    [{ ASSAY_ALLOWED_HOSTS: 'desk.example:8443' }, 'desk.example:8443', 200],
    [{ ASSAY_ALLOWED_HOSTS: 'desk.example:8443' }, 'desk.example', 421],
    [{ ASSAY_ALLOWED_HOSTS: 'desk.example' }, 'desk.example:9999', 200],
    [{ ASSAY_HOST: '0.0.0.0' }, 'any.example', 200],
    [{ ASSAY_HOST: '0.0.0.0', ASSAY_PUBLIC_URL: 'https://desk.example' }, 'any.example', 421],
    [{ ASSAY_HOST: '0.0.0.0', ASSAY_PUBLIC_URL: 'https://desk.example' }, 'desk.example', 200],
  ])('with %j answers Host %s with %d', async (env, host, status) => {
    const { app } = await testApp({ env });
    expect((await app.inject({ url: '/v1/health/live', headers: { host } })).statusCode).toBe(status);
  });

  it.each([
    ['GET /v1/health/live', 'localhost', [200, undefined]],
    ['GET http://localhost/v1/health/live', 'localhost', [200, undefined]],
    ['GET HTTP://LOCALHOST/v1/health/live', 'localhost', [200, undefined]],
    ['GET http://localhost/desk/v1/health/live', 'localhost', [200, undefined]],
    ['GET http://localhost?x=1', 'localhost', [200, undefined]],
    ['GET http://evil.example/v1/health/live', 'localhost', [421, 'host-not-allowed']],
    ['GET http://evil.example/v1/health/live', 'evil.example', [421, 'host-not-allowed']],
    ['GET http://user@localhost/v1/health/live', 'localhost', [421, 'host-not-allowed']],
    ['GET http://localhost/v1/health/live', '127.0.0.1', [421, 'host-not-allowed']],
    ['GET ftp://evil.example/v1/health/live', 'localhost', [421, 'host-not-allowed']],
    ['DELETE http://evil.example/v1/batches/none', 'localhost', [421, 'host-not-allowed']],
    ['GET /v1/health/live', 'localhost\r\nHost: localhost', [400, 'several-hosts']],
    ['GET /v1/health/live', 'localhost\r\nhOsT: evil.example', [400, 'several-hosts']],
    ['GET /none', 'localhost\r\nHost: evil.example', [400, 'several-hosts']],
  ])('answers %s with Host %j with %j', async (line, host, expected) => {
    const test = await testApp({ env: { ASSAY_PUBLIC_URL: 'http://localhost/desk' } });
    const answer = await askRaw(await listen(test), `${line} HTTP/1.1`, `Host: ${host}`);
    expect(statusAndCode(answer)).toEqual(expected);
  });

  it('takes an absolute target for the host that it names, and no other, where every name is answered', async () => {
    const port = await listen(await testApp({ env: { ASSAY_HOST: '0.0.0.0' } }));
    const ask = async (target: string, host: string) =>
      statusAndCode(await askRaw(port, `GET ${target} HTTP/1.1`, `Host: ${host}`));
    expect(await ask('http://a.example/v1/health/live', 'a.example')).toEqual([200, undefined]);
    expect(await ask('http://b.example/v1/health/live', 'a.example')).toEqual([421, 'host-not-allowed']);
  });

  it.each([
    [{}, undefined],
    [{ ASSAY_PUBLIC_URL: 'http://desk.example' }, undefined],
    [{ ASSAY_PUBLIC_URL: 'https://localhost/desk' }, 'max-age=31536000'],
  ])('with %j says Strict-Transport-Security: %s', async (env, header) => {
    const { app } = await testApp({ env });
    for (const url of ['/v1/health/live', '/none', '/assets/style.css']) {
      const answer = await app.inject({ url, headers: { host: 'localhost' } });
      expect([url, answer.headers['strict-transport-security']]).toEqual([url, header]);
    }
  });

  it.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://localhost:9999' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 201],
    [{ origin: 'http://localhost' }, 201],
    [{ origin: 'https://partner.example' }, 201],
    [{}, 201],
  ])('answers an upload from a page with %j with %d', async (headers, status) => {
    const { app } = partnered();
    const part = onePart({ content: `from a page with ${JSON.stringify(headers)}` });
    expect((await upload(app, [part], { headers: { host: 'localhost', ...headers } })).statusCode).toBe(
      status,
    );
  });
});

describe('every route', () => {
  it('says who may ask', async () => {
    const { app } = await testApp();
    await app.ready();
    const table = recordedRoutes(app);
    expect(table.length).toBeGreaterThan(20);
    expect(table.filter(({ access }) => access === undefined)).toEqual([]);
  });

  it('of the documentation is read without a key', async () => {
    const { app } = await guarded();
    for (const url of ['/docs/', '/docs/json', '/docs/static/index.css', '/openapi.json']) {
      expect((await app.inject({ url })).statusCode).toBe(200);
    }
  });

  it('that is open to all tells nothing of any tenant', async () => {
    const { app } = await testApp();
    await app.ready();
    const open = recordedRoutes(app).filter(({ access }) => access === 'open');
    expect([...new Set(open.map(({ url }) => url))].filter((url) => !url.startsWith('/docs')).sort()).toEqual(
      [
        '/api',
        '/assets/again.js',
        '/assets/compare.js',
        '/assets/copies.js',
        '/assets/copy.js',
        '/assets/form.js',
        '/assets/icon.svg',
        '/assets/lightbox.js',
        '/assets/seen.js',
        '/assets/style.css',
        '/assets/times.js',
        '/glossary',
        '/law/calendar',
        '/openapi.json',
        '/problems/:code',
        // Anyone with the link's token may read that one report.
        '/s/:token',
        '/s/:token/finding.pdf',
        '/s/:token/parts/:number',
        '/s/:token/pictures/:name',
        '/s/:token/report.json',
        '/s/:token/report.pdf',
        '/sign-in',
        '/sign-out',
        '/v1/health/live',
        '/v1/health/ready',
        '/v1/law/calendar',
        '/v1/rulebooks',
        '/v1/rulebooks/:id',
        '/v1/signals',
        // OPTIONS only: the server's tus capabilities.
        '/v1/uploads',
      ],
    );
  });
});

describe('what a key brings along', () => {
  it('asks for its own jurisdictions and roles where the client names none', async () => {
    const test = await guarded();
    const defaults = { jurisdictions: ['EU'], roles: ['platform' as const] };
    const headers = bearer(await newKey(test, { defaults }));
    const asked = async (...parts: { name: string; content: string }[]) => {
      await upload(test.app, [onePart(), ...parts], { headers });
      const { rulebooks, jurisdictions, roles, summed } = test.inspector.requests.at(-1) ?? {};
      return { rulebooks, jurisdictions, roles, summed };
    };
    expect(await asked()).toEqual({ jurisdictions: ['EU'], roles: ['platform'] });
    const named = await asked({ name: 'jurisdiction', content: 'KR' }, { name: 'role', content: 'deployer' });
    expect(named).toEqual({ jurisdictions: ['KR'], roles: ['deployer'] });
    // A request that names rulebooks gets all their findings; the key's own are summed up.
    expect(await asked({ name: 'rulebooks', content: 'all' })).toEqual({
      rulebooks: ['all'],
      summed: { jurisdictions: ['EU'], roles: ['platform'] },
    });
    const presets = async () =>
      (await test.app.inject({ url: '/v1/capabilities', headers })).json<{ presets: object }>().presets;
    expect(await presets()).toEqual({ jurisdictions: ['EU'], roles: ['platform'] });
  });

  it('stands before what the operator presets, each for its own member', async () => {
    const test = await guarded({ ASSAY_JURISDICTIONS: 'CN,EU', ASSAY_ROLES: 'publisher' });
    const asked = async (defaults: KeyDefaults) => {
      const headers = bearer(await newKey(test, { defaults }));
      await upload(test.app, [onePart()], { headers });
      const { jurisdictions, roles } = test.inspector.requests.at(-1) ?? {};
      return { jurisdictions, roles };
    };
    expect(await asked({})).toEqual({ jurisdictions: ['CN', 'EU'], roles: ['publisher'] });
    expect(await asked({ jurisdictions: ['KR'] })).toEqual({ jurisdictions: ['KR'], roles: ['publisher'] });
    expect(await asked({ roles: ['user'] })).toEqual({ jurisdictions: ['CN', 'EU'], roles: ['user'] });
  });

  it('is refused where the rulebooks no longer know it, and leaves no law out without a word', async () => {
    const test = await guarded();
    for (const gone of [{ jurisdictions: ['XX'] }, { rulebooks: ['eu-ai-act-art-50', 'xx-gone-2020'] }]) {
      const headers = bearer(await newKey(test, { defaults: gone }));
      const answer = await upload(test.app, [onePart()], { headers });
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'bad-field']);
    }
    expect(test.inspector.requests).toEqual([]);
  });

  it('reveals what is masked with the scope for it, whatever the operator allows those without keys', async () => {
    const test = await guarded({ ASSAY_ALLOW_REVEAL: '1' });
    const ask = async (headers: Record<string, string>) =>
      (await upload(test.app, undefined, { url: '/v1/inspections?reveal=names', headers })).statusCode;
    expect(await ask(await withScopes(test, 'inspect'))).toBe(403);
    expect(await ask(await withScopes(test, 'inspect', 'reveal'))).toBe(201);
    expect(test.inspector.requests.at(-1)?.reveal).toEqual(['names']);
  });
});
