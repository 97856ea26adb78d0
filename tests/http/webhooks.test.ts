import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { startReceiver } from '../service/webhooks/receiver.js';
import { sharedApp, testApp } from './harness.js';

const create = (app: Awaited<ReturnType<typeof testApp>>['app'], payload: object) =>
  app.inject({ method: 'POST', url: '/v1/webhooks', payload });

describe('/v1/webhooks', () => {
  /** Shared service for tests that leave it unchanged. */
  const refusing = sharedApp();

  it('makes one, shows its secret once, changes and deletes it', async () => {
    const { app } = await testApp();
    const made = await create(app, {
      url: 'https://example.org/hook',
      events: ['batch.done'],
      description: 'desk',
    });
    expect(made.statusCode).toBe(201);
    const { id, secret, ...rest } = made.json();
    expect(made.headers.location).toBe(`/v1/webhooks/${id}`);
    expect(secret).toMatch(/^whsec_/);
    expect(rest).toMatchObject({ enabled: true, description: 'desk', events: ['batch.done'] });
    const one = await app.inject({ url: `/v1/webhooks/${id}` });
    expect(one.json()).toEqual({ id, ...rest });
    expect((await app.inject({ url: '/v1/webhooks' })).json()).toEqual({ webhooks: [{ id, ...rest }] });
    const changed = await app.inject({
      method: 'PATCH',
      url: `/v1/webhooks/${id}`,
      payload: { description: null, enabled: false },
    });
    expect(changed.json()).toMatchObject({ enabled: false, disabled: { reason: 'requested' } });
    expect(changed.json()).not.toHaveProperty('description');
    const rotated = await app.inject({ method: 'POST', url: `/v1/webhooks/${id}/secret` });
    expect(rotated.json().secret).not.toBe(secret);
    expect((await app.inject({ method: 'DELETE', url: `/v1/webhooks/${id}` })).statusCode).toBe(204);
    expect((await app.inject({ url: `/v1/webhooks/${id}` })).json().code).toBe('webhook-not-found');
  });

  it.each([
    ['a private target', { url: 'https://10.0.0.1/' }, '/url', /private network/],
    ['plain http', { url: 'http://example.org/' }, '/url', /https/],
    ['no address', {}, '/url', /must be given/],
    ['a field nobody knows', { url: 'https://example.org/', secret: 'mine' }, '/secret', /not known/],
    ['an unknown event', { url: 'https://example.org/', events: ['all'] }, '/events/0', /inspection\.done/],
  ])('refuses %s', async (_name, payload, pointer, words) => {
    const { app } = refusing();
    const answer = await create(app, payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      code: 'bad-field',
      errors: [{ pointer, detail: expect.stringMatching(words) }],
    });
  });

  it.each([
    ['text', 'text/plain', '{}', 415, 'unsupported-media-type'],
    ['half of JSON', 'application/json', '{"url":', 400, 'bad-request'],
    ['a prototype', 'application/json', '{"__proto__":{"url":"https://example.org/"}}', 400, 'bad-request'],
    ['too much', 'application/json', JSON.stringify({ url: 'a'.repeat(70_000) }), 413, 'too-large'],
  ])('refuses a body of %s', async (_name, type, payload, status, code) => {
    const { app } = refusing();
    const headers = { 'content-type': type };
    const answer = await app.inject({ method: 'POST', url: '/v1/webhooks', payload, headers });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  it('sends a test message and says how it went', async () => {
    const receiver = await startReceiver();
    const { app } = await testApp({ env: { ASSAY_WEBHOOK_ALLOWED_HOSTS: receiver.host } });
    const { id, secret } = (await create(app, { url: receiver.url })).json();
    const test = () => app.inject({ method: 'POST', url: `/v1/webhooks/${id}/test` });
    expect((await test()).json()).toEqual({ delivered: true, status: 204 });
    const [got] = receiver.received;
    expect(new Webhook(secret).verify(got?.body ?? '', got?.headers as Record<string, string>)).toMatchObject(
      {
        type: 'webhook.test',
        data: { id },
      },
    );
    receiver.answer = { status: 500 };
    expect((await test()).json()).toEqual({ delivered: false, status: 500 });
    await receiver.close();
    expect((await test()).json()).toEqual({ delivered: false, code: 'ECONNREFUSED' });
  });

  it('lists dead letters and sends them again, unless the webhook is disabled', async () => {
    const { app, database } = await testApp();
    const { id } = (await create(app, { url: 'https://example.org/hook' })).json();
    const row = {
      tenant: 'local',
      webhook_id: id,
      type: 'batch.done',
      body: '{}',
      attempts: 10,
      next_at: null,
    };
    for (const at of ['2026-11-26T12:00:00.000Z', '2026-11-26T12:00:01.000Z']) {
      await database.query
        .insertInto('webhook_deliveries')
        .values({ ...row, id: crypto.randomUUID(), message_id: at, created_at: at, status: 'dead' })
        .execute();
    }
    const url = `/v1/webhooks/${id}/deliveries`;
    const page = await app.inject({ url: `${url}?status=dead&limit=1` });
    expect(page.json().deliveries).toMatchObject([{ messageId: '2026-11-26T12:00:01.000Z', status: 'dead' }]);
    const next = /<([^>]+)>; rel="next"/.exec(String(page.headers.link))?.[1] ?? '';
    expect((await app.inject({ url: next })).json().deliveries).toMatchObject([
      { messageId: '2026-11-26T12:00:00.000Z' },
    ]);
    expect((await app.inject({ url: `${url}?cursor=none` })).json().code).toBe('bad-field');
    expect((await app.inject({ url: `${url}?status=lost` })).json().code).toBe('bad-field');
    const replay = () => app.inject({ method: 'POST', url: `${url}/replay`, payload: {} });
    await app.inject({ method: 'PATCH', url: `/v1/webhooks/${id}`, payload: { enabled: false } });
    expect((await replay()).json().code).toBe('webhook-disabled');
    await app.inject({ method: 'PATCH', url: `/v1/webhooks/${id}`, payload: { enabled: true } });
    const answer = await replay();
    expect([answer.statusCode, answer.json()]).toEqual([202, { replayed: 2 }]);
  });
});
