import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { onePart, testApp, upload } from './harness.js';
import { bearer, guarded, newKey } from './with-keys.js';

describe('requests a minute', () => {
  it('are counted by key, and said in each answer', async () => {
    const test = await guarded({ ASSAY_REQUESTS_PER_MINUTE: '3' });
    const [mine, other] = [bearer(await newKey(test)), bearer(await newKey(test))];
    const ask = (headers: Record<string, string>) => test.app.inject({ url: '/v1/capabilities', headers });
    const answers = [await ask(mine), await ask(mine), await ask(mine), await ask(mine)];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429]);
    expect(answers.map(({ headers }) => headers['ratelimit-policy'])).toEqual(
      Array(4).fill('"requests";q=3;w=60'),
    );
    expect(String(answers[0]?.headers['ratelimit'])).toMatch(/^"requests";r=2;t=(60|59)$/);
    expect(String(answers[3]?.headers['ratelimit'])).toMatch(/^"requests";r=0;t=\d+$/);
    expect(Number(answers[3]?.headers['retry-after'])).toBeGreaterThan(50);
    expect((await ask(other)).statusCode).toBe(200);
    const named = Object.keys(answers[0]?.headers ?? {}).filter((name) => name.startsWith('x-ratelimit'));
    expect(named).toEqual([]);
  });

  it('may be a key’s own, and are not counted where there are no keys', async () => {
    const test = await guarded({ ASSAY_REQUESTS_PER_MINUTE: '1' });
    const key = bearer(await newKey(test, { limits: { requestsPerMinute: 2 } }));
    const ask = async () => (await test.app.inject({ url: '/v1/capabilities', headers: key })).statusCode;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
    const local = await testApp({ env: { ASSAY_REQUESTS_PER_MINUTE: '1' } });
    for (let turn = 0; turn < 3; turn += 1) {
      expect((await local.app.inject({ url: '/v1/capabilities' })).headers['ratelimit']).toBeUndefined();
    }
  });
});

describe('a day', () => {
  it('holds so many inspections and bytes; what is refused costs nothing; the next day begins anew', async () => {
    let now = new Date('2026-11-25T23:00:00Z');
    const test = await guarded({}, { now: () => now });
    const limits = { dailyInspections: 2, dailyBytes: 5000 };
    const headers = bearer(await newKey(test, { limits }));
    const first = await upload(test.app, undefined, { headers });
    expect(first.statusCode).toBe(201);
    expect(first.headers['ratelimit-policy']).toBe(
      '"requests";q=600;w=60, "inspections";q=2;w=86400, "bytes";q=5000;w=86400;qu="content-bytes"',
    );
    expect(first.headers['ratelimit']).toMatch(/"inspections";r=1;t=3600, "bytes";r=4\d\d\d;t=3600$/);
    const large = await upload(test.app, [onePart({ content: Buffer.alloc(5000) })], { headers });
    expect([large.statusCode, large.headers['retry-after']]).toEqual([429, '3600']);
    expect((await upload(test.app, [], { headers })).statusCode).toBe(400);
    const used = () => test.database.query.selectFrom('key_usage').select('inspections').executeTakeFirst();
    await expect.poll(used).toEqual({ inspections: 1 });
    expect((await upload(test.app, undefined, { headers })).statusCode).toBe(201);
    expect((await upload(test.app, undefined, { headers })).json().code).toBe('quota-used-up');
    now = new Date('2026-11-26T00:00:00Z');
    expect((await upload(test.app, undefined, { headers })).statusCode).toBe(201);
  });
});

describe('the audit log', () => {
  it('says who asked for what, and nothing of a file', async () => {
    const test = await guarded();
    const desk = bearer(await newKey(test, { name: 'desk', scopes: ['inspect', 'read'] }));
    const admin = bearer(await newKey(test, { name: 'chief', scopes: ['admin'] }));
    const foreign = bearer(await newKey(test, { tenant: 'other', scopes: ['admin'] }));
    const made = await upload(test.app, [onePart({ filename: 'secret-source.png' })], { headers: desk });
    const id = String(made.headers['location']).split('/').at(-1) ?? '';
    await test.app.inject({ url: `/v1/inspections/${id}?x=secret`, headers: desk });
    await test.app.inject({ url: '/v1/audit', headers: desk });
    await test.app.inject({ url: '/v1/health/live' });
    await test.app.inject({ method: 'DELETE', url: '/v1/keys/secret%20name', headers: admin });
    const read = async (headers: Record<string, string>, query = '') =>
      (await test.app.inject({ url: `/v1/audit${query}`, headers })).json().entries;
    const entries = await read(admin);
    expect(entries.map(({ who, action, status }: Record<string, unknown>) => [who, action, status])).toEqual([
      ['chief', 'revokeKey', 404],
      ['desk', 'listAudit', 403],
      ['desk', 'getInspection', 400],
      ['desk', 'createInspection', 201],
    ]);
    expect(entries[2].subject).toBe(id);
    expect(JSON.stringify(entries)).not.toMatch(/secret|picture|127\.0\.0\.1/);
    expect(await read(foreign)).toEqual([]);
    const [newest] = await read(admin, '?limit=1');
    expect((await read(admin, `?before=${newest.number}&limit=2`)).length).toBe(2);
    expect((await test.app.inject({ url: '/v1/audit?limit=0', headers: admin })).statusCode).toBe(400);
  });
});

describe('answers', () => {
  it('are packed where the client can, and say what they depend on', async () => {
    const { app } = await testApp();
    const plain = await app.inject({ url: '/v1/signals' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    const ask = (encoding: string) =>
      app.inject({ url: '/v1/signals', headers: { 'accept-encoding': encoding } });
    const [br, gzip] = [await ask('gzip, br'), await ask('gzip')];
    expect([br.headers['content-encoding'], gzip.headers['content-encoding']]).toEqual(['br', 'gzip']);
    expect(String(br.headers['vary'])).toContain('accept-encoding');
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(plain.body);
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.body);
    const made = await upload(app, undefined, { headers: { 'accept-encoding': 'br' } });
    expect([made.statusCode, made.headers['content-encoding']]).toEqual([201, undefined]);
  });

  it('go to pages of origins that are named, and to no others', async () => {
    const { app } = await guarded({ ASSAY_CORS_ORIGINS: 'https://desk.example' });
    const ask = (origin: string) =>
      app.inject({
        method: 'OPTIONS',
        url: '/v1/inspections',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        },
      });
    const allowed = await ask('https://desk.example');
    expect(allowed.statusCode).toBe(204);
    expect(allowed.headers['access-control-allow-origin']).toBe('https://desk.example');
    expect(allowed.headers['access-control-allow-headers']).toBe('authorization');
    expect(allowed.headers['access-control-allow-credentials']).toBeUndefined();
    expect((await ask('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
    const { app: closed } = await guarded();
    const answer = await closed.inject({ url: '/v1/signals', headers: { origin: 'https://desk.example' } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('a clock that is set back by hours', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps nobody from asking for longer than the minute', async () => {
    const test = await guarded({ ASSAY_REQUESTS_PER_MINUTE: '2' });
    const headers = bearer(await newKey(test));
    const ask = async () => (await test.app.inject({ url: '/v1/capabilities', headers })).statusCode;
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() });
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
    vi.setSystemTime(Date.now() - 6 * 3_600_000);
    expect(await ask()).toBe(429);
    vi.advanceTimersByTime(60_001);
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
  });

  it('keeps nobody who tried a wrong key waiting until it comes round again', async () => {
    let now = new Date('2026-11-25T12:00:00Z');
    const test = await guarded({}, { now: () => now });
    const headers = bearer('wrong');
    const ask = async () => (await test.app.inject({ url: '/v1/capabilities', headers })).statusCode;
    for (let turn = 0; turn < 10; turn += 1) expect(await ask()).toBe(401);
    expect(await ask()).toBe(429);
    now = new Date('2026-11-25T06:00:00Z');
    expect(await ask()).toBe(401);
  });
});
