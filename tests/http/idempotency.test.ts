import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildApp } from '../../src/http/app.js';
import { Idempotency } from '../../src/storage/access/idempotency.js';
import { openStores } from '../../src/storage/stores.js';
import { WebhookRepository } from '../../src/storage/webhooks/kysely-webhooks.js';
import { TEST_KEYS } from '../support/secret-keys.js';
import { filesIn, onePart, sharedApp, type TestApp, testApp, upload } from './harness.js';
import { bearer, guarded, newKey } from './with-keys.js';

const ASYNC = { prefer: 'respond-async' };
const send = (test: Pick<TestApp, 'app'>, key: string, headers: Record<string, string> = {}, content = 'x') =>
  upload(test.app, [onePart({ content })], { headers: { 'idempotency-key': key, ...headers } });
const listed = async ({ app }: TestApp, headers = {}) =>
  (await app.inject({ url: '/v1/inspections', headers })).json().inspections;

describe('an inspection asked for twice under one Idempotency-Key', () => {
  /** Shared service for tests that leave it unchanged. */
  const refusing = sharedApp();

  it('is made once, and answered byte for byte as before', async () => {
    const test = await testApp();
    const first = await send(test, randomUUID());
    expect([first.statusCode, first.headers['idempotency-replayed']]).toEqual([201, undefined]);
    const key = randomUUID();
    const made = await send(test, key);
    // The key is the same quoted, as in the draft, and bare. Each body has another boundary.
    const again = await send(test, `"${key}"`);
    expect(again.statusCode).toBe(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.headers.location).toBe(made.headers.location);
    expect(again.headers['content-type']).toBe(made.headers['content-type']);
    expect(again.body).toBe(made.body);
    expect(await listed(test)).toHaveLength(2);
    expect(test.uploads()).toEqual([]);
  });

  it('is answered as accepted where it was, however far it has come', async () => {
    const test = await testApp();
    const key = randomUUID();
    const made = await send(test, key, ASYNC);
    expect(made.statusCode).toBe(202);
    const id = String(made.json().id);
    const record = await test.stores.inspections.start('local', id, new Date().toISOString());
    expect(record?.status).toBe('running');
    const again = await send(test, key, ASYNC);
    expect([again.statusCode, again.headers['idempotency-replayed']]).toEqual([202, 'true']);
    expect(again.json()).toEqual(made.json());
    // The upload of the first waits for its worker; that of the second is deleted.
    expect(test.uploads()).toEqual([id]);
  });

  it('is refused where the file, a field or the address is another one', async () => {
    const test = await testApp();
    const key = randomUUID();
    await send(test, key);
    const others = [
      await send(test, key, {}, 'y'),
      await upload(test.app, [onePart({ content: 'x', filename: 'other.png' })], {
        headers: { 'idempotency-key': key },
      }),
      await upload(test.app, [onePart({ content: 'x' }), { name: 'asOf', content: '2026-01-01' }], {
        headers: { 'idempotency-key': key },
      }),
      await upload(test.app, [onePart({ content: 'x' })], {
        url: '/v1/inspections?lang=zh-Hans',
        headers: { 'idempotency-key': key },
      }),
    ];
    for (const answer of others) {
      expect([answer.statusCode, answer.json().code]).toEqual([422, 'idempotency-key-reused']);
    }
    expect(await listed(test)).toHaveLength(1);
    expect(test.uploads()).toEqual([]);
  });

  it('begins anew after an error', async () => {
    const test = await testApp();
    const key = randomUUID();
    const inspect = test.inspector.inspect;
    test.inspector.inspect = () => Promise.reject(new Error('once'));
    expect((await send(test, key)).statusCode).toBe(500);
    test.inspector.inspect = inspect;
    const made = await send(test, key);
    expect([made.statusCode, made.headers['idempotency-replayed']]).toEqual([201, undefined]);
  });

  it('is another one for another tenant, and for another key of the same', async () => {
    const test = await guarded();
    const key = randomUUID();
    const [ours, ourSecond, theirs] = [
      bearer(await newKey(test, { tenant: 'ours' })),
      bearer(await newKey(test, { tenant: 'ours' })),
      bearer(await newKey(test, { tenant: 'theirs' })),
    ];
    const all = [
      await send(test, key, ours),
      await send(test, key, ourSecond),
      await send(test, key, theirs),
    ];
    expect(all.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201]);
    expect(all.map(({ headers }) => headers['idempotency-replayed'])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(new Set(all.map(({ headers }) => headers.location)).size).toBe(3);
  });

  it('is known after a restart, and taken up where the server died in the midst of it', async () => {
    const test = await testApp();
    const [known, cut] = [randomUUID(), randomUUID()];
    const made = await send(test, known);
    // Simulates a crash after the inspection was stored and before the key was: as if it had only begun, long ago.
    const halfway = await send(test, cut);
    await test.database.query
      .updateTable('idempotent_requests')
      .set({ status: null, held_until: '2026-01-01T00:00:00.000Z' })
      .where('subject', '=', String(halfway.headers.location).split('/').at(-1) ?? '')
      .execute();
    await test.app.close();

    const stores = await openStores({ dataDir: test.config.dataDir });
    const { config, inspector } = test;
    const webhooks = new WebhookRepository(stores.database, TEST_KEYS);
    const app = await buildApp({ config, inspector, stores, webhooks, today: () => '2026-11-25' });
    try {
      for (const [key, before] of [
        [known, made],
        [cut, halfway],
      ] as const) {
        const again = await send({ app }, key);
        expect(again.headers['idempotency-replayed']).toBe('true');
        expect([again.headers.location, again.body]).toEqual([before.headers.location, before.body]);
      }
      // Simulates a crash before anything was stored: the next request creates it, under the id that was chosen then.
      const subject = randomUUID();
      const key = randomUUID();
      const probe = await send({ app }, key);
      await stores.inspections.delete('local', String(probe.headers.location).split('/').at(-1) ?? '');
      await stores.database.query
        .updateTable('idempotent_requests')
        .set({ status: null, held_until: '2026-01-01T00:00:00.000Z', subject })
        .where('subject', '=', String(probe.headers.location).split('/').at(-1) ?? '')
        .execute();
      const again = await send({ app }, key, {});
      expect(again.statusCode).toBe(201);
      expect(again.headers.location).toBe(`/v1/inspections/${subject}`);
      expect(filesIn(join(config.dataDir, 'uploads'))).toEqual([]);
    } finally {
      await app.close();
      await stores.close();
    }
  });

  it.each(['', ' ', '"', '"a', 'a"b', 'a\tb', 'x'.repeat(256)])('takes no key %j', async (key) => {
    const answer = await send(refusing(), key);
    // Node passes on an empty header value.
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'idempotency-key-bad']);
  });
});

describe('under an Idempotency-Key, too', () => {
  it('a recheck is made once', async () => {
    const test = await testApp();
    const url = `${String((await upload(test.app)).headers.location)}/recheck`;
    const ask = () => test.app.inject({ method: 'POST', url, headers: { 'idempotency-key': 'again' } });
    const [first, second] = [await ask(), await ask()];
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.json()).toEqual(first.json());
    expect(await listed(test)).toHaveLength(2);
  });

  it('a webhook is made once, its secret told again and kept in no second place', async () => {
    const test = await testApp();
    const payload = { url: 'https://example.org/hook' };
    const ask = () =>
      test.app.inject({
        method: 'POST',
        url: '/v1/webhooks',
        payload,
        headers: { 'idempotency-key': 'hook' },
      });
    const [first, second] = [await ask(), await ask()];
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.json()).toEqual(first.json());
    expect(second.json().secret).toMatch(/^whsec_/);
    const rows = await test.database.query.selectFrom('idempotent_requests').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(first.json().secret);
    await test.database.query.deleteFrom('webhooks').execute();
    expect((await ask()).json().code).toBe('idempotency-gone');
  });

  it('keys are dropped with other old things', async () => {
    const test = await testApp();
    await send(test, 'old');
    await new Idempotency(test.database).deleteExpired(new Date(Date.now() + 86_400_001));
    expect((await send(test, 'old')).headers['idempotency-replayed']).toBeUndefined();
  });
});
