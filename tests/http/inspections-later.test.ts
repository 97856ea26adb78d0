import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { JobUploads } from '../../src/service/inspections/upload-files.js';
import { BROWSER, onePart, sharedApp, type TestApp, testApp, upload } from './harness.js';
import { startWorker } from './start-worker.js';

afterEach(() => vi.restoreAllMocks());

/** Records the inodes of the files that are synced from now on; they are synced nevertheless. */
async function broughtToDisk(): Promise<Set<number>> {
  const any = await open('/dev/null');
  const handles: Pick<FileHandle, 'datasync'> = Object.getPrototypeOf(any);
  await any.close();
  const { datasync } = handles;
  const inodes = new Set<number>();
  vi.spyOn(handles, 'datasync').mockImplementation(async function (this: FileHandle) {
    await datasync.call(this);
    inodes.add((await this.stat()).ino);
  });
  return inodes;
}

const ASYNC = { headers: { prefer: 'respond-async' } };

describe('an inspection that is done later', () => {
  it('is accepted with its upload kept, shows where it stands, and ends as the Report', async () => {
    const test = await testApp();
    const accepted = await upload(test.app, [onePart()], ASYNC);
    expect(accepted.statusCode).toBe(202);
    expect(accepted.headers['preference-applied']).toBe('respond-async');
    expect(accepted.headers['retry-after']).toMatch(/^\d+$/);
    const url = String(accepted.headers.location);
    expect(accepted.json()).toMatchObject({
      schema: 'assay.inspection/1',
      status: 'queued',
      name: 'picture.png',
      bytes: 10,
      links: { self: url },
    });
    expect(test.uploads()).toEqual([url.split('/').at(-1)]);
    const waiting = await test.app.inject({ url });
    expect(waiting.statusCode).toBe(202);
    expect(waiting.headers['assay-status']).toBe('queued');
    const page = await test.app.inject({ url: url.slice('/v1'.length), headers: BROWSER });
    expect(page.statusCode).toBe(200);
    expect(page.headers['refresh']).toBe('2');
    expect(page.body).toContain('waits for its turn');

    startWorker(test);
    await expect.poll(async () => (await test.app.inject({ url })).statusCode).toBe(200);
    const done = await test.app.inject({ url });
    expect(done.headers['assay-status']).toBe('done');
    const atOnce = await upload(test.app, [onePart()], { headers: { 'cache-control': 'no-cache' } });
    expect(atOnce.statusCode).toBe(201);
    expect(JSON.stringify(done.json().report)).toBe(JSON.stringify(atOnce.json().report));
    await expect.poll(() => test.uploads()).toEqual([]);
  });

  it('is accepted when its upload and sidecar are on the disk', async () => {
    const test = await testApp();
    const inodes = await broughtToDisk();
    const parts = [onePart(), onePart({ name: 'sidecar', filename: 'picture.c2pa' })];
    expect((await upload(test.app, parts, ASYNC)).statusCode).toBe(202);
    const names = test.uploads();
    expect(names).toHaveLength(2);
    for (const name of names) {
      expect(inodes).toContain((await stat(join(test.config.dataDir, 'uploads', name))).ino);
    }
  });

  it('is what large files come to by themselves', async () => {
    const test = await testApp({ env: { ASSAY_SYNC_UPLOAD_BYTES: '100' } });
    expect((await upload(test.app, [onePart({ content: Buffer.alloc(100) })])).statusCode).toBe(201);
    const large = await upload(test.app, [onePart({ content: Buffer.alloc(101) })]);
    expect(large.statusCode).toBe(202);
    expect(large.headers).not.toHaveProperty('preference-applied');
    const form = await upload(test.app, [onePart({ content: Buffer.alloc(102) })], { headers: BROWSER });
    expect(form.statusCode).toBe(303);
  });

  it('is cancelled and erased by DELETE, its upload too', async () => {
    const test = await testApp();
    const url = String((await upload(test.app, [onePart()], ASYNC)).headers.location);
    expect((await test.app.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    expect(test.uploads()).toEqual([]);
    await expect.poll(() => test.stores.queue.depth()).toEqual({ waiting: 0, running: 0 });
    expect((await test.app.inject({ url })).statusCode).toBe(404);
  });

  it('ends as an error record where its file cannot be read', async () => {
    const test = await testApp();
    const url = String((await upload(test.app, [onePart()], ASYNC)).headers.location);
    await new JobUploads(`${test.config.dataDir}/uploads`).removeOf(url.split('/').at(-1) ?? '');
    // Another worker may be able to read it, so the job is retried; this is the last attempt.
    const id = url.split('/').at(-1) ?? '';
    for (let turn = 0; turn < 9; turn += 1) {
      await test.stores.inspections.start('local', id, new Date().toISOString());
      await test.stores.inspections.requeue('local', id, 'counted');
    }
    startWorker({ ...test, inspector: missing(test) }, () => undefined);
    await expect.poll(async () => (await test.app.inject({ url })).statusCode).toBe(200);
    const failed = await test.app.inject({ url });
    expect(failed.json()).toMatchObject({ status: 'failed', error: { code: 'not-found' } });
    expect(failed.body).not.toContain(test.config.dataDir);
    const page = await test.app.inject({ url: url.slice('/v1'.length), headers: BROWSER });
    expect(page.body).toContain('could not be inspected');
    expect(page.headers).not.toHaveProperty('refresh');
  });
});

/** Makes the inspector answer as the pool does for a path that does not exist. */
function missing({ inspector }: TestApp): TestApp['inspector'] {
  return Object.assign(Object.create(inspector), {
    inspect: async () => {
      const { InspectError } = await import('../../src/inspect/protocol/inspect-error.js');
      throw new InspectError('not-found');
    },
  });
}

describe('an answer from what is kept', () => {
  it('is the same bytes, and says whose it is', async () => {
    const { app, inspector } = await testApp();
    const first = await upload(app);
    const again = await upload(app);
    expect(again.statusCode).toBe(201);
    expect(JSON.stringify(again.json().report)).toBe(JSON.stringify(first.json().report));
    expect(again.headers['assay-cached']).toBe(String(first.headers.location).split('/').at(-1));
    expect(again.headers.location).not.toBe(first.headers.location);
    expect(inspector.requests).toHaveLength(1);
    const got = await app.inject({ url: String(again.headers.location) });
    expect(got.body).toBe(again.body);
    expect(got.headers['assay-cached']).toBe(again.headers['assay-cached']);
  });

  it.each([
    ['another day', [onePart(), { name: 'asOf', content: '2027-01-01' }], {}],
    ['other rules', [onePart(), { name: 'role', content: 'platform' }], {}],
    ['pixels', [onePart(), { name: 'deep', content: 'true' }], {}],
    ['other bytes', [onePart({ content: 'others' })], {}],
    ['a sidecar', [onePart(), onePart({ name: 'sidecar', filename: 'x.c2pa' })], {}],
    ['no-cache', [onePart()], { headers: { 'cache-control': 'no-cache' } }],
  ])('is not given for %s', async (_, parts, options) => {
    const { app, inspector } = await testApp();
    await upload(app);
    const answer = await upload(app, parts, options);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers).not.toHaveProperty('assay-cached');
    expect(inspector.requests).toHaveLength(2);
  });

  it('tells one sidecar from another', async () => {
    const { app, inspector } = await testApp();
    const sidecar = (content: string) => onePart({ name: 'sidecar', filename: 'x.c2pa', content });
    await upload(app, [onePart(), sidecar('a')]);
    await upload(app, [onePart(), sidecar('b')]);
    expect(inspector.requests).toHaveLength(2);
    expect((await upload(app, [onePart(), sidecar('a')])).headers['assay-cached']).toBeDefined();
  });
});

describe('GET /v1/inspections/{id}', () => {
  it('answers in the form that is asked for, and not again what the client has', async () => {
    const { app } = await testApp();
    const posted = await upload(app, [onePart({ filename: '=cmd|x!A1,b.png' })]);
    const url = String(posted.headers.location);
    const forms = {
      'application/json': 'application/json; charset=utf-8',
      'text/html': 'text/html; charset=utf-8',
      'text/csv': 'text/csv; charset=utf-8',
    };
    for (const [accept, type] of Object.entries(forms)) {
      const answer = await app.inject({ url, headers: { accept } });
      expect(answer.headers['content-type']).toBe(type);
      expect(answer.headers['vary']).toMatch(/^Accept\b/);
      expect(answer.headers['cache-control']).toBe('no-store');
      const etag = String(answer.headers['etag']);
      for (const held of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const same = await app.inject({ url, headers: { accept, 'if-none-match': held } });
        expect(same.statusCode).toBe(304);
        expect(same.body).toBe('');
      }
      const other = await app.inject({ url, headers: { accept, 'if-none-match': '"x"' } });
      expect(other.statusCode).toBe(200);
    }
    const csv = await app.inject({ url, headers: { accept: 'text/csv' } });
    const [names, values, ...rest] = csv.body.split('\r\n');
    expect(names).toMatch(/^name,bytes,sha256,/);
    expect(values).toMatch(/^"'=cmd\|x!A1,b\.png",10,/);
    expect(rest).toEqual(['']);
    const pdf = await app.inject({ url, headers: { accept: 'application/pdf, text/html;q=0.5' } });
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(pdf.headers['vary']).toMatch(/^Accept\b/);
    expect(pdf.headers['assay-status']).toBe('done');
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('puts the Report into what the door knows on demand', async () => {
    const { app } = await testApp();
    const posted = await upload(app, [
      onePart(),
      { name: 'caseRef', content: ' story 7 ' },
      { name: 'tags', content: 'war, b, war' },
    ]);
    const answer = await app.inject({ url: `${posted.headers.location}` });
    expect(answer.json()).toMatchObject({
      schema: 'assay.inspection/1',
      status: 'done',
      caseRef: 'story 7',
      tags: ['war', 'b'],
      sha256: createHash('sha256').update('some bytes').digest('hex'),
      report: posted.json().report,
    });
    expect(answer.json().versions.rulebooks.length).toBeGreaterThan(5);
  });
});

describe('GET /v1/inspections', () => {
  const empty = sharedApp();

  it('pages through what was asked for', async () => {
    const { app } = await testApp();
    for (const name of ['a', 'b', 'c']) {
      await upload(app, [onePart({ filename: `${name}.png` }), { name: 'caseRef', content: 'story' }]);
    }
    await upload(app, [onePart({ filename: 'other.png' })]);
    const seen: string[] = [];
    let url: string | undefined = '/v1/inspections?caseRef=story&limit=2';
    while (url !== undefined) {
      const page: Awaited<ReturnType<typeof app.inject>> = await app.inject({ url });
      expect(page.statusCode).toBe(200);
      seen.push(...page.json().inspections.map(({ name }: { name: string }) => name));
      url = /^<([^>]+)>; rel="next"$/.exec(String(page.headers['link'] ?? ''))?.[1];
    }
    expect(seen).toHaveLength(3);
    expect(new Set(seen)).toEqual(new Set(['a.png', 'b.png', 'c.png']));
    const all = await app.inject({ url: '/v1/inspections?origin=none&kind=other&status=done' });
    expect(all.json().inspections).toHaveLength(4);
    expect(all.json().inspections[0]).not.toHaveProperty('report');
    expect(all.json().inspections[0].summary).toMatchObject({ origin: 'none' });
  });

  it.each([
    'limit=0',
    'limit=many',
    'cursor=nonsense',
    'cursor=',
    'origin=fake',
    'signal=nothing',
    'from=yesterday',
    'sha256=xyz',
    'tag=%00',
    'unknown=1',
  ])('refuses %s', async (query) => {
    const { app } = empty();
    const answer = await app.inject({ url: `/v1/inspections?${query}` });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json().code).toBe('bad-field');
  });

  it('knows no report that never was', async () => {
    const { app } = empty();
    expect((await app.inject({ url: `/v1/inspections/${randomUUID()}` })).statusCode).toBe(404);
  });
});
