import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Upload } from 'tus-js-client';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ExpiryCollector } from '../../src/service/inspections/collector.js';
import { INCOMING_FOLDER, JobUploads } from '../../src/service/inspections/upload-files.js';
import { breakingProxy } from './breaking-proxy.js';
import { filesIn, listen, sharedApp, type TestApp, testApp } from './harness.js';
import { appendTo, BYTES, beginUpload, inspectUploaded, metadata, TUS, wholeUpload } from './tus.js';
import { bearer, guarded, newKey, withScopes } from './with-keys.js';

const incoming = ({ config }: TestApp) => filesIn(join(config.dataDir, INCOMING_FOLDER));
const codeOf = (answer: { statusCode: number; json(): { code: string } }) => [
  answer.statusCode,
  answer.json().code,
];

/** Returns the header bytes that precede a part. */
const partHead = (id: string, offset: number, length: number, ...more: string[]): string =>
  [
    `PATCH /v1/uploads/${id} HTTP/1.1`,
    'host: localhost',
    'tus-resumable: 1.0.0',
    `content-type: ${BYTES}`,
    `upload-offset: ${offset}`,
    `content-length: ${length}`,
    ...more,
    '\r\n',
  ].join('\r\n');

describe('an upload that can be resumed', () => {
  it('arrives whole through the client of tus, however often its connection breaks', async () => {
    const test = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '64MiB' } });
    const proxy = await breakingProxy(await listen(test), { breaks: 4, afterBytes: 2_000_000 });
    const content = randomBytes(12_000_000);
    const location = await new Promise<string>((resolve, reject) => {
      const upload = new Upload(content, {
        endpoint: `http://127.0.0.1:${proxy.port}/v1/uploads`,
        metadata: { filename: 'large.png', filetype: 'image/png' },
        chunkSize: 5_000_000,
        retryDelays: Array(20).fill(10),
        onError: reject,
        onSuccess: () => resolve(new URL(upload.url ?? '').pathname),
      });
      upload.start();
    });
    await proxy.close();
    expect(proxy.broken()).toBe(4);
    const id = location.split('/').at(-1) ?? '';
    const path = join(test.config.dataDir, INCOMING_FOLDER, id);
    expect(statSync(path).mode & 0o777).toBe(0o600);

    const made = await inspectUploaded(test.app, id, { asOf: '2026-01-01', tags: ['desk', 'story'] });
    expect(made.statusCode).toBe(201);
    const { report } = made.json();
    expect(report.asset).toMatchObject({
      name: 'large.png',
      declaredMediaType: 'image/png',
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    });
    expect(report.tool.asOf).toBe('2026-01-01');
    const kept = await test.app.inject({ url: `${made.headers.location}` });
    expect(kept.json()).toMatchObject({ tags: ['desk', 'story'], sha256: report.asset.sha256 });
    // The upload is consumed: nothing of it is left, and it creates no second inspection.
    expect([incoming(test), test.uploads()]).toEqual([[], []]);
    expect(codeOf(await inspectUploaded(test.app, id))).toEqual([404, 'upload-not-found']);
  });

  it('goes on from where it is, says where that is, and takes neither gaps nor more than was said', async () => {
    const test = await testApp();
    const words = { filename: '../../etc/passwd\u202e<b>', filetype: 'Image/PNG' };
    const id = await beginUpload(test.app, 10, words);
    expect((await appendTo(test.app, id, 0, 'hello')).headers['upload-offset']).toBe('5');
    for (const offset of [0, 4, 6, 10]) {
      expect(codeOf(await appendTo(test.app, id, offset, 'x'))).toEqual([409, 'upload-offset-conflict']);
    }
    expect(codeOf(await appendTo(test.app, id, 5, 'worlds'))).toEqual([413, 'too-large']);
    const head = await test.app.inject({ method: 'HEAD', url: `/v1/uploads/${id}`, headers: TUS });
    expect(head.headers).toMatchObject({
      'tus-resumable': '1.0.0',
      'upload-offset': '5',
      'upload-length': '10',
      'upload-metadata': metadata(words),
      'cache-control': 'no-store',
    });
    expect((await test.app.inject({ url: `/v1/uploads/${id}` })).json()).toMatchObject({
      offset: 5,
      bytes: 10,
      finished: false,
    });
    expect(codeOf(await inspectUploaded(test.app, id))).toEqual([409, 'upload-unfinished']);
    expect((await appendTo(test.app, id, 5, 'world')).statusCode).toBe(204);
    // A name is never used as a path, whatever the client sends.
    const made = await inspectUploaded(test.app, id);
    expect(made.json().report.asset).toMatchObject({
      name: 'passwd<b>',
      declaredMediaType: 'image/png',
      bytes: 10,
    });
  });

  it('is read to its end where it is refused, so that a client which first sends it all reads the answer', async () => {
    const test = await testApp();
    const port = await listen(test);
    const content = Buffer.alloc(8_000_000);
    const id = await beginUpload(test.app, content.length);
    const client = connect(port, '127.0.0.1');
    client.write(partHead(id, 5, content.length, 'connection: close'));
    // The server reads nothing before the last byte has been sent.
    await new Promise<void>((resolve, reject) => {
      client.once('error', reject);
      client.write(content, () => resolve());
    });
    expect(await text(client)).toContain('upload-offset-conflict');
  });

  it('may say its length later, and come with its first bytes', async () => {
    const test = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '10' } });
    const begun = await test.app.inject({
      method: 'POST',
      url: '/v1/uploads',
      headers: { ...TUS, 'upload-defer-length': '1', 'content-type': BYTES },
      payload: 'hello',
    });
    expect([begun.statusCode, begun.headers['upload-offset']]).toEqual([201, '5']);
    const id = String(begun.headers.location).split('/').at(-1) ?? '';
    expect(codeOf(await inspectUploaded(test.app, id))).toEqual([409, 'upload-unfinished']);
    expect(codeOf(await appendTo(test.app, id, 5, 'too long'))).toEqual([413, 'too-large']);
    const ended = await appendTo(test.app, id, 5, 'you', { 'upload-length': '8' });
    expect(ended.statusCode).toBe(204);
    expect((await inspectUploaded(test.app, id)).json().report.asset.bytes).toBe(8);
  });

  it('is refused by its length, by what is open already, and where its words break the rules', async () => {
    const config = { maxUploadBytes: 100, incomingBytes: 250, incomingUploads: 3 };
    const { app } = await testApp({ config });
    const begin = (headers: Record<string, string>) =>
      app.inject({ method: 'POST', url: '/v1/uploads', headers: { ...TUS, ...headers } });
    expect(codeOf(await begin({ 'upload-length': '101' }))).toEqual([413, 'too-large']);
    for (const headers of [
      {},
      { 'upload-length': '-1' },
      { 'upload-length': '1e2' },
      { 'upload-length': '1', 'upload-defer-length': '1' },
      { 'upload-defer-length': '2' },
      { 'upload-length': '1', 'upload-metadata': 'filename !' },
      { 'upload-length': '1', 'upload-metadata': '__proto__ eA==' },
      { 'upload-length': '1', 'upload-metadata': `filename ${'A'.repeat(8_000)}` },
      { 'upload-length': '1', 'upload-concat': 'partial' },
    ] as Record<string, string>[]) {
      expect(codeOf(await begin(headers))).toEqual([400, 'upload-bad']);
    }
    expect((await begin({ 'upload-length': '100' })).statusCode).toBe(201);
    // An upload without a declared length may reach the maximum size.
    expect((await begin({ 'upload-defer-length': '1' })).statusCode).toBe(201);
    expect(codeOf(await begin({ 'upload-length': '51' }))).toEqual([429, 'too-many-open-uploads']);
    const last = await begin({ 'upload-length': '50' });
    expect(last.statusCode).toBe(201);
    expect(codeOf(await begin({ 'upload-length': '0' }))).toEqual([429, 'too-many-open-uploads']);
    const url = String(last.headers.location);
    expect((await app.inject({ method: 'DELETE', url, headers: TUS })).statusCode).toBe(204);
    expect((await begin({ 'upload-length': '50' })).statusCode).toBe(201);
  });

  it('says what is spoken here, and that another version is not', async () => {
    const test = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '100' } });
    const said = await test.app.inject({ method: 'OPTIONS', url: '/v1/uploads' });
    expect(said.statusCode).toBe(204);
    expect(said.headers).toMatchObject({
      'tus-version': '1.0.0',
      'tus-extension': 'creation,creation-with-upload,creation-defer-length,termination,expiration',
      'tus-max-size': '100',
    });
    expect(Object.keys(said.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    const id = await beginUpload(test.app, 1);
    for (const headers of [{}, { 'tus-resumable': '0.2.2' }]) {
      const answer = await test.app.inject({ method: 'PATCH', url: `/v1/uploads/${id}`, headers });
      expect([codeOf(answer), answer.headers['tus-version']]).toEqual([[412, 'tus-version'], '1.0.0']);
    }
    const other = await appendTo(test.app, id, 0, 'x', { 'content-type': 'application/octet-stream' });
    expect(codeOf(other)).toEqual([415, 'unsupported-media-type']);
  });

  it('is there for pages of origins that are named, with all that tus says', async () => {
    const { app } = await testApp({ env: { ASSAY_CORS_ORIGINS: 'https://desk.example' } });
    const origin = 'https://desk.example';
    const url = '/v1/uploads';
    const asked = await app.inject({
      method: 'OPTIONS',
      url: `${url}/${randomUUID()}`,
      headers: {
        origin,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'tus-resumable,upload-offset,content-type',
      },
    });
    expect(asked.statusCode).toBe(204);
    expect(asked.headers['access-control-allow-methods']).toContain('PATCH');
    expect(asked.headers['access-control-allow-headers']).toContain('upload-offset');
    const begun = await app.inject({
      method: 'POST',
      url,
      headers: { ...TUS, origin, 'upload-length': '3' },
    });
    expect(begun.headers['access-control-allow-origin']).toBe(origin);
    for (const name of ['Location', 'Upload-Offset', 'Upload-Expires', 'Tus-Resumable']) {
      expect(begun.headers['access-control-expose-headers']).toContain(name);
    }
    // Not a CORS preflight: the protocol's own OPTIONS.
    const said = await app.inject({ method: 'OPTIONS', url });
    expect([said.statusCode, said.headers['tus-version']]).toEqual([204, '1.0.0']);
  });

  it('stands under the base path', async () => {
    const { app } = await testApp({ env: { ASSAY_PUBLIC_URL: 'http://localhost/assay' } });
    const url = '/assay/v1/uploads';
    const begun = await app.inject({ method: 'POST', url, headers: { ...TUS, 'upload-length': '3' } });
    const location = String(begun.headers.location);
    expect(location).toMatch(/^\/assay\/v1\/uploads\/[0-9a-f-]{36}$/);
    const headers = { ...TUS, 'upload-offset': '0', 'content-type': BYTES };
    expect((await app.inject({ method: 'PATCH', url: location, headers, payload: 'abc' })).statusCode).toBe(
      204,
    );
  });

  it('is begun once under an Idempotency-Key', async () => {
    const test = await testApp();
    const begin = (length: string) =>
      test.app.inject({
        method: 'POST',
        url: '/v1/uploads',
        headers: { ...TUS, 'upload-length': length, 'idempotency-key': 'begin' },
      });
    const first = await begin('5');
    await appendTo(test.app, String(first.headers.location).split('/').at(-1) ?? '', 0, 'abc');
    const again = await begin('5');
    expect(again.headers).toMatchObject({
      location: first.headers.location,
      'idempotency-replayed': 'true',
      'upload-offset': '3',
      'upload-expires': first.headers['upload-expires'],
    });
    expect(codeOf(await begin('6'))).toEqual([422, 'idempotency-key-reused']);
    expect(incoming(test)).toHaveLength(1);
  });
});

describe('whose an upload is', () => {
  it('decides who reaches it; to others it is not there', async () => {
    const test = await guarded({ ASSAY_REQUESTS_PER_MINUTE: '1000000' });
    const ours = bearer(await newKey(test, { tenant: 'ours' }));
    const theirs = bearer(await newKey(test, { tenant: 'theirs' }));
    const id = await wholeUpload(test.app, 'theirs', {}, theirs);
    const url = `/v1/uploads/${id}`;
    for (const method of ['HEAD', 'GET', 'PATCH', 'DELETE'] as const) {
      const headers = { ...TUS, ...ours, 'upload-offset': '6', 'content-type': BYTES };
      const answer = await test.app.inject({ method, url, headers });
      expect([method, answer.statusCode]).toEqual([method, 404]);
    }
    expect(codeOf(await inspectUploaded(test.app, id, {}, ours))).toEqual([404, 'upload-not-found']);
    const mine = await wholeUpload(test.app, 'ours', {}, ours);
    expect(codeOf(await inspectUploaded(test.app, mine, { sidecar: id }, ours))).toEqual([
      404,
      'upload-not-found',
    ]);
    const reader = await withScopes(test, 'read');
    const begin = { method: 'POST', url: '/v1/uploads', headers: { ...TUS, ...reader } } as const;
    expect(codeOf(await test.app.inject(begin))).toEqual([403, 'scope-missing']);
    expect((await inspectUploaded(test.app, id, {}, theirs)).statusCode).toBe(201);
  });

  it('counts its bytes towards the day of its key, and one inspection for all of its parts', async () => {
    const test = await guarded();
    const key = bearer(await newKey(test, { limits: { dailyInspections: 1, dailyBytes: 1_000 } }));
    const id = await beginUpload(test.app, 900, {}, { ...key, 'content-length': '0' });
    expect((await appendTo(test.app, id, 0, Buffer.alloc(450), key)).statusCode).toBe(204);
    expect((await appendTo(test.app, id, 450, Buffer.alloc(450), key)).statusCode).toBe(204);
    const second = await beginUpload(test.app, 200, {}, { ...key, 'content-length': '0' });
    const refused = await appendTo(test.app, second, 0, Buffer.alloc(200), key);
    expect(codeOf(refused)).toEqual([429, 'quota-used-up']);
    expect((await inspectUploaded(test.app, id, {}, key)).statusCode).toBe(201);
  });
});

describe('an inspection of an upload', () => {
  /** Shared service for tests that leave it unchanged. */
  const refusing = sharedApp();

  it('is one of the same file sent at once: queued, with its sidecar, and cached', async () => {
    const test = await testApp();
    const [file, sidecar] = [
      await wholeUpload(test.app, 'the file', { filename: 'a.jpg' }),
      await wholeUpload(test.app, 'its store'),
    ];
    const queued = await inspectUploaded(test.app, file, { sidecar }, { prefer: 'respond-async' });
    expect(queued.statusCode).toBe(202);
    const { id, name, bytes } = queued.json();
    expect([name, bytes]).toEqual(['a.jpg', 8]);
    expect(test.uploads().sort()).toEqual([id, `${id}.sidecar`]);
    expect(incoming(test)).toEqual([]);
    const record = await test.stores.inspections.get('local', id);
    expect(record).toMatchObject({ status: 'queued', request: { hasSidecar: true } });

    const plain = async () => inspectUploaded(test.app, await wholeUpload(test.app, 'again'));
    const [first, second] = [await plain(), await plain()];
    expect(second.headers['assay-cached']).toBe(String(first.headers.location).split('/').at(-1));
  });

  it('is queued where the file is large, without reading it first', async () => {
    const test = await testApp({ env: { ASSAY_SYNC_UPLOAD_BYTES: '4' } });
    const made = await inspectUploaded(test.app, await wholeUpload(test.app, 'large'));
    expect(made.statusCode).toBe(202);
    expect(made.json().sha256).toBeUndefined();
  });

  it('leaves the upload where it was when it comes to nothing', async () => {
    const test = await testApp();
    const id = await wholeUpload(test.app, 'bytes');
    const inspect = test.inspector.inspect;
    test.inspector.inspect = () => Promise.reject(new Error('once'));
    expect((await inspectUploaded(test.app, id)).statusCode).toBe(500);
    expect([incoming(test), test.uploads()]).toEqual([[id], []]);
    test.inspector.inspect = inspect;
    expect((await inspectUploaded(test.app, id)).statusCode).toBe(201);
  });

  it('is made once of two that ask at the same time', async () => {
    const test = await testApp();
    const id = await wholeUpload(test.app, 'bytes');
    const both = await Promise.all([inspectUploaded(test.app, id), inspectUploaded(test.app, id)]);
    const codes = both.map(({ statusCode }) => statusCode).sort();
    expect(codes[0]).toBe(201);
    expect([404, 409]).toContain(codes[1]);
  });

  it.each([
    [{}, '/upload'],
    [{ upload: 7 }, '/upload'],
    [{ upload: 'x', asOf: '2026-02-30' }, '/asOf'],
    [{ upload: 'x', rulebooks: ['no-such-law'] }, '/rulebooks'],
    [{ upload: 'x', deep: 'yes' }, '/deep'],
    [{ upload: 'x', file: '/etc/passwd' }, '/file'],
    [{ upload: 'x', path: '/etc/passwd' }, '/path'],
  ])('takes no %j', async (payload, pointer) => {
    const { app } = refusing();
    const answer = await app.inject({ method: 'POST', url: '/v1/inspections', payload });
    expect(codeOf(answer)).toEqual([400, 'bad-field']);
    expect(JSON.stringify(answer.json().errors)).toContain(pointer.slice(1));
  });

  it('takes no upload without a byte, no sidecar of any size, and no body that reaches into prototypes', async () => {
    const { app } = await testApp();
    const empty = await beginUpload(app, 0);
    expect(codeOf(await inspectUploaded(app, empty))).toEqual([400, 'file-empty']);
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/inspections',
      headers: { 'content-type': 'application/json' },
      payload: '{"upload":"x","__proto__":{"a":1}}',
    });
    expect(answer.statusCode).toBe(400);
  });
});

describe('what becomes of uploads that nobody uses', () => {
  it('goes when its time is over, with files whose row is gone, also after a restart', async () => {
    let now = new Date();
    const test = await testApp({ now: () => now });
    const [old, young] = [await wholeUpload(test.app, 'old'), await beginUpload(test.app, 5)];
    const files = new JobUploads(join(test.config.dataDir, INCOMING_FOLDER));
    const stray = randomUUID();
    writeFileSync(files.file(stray), 'left by a crash');
    const expiry = new Date(now.getTime() - 1_000).toISOString();
    await test.database.query
      .updateTable('uploads')
      .set({ expires_at: expiry })
      .where('id', '=', old)
      .execute();
    expect(codeOf(await inspectUploaded(test.app, old))).toEqual([404, 'upload-not-found']);
    const collector = new ExpiryCollector({
      ...test.stores,
      files: new JobUploads(join(test.config.dataDir, 'uploads')),
      incomingFiles: files,
      keepUploadsMillis: 0,
      strayMillis: 3_600_000,
    });
    expect(await collector.sweep()).toEqual({ expired: 0, files: 1 });
    expect(incoming(test)).toEqual([young]);
    now = new Date(now.getTime() + 24 * 3_600_000 + 1);
    const late = await test.app.inject({ method: 'HEAD', url: `/v1/uploads/${young}`, headers: TUS });
    expect(late.statusCode).toBe(404);
  });

  it('counts towards the room that there is', async () => {
    const { app } = await testApp({ env: { ASSAY_DATA_QUOTA: '1MiB' } });
    const headers = { ...TUS, 'upload-length': String(2 * 1024 ** 2) };
    const answer = await app.inject({ method: 'POST', url: '/v1/uploads', headers });
    expect(codeOf(answer)).toEqual([507, 'quota-full']);
  });
});

it('a request that hangs makes way for the next one of the same client', async () => {
  const test = await testApp();
  const port = await listen(test);
  const id = await beginUpload(test.app, 1_000);
  const proxy = await breakingProxy(port, { breaks: 0, afterBytes: 0, stallAfterBytes: 600 });
  const hung = fetch(`http://127.0.0.1:${proxy.port}/v1/uploads/${id}`, {
    method: 'PATCH',
    headers: { ...TUS, 'content-type': BYTES, 'upload-offset': '0' },
    body: Buffer.alloc(1_000, 'x'),
  }).catch(() => undefined);
  const path = join(test.config.dataDir, INCOMING_FOLDER, id);
  await expect.poll(() => statSync(path).size).toBeGreaterThan(0);
  const head = await test.app.inject({ method: 'HEAD', url: `/v1/uploads/${id}`, headers: TUS });
  const offset = Number(head.headers['upload-offset']);
  expect(offset).toBe(statSync(path).size);
  const rest = await appendTo(test.app, id, offset, Buffer.alloc(1_000 - offset, 'y'));
  expect(rest.headers['upload-offset']).toBe('1000');
  await proxy.close();
  await hung;
  await sleep(0);
});

it('says where an upload stands after a broken connection only when the last piece is in the file', async () => {
  const test = await testApp();
  const port = await listen(test);
  const id = await beginUpload(test.app, 1_000_000);
  const path = join(test.config.dataDir, INCOMING_FOLDER, id);
  // Simulates a slow disk.
  const handle = await open(path);
  const files = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const { write } = files;
  const slow = vi.spyOn(files, 'write').mockImplementation(async function (
    this: FileHandle,
    ...args: unknown[]
  ) {
    await sleep(200);
    return Reflect.apply(write, this, args);
  });
  onTestFinished(() => slow.mockRestore());
  const client = connect(port, '127.0.0.1');
  client.write(partHead(id, 0, 1_000_000));
  client.write(Buffer.alloc(100_000));
  await expect.poll(() => slow.mock.calls.length).toBeGreaterThan(0);
  client.destroy();
  await sleep(50);
  const asked = await test.app.inject({ method: 'HEAD', url: `/v1/uploads/${id}`, headers: TUS });
  await sleep(1_000);
  expect(statSync(path).size).toBe(Number(asked.headers['upload-offset']));
});
