import { randomUUID } from 'node:crypto';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { message } from '../../src/i18n/message.js';
import { KeyRepository } from '../../src/storage/access/kysely-keys.js';
import { CaseRepository } from '../../src/storage/cases/kysely-cases.js';
import { CollectionRepository } from '../../src/storage/fingerprints/kysely-collections.js';
import { BatchRepository } from '../../src/storage/inspections/kysely-batches.js';
import { InspectionRepository } from '../../src/storage/inspections/kysely-inspections.js';
import { ShareRepository } from '../../src/storage/inspections/kysely-shares.js';
import { UploadRepository } from '../../src/storage/inspections/uploads.js';
import { RejudgementRepository } from '../../src/storage/law/kysely-rejudgements.js';
import { WebhookRepository } from '../../src/storage/webhooks/kysely-webhooks.js';
import { describeOnBoth } from '../contracts/stores.js';
import { BROWSER, multipart, onePart, type TestApp, testApp, upload } from './harness.js';
import { alikeApp } from './similar-pictures.js';
import { TUS, wholeUpload } from './tus.js';
import { bearer, guarded, newKey } from './with-keys.js';

type Asked = Omit<InjectOptions, 'headers'> & { headers?: Record<string, string> };

interface Maker {
  ask: Asked;
  /** A different body for the same address. */
  other?: Asked;
  /** Counts rows of a table, or entries of an answer. */
  count(): Promise<number>;
  /** Number of entries that one creation adds. */
  adds?: number;
  /** Whether replays are byte-identical. Default: true. `false`: the answer changes by itself. */
  same?: boolean;
}

type Method = (...args: never[]) => Promise<unknown>;

/** Makes the method do its work and then fail, as if the connection were lost in a commit. */
function unsureAfter<T extends object>(prototype: T, method: keyof T & string): () => void {
  const real = Reflect.get(prototype, method) as Method;
  const restore = () => void Reflect.set(prototype, method, real);
  Reflect.set(prototype, method, async function (this: T, ...args: never[]) {
    await real.apply(this, args);
    throw new Error('the connection was lost');
  });
  onTestFinished(restore);
  return restore;
}

const json = (url: string, payload: object, method: 'POST' | 'PATCH' = 'POST'): Asked => ({
  method,
  url,
  payload,
});

async function inspected({ app }: TestApp): Promise<string> {
  return String((await upload(app, [onePart({ content: randomUUID() })])).headers.location);
}

async function caseIn({ app }: TestApp): Promise<string> {
  const made = await app.inject(json('/v1/cases', { name: randomUUID() }));
  return String(made.headers.location);
}

const HASH = 'f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22';

/** One request for each resource that is created under an idempotency key, and the store method that creates it. */
const MAKERS: Record<string, { by: [object, string]; with(test: TestApp): Promise<Maker> }> = {
  createCase: {
    by: [CaseRepository.prototype, 'create'],
    with: async (test) => ({
      ask: json('/v1/cases', { name: 'story' }),
      other: json('/v1/cases', { name: 'another' }),
      count: rows(test, 'cases'),
    }),
  },
  addCaseItem: {
    by: [CaseRepository.prototype, 'add'],
    with: async (test) => {
      const url = `${await caseIn(test)}/items`;
      return {
        ask: json(url, { kind: 'note', text: 'Ask the harbour master.' }),
        other: json(url, { kind: 'note', text: 'Ask somebody else.' }),
        count: rows(test, 'case_items'),
      };
    },
  },
  'addCaseItem, an inspection': {
    by: [CaseRepository.prototype, 'add'],
    with: async (test) => {
      const of = await caseIn(test);
      const inspection = (await inspected(test)).split('/').at(-1);
      return {
        ask: json(`${of}/items`, { kind: 'inspection', inspection }),
        count: async () => (await test.app.inject(of)).json().counts.inspection,
      };
    },
  },
  createCollection: {
    by: [CollectionRepository.prototype, 'create'],
    with: async (test) => ({
      ask: json('/v1/collections', { name: 'debunked' }),
      other: json('/v1/collections', { name: 'agency' }),
      count: rows(test, 'collections'),
    }),
  },
  addCollectionItems: {
    by: [CollectionRepository.prototype, 'putItems'],
    with: async (test) => {
      const { id } = (await test.app.inject(json('/v1/collections', { name: 'debunked' }))).json();
      const items = [
        { hash: HASH, name: 'one' },
        { hash: HASH, name: 'two', key: 'two' },
        { hash: HASH, name: 'three' },
      ];
      return {
        ask: json(`/v1/collections/${id}/items`, { items }),
        other: json(`/v1/collections/${id}/items`, { items: items.slice(1) }),
        count: rows(test, 'collection_items'),
        adds: 3,
      };
    },
  },
  createShare: {
    by: [ShareRepository.prototype, 'create'],
    with: async (test) => {
      const url = `${await inspected(test)}/shares`;
      return {
        ask: json(url, { notes: true, lang: 'zh-Hans' }),
        other: json(url, {}),
        count: rows(test, 'shares'),
      };
    },
  },
  createKey: {
    by: [KeyRepository.prototype, 'create'],
    with: async (test) => ({
      ask: json('/v1/keys', { name: 'photo desk', scopes: ['read'] }),
      other: json('/v1/keys', { name: 'photo desk', scopes: ['inspect'] }),
      count: rows(test, 'api_keys'),
    }),
  },
  createWebhook: {
    by: [WebhookRepository.prototype, 'create'],
    with: async (test) => ({
      ask: json('/v1/webhooks', { url: 'https://example.org/hook' }),
      other: json('/v1/webhooks', { url: 'https://example.org/other' }),
      count: rows(test, 'webhooks'),
    }),
  },
  rotateWebhookSecret: {
    by: [WebhookRepository.prototype, 'rotate'],
    with: async (test) => {
      const { id, secret } = (
        await test.app.inject(json('/v1/webhooks', { url: 'https://example.org/hook' }))
      ).json();
      const hooks = new WebhookRepository(
        test.database,
        (await import('../support/secret-keys.js')).TEST_KEYS,
      );
      return {
        ask: { method: 'POST', url: `/v1/webhooks/${id}/secret` },
        // A second one would replace the receiver's own.
        count: async () => {
          const now = await hooks.getSecrets('local', id, new Date().toISOString());
          return now?.old?.secret === secret ? 1 : 0;
        },
      };
    },
  },
  createInspection: {
    by: [InspectionRepository.prototype, 'createDone'],
    with: async (test) => {
      const form = multipart([onePart({ content: 'some bytes' })]);
      const other = multipart([onePart({ content: 'other bytes' })]);
      return {
        ask: { method: 'POST', url: '/v1/inspections', ...form },
        other: { method: 'POST', url: '/v1/inspections', ...other },
        count: rows(test, 'inspections'),
      };
    },
  },
  'createInspection, several files of a page': {
    by: [BatchRepository.prototype, 'create'],
    with: async (test) => {
      const files = ['one', 'two'].map((content) => onePart({ content, filename: `${content}.png` }));
      const { payload, headers } = multipart(files);
      return {
        ask: {
          method: 'POST',
          url: '/v1/inspections',
          payload,
          headers: { ...headers, accept: 'application/json, text/html;q=0.1' },
        },
        count: rows(test, 'inspections'),
        adds: 2,
      };
    },
  },
  createBatch: {
    by: [BatchRepository.prototype, 'create'],
    with: async (test) => {
      const items = [{ upload: await wholeUpload(test.app, 'one') }];
      return {
        ask: json('/v1/batches', { items }),
        other: json('/v1/batches', { items, caseRef: 'x' }),
        count: rows(test, 'batches'),
      };
    },
  },
  recheckInspection: {
    by: [InspectionRepository.prototype, 'createDone'],
    with: async (test) => ({
      ask: { method: 'POST', url: `${await inspected(test)}/recheck` },
      count: rows(test, 'inspections'),
    }),
  },
  retryInspection: {
    by: [InspectionRepository.prototype, 'retry'],
    with: async (test) => {
      const sent = await upload(test.app, undefined, { headers: { prefer: 'respond-async' } });
      const { id } = sent.json();
      const failure = {
        ...{ code: 'internal', message: message('error.ofService') },
        uploadKeptUntil: new Date(Date.now() + 3_600_000).toISOString(),
      };
      await test.stores.inspections.fail('local', id, failure, new Date().toISOString());
      return {
        ask: { method: 'POST', url: `/v1/inspections/${id}/retry` },
        count: async () => (await test.stores.queue.depth()).waiting,
      };
    },
  },
  'updateInspection, a note': {
    by: [InspectionRepository.prototype, 'patch'],
    with: async (test) => {
      const url = await inspected(test);
      return {
        ask: json(url, { note: 'Ask the harbour master.', tags: ['front page'] }, 'PATCH'),
        other: json(url, { note: 'Ask somebody else.' }, 'PATCH'),
        count: async () => (await test.app.inject(url)).json().notes.length,
      };
    },
  },
  createRejudgement: {
    by: [RejudgementRepository.prototype, 'create'],
    with: async (test) => ({
      ask: json('/v1/law/rejudgements', {}),
      other: json('/v1/law/rejudgements', { asOf: '2027-01-01' }),
      count: rows(test, 'rejudgements'),
    }),
  },
  createUpload: {
    by: [UploadRepository.prototype, 'create'],
    with: async (test) => ({
      ask: { method: 'POST', url: '/v1/uploads', headers: { ...TUS, 'upload-length': '10' } },
      other: { method: 'POST', url: '/v1/uploads', headers: { ...TUS, 'upload-length': '11' } },
      count: rows(test, 'uploads'),
    }),
  },
};

function rows({ database }: TestApp, table: 'cases'): () => Promise<number>;
function rows({ database }: TestApp, table: string): () => Promise<number>;
function rows({ database }: TestApp, table: string): () => Promise<number> {
  return async () => {
    const { number } = await database.query
      .selectFrom(table as 'cases')
      .select((eb) => eb.fn.countAll<number>().as('number'))
      .executeTakeFirstOrThrow();
    return Number(number);
  };
}

const under = (key: string, { headers, ...rest }: Asked): InjectOptions => ({
  ...rest,
  headers: { ...headers, 'idempotency-key': key },
});

const replayed = ({ headers }: LightMyRequestResponse) => headers['idempotency-replayed'];
const told = ({ statusCode, headers, body }: LightMyRequestResponse) => [statusCode, headers.location, body];

/** Deletes the stored answer, as if the process had been killed before it could record it. */
const forgetAnswer = (test: TestApp) =>
  test.database.query
    .updateTable('idempotent_requests')
    .set({ status: null, held_until: '2026-01-01T00:00:00.000Z' })
    .execute();

describeOnBoth('what is made', (open) => {
  describe.each(Object.entries(MAKERS))(
    '%s under one Idempotency-Key',
    (_, { by: [prototype, method], with: set }) => {
      const fresh = async () => {
        const test = await alikeApp({ stores: await open() });
        const maker = await set(test);
        return { test, ...maker, before: await maker.count() };
      };

      it('is done once however often it is sent, one after another and at once, and answered the same', async () => {
        const { test, ask, other, count, before, adds = 1 } = await fresh();
        const key = randomUUID();
        const all = await Promise.all([1, 2, 3].map(() => test.app.inject(under(key, ask))));
        const made = all.filter(({ statusCode }) => statusCode < 300);
        expect(all.filter(({ statusCode }) => statusCode >= 300).map((one) => one.json().code)).toEqual(
          Array(3 - made.length).fill('idempotency-in-progress'),
        );
        expect(await count()).toBe(before + adds);
        const again = await test.app.inject(under(key, ask));
        expect([again.statusCode, replayed(again)]).toEqual([made[0]?.statusCode, 'true']);
        for (const one of made) expect(told(one)).toEqual(told(again));
        if (other !== undefined) {
          const refused = await test.app.inject(under(key, other));
          expect([refused.statusCode, refused.json().code]).toEqual([422, 'idempotency-key-reused']);
        }
        expect(await count()).toBe(before + adds);
      });

      it('is found again where the server died before it had noted its answer', async () => {
        const { test, ask, count, before, adds = 1 } = await fresh();
        const key = randomUUID();
        const first = await test.app.inject(under(key, ask));
        expect(first.statusCode).toBeLessThan(300);
        await forgetAnswer(test);
        const again = await test.app.inject(under(key, ask));
        expect(told(again)).toEqual(told(first));
        expect(await count()).toBe(before + adds);
        // The replayed answer is stored now.
        expect(told(await test.app.inject(under(key, ask)))).toEqual(told(first));
      });

      it('is done once where the first answer was a fault that left open whether it was', async () => {
        const { test, ask, count, before, adds = 1 } = await fresh();
        const key = randomUUID();
        const sure = unsureAfter(prototype, method as never);
        const fault = await test.app.inject(under(key, ask));
        expect(fault.statusCode).toBe(500);
        sure();
        const again = await test.app.inject(under(key, ask));
        expect(again.statusCode).toBeLessThan(300);
        expect(await count()).toBe(before + adds);
        expect(told(await test.app.inject(under(key, ask)))).toEqual(told(again));
        expect(await count()).toBe(before + adds);
      });

      it('is refused at a key that cannot be used, before anything of it is looked at', async () => {
        const { test, ask, count, before } = await fresh();
        const refused = await test.app.inject(under('ünprintable', ask));
        expect([refused.statusCode, refused.json().code]).toEqual([400, 'idempotency-key-bad']);
        expect(await count()).toBe(before);
      });
    },
  );
});

it.each([
  ['/v1/inspections/none/seal', { kind: 'shareable' }],
  ['/v1/cases/none/seal', { kind: 'shareable' }],
  ['/v1/webhooks/none/test', {}],
  ['/v1/webhooks/none/deliveries/replay', {}],
  ['/cases', {}],
  ['/sign-in', {}],
])('an Idempotency-Key is refused at %s, whose answer nobody keeps', async (url, payload) => {
  const { app } = await testApp();
  const answer = await app.inject({ method: 'POST', url, payload, headers: { 'idempotency-key': 'one' } });
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'idempotency-key-refused']);
});

it.each(['cancel', 'matches'])('is let be where a second request does nothing more: %s', async (what) => {
  const test = await alikeApp();
  const { id } = (
    await test.app.inject(json('/v1/batches', { items: [{ upload: await wholeUpload(test.app, 'x') }] }))
  ).json();
  const ask =
    what === 'cancel'
      ? ({ method: 'POST', url: `/v1/batches/${id}/cancel` } as const)
      : json('/v1/matches', { hash: HASH });
  expect((await test.app.inject(under('one', ask))).statusCode).toBe(200);
});

describe('secrets under an Idempotency-Key', () => {
  it('of keys and links are told again and open what they opened, and no copy of them is kept', async () => {
    const test = await guarded();
    const headers = bearer(await newKey(test));
    const own = async (ask: Asked) =>
      (await test.app.inject(under('one', { ...ask, headers: { ...ask.headers, ...headers } }))).json();
    const made = await own(json('/v1/keys', { name: 'second', scopes: ['read'] }));
    const location = String((await upload(test.app, undefined, { headers })).headers.location);
    const share = await test.app.inject(under('two', { ...json(`${location}/shares`, {}), headers }));
    const { url } = share.json();
    expect((await own(json('/v1/keys', { name: 'second', scopes: ['read'] }))).key).toBe(made.key);
    const listed = await test.app.inject({ url: '/v1/inspections', headers: bearer(made.key) });
    expect(listed.statusCode).toBe(200);
    const kept = JSON.stringify([
      await test.database.query.selectFrom('idempotent_requests').selectAll().execute(),
      await test.database.query.selectFrom('api_keys').selectAll().execute(),
      await test.database.query.selectFrom('shares').selectAll().execute(),
    ]);
    expect(kept).not.toContain(made.key.split('_')[2]);
    expect(kept).not.toContain(new URL(url).pathname.split('/').at(-1));
    // Two keys of one tenant never share a secret.
    const other = bearer(await newKey(test));
    const theirs = await test.app.inject(
      under('one', { ...json('/v1/keys', { name: 'second', scopes: ['read'] }), headers: other }),
    );
    expect(theirs.json().key.split('_')[2]).not.toBe(made.key.split('_')[2]);
  });

  it('are gone with what they opened', async () => {
    const test = await testApp();
    const ask = json('/v1/keys', { name: 'second', scopes: ['read'] });
    const { id } = (await test.app.inject(under('one', ask))).json();
    await test.app.inject({ method: 'DELETE', url: `/v1/keys/${id}` });
    const again = await test.app.inject(under('one', ask));
    expect([again.statusCode, again.json().code]).toEqual([410, 'idempotency-gone']);
  });
});

describe('a form that is sent by two clicks', () => {
  const form = (url: string, fields: Record<string, string>): InjectOptions => ({
    method: 'POST',
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: { ...BROWSER, 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost' },
  });
  const twice = ({ app }: TestApp, ask: InjectOptions) =>
    Promise.all([app.inject({ ...ask }), app.inject({ ...ask })]);

  it('begins one case, and puts one note, link and finding into it', async () => {
    const test = await testApp();
    const begun = await twice(test, form('/cases', { name: 'story' }));
    const [first] = begun.map(({ headers }) => headers.location);
    expect(begun.map(({ statusCode, headers }) => [statusCode, headers.location])).toEqual([
      [303, first],
      [303, first],
    ]);
    for (const fields of [
      { kind: 'note', text: 'Ask the harbour master.' },
      { kind: 'link', link: 'https://example.org/' },
      { kind: 'finding', claim: 'Taken last week', conclusion: 'Taken in 2014' },
    ]) {
      const [one, two] = await twice(test, form(`${first}/items`, fields));
      expect([one?.statusCode, two?.statusCode, two?.headers.location]).toEqual([
        303,
        303,
        one?.headers.location,
      ]);
    }
    const { counts } = (await test.app.inject(`/v1${first}`)).json();
    expect(counts).toMatchObject({ note: 1, link: 1, finding: 1 });
    // Writing the same again later is intended.
    await test.database.query
      .updateTable('idempotent_requests')
      .set({ expires_at: new Date(Date.now() - 1).toISOString() })
      .execute();
    await test.app.inject(form(`${first}/items`, { kind: 'note', text: 'Ask the harbour master.' }));
    expect((await test.app.inject(`/v1${first}`)).json().counts.note).toBe(2);
  });

  it('writes one note beside a report, and makes one link to it, which both answers show', async () => {
    const test = await testApp();
    const page = (await inspected(test)).replace('/v1', '');
    await twice(test, form(`${page}/notes`, { note: 'once' }));
    await twice(test, form(`${page}/notes`, { note: 'another' }));
    expect((await test.app.inject(`/v1${page}`)).json().notes).toMatchObject([
      { text: 'once' },
      { text: 'another' },
    ]);
    const shown = await twice(test, form(`${page}/share`, { days: '7' }));
    const links = shown.map(({ body }) => /\/s\/[a-z0-9]{32}/.exec(body)?.[0]);
    expect(links).toEqual([links[0], links[0]]);
    expect((await test.app.inject(String(links[0]))).statusCode).toBe(200);
    expect((await test.app.inject(`/v1${page}/shares`)).json().shares).toHaveLength(1);
  });

  it('inspects a sample once', async () => {
    const test = await testApp();
    const url = /action="(\/samples\/[^"?]+)/.exec(
      (await test.app.inject({ url: '/samples', headers: BROWSER })).body,
    )?.[1];
    const [one, two] = await twice(test, form(String(url), {}));
    expect([one?.statusCode, two?.headers.location]).toEqual([303, one?.headers.location]);
    expect((await test.app.inject('/v1/inspections')).json().inspections).toHaveLength(1);
  });
});
