import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EvidenceView } from '../../src/core/report/evidence-view.js';
import { recordedRoutes } from '../../src/http/contract/route-table.js';
import { createCrJsonMaker } from '../../src/inspect/makers/cr-json.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import { JobUploads } from '../../src/service/inspections/upload-files.js';
import type { Printable } from '../../src/service/pdf/printable.js';
import type { Scope } from '../../src/storage/access/scopes.js';
import { workerSettings } from '../../src/worker/settings.js';
import { Worker } from '../../src/worker/worker.js';
import { BROWSER, onePart, type TestApp, testApp, upload } from './harness.js';
import { wholeUpload } from './tus.js';
import { bearer, guarded, newKey } from './with-keys.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const SRC = resolve(import.meta.dirname, '../../src');
const SLOW = { timeout: 120_000 };
const inspector = createInspector({ jobs: 1 });
afterAll(() => inspector.close());

const content = (name: string) => readFileSync(join(FIXTURES, name));
const part = (name: string) => onePart({ filename: name, content: content(name) });
const CAMERA = 'labels/jpeg-camera-exif-personal.jpg';
const SIGNED = 'c2pa/png-c2pa-trained.png';
const ALL = '?reveal=location,serial,names';

/** Personal data in the photo. */
const PERSONAL = /48\.000000|-2\.000000|SN-0012345|Alex Example/;

type Headers = Record<string, string>;

/** Starts a service whose PDF is the HTML article that would be printed. */
async function service(): Promise<{
  test: TestApp;
  key(...scopes: Scope[]): Promise<Headers>;
}> {
  const printer = {
    print: async ({ article }: Printable) => ({
      pdf: Buffer.from(article.toString()),
      by: 'pdfkit' as const,
    }),
  };
  const test = await guarded(
    {
      ASSAY_REQUESTS_PER_MINUTE: '1000000',
      ASSAY_KEEP_UPLOADS_HOURS: '1',
      ASSAY_PUBLIC_URL: 'http://localhost',
    },
    { inspector, printer, crJsonMaker: createCrJsonMaker() },
  );
  return { test, key: async (...scopes) => bearer(await newKey(test, { scopes })) };
}

const get = async (test: TestApp, url: string, headers: Headers) =>
  (await test.app.inject({ url, headers })).body;

/** crJSON is made after the answer. */
const crJsonMade = (test: TestApp, at: string, headers: Headers) =>
  expect
    .poll(async () => (await test.app.inject({ url: `${at}/crjson`, headers })).statusCode, {
      timeout: 60_000,
    })
    .toBe(200);

/** Returns the text of the answer, including text in an escaped form. */
const plain = (body: string): string => body.replaceAll(/<wbr>|&#8203;/g, '');

/** Runs a worker of this service until `look` succeeds. */
async function worked(test: TestApp, look: () => Promise<void>): Promise<void> {
  const crJson = createCrJsonMaker();
  const worker = new Worker({
    ...test.stores,
    ...workerSettings(test.config, { sharesServer: true }),
    inspector,
    crJsonMaker: crJson,
    files: new JobUploads(join(test.config.dataDir, 'uploads')),
  });
  worker.start();
  await look();
  await worker.stop(1_000);
  await crJson.close();
}

/** Returns every readable route for these ids, in each form. */
const addressesOf = (test: TestApp, known: Record<'id' | 'other' | 'batch' | 'token', string>) =>
  recordedRoutes(test.app)
    .filter(({ methods }) => methods.includes('GET'))
    .map(({ url }) =>
      url
        .replace(/^\/compare$/, `/compare?id=${known.id}&id=${known.other}`)
        .replace(/^((?:\/v1)?\/batches\/):id/, `$1${known.batch}`)
        .replace(':token', known.token)
        .replace(':name', 'preview')
        .replace(':id', known.id),
    )
    .flatMap((url) => {
      const and = url.includes('?') ? '&' : '?';
      return [url, `${url}${and}profile=summary`, `${url}${and}lang=zh-Hans`];
    })
    .flatMap((url) =>
      ['application/json', BROWSER.accept, 'text/csv', 'application/pdf'].map((accept) => ({ url, accept })),
    );

describe('a Report that reveals', () => {
  it('is masked on every route for a key without the scope, and shown to one that has it', SLOW, async () => {
    const { test, key } = await service();
    const all = await key('inspect', 'read', 'reveal', 'admin');
    const few = await key('inspect', 'read', 'admin');
    const sent = await upload(test.app, [part(CAMERA)], { url: `/v1/inspections${ALL}`, headers: all });
    expect(sent.statusCode).toBe(201);
    expect(sent.body).toMatch(PERSONAL);
    const id = String(sent.headers.location).split('/').at(-1) ?? '';
    const second = await upload(test.app, [part(CAMERA)], {
      url: `/v1/inspections${ALL}`,
      headers: { ...all, 'cache-control': 'no-cache' },
    });
    const other = String(second.headers.location).split('/').at(-1) ?? '';

    const items = [{ upload: await wholeUpload(test.app, content(CAMERA), { filename: 'a.jpg' }, all) }];
    const made = await test.app.inject({
      method: 'POST',
      url: `/v1/batches${ALL}`,
      headers: { ...all, 'cache-control': 'no-cache' },
      payload: { items },
    });
    expect(made.statusCode).toBe(202);
    const batch = String(made.json().id);
    await worked(test, () =>
      expect
        .poll(async () => JSON.parse(await get(test, `/v1/batches/${batch}`, all)).status, {
          timeout: 60_000,
        })
        .toBe('done'),
    );
    const link = await test.app.inject({
      method: 'POST',
      url: `/v1/inspections/${id}/shares`,
      headers: few,
      payload: {},
    });
    expect(link.statusCode).toBe(201);
    const known = { id, other, batch, token: String(link.json().url).split('/').at(-1) ?? '' };
    await test.app.ready();
    const addresses = addressesOf(test, known);
    const shown = new Set<string>();
    for (const { url, accept } of addresses) {
      const masked = plain(await get(test, url, { ...few, accept }));
      expect(PERSONAL.exec(masked), `${url} as ${accept}`).toBeNull();
      if (PERSONAL.test(plain(await get(test, url, { ...all, accept })))) {
        shown.add(`${url.replaceAll(id, '<id>').replaceAll(batch, '<batch>')} ${accept}`);
      }
    }
    const json = 'application/json';
    expect([...shown]).toEqual(
      expect.arrayContaining([
        `/v1/inspections/<id> ${json}`,
        `/v1/inspections/<id>?lang=zh-Hans ${json}`,
        `/v1/inspections/<id> ${BROWSER.accept}`,
        '/v1/inspections/<id> application/pdf',
        `/inspections/<id> ${BROWSER.accept}`,
        `/v1/inspections/<id>/report.json ${json}`,
        `/v1/inspections/<id>/report.html ${json}`,
        `/v1/inspections/<id>/report.pdf ${json}`,
        `/v1/inspections/<id>/evidence ${json}`,
        `/v1/batches/<batch>/results ${json}`,
      ]),
    );
    // A visitor with a share link has no key.
    expect([...shown].filter((one) => one.startsWith('/s/'))).toEqual([]);
    const page = await get(test, `/v1/inspections/${id}`, { ...few, accept: json });
    expect(JSON.parse(page)).toMatchObject({ report: { summary: { origin: 'none' } } });
    // Webhook messages are built from these rows.
    const events = await test.database.query.selectFrom('events').selectAll().execute();
    expect(events.length).toBeGreaterThan(0);
    expect(PERSONAL.exec(JSON.stringify(events))).toBeNull();
  });

  // The two were inspected at different times.
  const timeless = (text: string) => text.replace(/<time [^>]*>[^<]*<\/time>/g, '');

  it('is masked to the letter as an inspection that asked for nothing is', SLOW, async () => {
    const { test, key } = await service();
    const all = await key('inspect', 'read', 'reveal');
    const few = await key('inspect', 'read');
    for (const name of [CAMERA, SIGNED]) {
      const revealed = await upload(test.app, [part(name)], { url: `/v1/inspections${ALL}`, headers: all });
      const ordinary = await upload(test.app, [part(name)], {
        headers: { ...few, 'cache-control': 'no-cache' },
      });
      const [asked, other] = [revealed, ordinary].map(({ headers }) => String(headers.location));
      const reportOf = (text: string) => JSON.stringify(JSON.parse(text).report);
      expect(reportOf(await get(test, `${asked}`, few))).toBe(reportOf(ordinary.body));
      const forms = ['report.json', 'evidence', 'report.html', 'report.html?lang=zh-Hans'];
      for (const form of forms) {
        const masked = await get(test, `${asked}/${form}`, few);
        expect(timeless(masked)).toBe(timeless(await get(test, `${other}/${form}`, few)));
      }
      const tags = await Promise.all(
        [all, few].map(
          async (headers) => (await test.app.inject({ url: `${asked}`, headers })).headers['etag'],
        ),
      );
      expect(tags[0]).not.toBe(tags[1]);
    }
  });

  it('keeps the number of the signer’s certificate from the same keys, in crJSON too', SLOW, async () => {
    const { test, key } = await service();
    const all = await key('inspect', 'read', 'reveal');
    const few = await key('inspect', 'read');
    const sent = await upload(test.app, [part(SIGNED)], {
      url: '/v1/inspections?reveal=serial',
      headers: all,
    });
    const { serial } = sent.json().report.contentCredentials.signer;
    expect(serial).toMatch(/^\d+$/);
    const at = String(sent.headers.location);
    await crJsonMade(test, at, few);
    expect(await get(test, `${at}/crjson`, all)).not.toContain('masked]');
    const masked = await get(test, `${at}/crjson`, few);
    expect(JSON.parse(masked).manifests.length).toBeGreaterThan(0);
    expect(masked).toContain('[serial number: masked]');
    expect(await get(test, at, few)).not.toContain(serial);
    expect(await get(test, at, all)).toContain(serial);
  });

  it.each([
    ['the file is still here', '1'],
    ['the file is gone', '0'],
  ])('is not rechecked into being where %s', SLOW, async (_, hours) => {
    const test = await guarded({ ASSAY_KEEP_UPLOADS_HOURS: hours }, { inspector });
    const all = bearer(await newKey(test));
    const few = bearer(await newKey(test, { scopes: ['inspect', 'read'] }));
    const sent = await upload(test.app, [part(CAMERA)], { url: `/v1/inspections${ALL}`, headers: all });
    const again = (headers: Headers) =>
      test.app.inject({ method: 'POST', url: `${sent.headers.location}/recheck`, headers });
    const masked = await again(few);
    expect(masked.statusCode).toBe(201);
    expect(PERSONAL.exec(masked.body)).toBeNull();
    // The result of the masked recheck contains nothing to reveal, whatever the caller's permission.
    expect(PERSONAL.exec(await get(test, String(masked.headers.location), all))).toBeNull();
    const revealed = await again(all);
    expect(revealed.body).toMatch(PERSONAL);
    const at = String(revealed.headers.location);
    expect(await get(test, `${at}/evidence`, all)).toMatch(PERSONAL);
    expect(PERSONAL.exec(await get(test, at, few))).toBeNull();
    expect(PERSONAL.exec(await get(test, `${at}/evidence`, few))).toBeNull();
  });

  it('is answered from what is kept to whoever asks the same, and to nobody else', SLOW, async () => {
    const { test, key } = await service();
    const all = await key('inspect', 'read', 'reveal');
    const few = await key('inspect', 'read');
    const ask = (headers: Headers, query = ALL) =>
      upload(test.app, [part(CAMERA)], { url: `/v1/inspections${query}`, headers });
    await ask(all);
    const known = await ask(all);
    expect(known.headers['assay-cached']).toBeDefined();
    expect(known.body).toMatch(PERSONAL);
    expect(PERSONAL.exec(await get(test, String(known.headers.location), few))).toBeNull();
    const plainly = await ask(all, '');
    expect(plainly.headers['assay-cached']).toBeUndefined();
    expect(PERSONAL.exec(plainly.body)).toBeNull();
    expect(PERSONAL.exec(await get(test, String(plainly.headers.location), all))).toBeNull();
  });

  it(
    'without keys is shown while the operator allows it, and masked when he no longer does',
    SLOW,
    async () => {
      const allowed = await testApp({ inspector, env: { ASSAY_ALLOW_REVEAL: '1' } });
      const sent = await upload(allowed.app, [part(CAMERA)], { url: `/v1/inspections${ALL}` });
      const at = String(sent.headers.location);
      expect(await get(allowed, at, {})).toMatch(PERSONAL);
      const later = await testApp({ inspector, stores: allowed.stores });
      const sheet: EvidenceView = JSON.parse(await get(later, `${at}/evidence`, {}));
      expect(sheet.revealed).toBeUndefined();
      for (const url of [at, at.replace('/v1', ''), `${at}/report.html`, `${at}/evidence`]) {
        expect(PERSONAL.exec(await get(later, url, BROWSER)), url).toBeNull();
      }
    },
  );
});

/** Every answer reads the data that everybody may see; revealed data has a single way out. */
describe('what is kept apart', () => {
  it('is read in one file of the HTTP API, the one that looks at the key', () => {
    const files = readdirSync(join(SRC, 'http'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name));
    const asking = files.filter((path) => /\.listRevealed\(/.test(readFileSync(path, 'utf8')));
    expect(asking.map((path) => path.slice(SRC.length + 1)).sort()).toEqual(['http/services/disclosure.ts']);
    const naming = files.filter((path) => /'revealed-/.test(readFileSync(path, 'utf8')));
    expect(naming.length).toBeLessThanOrEqual(2);
    expect(files.length).toBeGreaterThan(100);
  });
});
