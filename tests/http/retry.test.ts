import { randomUUID } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { message } from '../../src/i18n/message.js';
import { inEnglish } from '../i18n/english.js';
import { BROWSER, onePart, type TestApp, temporaryDirectory, testApp, upload } from './harness.js';
import { startWorker } from './start-worker.js';
import { bearer, guarded, newKey } from './with-keys.js';

const FAILURE = {
  code: 'internal',
  message: message('text.asWritten', { text: inEnglish('error.ofService') }),
};
const HOUR_MILLIS = 3_600_000;
const in1Hour = () => new Date(Date.now() + HOUR_MILLIS).toISOString();

/** Creates an accepted inspection that failed by an internal fault; its upload is kept for a retry. */
async function failed(
  test: TestApp,
  uploadKeptUntil = in1Hour(),
  { headers = {}, tenant = 'local' }: { headers?: Record<string, string>; tenant?: string } = {},
): Promise<string> {
  const posted = await upload(test.app, [onePart({ content: randomUUID() })], {
    headers: { prefer: 'respond-async', ...headers },
  });
  expect(posted.statusCode).toBe(202);
  const { id } = posted.json();
  const failure = { ...FAILURE, ...(uploadKeptUntil === '' ? {} : { uploadKeptUntil }) };
  expect(await test.stores.inspections.fail(tenant, id, failure, new Date().toISOString())).toBe(true);
  return id;
}

const retried = ({ app }: TestApp, id: string, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: `/v1/inspections/${id}/retry`, headers });
const code = async (answer: ReturnType<typeof retried>) => {
  const { statusCode, ...rest } = await answer;
  return [statusCode, rest.json().code];
};

describe('POST /v1/inspections/{id}/retry', () => {
  it('has a failed inspection done after all, under its id, and says meanwhile until when it may', async () => {
    const test = await testApp();
    const until = in1Hour();
    const id = await failed(test, until);
    const url = `/v1/inspections/${id}`;
    const stands = (await test.app.inject({ url })).json();
    expect(stands).toMatchObject({
      status: 'failed',
      error: { code: 'internal', message: inEnglish('error.ofService') },
      uploadKeptUntil: until,
    });
    const [listed] = (await test.app.inject({ url: '/v1/inspections?status=failed' })).json().inspections;
    expect(listed).toMatchObject({ id, uploadKeptUntil: until });

    const answer = await retried(test, id);
    expect(answer.statusCode).toBe(202);
    expect(answer.headers.location).toBe(url);
    expect(answer.json()).toMatchObject({ id, status: 'queued', attempts: 0 });
    for (const member of ['error', 'uploadKeptUntil', 'finishedAt']) {
      expect(answer.json()).not.toHaveProperty(member);
    }
    startWorker(test);
    await expect.poll(async () => (await test.app.inject({ url })).statusCode).toBe(200);
    expect((await test.app.inject({ url })).json().report.schema).toBe('assay.report/1');
    await expect.poll(() => test.uploads()).toEqual([]);
    const events = await test.stores.database.query
      .transaction()
      .execute((inside) => test.stores.events.next(inside, 10));
    expect(events.map(({ type }) => type)).toEqual(['inspection.failed', 'inspection.done']);
  });

  it('is refused where nothing failed, and where the file is not kept any more', async () => {
    const test = await testApp();
    const done = (await upload(test.app)).headers.location?.split('/').at(-1) ?? '';
    expect(await code(retried(test, done))).toEqual([409, 'not-failed']);
    expect(await code(retried(test, randomUUID()))).toEqual([404, 'inspection-not-found']);
    // Its retention has ended, or it never had one: cleanup may delete the leftovers at any moment.
    for (const until of [new Date(Date.now() - 1).toISOString(), '']) {
      expect(await code(retried(test, await failed(test, until)))).toEqual([409, 'asset-gone']);
    }
    const lost = await failed(test);
    rmSync(join(test.config.dataDir, 'uploads', lost));
    expect(await code(retried(test, lost))).toEqual([409, 'asset-gone']);
    const again = await failed(test);
    expect((await retried(test, again)).statusCode).toBe(202);
    expect(await code(retried(test, again))).toEqual([409, 'not-failed']);
  });

  it('has one effect under one Idempotency-Key', async () => {
    const test = await testApp();
    const id = await failed(test);
    const headers = { 'idempotency-key': randomUUID() };
    const first = await retried(test, id, headers);
    expect([first.statusCode, first.headers['idempotency-replayed']]).toEqual([202, undefined]);
    await test.stores.inspections.fail('local', id, FAILURE, new Date().toISOString());
    const second = await retried(test, id, headers);
    expect([second.statusCode, second.headers['idempotency-replayed']]).toEqual([202, 'true']);
    expect(second.json()).toMatchObject({ id, status: 'failed' });
  });

  it('takes a file of the operator’s own while it lies there, whatever it failed for', async () => {
    const folder = realpathSync(temporaryDirectory());
    const test = await testApp({ env: { ASSAY_ALLOWED_PATHS: folder } });
    const path = join(folder, 'own.jpg');
    writeFileSync(path, 'own');
    const made = await test.app.inject({
      method: 'POST',
      url: '/v1/batches',
      payload: { items: [{ path }] },
    });
    expect(made.statusCode).toBe(202);
    const batch = made.json().links.self;
    const [{ id }] = (await test.app.inject({ url: made.json().links.inspections })).json().inspections;
    rmSync(path);
    const statusOf = async (url: string) => (await test.app.inject({ url })).json().status;
    startWorker(test);
    await expect.poll(() => statusOf(`/v1/inspections/${id}`)).toBe('failed');
    expect(await statusOf(batch)).toBe('done');
    expect(await code(retried(test, id))).toEqual([409, 'asset-gone']);
    writeFileSync(path, 'own');
    expect((await retried(test, id)).statusCode).toBe(202);
    await expect.poll(async () => (await test.app.inject({ url: batch })).json().counts.done).toBe(1);
    expect(await statusOf(batch)).toBe('done');
  });

  it('is for keys that may inspect, of its own tenant, and takes nothing of their day', async () => {
    const test = await guarded();
    const ours = bearer(await newKey(test, { tenant: 'ours', limits: { dailyInspections: 1 } }));
    const id = await failed(test, in1Hour(), { headers: ours, tenant: 'ours' });
    const reader = bearer(await newKey(test, { tenant: 'ours', scopes: ['read'] }));
    expect(await code(retried(test, id, reader))).toEqual([403, 'scope-missing']);
    const theirs = bearer(await newKey(test, { tenant: 'theirs' }));
    expect(await code(retried(test, id, theirs))).toEqual([404, 'inspection-not-found']);
    expect((await retried(test, id, ours)).statusCode).toBe(202);
  });
});

describe('the upload of a failed inspection', () => {
  it('goes with DELETE, and counts towards what may be kept', async () => {
    const test = await testApp({ env: { ASSAY_DATA_QUOTA: '40 MB' } });
    const id = await failed(test);
    expect(test.uploads()).toEqual([id]);
    const one = `/v1/inspections/${id}`;
    mkdirSync(join(test.config.dataDir, 'uploads'), { recursive: true });
    writeFileSync(join(test.config.dataDir, 'uploads', id), Buffer.alloc(41_000_000));
    // Measurements are cached for some seconds.
    await expect.poll(async () => (await upload(test.app)).statusCode, { interval: 500 }).toBe(507);
    expect((await test.app.inject({ method: 'DELETE', url: one })).statusCode).toBe(204);
    expect(test.uploads()).toEqual([]);
  });

  it('is spoken of on its page, with a button that tries again, in both languages', async () => {
    const test = await testApp();
    const until = '2999-11-25T10:00:00.000Z';
    const id = await failed(test, until);
    const page = await test.app.inject({ url: `/inspections/${id}`, headers: BROWSER });
    expect(page.body).toContain('The file is kept until');
    expect(page.body).toContain(`<form action="/inspections/${id}/retry" method="post">`);
    const chinese = await test.app.inject({ url: `/inspections/${id}?lang=zh-Hans`, headers: BROWSER });
    expect(chinese.body).toContain('文件保留至');
    expect(chinese.body).toContain('<button type="submit">重试</button>');
    const pressed = await test.app.inject({
      method: 'POST',
      url: `/inspections/${id}/retry?lang=zh-Hans`,
      payload: '',
      headers: { ...BROWSER, 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(pressed.statusCode).toBe(303);
    expect(pressed.headers.location).toBe(`/inspections/${id}?lang=zh-Hans`);
    expect((await test.stores.inspections.get('local', id))?.status).toBe('queued');
    const waits = await test.app.inject({ url: `/inspections/${id}`, headers: BROWSER });
    expect(waits.body).not.toContain('/retry');
    const over = await failed(test, '');
    expect((await test.app.inject({ url: `/inspections/${over}`, headers: BROWSER })).body).not.toContain(
      '/retry',
    );
  });

  it('is told of beside the form, for as long as the operator keeps it', async () => {
    const line = async (env: Record<string, string>, url = '/') =>
      (await (await testApp({ env })).app.inject({ url })).body;
    expect(await line({})).toContain('it keeps the file for 24 hours, so that it can be tried again');
    expect(await line({ ASSAY_FAILED_UPLOAD_HOURS: '1' })).toContain('it keeps the file for 1 hour,');
    expect(await line({ ASSAY_FAILED_UPLOAD_HOURS: '2' }, '/?lang=zh-Hans')).toContain('保留 2 小时');
    expect(await line({ ASSAY_FAILED_UPLOAD_HOURS: '0' })).not.toContain('tried again');
  });
});
