import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INCOMING_FOLDER } from '../../src/service/inspections/upload-files.js';
import { filesIn, sharedApp, type TestApp, temporaryDirectory, testApp } from './harness.js';
import { startWorker } from './start-worker.js';
import { beginUpload, wholeUpload } from './tus.js';
import { bearer, guarded, newKey, withScopes } from './with-keys.js';

type Headers = Record<string, string>;

const post = ({ app }: Pick<TestApp, 'app'>, items: unknown, more: object = {}, headers: Headers = {}) =>
  app.inject({ method: 'POST', url: '/v1/batches', payload: { items, ...more }, headers });
const read = async ({ app }: TestApp, url: string, headers: Headers = {}) =>
  (await app.inject({ url, headers })).json();
const codeOf = (answer: { statusCode: number; json(): { code: string } }) => [
  answer.statusCode,
  answer.json().code,
];
const linesOf = async ({ app }: TestApp, url: string) => {
  const answer = await app.inject({ url });
  expect(answer.headers['content-type']).toContain('application/x-ndjson');
  expect(answer.body.endsWith('\n')).toBe(true);
  return answer.body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};
const ended = (test: TestApp, url: string) =>
  expect.poll(async () => (await read(test, url)).status).not.toBe('running');

/** Starts a service that may read a folder of the operator's. */
async function withArchive(env: Headers = {}) {
  const archive = join(temporaryDirectory(), 'archive');
  mkdirSync(archive);
  for (const name of ['one.jpg', 'two.jpg']) writeFileSync(join(archive, name), `content of ${name}`);
  return { archive, test: await testApp({ env: { ASSAY_ALLOWED_PATHS: archive, ...env } }) };
}

describe('a batch', () => {
  /** Shared service for tests that leave it unchanged. */
  const refusing = sharedApp();

  it('takes uploads and files of the server’s own, and ends as a Report for each, in their order', async () => {
    const { archive, test } = await withArchive();
    const [file, sidecar] = [
      await wholeUpload(test.app, 'sent', { filename: 'sent.png', filetype: 'image/png' }),
      await wholeUpload(test.app, 'its store'),
    ];
    const items = [
      { path: join(archive, 'two.jpg') },
      { upload: file, sidecar },
      { path: join(archive, 'one.jpg') },
    ];
    const more = { asOf: '2026-01-01', jurisdiction: ['EU'], caseRef: 'story', tags: 'a,b' };
    const made = await post(test, items, more);
    expect(made.statusCode).toBe(202);
    const { id } = made.json();
    const url = `/v1/batches/${id}`;
    expect(made.headers.location).toBe(url);
    expect(made.json()).toMatchObject({
      schema: 'assay.batch/1',
      status: 'running',
      total: 3,
      counts: { queued: 3, running: 0, done: 0, failed: 0, cancelled: 0 },
      origins: {},
      caseRef: 'story',
      tags: ['a', 'b'],
      links: {
        self: url,
        results: `${url}/results`,
        inspections: `/v1/inspections?batch=${id}`,
        page: `/batches/${id}`,
      },
    });
    // The upload is moved to the worker's folder; the operator's own files stay where they are.
    expect(filesIn(join(test.config.dataDir, INCOMING_FOLDER))).toEqual([]);
    expect(test.uploads()).toHaveLength(2);
    const before = await linesOf(test, `${url}/results`);
    expect(before.map(({ batchItem, status, name }) => [batchItem, status, name])).toEqual([
      [1, 'queued', 'two.jpg'],
      [2, 'queued', 'sent.png'],
      [3, 'queued', 'one.jpg'],
      [undefined, 'running', undefined],
    ]);

    startWorker(test);
    await ended(test, url);
    expect(await read(test, url)).toMatchObject({
      status: 'done',
      counts: { done: 3 },
      origins: { none: 3 },
      finishedAt: expect.any(String),
    });
    const results = await linesOf(test, `${url}/results`);
    expect(results.slice(0, 3).map(({ report }) => [report.asset.name, report.asset.bytes])).toEqual([
      ['two.jpg', 18],
      ['sent.png', 4],
      ['one.jpg', 18],
    ]);
    expect(results[3]).toEqual(await read(test, url));
    expect(results[0]).toMatchObject({ batch: id, caseRef: 'story', tags: ['a', 'b'] });
    expect(results[0].report.tool.asOf).toBe('2026-01-01');
    const [, , third] = results;
    expect(await linesOf(test, `${url}/results?after=2`)).toEqual([third, results[3]]);
    const chinese = await linesOf(test, `${url}/results?after=2&lang=zh`);
    expect(chinese[0].report.tool.language).toBe('zh-Hans');
    expect(chinese[1]).toEqual(results[3]);
    expect((await read(test, `/v1/inspections?batch=${id}`)).inspections).toHaveLength(3);
    expect(readFileSync(join(archive, 'one.jpg'), 'utf8')).toBe('content of one.jpg');
    expect(test.uploads()).toEqual([]);
    const events = await test.database.query.selectFrom('events').selectAll().execute();
    expect(events.filter(({ type }) => type === 'batch.done')).toMatchObject([
      {
        subject: id,
        data: JSON.stringify({
          ...{ total: 3, done: 3, failed: 0, cancelled: 0 },
          ...{ caseRef: 'story', tags: ['a', 'b'] },
        }),
      },
    ]);
  });

  it('takes files whose names are not UTF-8 by their bytes, each apart', async () => {
    const { archive, test } = await withArchive();
    const at = (name: string) => Buffer.concat([Buffer.from(`${archive}/`), Buffer.from(name, 'latin1')]);
    const names = ['caf\u00e9.txt', 'caf\u00e8.txt'];
    for (const name of names) writeFileSync(at(name), name);
    const made = await post(test, [
      ...names.map((name) => ({ pathBytes: at(name).toString('base64') })),
      { path: join(archive, 'one.jpg') },
    ]);
    expect(made.statusCode).toBe(202);
    const url = `/v1/batches/${made.json().id}`;
    startWorker(test);
    await ended(test, url);
    const lines = await linesOf(test, `${url}/results`);
    expect(lines.pop()?.report).toBeUndefined();
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(lines.map((line) => line.report?.asset.sha256)).toEqual(
      [...names, 'content of one.jpg'].map(sha256),
    );
    expect(lines.map((line) => line.report?.asset.name)).toEqual([
      'caf\ufffd.txt',
      'caf\ufffd.txt',
      'one.jpg',
    ]);

    const none = await post(test, [{ pathBytes: at('none').toString('base64') }]);
    expect(none.statusCode).toBe(400);
    const both = await post(test, [
      { path: join(archive, 'one.jpg'), pathBytes: at('x').toString('base64') },
    ]);
    expect(both.statusCode).toBe(400);
  });

  it('is answered from what is kept where the same files come again, and anew where that is asked for', async () => {
    const { archive, test } = await withArchive();
    startWorker(test);
    const items = [{ path: join(archive, 'one.jpg') }, { path: join(archive, 'two.jpg') }];
    const through = async (headers: Headers = {}) => {
      const { id } = (await post(test, items, {}, headers)).json();
      await ended(test, `/v1/batches/${id}`);
      const [one, two] = await linesOf(test, `/v1/batches/${id}/results`);
      return { ids: [one.id, two.id], from: [one.cachedFrom, two.cachedFrom] };
    };
    const first = await through();
    expect(test.inspector.requests).toHaveLength(2);
    const second = await through();
    expect(second.from).toEqual(first.ids);
    expect(test.inspector.requests).toHaveLength(2);
    expect((await through({ 'cache-control': 'no-cache' })).from).toEqual([undefined, undefined]);
    expect(test.inspector.requests).toHaveLength(4);
  });

  it('is made whole or not at all: each item is looked at first', async () => {
    const { archive, test } = await withArchive();
    const good = await wholeUpload(test.app, 'good');
    const begun = await beginUpload(test.app, 10);
    symlinkSync('/etc/passwd', join(archive, 'link'));
    for (const [bad, pointer] of [
      [{ upload: begun }, '/items/1/upload'],
      [{ upload: randomUUID() }, '/items/1/upload'],
      [{ upload: '../../etc/passwd' }, '/items/1/upload'],
      [{ upload: good, sidecar: begun }, '/items/1/sidecar'],
      [{ upload: good }, '/items'],
      [{ path: '/etc/passwd' }, '/items/1/path'],
      [{ path: join(archive, 'link') }, '/items/1/path'],
      [{ path: join(archive, 'none.jpg') }, '/items/1/path'],
      [{ path: archive }, '/items/1/path'],
    ] as const) {
      const answer = await post(test, [{ upload: good }, bad]);
      expect([pointer, ...codeOf(answer)]).toEqual([pointer, 400, 'bad-field']);
      expect(answer.json().errors[0].pointer).toBe(pointer);
    }
    const outside = await post(test, [{ path: '/etc/passwd' }]);
    const nowhere = await post(test, [{ path: '/etc/nothing-of-that-name' }]);
    // A path outside the folder gets the same answer as a missing file.
    expect(outside.json().errors).toEqual(nowhere.json().errors);
    expect((await read(test, '/v1/batches')).batches).toEqual([]);
    expect((await read(test, '/v1/inspections')).inspections).toEqual([]);
    expect(test.uploads()).toEqual([]);
    expect((await post(test, [{ upload: good }])).statusCode).toBe(202);
  });

  it.each([
    ['no items', []],
    ['items that are missing', undefined],
    ['items that are none', 'x'],
    ['an item without a file', [{}]],
    ['an item with two', [{ upload: 'x', path: '/y' }]],
    ['a sidecar of a path', [{ path: 'x', sidecar: 'y' }]],
    ['addresses', [{ url: 'https://example.org/x.jpg' }]],
    ['more than a thousand', Array.from({ length: 1_001 }, () => ({ upload: 'x' }))],
  ])('takes no %s', async (_, items) => {
    expect(codeOf(await post(refusing(), items))).toEqual([400, 'bad-field']);
  });

  it('reads no path where the operator named no folder', async () => {
    expect(codeOf(await post(await testApp(), [{ path: '/etc/passwd' }]))).toEqual([400, 'bad-field']);
  });

  it('looks again before it reads: a file that leads elsewhere by then is not read', async () => {
    const { archive, test } = await withArchive();
    const made = await post(test, [{ path: join(archive, 'one.jpg') }, { path: join(archive, 'two.jpg') }]);
    const outside = join(archive, '..', 'secret');
    writeFileSync(outside, 'not for clients');
    renameSync(join(archive, 'one.jpg'), join(archive, 'moved.jpg'));
    symlinkSync(outside, join(archive, 'one.jpg'));
    startWorker(test);
    const url = String(made.headers.location);
    await ended(test, url);
    const [first, second] = await linesOf(test, `${url}/results`);
    expect(first).toMatchObject({ status: 'failed', error: { code: 'path-not-allowed' } });
    expect(JSON.stringify(first)).not.toContain(archive);
    expect(second.status).toBe('done');
    expect(await read(test, url)).toMatchObject({ status: 'done', counts: { done: 1, failed: 1 } });
    expect(test.inspector.requests.map(({ path }) => path)).toEqual([join(archive, 'two.jpg')]);

    // A recheck fails in the same way.
    renameSync(join(archive, 'two.jpg'), join(archive, 'gone.jpg'));
    const again = await test.app.inject({ method: 'POST', url: `/v1/inspections/${second.id}/recheck` });
    expect(codeOf(again)).toEqual([409, 'asset-gone']);
  });

  it('is cancelled: what waits is never begun, and its uploads go', async () => {
    const { archive, test } = await withArchive();
    const items = [{ upload: await wholeUpload(test.app, 'waits') }, { path: join(archive, 'one.jpg') }];
    const url = String((await post(test, items)).headers.location);
    const cancelled = await test.app.inject({ method: 'POST', url: `${url}/cancel` });
    expect(cancelled.statusCode).toBe(200);
    expect(cancelled.json()).toMatchObject({ status: 'cancelled', counts: { cancelled: 2, queued: 0 } });
    expect(cancelled.json().finishedAt).toBeDefined();
    expect(test.uploads()).toEqual([]);
    await expect.poll(() => test.stores.queue.depth()).toEqual({ waiting: 0, running: 0 });
    expect(filesIn(archive).sort()).toEqual(['one.jpg', 'two.jpg']);
  });

  it('is deleted with all that came of it, and files named by path stay', async () => {
    const { archive, test } = await withArchive();
    const items = [{ upload: await wholeUpload(test.app, 'waits') }, { path: join(archive, 'one.jpg') }];
    const url = String((await post(test, items)).headers.location);
    expect((await test.app.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    expect(codeOf(await test.app.inject({ url }))).toEqual([404, 'batch-not-found']);
    expect((await read(test, '/v1/inspections')).inspections).toEqual([]);
    expect([test.uploads(), filesIn(archive).sort()]).toEqual([[], ['one.jpg', 'two.jpg']]);
  });

  it('is made once under an Idempotency-Key', async () => {
    const test = await testApp();
    const items = [{ upload: await wholeUpload(test.app, 'once') }];
    const headers = { 'idempotency-key': 'batch' };
    const first = await post(test, items, {}, headers);
    const again = await post(test, items, {}, headers);
    expect([first.statusCode, again.statusCode]).toEqual([202, 202]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.json()).toEqual(first.json());
    expect(codeOf(await post(test, [{ upload: 'another' }], {}, headers))).toEqual([
      422,
      'idempotency-key-reused',
    ]);
  });

  it('counts each file towards the day of its key, and takes what the scope allows', async () => {
    const test = await guarded();
    const key = bearer(await newKey(test, { limits: { dailyInspections: 3 } }));
    const uploads = async (number: number) => {
      const ids = [];
      for (let turn = 0; turn < number; turn += 1) ids.push(await wholeUpload(test.app, `${turn}`, {}, key));
      return ids.map((upload) => ({ upload }));
    };
    const four = await uploads(4);
    expect(codeOf(await post(test, four, {}, key))).toEqual([429, 'quota-used-up']);
    const made = await post(test, four.slice(0, 3), {}, key);
    expect([made.statusCode, made.headers['ratelimit']]).toEqual([
      202,
      expect.stringMatching(/"inspections";r=0;/),
    ]);
    expect(String(made.headers['ratelimit']).match(/"inspections"/g)).toHaveLength(1);
    expect(codeOf(await post(test, four.slice(3), {}, key))).toEqual([429, 'quota-used-up']);
    const reader = await withScopes(test, 'read');
    expect(codeOf(await post(test, [{ upload: 'x' }], {}, reader))).toEqual([403, 'scope-missing']);
  });

  it('is listed, newest first', async () => {
    const test = await testApp();
    const ids: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      ids.unshift((await post(test, [{ upload: await wholeUpload(test.app, `${turn}`) }])).json().id);
    }
    const first = await test.app.inject({ url: '/v1/batches?limit=2' });
    const { batches, next } = first.json();
    expect(first.headers.link).toContain('rel="next"');
    const rest = await read(test, `/v1/batches?limit=2&cursor=${next}`);
    expect([...batches, ...rest.batches].map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(rest.next).toBeUndefined();
    expect(codeOf(await test.app.inject({ url: '/v1/batches?cursor=x' }))).toEqual([400, 'bad-field']);
  });
});
