import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createPictureMaker } from '../../src/inspect/makers/pictures.js';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import { AllowedPaths } from '../../src/service/inspections/allowed-paths.js';
import { JobUploads } from '../../src/service/inspections/upload-files.js';
import { AnswerInputs } from '../../src/service/inspections/versions.js';
import type { Printable } from '../../src/service/pdf/printable.js';
import { Worker } from '../../src/worker/worker.js';
import { inEnglish } from '../i18n/english.js';
import { BROWSER, onePart, type TestApp, testApp, upload } from './harness.js';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures');
const inspector = createInspector({ jobs: 1 });
afterAll(() => inspector.close());

const picture = (name: string) => onePart({ filename: name, content: readFileSync(join(FIXTURES, name)) });
const JPEG = picture('pixels/thumbnail-differs.jpg');

async function pictured(env: Record<string, string> = {}): Promise<TestApp> {
  return testApp({ env, inspector, pictureMaker: createPictureMaker() });
}

const idIn = (location: unknown): string => String(location).split('/').at(-1) ?? '';

async function list({ app }: TestApp, id: string) {
  const answer = await app.inject(`/v1/inspections/${id}/pictures`);
  return answer.json<{ pictures: { name: string }[]; missing: { kind: string; code: string }[] }>();
}

/** For API requests, pictures are made after the answer. */
async function once(test: TestApp, id: string) {
  for (;;) {
    const album = await list(test, id);
    if (album.pictures.length + album.missing.length > 0) return album;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('pictures behind a link', () => {
  async function link(test: TestApp, id: string, body: object) {
    const made = await test.app.inject({
      method: 'POST',
      url: `/v1/inspections/${id}/shares`,
      payload: body,
    });
    const { url, id: shareId } = made.json<{ url: string; id: string }>();
    return { path: new URL(url).pathname, shareId };
  }

  it('are shown where whoever made it said so, in no cache, and are gone when it is revoked', async () => {
    const test = await pictured();
    const id = idIn((await upload(test.app, [JPEG], { headers: BROWSER })).headers.location);
    const { path, shareId } = await link(test, id, { pictures: true });
    const page = await test.app.inject({ url: `${path}?lang=en`, headers: BROWSER });
    const [src = ''] = /\/s\/\w{32}\/pictures\/preview/.exec(page.body) ?? [];
    expect(page.body).toContain(`src="${src}"`);
    expect(page.body).not.toContain(id);
    const shown = await test.app.inject(src);
    expect(shown.headers).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(shown.headers['content-security-policy']).toContain('sandbox');
    expect((await sharp(shown.rawPayload).metadata()).format).toBe('webp');
    expect((await test.app.inject(`${path}/pictures/other`)).json().code).toBe('picture-not-found');
    expect((await test.app.inject(`${path}/pictures/frame-9`)).statusCode).toBe(404);
    await test.app.inject({ method: 'DELETE', url: `/v1/inspections/${id}/shares/${shareId}` });
    expect((await test.app.inject(src)).json().code).toBe('share-not-found');
  });

  it('are left out, with a word, where nobody said so', async () => {
    const test = await pictured();
    const id = idIn((await upload(test.app, [JPEG], { headers: BROWSER })).headers.location);
    const { path } = await link(test, id, {});
    const page = await test.app.inject({ url: `${path}?lang=en`, headers: BROWSER });
    expect(page.body).not.toContain('<img');
    expect(page.body).toContain(inEnglish('form.share.picturesLeftOut'));
    expect((await test.app.inject(`${path}/pictures/preview`)).json().code).toBe('picture-not-found');
  });

  it('stand in a PDF, and where a library sets it a word says that they are left out', async () => {
    const printed: Printable[] = [];
    const printer = {
      print: async (one: Printable) => {
        printed.push(one);
        return { pdf: Buffer.from('%PDF-'), by: 'pdfkit' as const };
      },
    };
    const test = await testApp({ inspector, pictureMaker: createPictureMaker(), printer });
    const id = idIn((await upload(test.app, [JPEG], { headers: BROWSER })).headers.location);
    const [shown, withheld] = [await link(test, id, { pictures: true }), await link(test, id, {})];
    for (const url of [
      `/v1/inspections/${id}/report.pdf`,
      `${shown.path}/report.pdf`,
      `${withheld.path}/report.pdf`,
      `/v1/inspections/${id}/finding.pdf`,
      `${withheld.path}/finding.pdf`,
    ])
      expect((await test.app.inject(url)).statusCode).toBe(200);
    const [own, theirs, none, sheet, bare] = printed;
    expect([own, theirs, none, sheet, bare].map((one) => one?.isOneSheet ?? false)).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
    for (const one of [own, theirs, sheet]) {
      expect(String(one?.article)).toContain('src="data:image/webp;base64,');
      expect(String(one?.article)).not.toContain('loading="lazy"');
      expect(one?.blocks().at(-1)?.spans[0]?.text).toContain('they are left out here');
    }
    for (const one of [none, bare]) {
      expect(String(one?.article)).not.toContain('<img');
      expect(String(one?.article)).toContain('they are left out here');
    }
  });
});

describe('pictures of what was inspected', () => {
  it('are there with the page, and the file is gone', async () => {
    const test = await pictured();
    const sent = await upload(test.app, [JPEG], { headers: BROWSER });
    const id = idIn(sent.headers.location);
    const { pictures, missing } = await list(test, id);
    expect(pictures.map(({ name }) => name).sort()).toEqual(['preview', 'stored']);
    expect(missing).toEqual([]);
    expect(test.uploads()).toEqual([]);
  });

  it('of parts stand on their cards, the one that says AI first', async () => {
    const test = await pictured();
    const sent = await upload(test.app, [picture('parts/eml-pictures.eml')], { headers: BROWSER });
    const id = idIn(sent.headers.location);
    const { body } = await test.app.inject({ url: `/inspections/${id}`, headers: BROWSER });
    const shown = [...body.matchAll(/<img [^>]*src="[^"]*\/pictures\/inside-(\d)"/g)].map(([, at]) => at);
    expect(shown).toEqual(['2', '1', '3']);
    const one = await test.app.inject(`/v1/inspections/${id}/pictures/inside-2`);
    expect((await sharp(one.rawPayload).metadata()).format).toBe('webp');
  });

  it('follow the answer to a program, and then the file goes', async () => {
    const test = await pictured();
    const sent = await upload(test.app, [JPEG]);
    expect(sent.statusCode).toBe(201);
    const { pictures } = await once(test, idIn(sent.headers.location));
    expect(pictures.map(({ name }) => name)).toContain('preview');
    await expect.poll(() => test.uploads()).toEqual([]);
  });

  it('go out as pixels alone, under a policy of their own, and not again to who has them', async () => {
    const test = await pictured();
    const id = idIn((await upload(test.app, [JPEG], { headers: BROWSER })).headers.location);
    const url = `/v1/inspections/${id}/preview`;
    const answer = await test.app.inject(url);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'cache-control': 'no-store',
    });
    const { format, exif, xmp, icc } = await sharp(answer.rawPayload).metadata();
    expect([format, exif, xmp, icc]).toEqual(['webp', undefined, undefined, undefined]);
    const again = await test.app.inject({
      url,
      headers: { 'if-none-match': String(answer.headers.etag) },
    });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('that are not there are 404 with their reason', async () => {
    const test = await pictured();
    const sent = await upload(test.app, [picture('pixels/claims-30000.png')], { headers: BROWSER });
    const id = idIn(sent.headers.location);
    for (const [name, detail] of [
      ['preview', /more than \d+ pixels/],
      ['thumbnail', /No picture of that name/],
      ['pictures/frame-1', /No picture of that name/],
      ['pictures/..%2fpreview', /No picture of that name/],
      ['pictures/crjson', /No picture of that name/],
    ] as const) {
      const answer = await test.app.inject(`/v1/inspections/${id}/${name}`);
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'picture-not-found']);
      expect(answer.json().detail).toMatch(detail);
    }
    const nobody = await test.app.inject(`/v1/inspections/${'x'.repeat(26)}/preview`);
    expect([nobody.statusCode, nobody.json().code]).toEqual([404, 'inspection-not-found']);
  });

  it('are another tenant’s secret, and gone with the inspection', async () => {
    const test = await pictured();
    const id = idIn((await upload(test.app, [JPEG], { headers: BROWSER })).headers.location);
    const { inspections } = test.stores;
    expect(await inspections.getDerivative('another', id, 'preview')).toBeUndefined();
    expect((await test.app.inject({ method: 'DELETE', url: `/v1/inspections/${id}` })).statusCode).toBe(204);
    expect((await test.app.inject(`/v1/inspections/${id}/preview`)).json().code).toBe('inspection-not-found');
    const rows = await test.database.query.selectFrom('inspection_derivatives').selectAll().execute();
    expect(rows).toEqual([]);
  });

  it('come along with an answer from what is kept, and with a recheck without the file', async () => {
    const test = await pictured();
    const first = idIn((await upload(test.app, [JPEG], { headers: BROWSER })).headers.location);
    const second = await upload(test.app, [JPEG]);
    expect(second.headers['assay-cached']).toBe(first);
    const copied = await list(test, idIn(second.headers.location));
    expect(copied).toEqual(await list(test, first));
    const again = await test.app.inject({ method: 'POST', url: `/v1/inspections/${first}/recheck` });
    expect(again.statusCode).toBe(201);
    expect(await list(test, idIn(again.headers.location))).toEqual(copied);
  });

  it('are made by the worker before the upload goes', async () => {
    const test = await pictured();
    const sent = await upload(test.app, [JPEG], { headers: { prefer: 'respond-async' } });
    const id = idIn(sent.headers.location);
    const maker = createPictureMaker();
    const worker = new Worker({
      ...test.stores,
      inspector,
      pictureMaker: maker,
      files: new JobUploads(join(test.config.dataDir, 'uploads')),
      allowedPaths: new AllowedPaths([]),
      versions: new AnswerInputs(test.config.trustDir),
      jobs: 1,
      leaseMillis: 30_000,
      keepUploads: false,
      keepFailedMillis: 0,
    });
    worker.start();
    const album = await once(test, id);
    await expect.poll(() => test.uploads()).toEqual([]);
    await worker.stop(1_000);
    await maker.close();
    expect(album.pictures.map(({ name }) => name)).toContain('preview');
  });

  it('are none where nothing makes them', async () => {
    const test = await testApp({ inspector });
    const id = idIn((await upload(test.app, [JPEG], { headers: BROWSER })).headers.location);
    expect(await list(test, id)).toEqual({ pictures: [], missing: [] });
    expect((await test.app.inject(`/v1/inspections/${id}/preview`)).statusCode).toBe(404);
  });

  it('closing gives up what waits, and puts its file away', async () => {
    const test = await pictured();
    await Promise.all([1, 2, 3].map((n) => upload(test.app, [onePart({ ...JPEG, filename: `${n}.jpg` })])));
    await test.app.close();
    expect(test.uploads()).toEqual([]);
  });
});
