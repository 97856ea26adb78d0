import { describe, expect, it } from 'vitest';
import { BROWSER, type TestApp, testApp, upload } from './harness.js';
import { alikeApp } from './similar-pictures.js';
import { startWorker } from './start-worker.js';
import { appendTo, beginUpload, TUS, wholeUpload } from './tus.js';
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
    for (const [orientation, form] of forms.entries()) {
      const read = await test.app.inject(form);
      expect(tagOf(read)).toMatch(/^"[\w-]{22}\.[\w-]{22}"$/);
      const held = { ...form, headers: { ...form.headers, 'if-none-match': tagOf(read) } };
      expect((await test.app.inject(held)).statusCode).toBe(304);
      const tags = [`turn ${orientation}`];
      const changed = await patch(test, url, { tags }, tagOf(read));
      expect([changed.statusCode, changed.json().tags]).toEqual([200, tags]);
      // The answer itself tells the client how to proceed.
      const late = await patch(test, url, { tags: ['late'] }, tagOf(read));
      expect([late.statusCode, late.json().code]).toEqual([412, 'precondition-failed']);
      expect((await patch(test, url, { caseRef: `${orientation}` }, tagOf(changed))).statusCode).toBe(200);
      const now = (await test.app.inject({ url: `${url}` })).json();
      expect([now.tags, now.caseRef]).toEqual([tags, `${orientation}`]);
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
    // Using a key is not a change of it, although its last use is shown.
    await test.app.inject({ url: '/v1/inspections', headers: bearer(second.json().key) });
    const used = tagOf(await ask('GET', key));
    expect(used).not.toBe(unused);
    expect((await ask('DELETE', key, '"another"')).statusCode).toBe(412);
    expect((await ask('GET', key)).json().revokedAt).toBeUndefined();
    expect((await ask('DELETE', key, unused)).statusCode).toBe(204);
    expect((await ask('DELETE', key, used)).statusCode).toBe(412);
  });

  it('takes out, revokes and gives up what stands in a list as it was read there', async () => {
    const test = await alikeApp();
    const { app } = test;
    const post = async (url: string, payload: object) =>
      (await app.inject({ method: 'POST', url, payload })).json();
    const listed = async (url: string, list: string) => (await app.inject({ url })).json()[list];
    const refuses = async (url: string, headers: Record<string, string> = {}) => {
      for (const tag of ['"another"', `"${'a'.repeat(22)}.${'b'.repeat(22)}"`]) {
        const answer = await app.inject({ method: 'DELETE', url, headers: { ...headers, 'if-match': tag } });
        expect([url, answer.statusCode, answer.json().code]).toEqual([url, 412, 'precondition-failed']);
      }
    };
    const goes = async (url: string, tag: string, headers: Record<string, string> = {}) => {
      const answer = await app.inject({ method: 'DELETE', url, headers: { ...headers, 'if-match': tag } });
      expect([url, answer.statusCode]).toEqual([url, 204]);
    };

    const story = `/v1/cases/${(await post('/v1/cases', { name: 'story' })).id}`;
    const note = await post(`${story}/items`, { kind: 'note', text: 'wait' });
    const report = await inspected(test);
    const inspection = report.split('/').at(-1);
    await post(`${story}/items`, { kind: 'inspection', inspection });
    const items = await listed(story, 'items');
    expect(items.map(({ etag }: { etag: string }) => etag)).toEqual([
      expect.stringMatching(/^"[\w-]{22}\.[\w-]{22}"$/),
      note.etag,
    ]);
    for (const { id, etag } of items) {
      await refuses(`${story}/items/${id}`);
      await goes(`${story}/items/${id}`, etag);
    }
    // Any entity tag is outdated after the deletion.
    const gone = {
      method: 'DELETE',
      url: `${story}/items/${note.id}`,
      headers: { 'if-match': '*' },
    } as const;
    expect((await app.inject(gone)).statusCode).toBe(404);

    const { id: collection } = await post('/v1/collections', { name: 'debunked' });
    const inIt = `/v1/collections/${collection}/items`;
    const hash = 'f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22';
    await post(inIt, { items: [{ hash, name: 'one', key: 'k' }] });
    const [before] = await listed(inIt, 'items');
    await post(inIt, { items: [{ hash, name: 'two', key: 'k' }] });
    const late = {
      method: 'DELETE',
      url: `${inIt}/${before.id}`,
      headers: { 'if-match': before.etag },
    } as const;
    expect((await app.inject(late)).statusCode).toBe(412);
    const [now] = await listed(inIt, 'items');
    expect(now).toMatchObject({ id: before.id, name: 'two' });
    await goes(`${inIt}/${now.id}`, now.etag);

    const made = await post(`${report}/shares`, {});
    const [share] = await listed(`${report}/shares`, 'shares');
    expect(share.etag).toBe(made.etag);
    await refuses(`${report}/shares/${share.id}`);
    expect(await listed(`${report}/shares`, 'shares')).toHaveLength(1);
    await goes(`${report}/shares/${share.id}`, share.etag);

    const judged = `/v1/law/rejudgements/${(await post('/v1/law/rejudgements', {})).id}`;
    await refuses(judged);
    await goes(judged, tagOf(await app.inject(judged)));

    const upload = `/v1/uploads/${await beginUpload(app, 10)}`;
    const begun = tagOf(await app.inject(upload));
    await appendTo(app, upload.split('/').at(-1) ?? '', 0, 'more');
    const stale = { method: 'DELETE', url: upload, headers: { ...TUS, 'if-match': begun } } as const;
    expect((await app.inject(stale)).json().code).toBe('precondition-failed');
    expect((await app.inject(upload)).json().offset).toBe(4);
    await refuses(upload, TUS);
    await goes(upload, tagOf(await app.inject(upload)), TUS);
  });
});
