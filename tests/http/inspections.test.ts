import { randomUUID } from 'node:crypto';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { REFERENCED_SCHEMAS } from '../../src/base/message-schema.js';
import { ReportSchema } from '../../src/core/report/report.js';
import { BROWSER, multipart, onePart, sharedApp, testApp, upload } from './harness.js';

const isReport = Compile(REFERENCED_SCHEMAS, ReportSchema);

describe('POST /v1/inspections', () => {
  /**
   * Shared service for tests that send a file of their own, or none, so that no answer comes from another test's
   * result.
   */
  const service = sharedApp();

  it('answers with the inspection and its Report, and its address', async () => {
    const { app, inspector, uploads } = await testApp();
    const answer = await upload(app);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers.location).toMatch(/^\/v1\/inspections\/[0-9a-f-]{36}$/);
    expect(isReport.Check(answer.json().report)).toBe(true);
    expect(answer.headers.location).toBe(`/v1/inspections/${answer.json().id}`);
    expect(inspector.bytes).toEqual([10]);
    expect(inspector.requests).toEqual([
      expect.objectContaining({
        name: 'picture.png',
        declaredMediaType: 'image/png',
        asOf: '2026-11-25',
        engine: 'auto',
      }),
    ]);
    expect(uploads()).toEqual([]);
  });

  it('keeps the Report for GET until DELETE', async () => {
    const { app } = await testApp();
    const posted = await upload(app);
    const url = String(posted.headers.location);
    const got = await app.inject({ url });
    expect(got.statusCode).toBe(200);
    expect(got.body).toBe(posted.body);
    expect(got.headers['cache-control']).toBe('no-store');
    expect((await app.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    for (const method of ['GET', 'DELETE'] as const) {
      const gone = await app.inject({ method, url });
      expect(gone.statusCode).toBe(404);
      expect(gone.json().code).toBe('inspection-not-found');
    }
  });

  it.each(['*/*', 'application/json', undefined])('takes Accept %s for a program', async (accept) => {
    const { app } = service();
    const part = onePart({ content: `for ${accept}` });
    const answer = await upload(app, [part], accept === undefined ? {} : { headers: { accept } });
    expect(answer.statusCode).toBe(201);
  });

  it('sends a browser on to the report’s page', async () => {
    const { app } = await testApp();
    const answer = await upload(app, [onePart()], { headers: BROWSER });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toMatch(/^\/inspections\/[0-9a-f-]{36}$/);
    const page = await app.inject({ url: String(answer.headers.location), headers: BROWSER });
    expect(page.statusCode).toBe(200);
  });

  it.each(['', '?lang=zh-Hans', '?fields=id,report'])(
    'answers%s first as it does ever after',
    async (query) => {
      const { app } = service();
      const part = onePart({ content: `first ${query}` });
      const answer = await upload(app, [part], { url: `/v1/inspections${query}` });
      expect(answer.statusCode).toBe(201);
      const again = await app.inject({ url: `${answer.headers.location}${query}` });
      expect(again.body).toBe(answer.body);
    },
  );

  it('takes fields before and after the file', async () => {
    const { app, inspector } = await testApp();
    const before = { name: 'asOf', content: '2027-01-01' };
    expect((await upload(app, [before, onePart()])).statusCode).toBe(201);
    expect((await upload(app, [onePart({ content: 'other bytes' }), before])).statusCode).toBe(201);
    expect(inspector.requests.map(({ asOf }) => asOf)).toEqual(['2027-01-01', '2027-01-01']);
  });

  it('takes empty fields for unset: an untouched form sends them', async () => {
    const { app, inspector } = await testApp();
    const answer = await upload(app, [
      onePart(),
      { name: 'asOf', content: '' },
      { name: 'rulebooks', content: '' },
    ]);
    expect(answer.statusCode).toBe(201);
    expect(inspector.requests[0]).not.toHaveProperty('rulebooks');
    expect(inspector.requests[0]?.asOf).toBe('2026-11-25');
  });

  it.each([
    [undefined, undefined],
    ['text/plain', undefined],
    ['application/octet-stream', undefined],
    ['IMAGE/JPEG; q=1', 'image/jpeg'],
    ['not a type', undefined],
    [`image/${'x'.repeat(300)}`, undefined],
  ])('records the part’s type %s as %s', async (type, declared) => {
    const { app, inspector } = service();
    const before = inspector.requests.length;
    const part = onePart({ content: `of ${type}`, ...(type === undefined ? {} : { type }) });
    if (type === undefined) delete part.type;
    expect((await upload(app, [part])).statusCode).toBe(201);
    const asked = inspector.requests.slice(before);
    expect(asked.map(({ declaredMediaType }) => declaredMediaType)).toEqual([declared]);
  });

  it.each([
    ['../../x', 'x'],
    ['..\\..\\x.png', 'x.png'],
    ['/etc/passwd', 'passwd'],
    ['a\0\u0007b.png', 'ab.png'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['<script>alert(1)<\u2044script>.png', '<script>alert(1)<\u2044script>.png'],
    ['bild-größe-图片.png', 'bild-größe-图片.png'],
    [`${'n'.repeat(10_000)}.png`, `${'n'.repeat(251)}.png`],
  ])('shows %.40j as a safe name and writes under one of its own', async (filename, name) => {
    const { app, inspector, config, uploads } = service();
    const before = inspector.requests.length;
    const answer = await upload(app, [onePart({ filename, content: `named ${filename}` })]);
    expect(answer.statusCode).toBe(201);
    expect(answer.json().report.asset.name).toBe(name);
    const [asked, ...more] = inspector.requests.slice(before);
    expect(asked?.path).toMatch(new RegExp(`^${config.dataDir}/uploads/[0-9a-f-]{36}$`));
    expect(more).toEqual([]);
    expect(uploads()).toEqual([]);
  });

  it('deletes the upload when inspecting fails', async () => {
    const { app, uploads } = await testApp({
      inspector: { inspect: () => Promise.reject(new Error('boom')), close: async () => {} },
    });
    expect((await upload(app)).statusCode).toBe(500);
    expect(uploads()).toEqual([]);
  });

  it('takes an upload of exactly the limit', async () => {
    const { app, inspector } = await testApp({ env: { ASSAY_MAX_UPLOAD_BYTES: '1000' } });
    expect((await upload(app, [onePart({ content: Buffer.alloc(1000, 1) })])).statusCode).toBe(201);
    expect(inspector.bytes).toEqual([1000]);
  });

  it.each(['nonsense', randomUUID().toUpperCase(), '..%2f..%2fsecret', '%00'])(
    'has no report under %s',
    async (id) => {
      const { app } = service();
      for (const url of [`/v1/inspections/${id}`, `/inspections/${id}`]) {
        const answer = await app.inject({ url });
        expect(answer.statusCode).toBe(404);
        expect(answer.json().code).toBe('inspection-not-found');
      }
    },
  );

  it('accepts a body whose header says more than it needs', async () => {
    const { app } = service();
    const { payload, headers } = multipart([onePart({ content: 'with more in its header' })]);
    const type = `${headers['content-type']}; charset=utf-8`;
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/inspections',
      payload,
      headers: { 'content-type': type },
    });
    expect(answer.statusCode).toBe(201);
  });
});
