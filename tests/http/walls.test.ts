import { describe, expect, it } from 'vitest';
import { recordedRoutes } from '../../src/http/contract/route-table.js';
import { share, WHOLE } from '../support/whole.js';
import { BROWSER, type TestApp, upload } from './harness.js';
import { fingerprint, picture } from './similar-pictures.js';
import { TUS, wholeUpload } from './tus.js';
import { bearer, guarded, newKey } from './with-keys.js';

/** Uses the route table: a new route is included automatically, and fails here until its ids are known below. */

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof METHODS)[number];
const CHANGING: ReadonlySet<Method> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const PARAMETER = /:[A-Za-z]+/g;

interface Tenant {
  headers: Record<string, string>;
  /** Ids of everything that a tenant can own. */
  ids: string[];
}

async function tenant(test: TestApp, name: string): Promise<Tenant> {
  const headers = bearer(await newKey(test, { tenant: name, name }));
  const made = await upload(test.app, undefined, { headers });
  const inspection = String(made.headers['location']).split('/').at(-1) ?? '';
  const post = async (url: string, payload: object): Promise<string> => {
    const answer = await test.app.inject({ method: 'POST', url, headers, payload });
    expect([201, 202]).toContain(answer.statusCode);
    return String(answer.json().id);
  };
  const collection = await post('/v1/collections', { name: 'own' });
  const item = { name: 'one', fingerprints: { made: [picture(fingerprint())], missing: [] } };
  const at = '2026-11-25T10:00:00.000Z';
  const [kept = ''] = (await test.stores.collections.putItems(name, collection, [item], at)) ?? [];
  const story = await post('/v1/cases', { name: 'Flood' });
  const ids = [
    inspection,
    await post('/v1/keys', { name: 'second', scopes: ['read'] }),
    await post('/v1/webhooks', { url: 'https://example.com/hook', events: ['inspection.done'] }),
    await post(`/v1/inspections/${inspection}/shares`, {}),
    await wholeUpload(test.app, 'bytes', { filename: name }, headers),
    await post('/v1/batches', {
      items: [{ upload: await wholeUpload(test.app, 'of a batch', {}, headers) }],
    }),
    await post('/v1/law/rejudgements', {}),
    collection,
    kept,
    story,
    await post(`/v1/cases/${story}/items`, { kind: 'note', text: 'theirs' }),
  ];
  return { headers, ids };
}

interface Route {
  method: Method;
  url: string;
}

const routesWhere = (test: TestApp, holds: (url: string, access: unknown) => boolean): Route[] =>
  recordedRoutes(test.app)
    .filter(({ url, access }) => holds(url, access))
    .flatMap(({ url, methods }) =>
      METHODS.filter((method) => methods.includes(method)).map((method) => ({ method, url })),
    );
/** Routes with an id of something that belongs to a tenant. */
const withIds = (test: TestApp) =>
  routesWhere(test, (url, access) => url.includes('/:') && access !== 'open' && !CLOSED_LISTS.has(url));
/** Their parameters are documented names, the same for all tenants. */
const CLOSED_LISTS: ReadonlySet<string> = new Set(['/v1/rulebooks/:id', '/problems/:code', '/samples/:name']);
/** The picture's name comes from such a list, next to the inspection's id. */
const NAMES = ['preview.jpg', 'preview.webp', 'preview'];

/** Returns each combination of parameters. */
function addresses(url: string, ids: readonly string[]): string[] {
  const found = [...url.matchAll(PARAMETER)].map(([name]) => name);
  return found.reduce<string[]>(
    (all, name) => all.flatMap((one) => ids.map((id) => one.replace(new RegExp(`${name}(?![A-Za-z])`), id))),
    [url],
  );
}

const ask = (test: TestApp, { method, url }: Route, headers: Record<string, string>) =>
  test.app.inject({
    url,
    method,
    // An event stream lasts until its subject has ended, or as long as requested.
    headers: { ...TUS, ...(url.endsWith('/events') ? { prefer: 'wait=0' } : {}), ...headers },
    ...(['POST', 'PUT', 'PATCH'].includes(method) ? { payload: {} } : {}),
  });

/**
 * Returns pairs of the same request for another tenant's id and for an unknown id; if two ids are needed, the other one
 * is the tenant's own.
 */
function alike(url: string, id: string, ours: readonly string[]): [string, string][] {
  const two = (url.match(PARAMETER)?.length ?? 0) > 1;
  return addresses(url, [id, ...(two ? ours : [])])
    .filter((address) => address.includes(id))
    .map((address) => [address, address.replaceAll(id, unknownLike(id))]);
}

async function said(test: TestApp, route: Route, headers: Record<string, string>, id: string) {
  const { statusCode, body } = await ask(test, route, headers);
  return { statusCode, text: body.replaceAll(id, 'ID').replaceAll(/urn:uuid:[0-9a-f-]+/g, 'urn') };
}

/** Returns an id of the same form that does not exist. */
const unknownLike = (id: string) => id.replace(/.$/, (last) => (last === '2' ? '3' : '2'));

describe('what is another tenant’s', () => {
  it('is answered as what never was: to the word, on each route, by each id', async () => {
    const test = await guarded({ ASSAY_REQUESTS_PER_MINUTE: '1000000' });
    await test.app.ready();
    const [ours, theirs] = [await tenant(test, 'ours'), await tenant(test, 'theirs')];
    let asked = 0;
    for (const route of share(withIds(test), 6)) {
      for (const id of theirs.ids) {
        for (const [known, unknown] of alike(route.url, id, ours.ids)) {
          for (const accept of [{}, BROWSER]) {
            const headers = { ...ours.headers, ...accept };
            const answer = await said(test, { ...route, url: known }, headers, id);
            expect(answer, `${route.method} ${known}`).toEqual(
              await said(test, { ...route, url: unknown }, headers, unknownLike(id)),
            );
            expect([400, 404, 405, 415], `${route.method} ${known}`).toContain(answer.statusCode);
            asked += 1;
          }
        }
      }
    }
    expect(asked).toBeGreaterThan(WHOLE ? 400 : 30);
    // The id is in the query or body, not in the path.
    const [inspection, , , , uploaded] = theirs.ids;
    const json = { ...ours.headers, 'content-type': 'application/json' };
    for (const id of [uploaded ?? '', unknownLike(uploaded ?? '')]) {
      const answer = await test.app.inject({
        method: 'POST',
        url: '/v1/inspections',
        headers: json,
        payload: { upload: id },
      });
      expect(answer.statusCode).toBe(404);
    }
    for (const id of [inspection ?? '', unknownLike(inspection ?? '')]) {
      const page = await test.app.inject({
        url: `/compare?id=${ours.ids[0]}&id=${id}`,
        headers: { ...ours.headers, ...BROWSER },
      });
      expect(page.statusCode).toBe(404);
      expect(page.body).not.toContain(id);
    }
  });

  it('is there: its own tenant gets to each of these routes by one of these ids', async () => {
    const test = await guarded({ ASSAY_REQUESTS_PER_MINUTE: '1000000' });
    await test.app.ready();
    const strange: string[] = [];
    for (const [index, { method, url }] of share(withIds(test), 6).entries()) {
      // A new tenant each time, because some requests delete.
      const { headers, ids } = await tenant(test, `tenant ${index}`);
      const statuses: number[] = [];
      for (const address of addresses(url, [...ids, ...(url.includes('/pictures/:') ? NAMES : [])]))
        statuses.push((await ask(test, { method, url: address }, headers)).statusCode);
      if (statuses.every((status) => status === 404)) strange.push(`${method} ${url}`);
    }
    // Files of the test's inspector have no pictures, crJSON, evidence or parts, and came by no link, so nobody gets
    // those.
    expect(
      strange.filter((one) => !/\/(pictures|parts|crjson|evidence|exchanges|preview|thumbnail)/.test(one)),
    ).toEqual([]);
  });
});

describe('a browser that is signed in', () => {
  it('changes nothing for a page of somebody else, on any route', async () => {
    const test = await guarded();
    await test.app.ready();
    const own = { ...BROWSER, host: 'localhost', origin: 'http://localhost' };
    const key = await newKey(test);
    const signedIn = await test.app.inject({
      method: 'POST',
      url: '/sign-in',
      headers: { ...own, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ key, to: '/' }).toString(),
    });
    const [pair = '', ...attributes] = String(signedIn.headers['set-cookie']).split('; ');
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']));
    const routes = routesWhere(test, (_url, access) => access !== 'open').filter(({ method }) =>
      CHANGING.has(method),
    );
    expect(routes.length).toBeGreaterThan(10);
    for (const { method, url } of routes) {
      const address = url.replaceAll(PARAMETER, '0f8fad5b-d9cb-469f-a165-70867728950e');
      const from = async (headers: Record<string, string>, token = '') => {
        const answer = await ask(
          test,
          { method, url: address + token },
          { ...BROWSER, host: 'localhost', cookie: pair, ...headers, accept: 'application/json' },
        );
        return answer.json().code;
      };
      const at = `${method} ${url}`;
      expect(await from({ origin: 'https://evil.example' }), at).toBe('cross-origin');
      expect(await from({ origin: 'null' }), at).toBe('cross-origin');
      expect(await from({ 'sec-fetch-site': 'cross-site' }), at).toBe('cross-origin');
      // Requests with this server's origin and no page token or a forged one, and requests without an origin page.
      expect(await from({ origin: 'http://localhost' }), at).toBe('form-expired');
      expect(await from({ origin: 'http://localhost' }, `?token=${'A'.repeat(43)}`), at).toBe('form-expired');
      expect(await from({}), at).toBe('form-expired');
    }
  });

  it('has a cookie that only https and only this host carry, where people come by https', async () => {
    const test = await guarded({ ASSAY_PUBLIC_URL: 'https://assay.example' });
    const signedIn = await test.app.inject({
      method: 'POST',
      url: '/sign-in',
      headers: {
        ...BROWSER,
        host: 'assay.example',
        origin: 'https://assay.example',
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams({ key: await newKey(test), to: '/' }).toString(),
    });
    const [pair = '', ...attributes] = String(signedIn.headers['set-cookie']).split('; ');
    expect(pair).toMatch(/^__Host-assay-session=[\w-]{43,}$/);
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']));
    expect(attributes.some((one) => one.startsWith('Domain='))).toBe(false);
  });
});
