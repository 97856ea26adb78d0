import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import type { LightMyRequestResponse } from 'fastify';
import { Compile } from 'typebox/compile';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ProblemSchema } from '../../src/http/contract/problems/problem.js';
import { PROBLEM_CODES, PROBLEMS, type ProblemCode } from '../../src/http/contract/problems/problems.js';
import { shareLimits } from '../../src/http/services/share-links.js';
import { message } from '../../src/i18n/message.js';
import type { InspectRequest } from '../../src/inspect/pool/inspector.js';
import { InspectError } from '../../src/inspect/protocol/inspect-error.js';
import { PdfFault } from '../../src/service/pdf/pdf-fault.js';
import { pdfLimits } from '../../src/service/pdf/pdf-limits.js';
import { webhookLimits } from '../../src/service/webhooks/webhook-limits.js';
import { LOCAL_TENANT } from '../../src/storage/access/scopes.js';
import { StoreError } from '../../src/storage/engine/store-error.js';
import { COLLECTION_BOUNDS } from '../../src/storage/fingerprints/collections.js';
import { CASE_BOUNDS } from '../../src/storage/inspections/case-bounds.js';
import { ScanRepository } from '../../src/storage/scans/kysely-scans.js';
import { sealManifest } from '../../src/storage/scans/scan-manifests.js';
import { WebhookRepository } from '../../src/storage/webhooks/kysely-webhooks.js';
import { chinese, english, inChinese, inEnglish } from '../i18n/english.js';
import { secretKeys } from '../support/secret-keys.js';
import { ACCESS_WAYS } from './access-ways.js';
import {
  BROWSER,
  listen,
  multipart,
  onePart,
  sharedApp,
  shellReport,
  storesWith,
  type TestApp,
  temporaryDirectory,
  testApp,
  testStores,
  upload,
} from './harness.js';
import { INTAKE_WAYS } from './intake-ways.js';
import { LINK_WAYS } from './link-ways.js';
import { exchange, type RawAnswer } from './raw-exchange.js';
import { blankPaper, sealKey } from './seal-key.js';
import { alikeApp, fingerprint, picture } from './similar-pictures.js';

const isProblem = Compile(ProblemSchema);

function expectProblem(answer: RawAnswer, code: ProblemCode): void {
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const body = answer.json();
  expect(isProblem.Check(body)).toBe(true);
  expect(body).toMatchObject({
    type: `/problems/${code}`,
    title: english(message(`problem.${code}.title`)),
    status: PROBLEMS[code],
    code,
    instance: `urn:uuid:${answer.headers['x-request-id']}`,
  });
  expect(answer.statusCode).toBe(PROBLEMS[code]);
  expect(answer.headers['cache-control']).toBe('no-store');
}

const full = async (): Promise<never> => {
  // Causes the system's own error for a full disk.
  await writeFile('/dev/full', 'x');
  throw new Error('/dev/full took it');
};

const unwritable = async (): Promise<never> => {
  // Exists, but cannot be written: EIO for root, EACCES for others.
  await writeFile('/proc/version', 'x');
  throw new Error('/proc/version took it');
};

const failingInspector = (error: Error) => ({ inspect: () => Promise.reject(error), close: async () => {} });

async function raw(
  test: TestApp,
  payload: string | Buffer,
  contentType: string,
): Promise<LightMyRequestResponse> {
  return test.app.inject({
    method: 'POST',
    url: '/v1/inspections',
    payload,
    headers: { 'content-type': contentType },
  });
}

/** Shared service for requests that leave it unchanged. */
const bare = sharedApp();

async function webhook(payload: string, contentType = 'application/json', url = '/v1/webhooks') {
  const headers = { 'content-type': contentType };
  return bare().app.inject({ method: 'POST', url, payload, headers });
}
async function pdf({ app }: TestApp): Promise<LightMyRequestResponse> {
  const { location } = (await upload(app)).headers;
  return app.inject({ url: `${location}/report.pdf` });
}
/** Stores a scan from a machine with its own key. */
async function keptStore(stores: TestApp['stores']): Promise<number | undefined> {
  const scans = new ScanRepository(stores.database);
  const at = '2026-11-25T10:00:00.000Z';
  const scan = await scans.create({ id: 'a', tenant: LOCAL_TENANT, header: '{}' }, at);
  const of = { tenant: LOCAL_TENANT, scan: scan.id, path: 'a.jpg' };
  const manifest = sealManifest(secretKeys(9), of, Buffer.from('a store'));
  const fingerprints = { made: [picture(fingerprint())], missing: [] };
  const row = { path: 'a.jpg', bytes: 1, modified: 0, outcome: 'signed', record: '{}' };
  await scans.put(scan, [{ ...row, attachments: { fingerprints, manifest } }]);
  return (await stores.fingerprints.follow(0, 1))[0]?.id;
}
async function sealed({ app }: TestApp): Promise<LightMyRequestResponse> {
  const { location } = (await upload(app)).headers;
  return app.inject({ method: 'POST', url: `${location}/seal`, payload: { kind: 'shareable' } });
}
const HOOK = { url: 'https://example.org/' };

/** One request for each problem code; two need a raw socket and are tested below, streams are in events.test.ts. */
const WAYS: Record<
  Exclude<
    ProblemCode,
    'request-timeout' | 'headers-too-large' | 'too-many-streams' | 'too-many-open-streams'
  >,
  () => Promise<RawAnswer>
> = {
  'bad-request': async () => bare().app.inject({ url: '/%zz' }),
  'file-missing': async () => upload(bare().app, [{ name: 'asOf', content: '2026-01-01' }]),
  'file-empty': async () => upload(bare().app, [onePart({ content: '' })]),
  'several-files': async () => upload(bare().app, [onePart(), onePart()]),
  'digest-mismatch': async () =>
    bare().app.inject({
      method: 'POST',
      url: '/v1/inspections',
      payload: Buffer.from('a file'),
      headers: { 'content-type': 'image/png', 'repr-digest': `sha-256=:${'A'.repeat(43)}=:` },
    }),
  'bad-multipart': async () => {
    const { payload, headers } = multipart([onePart()]);
    return raw(bare(), payload.subarray(0, payload.length - 20), headers['content-type'] ?? '');
  },
  'bad-field': async () => upload(bare().app, [onePart(), { name: 'asOf', content: '2026-02-30' }]),
  'rejudgement-not-found': async () => bare().app.inject({ url: `/v1/law/rejudgements/${randomUUID()}` }),
  'rejudgement-under-way': async () => {
    const { app } = await testApp();
    const ask = () => app.inject({ method: 'POST', url: '/v1/law/rejudgements' });
    expect((await ask()).statusCode).toBe(202);
    return ask();
  },
  'webhook-not-found': async () =>
    webhook('{}', 'application/json', `/v1/webhooks/${randomUUID()}/deliveries/replay`),
  'too-many-webhooks': async () => {
    const { app } = await testApp();
    const add = () => app.inject({ method: 'POST', url: '/v1/webhooks', payload: HOOK });
    for (let count = 0; count < webhookLimits.perTenant; count += 1) await add();
    return add();
  },
  'share-not-found': async () => bare().app.inject({ url: `/s/${'a'.repeat(32)}` }),
  'too-many-shares': async () => {
    const { app } = await testApp();
    const url = `${(await upload(app)).headers.location}/shares`;
    const add = () => app.inject({ method: 'POST', url, payload: {} });
    for (let count = 0; count < shareLimits.perInspection; count += 1) await add();
    return add();
  },
  'webhook-disabled': async () => {
    const { app } = await testApp();
    const { id } = (await app.inject({ method: 'POST', url: '/v1/webhooks', payload: HOOK })).json();
    const url = `/v1/webhooks/${id}`;
    await app.inject({ method: 'PATCH', url, payload: { enabled: false } });
    return app.inject({ method: 'POST', url: `${url}/deliveries/replay`, payload: {} });
  },
  'secret-not-opened': async () => {
    const test = await testApp();
    const headers = { 'idempotency-key': randomUUID() };
    const add = (app: TestApp['app']) =>
      app.inject({ method: 'POST', url: '/v1/webhooks', payload: HOOK, headers });
    await add(test.app);
    const { stores } = test;
    const elsewhere = new WebhookRepository(stores.database, secretKeys(2));
    return add((await testApp({ stores, webhooks: elsewhere })).app);
  },
  'reveal-not-allowed': async () => {
    const { payload, headers } = multipart([onePart()]);
    const url = '/v1/inspections?reveal=names';
    return bare().app.inject({ method: 'POST', url, payload, headers });
  },
  'not-found': async () => bare().app.inject({ url: '/nowhere' }),
  'inspection-not-found': async () => bare().app.inject({ url: `/v1/inspections/${randomUUID()}` }),
  'picture-not-found': async () => {
    const { app } = await testApp();
    const { location } = (await upload(app)).headers;
    return app.inject({ url: `${location}/preview` });
  },
  'manifest-not-stored': async () => {
    const { app } = await testApp({ env: { ASSAY_ALLOW_REVEAL: '1' } });
    return app.inject({ url: '/v1/fingerprints/1/manifest' });
  },
  'manifest-not-opened': async () => {
    const test = await testApp({ env: { ASSAY_ALLOW_REVEAL: '1' } });
    const kept = await keptStore(test.stores);
    return test.app.inject({ url: `/v1/fingerprints/${kept}/manifest` });
  },
  'crjson-not-found': async () => {
    const { app } = await testApp();
    return app.inject({ url: `${(await upload(app)).headers.location}/crjson` });
  },
  'evidence-not-found': async () => {
    // The inspector of this server stores none.
    const { app } = await testApp();
    return app.inject({ url: `${(await upload(app)).headers.location}/evidence` });
  },
  'part-not-found': async () => {
    const { app } = await testApp();
    return app.inject({ url: `${(await upload(app)).headers.location}/parts/1` });
  },
  'collection-not-found': async () => bare().app.inject({ url: `/v1/collections/${randomUUID()}` }),
  'collection-full': async () => {
    const { app, database } = await testApp();
    const add = () => app.inject({ method: 'POST', url: '/v1/collections', payload: { name: 'own' } });
    await add();
    const first = await database.query.selectFrom('collections').selectAll().executeTakeFirstOrThrow();
    // Inserts the maximum number of collections in one statement.
    const more = Array.from({ length: COLLECTION_BOUNDS.collections }, () => ({
      ...first,
      id: randomUUID(),
    }));
    await database.query.insertInto('collections').values(more).execute();
    return add();
  },
  'case-not-found': async () => bare().app.inject({ url: `/v1/cases/${randomUUID()}` }),
  'case-there': async () => {
    const { app } = await testApp();
    const add = () => app.inject({ method: 'POST', url: '/v1/cases', payload: { name: 'own' } });
    await add();
    return add();
  },
  'case-too-large': async () => {
    const { app, stores } = await testApp({ env: sealKey() });
    const request = { name: 'n', asOf: '2026-11-29', asOfSource: 'today', engine: 'auto' } as const;
    const news = Array.from({ length: CASE_BOUNDS.sealed + 1 }, () => ({
      ...{ id: randomUUID(), tenant: 'local', createdAt: '2026-11-29T10:00:00.000Z', caseRef: 'own' },
      request: { ...request, hasSidecar: false },
    }));
    await stores.inspections.create(news);
    const { id } = (await stores.cases.findByRef('local', 'own')) ?? {};
    return app.inject({ method: 'POST', url: `/v1/cases/${id}/seal`, payload: { kind: 'shareable' } });
  },
  'case-full': async () => {
    const { app, database } = await testApp();
    const add = (name: string) => app.inject({ method: 'POST', url: '/v1/cases', payload: { name } });
    await add('first');
    const first = await database.query.selectFrom('cases').selectAll().executeTakeFirstOrThrow();
    const more = Array.from({ length: CASE_BOUNDS.cases }, () => {
      const id = randomUUID();
      return { ...first, id, ref: id };
    });
    for (let from = 0; from < more.length; from += 2_000)
      await database.query
        .insertInto('cases')
        .values(more.slice(from, from + 2_000))
        .execute();
    return add('one more');
  },
  'hash-bad': async () =>
    (await alikeApp()).app.inject({ method: 'POST', url: '/v1/matches', payload: { hash: 'abc' } }),
  'matches-off': async () =>
    bare().app.inject({ method: 'POST', url: '/v1/matches', payload: { hash: 'abc' } }),
  'matches-unavailable': async () => {
    const test = await alikeApp();
    await test.search.close();
    const hash = fingerprint().toString('hex');
    return test.app.inject({ method: 'POST', url: '/v1/matches', payload: { hash } });
  },
  'rulebook-not-found': async () => bare().app.inject({ url: '/v1/rulebooks/eu-nothing' }),
  'method-not-allowed': async () => bare().app.inject({ method: 'PUT', url: '/v1/inspections' }),
  'too-large': async () =>
    upload((await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '1000' } })).app, [
      onePart({ content: Buffer.alloc(1001) }),
    ]),
  'unsupported-media-type': async () => raw(bare(), '{}', 'text/plain'),
  'pdf-failed': async () => {
    const fault = new PdfFault('pdf.failed', 'secret /srv/path of ours');
    return pdf(await testApp({ printer: { print: () => Promise.reject(fault) } }));
  },
  'pdf-busy': async () => {
    const { atOnce, waiting } = pdfLimits;
    expect(atOnce + waiting).toBeLessThan(12);
    // Each accepted request is carried out, which takes a second.
    onTestFinished(() => void Object.assign(pdfLimits, { waiting }));
    Object.assign(pdfLimits, { waiting: 1 });
    const test = await testApp();
    const all = await Promise.all(Array.from({ length: 12 }, () => pdf(test)));
    return all.find(({ statusCode }) => statusCode !== 200) ?? Promise.reject(new Error('never busy'));
  },
  'seal-off': async () => sealed(await testApp()),
  'seal-key': async () => sealed(await testApp({ env: { ASSAY_SEAL_KEY: '/secret/srv/path of ours' } })),
  'seal-authority': async () =>
    sealed(
      await testApp({
        env: { ...sealKey(), ASSAY_SEAL_TSA: 'http://127.0.0.1:1/' },
        bundlePrinter: blankPaper,
      }),
    ),
  'seal-failed': async () => {
    const fault = new PdfFault('pdf.failed', 'secret /srv/path of ours');
    return sealed(await testApp({ env: sealKey(), bundlePrinter: { print: () => Promise.reject(fault) } }));
  },
  'seal-busy': async () => {
    const fault = new PdfFault('pdf.busy', 'secret /srv/path of ours');
    return sealed(await testApp({ env: sealKey(), bundlePrinter: { print: () => Promise.reject(fault) } }));
  },
  'log-not-signed': async () => {
    const test = await testApp({ env: sealKey(), bundlePrinter: blankPaper });
    const { privateKey } = generateKeyPairSync('ed25519');
    test.stores.log.signWith({ privateKey, host: 'here' });
    const { location } = (await upload(test.app)).headers;
    await test.stores.log.writeNow({
      tenant: LOCAL_TENANT,
      at: new Date().toISOString(),
      action: 'key.used',
      who: 'x',
    });
    await test.stores.log.getHead(LOCAL_TENANT);
    // A log head of size 0, as if nothing had ever been signed.
    const nothing = { size: 0, peaks: Buffer.alloc(0) };
    await test.stores.database.query.updateTable('log_trees').set(nothing).execute();
    return test.app.inject({ method: 'POST', url: `${location}/seal`, payload: { kind: 'shareable' } });
  },
  'seal-other-file': async () => {
    const { app } = await testApp({ env: { ...sealKey(), ASSAY_ALLOW_REVEAL: '1' } });
    const url = `${(await upload(app)).headers.location}/seal`;
    return upload(app, [{ name: 'kind', content: 'full' }, onePart({ content: 'others' })], { url });
  },
  internal: async () => {
    const inspector = failingInspector(new Error('secret /srv/path of ours'));
    return upload((await testApp({ inspector })).app);
  },
  'inspection-failed': async () => {
    const inspector = failingInspector(
      new InspectError('not-readable', message('text.asWritten', { text: 'secret /srv/path of ours' })),
    );
    return upload((await testApp({ inspector })).app);
  },
  'inspection-unreadable': async () => {
    const stores = storesWith(await testStores(temporaryDirectory()), {
      get: () =>
        Promise.reject(new StoreError('store.corrupt', { cause: new Error('secret /srv/path of ours') })),
    });
    return (await testApp({ stores })).app.inject({ url: `/v1/inspections/${randomUUID()}` });
  },
  unavailable: async () => {
    const test = await testApp({
      inspector: { inspect: () => new Promise(() => {}), close: async () => {} },
    });
    for (let place = 0; place < 16; place += 1) void upload(test.app);
    await expect.poll(() => test.uploads().length).toBe(16);
    return upload(test.app);
  },
  'storage-full': async () =>
    upload(
      (await testApp({ stores: storesWith(await testStores(temporaryDirectory()), { createDone: full }) }))
        .app,
    ),
  'storage-unavailable': async () => {
    const stores = storesWith(await testStores(temporaryDirectory()), { createDone: unwritable });
    return upload((await testApp({ stores })).app);
  },
  'not-finished': async () => {
    const { app } = await testApp();
    const queued = await upload(app, undefined, { headers: { prefer: 'respond-async' } });
    return app.inject({ method: 'POST', url: `${queued.headers.location}/recheck` });
  },
  'not-failed': async () => {
    const { app } = await testApp();
    return app.inject({ method: 'POST', url: `${(await upload(app)).headers.location}/retry` });
  },
  'asset-gone': async () => {
    const inspector = {
      inspect: async (request: InspectRequest) => ({
        ...shellReport(request, Buffer.from('')),
        contentCredentials: { presence: 'present' as const },
      }),
      close: async () => {},
    };
    const { app, config } = await testApp({ inspector });
    const posted = await upload(app);
    await mkdir(`${config.trustDir}/private`, { recursive: true });
    await writeFile(`${config.trustDir}/private/desk.pem`, 'another list');
    return app.inject({ method: 'POST', url: `${posted.headers.location}/recheck` });
  },
  'quota-full': async () => upload((await testApp({ env: { ASSAY_DATA_QUOTA: '1' } })).app),
  ...ACCESS_WAYS,
  ...INTAKE_WAYS,
  ...LINK_WAYS,
};

describe('problems', () => {
  it.each(Object.entries(WAYS))('%s', async (code, way) => {
    const answer = await way();
    expectProblem(answer, code as ProblemCode);
    expect(answer.body).not.toContain('/srv/path of ours');
  });

  it('says the limit with too-large', async () => {
    const { app, inspector, uploads } = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '1MiB' } });
    const answer = await upload(app, [onePart({ content: Buffer.alloc(1024 ** 2 + 1) })]);
    expectProblem(answer, 'too-large');
    expect(answer.json().detail).toBe(
      inEnglish('problem.too-large.file', {
        most: message('amount.sizeAndBytes', {
          size: message('text.asWritten', { text: '1 MiB' }),
          exact: message('amount.bytes', { count: 1048576 }),
        }),
      }),
    );
    expect(inspector.requests).toEqual([]);
    expect(uploads()).toEqual([]);
  });

  it('refuses by Content-Length before it reads', async () => {
    const { app } = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '1000' } });
    const answer = await upload(app, [onePart()], { headers: { 'content-length': '99999999999' } });
    expectProblem(answer, 'too-large');
  });

  it('says when to come back with unavailable', async () => {
    expect((await WAYS.unavailable()).headers['retry-after']).toBe('10');
  });

  describe('that leave the service as it was', () => {
    const service = sharedApp();

    it.each([
      ['PUT', '/v1/inspections', 'GET, HEAD, POST'],
      ['POST', `/v1/inspections/${randomUUID()}`, 'DELETE, GET, HEAD, PATCH'],
      ['DELETE', '/', 'GET, HEAD'],
      ['OPTIONS', '/v1/health/live', 'GET, HEAD'],
      ['PUT', `/inspections/${randomUUID()}/delete`, 'GET, HEAD, POST'],
      ['PATCH', '/docs/static/index.css', 'GET, HEAD'],
      ['TRACE', '/openapi.json', 'GET, HEAD'],
      ['POST', '/problems/internal', 'GET, HEAD'],
    ] as const)('%s %s is answered with Allow: %s', async (method, url, allow) => {
      const { app } = service();
      const answer = await app.inject({
        method: method as 'PUT',
        url,
        ...(method === 'POST'
          ? { payload: 'x=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
          : {}),
      });
      expectProblem(answer, 'method-not-allowed');
      expect(answer.headers['allow']).toBe(allow);
    });

    it.each([
      '/v1',
      '/v1/',
      '/v1/inspections/a/b',
      '/assets/',
      '/assets/../app.js',
      '/docs/static/nothing',
      '/problems/nothing',
    ])('%s is not found', async (url) => {
      const { app } = service();
      expectProblem(await app.inject({ url }), 'not-found');
      expect((await app.inject({ method: 'POST', url, payload: '{}' })).statusCode).toBeGreaterThanOrEqual(
        404,
      );
    });

    it('takes a body for an unknown address without reading it', async () => {
      const { app } = service();
      const answer = await app.inject({
        method: 'POST',
        url: '/nowhere',
        payload: '{',
        headers: { 'content-type': 'application/json' },
      });
      expectProblem(answer, 'not-found');
    });

    it.each([
      'text/plain',
      'font/woff2',
      'application/x-www-form-urlencoded',
      'nonsense',
      'multipart/mixed; boundary=x',
      'multipart/form-dataX; boundary=x',
    ])('takes no %s for an upload', async (contentType) => {
      expectProblem(await raw(service(), 'x', contentType), 'unsupported-media-type');
    });

    it('takes no body at all for an upload of the wrong type', async () => {
      const { app } = service();
      expectProblem(await app.inject({ method: 'POST', url: '/v1/inspections' }), 'unsupported-media-type');
    });

    it.each([
      ['without a boundary', 'x', 'multipart/form-data'],
      ['with another boundary', multipart([onePart()]).payload, 'multipart/form-data; boundary=other'],
      ['that is noise', Buffer.alloc(5000, 0xff), 'multipart/form-data; boundary=b'],
      ['cut inside a header', '--b\r\nContent-Disposition: form-da', 'multipart/form-data; boundary=b'],
      [
        'cut inside a field',
        '--b\r\nContent-Disposition: form-data; name="asOf"\r\n\r\n2026',
        'multipart/form-data; boundary=b',
      ],
      [
        'cut inside the file',
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
        'multipart/form-data; boundary=b',
      ],
    ])('calls a body %s bad-multipart', async (_, payload, contentType) => {
      const test = service();
      expectProblem(await raw(test, payload, contentType), 'bad-multipart');
      expect(test.inspector.requests).toEqual([]);
      expect(test.uploads()).toEqual([]);
    });

    it('calls an empty body, and a form sent without choosing a file, file-missing', async () => {
      const test = service();
      expectProblem(await raw(test, '--b--\r\n', 'multipart/form-data; boundary=b'), 'file-missing');
      expectProblem(
        await upload(test.app, [onePart({ filename: '', content: '', type: 'application/octet-stream' })]),
        'file-missing',
      );
      expect(test.uploads()).toEqual([]);
    });

    it.each([
      ['asOf', 'yesterday', '/asOf'],
      ['asOf', '2026-13-01', '/asOf'],
      ['asOf', '2026-1-1', '/asOf'],
      ['asOf', '2026-01-01T00:00:00Z', '/asOf'],
      ['asOf', '2'.repeat(10_000), '/asOf'],
      ['rulebooks', 'no-such-law', '/rulebooks'],
      ['rulebooks', 'constructor', '/rulebooks'],
      ['as/of~', '1', '/as~1of~0'],
      ['file', 'not a file', '/file'],
      ['n'.repeat(5_000), '1', `/${'n'.repeat(64)}`],
      ['<b>\u0007bold', '1', '/<b>bold'],
    ])('points at a bad field %.20s=%.20s', async (name, content, pointer) => {
      const test = service();
      const answer = await upload(test.app, [onePart(), { name, content }]);
      expectProblem(answer, 'bad-field');
      expect(answer.json().errors).toEqual([{ pointer, detail: expect.any(String) }]);
      expect(answer.body.length).toBeLessThan(1500);
      expect(test.inspector.requests).toEqual([]);
      expect(test.uploads()).toEqual([]);
    });

    it('points at a file under another name, and a field given twice', async () => {
      const test = service();
      const stray = await upload(test.app, [onePart({ name: 'image' })]);
      expectProblem(stray, 'bad-field');
      expect(stray.json().errors[0].pointer).toBe('/image');
      const day = { name: 'asOf', content: '2026-01-01' };
      expectProblem(await upload(test.app, [onePart(), day, day]), 'bad-field');
      expect(test.uploads()).toEqual([]);
    });

    it('is not moved by names from JavaScript', async () => {
      const test = service();
      for (const name of ['__proto__', 'constructor', 'toString']) {
        const answer = await upload(test.app, [onePart(), { name, content: '1' }]);
        expect(answer.statusCode).toBe(400);
        const file = await upload(test.app, [onePart({ name })]);
        expect(file.statusCode).toBe(400);
      }
      expect(test.uploads()).toEqual([]);
    });

    it('bounds the number of fields and of header lines', async () => {
      const test = service();
      const many = Array.from({ length: 200 }, () => ({ name: 'rulebooks', content: '' }));
      expectProblem(await upload(test.app, [...many, onePart()]), 'bad-multipart');
      expect(test.uploads()).toEqual([]);
    });

    it('shows a browser the same as a page', async () => {
      const { app } = service();
      const answer = await upload(app, [onePart(), { name: '<i>x</i>', content: '1' }], { headers: BROWSER });
      expect(answer.statusCode).toBe(400);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.body).toContain(english(message('problem.bad-field.title')));
      expect(answer.body).not.toContain('<i>');
      expect(answer.headers['vary']).toContain('Accept');
    });

    it('leads from `type` to a page about each code', async () => {
      const { app } = service();
      for (const code of PROBLEM_CODES) {
        const page = await app.inject({ url: `/problems/${code}` });
        expect(page.statusCode).toBe(200);
        expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
        expect(page.body).toContain(english(message(`problem.${code}.title`)));
      }
    });

    it('says each in the language that the address asks for, and to a browser in its own', async () => {
      const { app } = service();
      for (const code of PROBLEM_CODES) {
        const page = await app.inject({ url: `/problems/${code}?lang=zh-Hans` });
        expect(page.body).toContain(chinese(message(`problem.${code}.title`)));
        expect(page.body).toContain(chinese(message(`problem.${code}.meaning`)).slice(0, 8));
      }
      const asked = await app.inject({ url: '/v1/inspections?lang=zh-Hans&limit=many' });
      expect(asked.headers['content-language']).toBe('zh-Hans');
      expect(asked.json()).toMatchObject({ code: 'bad-field', title: inChinese('problem.bad-field.title') });
      expect(asked.json().detail).toMatch(/[\u4e00-\u9fff]/);
      const browser = await app.inject({
        url: '/none',
        headers: { ...BROWSER, 'accept-language': 'zh-CN' },
      });
      expect(browser.body).toContain('此地址没有内容');
      const plain = await app.inject({ url: '/none', headers: { 'accept-language': 'zh-CN' } });
      expect(plain.json().title).toBe(inEnglish('problem.not-found.title'));
    });
  });

  it.each([
    ['headers-too-large', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`],
    ['bad-request', 'hello\r\n\r\n'],
    ['bad-request', 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n'],
  ] as const)('answers what is no request with %s', async (code, bytes) => {
    const text = await exchange(await listen(await testApp()), bytes);
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${PROBLEMS[code]} `));
    expect(head).toContain('Content-Type: application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ code, status: PROBLEMS[code] });
  });
});
