import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { describe, expect, it } from 'vitest';
import { recordedRoutes } from '../../src/http/contract/route-table.js';
import { BROWSER, type TestApp, upload } from './harness.js';
import { TUS, wholeUpload } from './tus.js';
import { bearer, guarded, newKey } from './with-keys.js';

/** Ids of one tenant, by parameter name of the routes. */
interface Owned {
  inspection: string;
  key: string;
  webhook: string;
  upload: string;
  batch: string;
}

async function fill(
  test: TestApp,
  tenant: string,
): Promise<{ headers: Record<string, string>; owned: Owned }> {
  const headers = bearer(await newKey(test, { tenant, name: `of ${tenant}` }));
  const made = await upload(test.app, undefined, { headers });
  expect(made.statusCode).toBe(201);
  const post = async (url: string, payload: object) => {
    const answer = await test.app.inject({ method: 'POST', url, headers, payload });
    expect(answer.statusCode).toBe(201);
    return String(answer.json().id);
  };
  return {
    headers,
    owned: {
      inspection: String(made.headers['location']).split('/').at(-1) ?? '',
      key: await post('/v1/keys', { name: 'second', scopes: ['read'] }),
      batch: await batchOf(test, headers),
      upload: await wholeUpload(test.app, 'bytes', { filename: `of ${tenant}` }, headers),
      webhook: await post('/v1/webhooks', { url: 'https://example.com/hook', events: ['inspection.done'] }),
    },
  };
}

async function batchOf(test: TestApp, headers: Record<string, string>): Promise<string> {
  const items = [{ upload: await wholeUpload(test.app, 'of a batch', {}, headers) }];
  const answer = await test.app.inject({ method: 'POST', url: '/v1/batches', payload: { items }, headers });
  expect(answer.statusCode).toBe(202);
  return String(answer.json().id);
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

describe('no key reaches what is another tenant’s', () => {
  let test: TestApp;
  let routes: { method: (typeof METHODS)[number]; url: string }[];

  /** Routes with parameters, from the routes themselves: a new route is included automatically. */
  const withParameters = () =>
    recordedRoutes(test.app)
      .filter(({ url, access }) => url.includes('/:') && access !== 'open')
      .flatMap(({ url, methods }) =>
        METHODS.filter((method) => methods.includes(method)).map((method) => ({ method, url })),
      );

  const ask = (headers: Record<string, string>, method: InjectOptions['method'], url: string) =>
    test.app.inject({
      url,
      headers: { ...TUS, ...headers },
      ...(method === undefined ? {} : { method }),
      ...(method === 'POST' || method === 'PUT' || method === 'PATCH' ? { payload: {} } : {}),
    });

  it('by id, on any route, with any method, in any form', async () => {
    test = await guarded({ ASSAY_REQUESTS_PER_MINUTE: '1000000' });
    await test.app.ready();
    routes = withParameters();
    expect(routes.length).toBeGreaterThan(8);
    const [ours, theirs] = [await fill(test, 'ours'), await fill(test, 'theirs')];
    const before = await everything(test, theirs.headers, theirs.owned);

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        fc.constantFrom(...Object.values(theirs.owned)),
        fc.constantFrom<Record<string, string>>({}, BROWSER, { accept: 'text/csv' }),
        fc.constantFrom('', '?tenant=theirs', '?profile=summary', '?lang=zh-Hans'),
        async ({ method, url }, id, accept, query) => {
          const address = url.replaceAll(/:[A-Za-z]+/g, id) + query;
          const answer = await ask({ ...ours.headers, ...accept }, method, address);
          // The answer must be the same as for an unknown id: a body that is refused first is refused for everybody.
          expect([400, 404, 415]).toContain(answer.statusCode);
          const nowhere =
            url.replaceAll(/:[A-Za-z]+/g, id.replace(/.$/, id.endsWith('2') ? '3' : '2')) + query;
          const unknown = await ask({ ...ours.headers, ...accept }, method, nowhere);
          expect(answer.statusCode).toBe(unknown.statusCode);
        },
      ),
      { numRuns: 300, seed: 7 },
    );
    expect(await everything(test, theirs.headers, theirs.owned)).toEqual(before);
  });

  it('by a list', async () => {
    test = await guarded();
    await test.app.ready();
    const [ours, theirs] = [await fill(test, 'ours'), await fill(test, 'theirs')];
    const lists = [
      ...new Set(
        recordedRoutes(test.app)
          .filter(
            ({ url, methods, access }) => !url.includes(':') && methods.includes('GET') && access !== 'open',
          )
          .map(({ url }) => url),
      ),
    ];
    expect(lists).toContain('/v1/inspections');
    for (const url of lists) {
      const { body } = await ask(ours.headers, 'GET', url);
      for (const id of Object.values(theirs.owned)) expect(body).not.toContain(id);
      expect(body).not.toContain('of theirs');
    }
  });
});

/** Returns everything that the tenant itself can read of its own data. */
async function everything(test: TestApp, headers: Record<string, string>, owned: Owned): Promise<unknown> {
  const read = async (url: string) => {
    const answer = await test.app.inject({ url, headers });
    expect([url, answer.statusCode]).toEqual([url, 200]);
    return answer.json();
  };
  const { lastUsedAt: _used, ...key } = await read(`/v1/keys/${owned.key}`);
  return {
    key,
    report: await read(`/v1/inspections/${owned.inspection}`),
    webhook: await read(`/v1/webhooks/${owned.webhook}`),
    upload: await read(`/v1/uploads/${owned.upload}`),
    batch: await read(`/v1/batches/${owned.batch}`),
  };
}

describe('what every answer says to browsers', () => {
  it('holds on each route', async () => {
    const test = await guarded();
    await test.app.ready();
    const headers = bearer(await newKey(test));
    const urls = [
      ...new Set(
        recordedRoutes(test.app)
          .filter(({ methods }) => methods.includes('GET'))
          .map(({ url }) => url),
      ),
    ];
    for (const url of urls) {
      const answer = await test.app.inject({ url: url.replaceAll(/:[A-Za-z]+|\*/g, 'x'), headers });
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['x-frame-options']).toBe('DENY');
      // The address of a shared report is its key, and its page has no form that needs more.
      expect(answer.headers['referrer-policy']).toBe(url.startsWith('/s/') ? 'no-referrer' : 'same-origin');
      expect(String(answer.headers['content-security-policy'])).toContain("frame-ancestors 'none'");
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});
