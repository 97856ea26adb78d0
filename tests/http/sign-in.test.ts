import type { LightMyRequestResponse } from 'fastify';
import { describe, expect, it } from 'vitest';
import { SessionRepository } from '../../src/storage/access/sessions.js';
import { BROWSER, multipart, onePart, sharedApp, type TestApp } from './harness.js';
import { guarded, newKey } from './with-keys.js';

const OWN = { ...BROWSER, origin: 'http://localhost', host: 'localhost' };
const HOUR = 3_600_000;

async function signIn(test: TestApp, key: string, over: Record<string, string> = {}, to = '/') {
  return test.app.inject({
    method: 'POST',
    url: '/sign-in',
    headers: { ...OWN, 'content-type': 'application/x-www-form-urlencoded', ...over },
    payload: new URLSearchParams({ key, to }).toString(),
  });
}

const cookieOf = (answer: LightMyRequestResponse): string =>
  String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';

async function formToken(test: TestApp, cookie: string): Promise<string> {
  const page = await test.app.inject({ url: '/', headers: { ...OWN, cookie } });
  return /action="\/v1\/inspections\?token=([\w-]{43})"/.exec(page.body)?.[1] ?? '';
}

const send = (test: TestApp, url: string, headers: Record<string, string>) => {
  const body = multipart([onePart()]);
  return test.app.inject({
    method: 'POST',
    url,
    payload: body.payload,
    headers: { ...headers, ...body.headers },
  });
};

describe('signing in', () => {
  /** Shared service for tests that leave it unchanged. */
  const open = sharedApp({ env: { ASSAY_KEYS: 'required' } });

  it('leads browsers to a form, and on to where they wanted to go', async () => {
    const test = await guarded();
    const away = await test.app.inject({ url: '/inspections/x?lang=zh-Hans', headers: OWN });
    expect([away.statusCode, away.headers['location']]).toEqual([
      303,
      '/sign-in?to=%2Finspections%2Fx%3Flang%3Dzh-Hans',
    ]);
    const form = await test.app.inject({ url: String(away.headers['location']), headers: OWN });
    expect(form.body).toContain('<input type="hidden" name="to" value="/inspections/x?lang=zh-Hans">');
    const answer = await signIn(test, await newKey(test), {}, '/inspections/x');
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, '/inspections/x']);
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/a\r\nb',
    '',
  ])('leads nobody away to %j', async (to) => {
    const test = open();
    expect((await signIn(test, await newKey(test), {}, to)).headers['location']).toBe('/');
  });

  it('gives a cookie that scripts cannot read, and keeps only its digest', async () => {
    const test = await guarded();
    const answer = await signIn(test, await newKey(test));
    expect(answer.headers['set-cookie']).toMatch(
      /^assay-session=[a-z2-9]{52}; Path=\/; Expires=[^;]+ GMT; HttpOnly; SameSite=Lax$/,
    );
    const secret = cookieOf(answer).split('=')[1] ?? '-';
    const rows = await test.database.query.selectFrom('sessions').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('makes the cookie secure and the host’s own where the service is reached by https', async () => {
    const env = { ASSAY_PUBLIC_URL: 'https://assay.example' };
    const test = await guarded(env);
    const headers = { origin: 'https://assay.example', host: 'assay.example' };
    expect((await signIn(test, await newKey(test), headers)).headers['set-cookie']).toMatch(
      /^__Host-assay-session=\w{52}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    const below = await guarded({ ASSAY_PUBLIC_URL: 'https://assay.example/desk/' });
    const answer = await signIn(below, await newKey(below), headers);
    expect(answer.headers['set-cookie']).toMatch(/^assay-session=\w{52}; Path=\/desk; .*; Secure;/);
    expect(answer.headers['location']).toBe('/desk/');
  });

  it('refuses keys that do not hold, and after some tries for a while', async () => {
    const test = await guarded();
    const codes: number[] = [];
    for (let turn = 0; turn < 12; turn += 1) codes.push((await signIn(test, '<b>wrong</b>')).statusCode);
    expect(codes).toEqual([...Array(10).fill(401), 429, 429]);
    // A client with a valid key can sign in from there nevertheless.
    expect((await signIn(test, await newKey(test))).statusCode).toBe(303);
    expect((await signIn(await guarded(), '<b>wrong</b>')).body).not.toContain('wrong</b>');
  });

  it('is for pages of ours', async () => {
    const test = await guarded();
    const key = await newKey(test);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost.evil.example' },
    ]) {
      const answer = await signIn(test, key, headers);
      expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([403, undefined]);
    }
  });
});

describe('whoever is signed in', () => {
  it('sends forms of this session and no others', async () => {
    const test = await guarded();
    const key = await newKey(test);
    const [mine, other] = [
      cookieOf(await signIn(test, key)),
      cookieOf(await signIn(test, await newKey(test))),
    ];
    const [token, foreign] = [await formToken(test, mine), await formToken(test, other)];
    expect(token).not.toBe('');
    const target = `/v1/inspections?token=${token}`;
    expect((await send(test, target, { ...OWN, cookie: mine })).statusCode).toBe(303);
    for (const url of ['/v1/inspections', '/v1/inspections?token=', `/v1/inspections?token=${foreign}`]) {
      expect((await send(test, url, { ...OWN, cookie: mine })).statusCode).toBe(403);
    }
    const silent = { accept: OWN.accept, cookie: mine };
    expect((await send(test, target, silent)).statusCode).toBe(403);
    expect(
      (await send(test, target, { ...OWN, origin: 'https://evil.example', cookie: mine })).statusCode,
    ).toBe(403);
    expect(test.inspector.requests).toHaveLength(1);
  });

  it('may do what the key may', async () => {
    const test = await guarded();
    const cookie = cookieOf(await signIn(test, await newKey(test, { scopes: ['read'] })));
    expect((await test.app.inject({ url: '/', headers: { ...OWN, cookie } })).statusCode).toBe(403);
    expect((await test.app.inject({ url: '/v1/capabilities', headers: { cookie } })).statusCode).toBe(200);
  });

  it('is out when signing out, when the key is revoked, and when the time is over', async () => {
    let now = new Date('2026-11-25T08:00:00Z');
    const test = await guarded({}, { now: () => now });
    const ask = async (cookie: string) =>
      (await test.app.inject({ url: '/v1/capabilities', headers: { cookie } })).statusCode;

    const first = cookieOf(await signIn(test, await newKey(test)));
    expect(await ask(first)).toBe(200);
    const out = await test.app.inject({
      method: 'POST',
      url: '/sign-out',
      headers: { ...OWN, cookie: first },
    });
    expect(out.headers['set-cookie']).toMatch(/^assay-session=; Max-Age=0; Path=\/; /);
    expect(await ask(first)).toBe(401);

    const key = await newKey(test);
    const second = cookieOf(await signIn(test, key));
    const { KeyRepository: KyselyKeys } = await import('../../src/storage/access/kysely-keys.js');
    await new KyselyKeys(test.database).revoke('local', key.split('_')[1] ?? '', now);
    expect(await ask(second)).toBe(401);

    const third = cookieOf(await signIn(test, await newKey(test)));
    now = new Date(now.getTime() + 12 * HOUR);
    expect(await ask(third)).toBe(401);
    expect(await new SessionRepository(test.database).dropEnded(now)).toBe(1);
  });

  it('gets another cookie each hour, and the old one ends a minute later', async () => {
    let now = new Date('2026-11-25T08:00:00Z');
    const test = await guarded({}, { now: () => now });
    const old = cookieOf(await signIn(test, await newKey(test)));
    const token = await formToken(test, old);
    now = new Date(now.getTime() + HOUR);
    const ask = (cookie: string) => test.app.inject({ url: '/v1/capabilities', headers: { cookie } });
    const renewed = cookieOf(await ask(old));
    expect(renewed).toMatch(/^assay-session=\w{52}$/);
    expect(renewed).not.toBe(old);
    const again = await ask(old);
    expect([again.statusCode, again.headers['set-cookie']]).toEqual([200, undefined]);
    now = new Date(now.getTime() + 61_000);
    expect((await ask(old)).statusCode).toBe(401);
    expect((await ask(renewed)).statusCode).toBe(200);
    // A form that was already open is still valid.
    const sent = await send(test, `/v1/inspections?token=${token}`, { ...OWN, cookie: renewed });
    expect(sent.statusCode).toBe(303);
  });
});

describe('a base path', () => {
  it('stands before every address that goes out, and may stand before those that come in', async () => {
    const test = await guarded({ ASSAY_PUBLIC_URL: 'http://localhost/desk' });
    for (const url of ['/desk/sign-in', '/sign-in', '/desk/sign-in?to=/']) {
      const page = await test.app.inject({ url, headers: OWN });
      expect(page.statusCode).toBe(200);
      const addresses = [...page.body.matchAll(/ (?:href|src|action)="([^"]*)"/g)].map(
        ([, address]) => address,
      );
      expect(addresses.length).toBeGreaterThan(5);
      for (const address of addresses) expect(address).toMatch(/^(\/desk\/|#)/);
    }
    expect((await test.app.inject({ url: '/desk', headers: OWN })).headers['location']).toBe('/desk/sign-in');
    expect((await test.app.inject({ url: '/desktop' })).statusCode).toBe(404);
    expect((await test.app.inject({ url: '/desk/nowhere' })).json().type).toBe('/desk/problems/not-found');
    expect((await test.app.inject({ url: '/desk/openapi.json' })).json().servers).toEqual([
      { url: '/desk/' },
    ]);
  });
});
