import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { describe, expect, it } from 'vitest';
import { type ThumbnailIndex, toThumbnails } from '../../src/service/inspections/thumbnails.js';
import { onePart, sharedApp, type TestApp, upload } from './harness.js';
import { alikeApp, fingerprint } from './similar-pictures.js';
import { bearer, guarded, newKey } from './with-keys.js';

/** Returns all entries of a list requested in pages of this size, and the number of pages. */
async function allOf(
  { app }: Pick<TestApp, 'app'>,
  url: string,
  list: string,
  { limit = 2, headers = {} }: { limit?: number; headers?: Record<string, string> } = {},
): Promise<{ entries: unknown[]; pages: number }> {
  const entries: unknown[] = [];
  let next: string | undefined = `${url}?limit=${limit}`;
  let pages = 0;
  for (; next !== undefined && pages < 1_000; pages += 1) {
    const page: LightMyRequestResponse = await app.inject({ url: next, headers });
    expect([next, page.statusCode]).toEqual([next, 200]);
    const body = page.json();
    expect(body[list].length).toBeLessThanOrEqual(limit);
    entries.push(...body[list]);
    next = /^<([^>]+)>; rel="next"$/.exec(String(page.headers.link ?? ''))?.[1];
    expect(next === undefined).toBe(body.next === undefined);
    if (body.next !== undefined)
      expect(new URL(String(next), 'http://a').searchParams.get('cursor')).toBe(body.next);
  }
  return { entries, pages };
}

describe('a list in pages', () => {
  const shared = sharedApp();

  it.each([
    ['/v1/signals', 'signals', 40],
    ['/v1/rulebooks', 'rulebooks', 5],
    ['/v1/trust-lists', 'trustLists', 2],
  ])('of what is known: %s is whole where nobody asks otherwise', async (url, list, limit) => {
    const whole = (await shared().app.inject(url)).json();
    expect(whole).not.toHaveProperty('next');
    const { entries, pages } = await allOf(shared(), url, list, { limit });
    expect(entries).toEqual(whole[list]);
    expect(pages).toBe(Math.ceil(whole[list].length / limit));
    expect(pages).toBeGreaterThan(1);
  });

  it('has keys, links, webhooks, the audit log and leaves of the log', async () => {
    const test = await guarded();
    const headers = bearer(await newKey(test));
    const { app } = test;
    const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload, headers });
    const report = String((await upload(app, undefined, { headers })).headers.location);
    for (let turn = 0; turn < 4; turn += 1) {
      await post('/v1/keys', { name: `key ${turn}`, scopes: ['read'] });
      await post('/v1/webhooks', { url: `https://example.org/${turn}` });
      await post(`${report}/shares`, {});
    }
    for (const [url, list, count] of [
      ['/v1/keys', 'keys', 5],
      ['/v1/webhooks', 'webhooks', 4],
      [`${report}/shares`, 'shares', 4],
    ] as const) {
      const whole = (await app.inject({ url, headers })).json()[list];
      expect(whole).toHaveLength(count);
      expect((await allOf(test, url, list, { headers })).entries).toEqual(whole);
    }
    const leaves = (await app.inject({ url: '/v1/log/leaves', headers })).json().leaves;
    const paged = await allOf(test, '/v1/log/leaves', 'leaves', { limit: 5, headers });
    expect(paged.entries.slice(0, leaves.length)).toEqual(leaves);
    expect(paged.pages).toBeGreaterThan(2);
    const entries = (await app.inject({ url: '/v1/audit', headers })).json().entries;
    const audit = await allOf(test, '/v1/audit', 'entries', { limit: 5, headers });
    expect(audit.entries.slice(-entries.length)).toEqual(entries);
    expect(audit.pages).toBeGreaterThan(2);
    // The old parameter gives the same result.
    const before = await app.inject({ url: `/v1/audit?before=${entries[1].number}&limit=1`, headers });
    expect(before.json().entries).toEqual([entries[2]]);
  });

  it('goes on where something was added and taken away meanwhile', async () => {
    const test = await guarded();
    const headers = bearer(await newKey(test));
    const make = async () =>
      (
        await test.app.inject({
          method: 'POST',
          url: '/v1/webhooks',
          payload: { url: 'https://example.org/' },
          headers,
        })
      ).json().id;
    const ids = [await make(), await make(), await make()];
    const first = (await test.app.inject({ url: '/v1/webhooks?limit=2', headers })).json();
    await test.app.inject({ method: 'DELETE', url: `/v1/webhooks/${ids[1]}`, headers });
    const fourth = await make();
    const rest = (await test.app.inject({ url: `/v1/webhooks?cursor=${first.next}`, headers })).json();
    expect(rest.webhooks.map(({ id }: { id: string }) => id)).toEqual([ids[2], fourth]);
  });

  it('has matches and pictures', async () => {
    const alike = await alikeApp();
    const of = fingerprint();
    const id = await alike.seen('asked.png', of);
    for (let turn = 0; turn < 5; turn += 1) await alike.seen(`other ${turn}.png`, of);
    const url = `/v1/inspections/${id}/matches`;
    const whole = (await alike.app.inject(url)).json();
    expect([whole.matches.length, whole.more]).toEqual([5, false]);
    expect((await allOf(alike, url, 'matches')).entries).toEqual(whole.matches);
    const far = await alike.app.inject(`${url}?cursor=999&limit=2`);
    expect([far.statusCode, far.json().errors[0].pointer]).toEqual([400, '/cursor']);

    const pictures: ThumbnailIndex['pictures'] = [1, 2, 3].map((number) => ({
      ...{ name: `frame-${number}` as const, width: 10, height: 10 },
    }));
    const album = toThumbnails({ contentCredentials: { presence: 'absent' } } as never, {
      made: [],
      missing: [],
    });
    const [derivative] = album;
    if (derivative === undefined) throw new Error('no album');
    await alike.stores.inspections.putDerivatives('local', id, [
      { ...derivative, content: Buffer.from(JSON.stringify({ pictures, missing: [] })) },
    ]);
    const all = await allOf(alike, `/v1/inspections/${id}/pictures`, 'pictures');
    expect([all.entries, all.pages]).toEqual([pictures, 2]);
  });

  it.each([
    '/v1/signals',
    '/v1/rulebooks',
    '/v1/trust-lists',
    '/v1/keys',
    '/v1/webhooks',
    '/v1/audit',
    '/v1/log/leaves',
    '/v1/inspections',
    '/v1/batches',
    '/v1/cases',
    '/v1/collections',
    '/v1/law/rejudgements',
  ])('refuses a cursor that %s never gave, and a page that is too large', async (url) => {
    for (const query of [`cursor=${randomUUID().slice(0, 8)}x`, 'limit=0', 'limit=100001']) {
      const answer = await shared().app.inject(`${url}?${query}`);
      expect([query, answer.statusCode, answer.json().code]).toEqual([query, 400, 'bad-field']);
    }
  });
});

describe('a member of the address that an earlier version took', () => {
  const shared = sharedApp();

  it('is refused with what is asked in its place', async () => {
    const { app } = shared();
    const location = String((await upload(app, [onePart()])).headers.location);
    const one = await app.inject(`${location}?envelope=true`);
    expect([one.statusCode, one.json()]).toMatchObject([
      400,
      {
        code: 'bad-field',
        errors: [
          {
            pointer: '/envelope',
            detail: 'is no longer taken: use /v1/inspections/{id}/report.json in its place.',
          },
        ],
      },
    ]);
    const list = await app.inject('/v1/inspections?profile=summary&lang=zh-Hans');
    expect([list.statusCode, list.json().detail]).toEqual([400, expect.stringContaining('请改用 fields')]);
    // A single inspection still accepts this parameter.
    expect((await app.inject(`${location}?profile=summary`)).statusCode).toBe(200);
  });
});
