import { describe, expect, it } from 'vitest';
import { BROWSER, type TestApp, testApp, upload } from './harness.js';
import { startWorker } from './start-worker.js';
import { wholeUpload } from './tus.js';
import { bearer, guarded, newKey } from './with-keys.js';

const tagOf = (answer: { headers: Record<string, unknown> }): string => String(answer.headers['etag']);

async function inspected(test: TestApp): Promise<string> {
  const sent = await upload(test.app);
  expect(sent.statusCode).toBe(201);
  return String(sent.headers.location);
}

const patch = (test: TestApp, url: string, payload: object, tag?: string) =>
  test.app.inject({
    method: 'PATCH',
    url,
    payload,
    headers: tag === undefined ? {} : { 'if-match': tag },
  });

const remove = (test: TestApp, url: string, tag: string) =>
  test.app.inject({ method: 'DELETE', url, headers: { 'if-match': tag } });

describe('If-Match', () => {
  it('changes an inspection as it was read, in whatever form, and no other', async () => {
    const test = await testApp();
    const url = await inspected(test);
    const forms = [
      { url },
      { url: `${url}?fields=id,tags` },
      { url: `${url}?lang=zh-Hans` },
      { url, headers: { accept: 'text/csv' } },
      { url, headers: BROWSER },
    ];
    for (const [turn, form] of forms.entries()) {
      const read = await test.app.inject(form);
      expect(tagOf(read)).toMatch(/^"[\w-]{22}\.[\w-]{22}"$/);
      const held = { ...form, headers: { ...form.headers, 'if-none-match': tagOf(read) } };
      expect((await test.app.inject(held)).statusCode).toBe(304);
      const tags = [`turn ${turn}`];
      const changed = await patch(test, url, { tags }, tagOf(read));
      expect([changed.statusCode, changed.json().tags]).toEqual([200, tags]);
      // Its own answer says how to go on.
      const late = await patch(test, url, { tags: ['late'] }, tagOf(read));
      expect([late.statusCode, late.json().code]).toEqual([412, 'precondition-failed']);
      expect((await patch(test, url, { caseRef: `${turn}` }, tagOf(changed))).statusCode).toBe(200);
      const now = (await test.app.inject({ url: `${url}` })).json();
      expect([now.tags, now.caseRef]).toEqual([tags, `${turn}`]);
    }
    expect(
      new Set(await Promise.all(forms.map(async (form) => tagOf(await test.app.inject(form))))).size,
    ).toBe(5);
  });

  it('takes any, several, and no weak one', async () => {
    const test = await testApp();
    const url = await inspected(test);
    const tag = tagOf(await test.app.inject({ url }));
    const code = async (given: string) => (await patch(test, url, {}, given)).statusCode;
    expect(await code('*')).toBe(200);
    expect(await code(`"another", ${tag}`)).toBe(200);
    for (const none of [`W/${tag}`, '"another"', tag.replaceAll('"', ''), '', '"', `"${'a'.repeat(22)}"`]) {
      expect([none, await code(none)]).toEqual([none, 412]);
    }
    expect((await patch(test, `${url.slice(0, -4)}0000`, {}, '*')).statusCode).toBe(404);
  });

  it('lets one of two that change at once', async () => {
    const test = await testApp();
    const url = await inspected(test);
    const tag = tagOf(await test.app.inject({ url }));
    const both = await Promise.all([1, 2, 3, 4].map((one) => patch(test, url, { tags: [`${one}`] }, tag)));
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412, 412, 412]);
  });

  it('deletes what was seen: a note that was added meanwhile is not lost', async () => {
    const test = await testApp();
    const url = await inspected(test);
    const tag = tagOf(await test.app.inject({ url }));
    await patch(test, url, { note: 'wait' });
    expect((await remove(test, url, tag)).json().code).toBe('precondition-failed');
    const now = await test.app.inject({ url: `${url}` });
    expect(now.json().notes).toHaveLength(1);
    expect((await remove(test, url, tagOf(now))).statusCode).toBe(204);
    expect((await test.app.inject({ url })).statusCode).toBe(404);
  });

  it('knows an inspection that waits from one that is done', async () => {
    const test = await testApp();
    const sent = await upload(test.app, undefined, { headers: { prefer: 'respond-async' } });
    const url = String(sent.headers.location);
    const waiting = await test.app.inject({ url });
    expect(waiting.statusCode).toBe(202);
    startWorker(test);
    await expect.poll(async () => (await test.app.inject({ url })).statusCode).toBe(200);
    expect((await remove(test, url, tagOf(waiting))).statusCode).toBe(412);
    expect((await remove(test, url, tagOf(await test.app.inject({ url })))).statusCode).toBe(204);
  });

  it('changes and deletes a webhook, a batch and a key as they were read', async () => {
    const test = await guarded();
    const headers = bearer(await newKey(test));
    const ask = (method: 'GET' | 'PATCH' | 'POST' | 'DELETE', url: string, tag?: string, payload?: object) =>
      test.app.inject({
        method,
        url,
        headers: { ...headers, ...(tag === undefined ? {} : { 'if-match': tag }) },
        ...(payload === undefined ? {} : { payload }),
      });
    const hook = await ask('POST', '/v1/webhooks', undefined, { url: 'https://example.com/hook' });
    const webhook = `/v1/webhooks/${hook.json().id}`;
    const first = tagOf(await ask('GET', webhook));
    const changed = await ask('PATCH', webhook, first, { description: 'desk' });
    expect(changed.statusCode).toBe(200);
    expect(tagOf(changed)).toBe(tagOf(await ask('GET', webhook)));
    expect((await ask('PATCH', webhook, first, { enabled: false })).statusCode).toBe(412);
    expect((await ask('GET', webhook)).json()).toMatchObject({ description: 'desk', enabled: true });
    expect((await ask('DELETE', webhook, first)).statusCode).toBe(412);
    expect((await ask('DELETE', webhook, tagOf(changed))).statusCode).toBe(204);

    const items = [{ upload: await wholeUpload(test.app, 'one', {}, headers) }];
    const made = await ask('POST', '/v1/batches', undefined, { items });
    const batch = `/v1/batches/${made.json().id}`;
    const running = tagOf(await ask('GET', batch));
    expect((await ask('POST', `${batch}/cancel`)).statusCode).toBe(200);
    expect((await ask('DELETE', batch, running)).statusCode).toBe(412);
    expect((await ask('GET', batch)).json().status).toBe('cancelled');
    expect((await ask('DELETE', batch, tagOf(await ask('GET', batch)))).statusCode).toBe(204);

    const second = await ask('POST', '/v1/keys', undefined, { name: 'second', scopes: ['read'] });
    const key = `/v1/keys/${second.json().id}`;
    const unused = tagOf(await ask('GET', key));
    // That it is used is no change of it, though it is shown.
    await test.app.inject({ url: '/v1/inspections', headers: bearer(second.json().key) });
    const used = tagOf(await ask('GET', key));
    expect(used).not.toBe(unused);
    expect((await ask('DELETE', key, '"another"')).statusCode).toBe(412);
    expect((await ask('GET', key)).json().revokedAt).toBeUndefined();
    expect((await ask('DELETE', key, unused)).statusCode).toBe(204);
    expect((await ask('DELETE', key, used)).statusCode).toBe(412);
  });
});
