import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../i18n/english.js';
import { BROWSER, onePart, sharedApp, testApp, upload } from './harness.js';

const NEVER =
  /\b(real|fake|genuine|authentic|verified|safe|clean|suspicious|compliant|illegal|probability|score)\b/i;

const FORM_POST = { ...BROWSER, 'content-type': 'application/x-www-form-urlencoded' };

describe('the pages', () => {
  const empty = sharedApp();

  it('says what happens with a file, small pictures among it where they are made', async () => {
    for (const [choice, kept] of [
      ['on', true],
      ['off', false],
    ] as const) {
      const { app } = await testApp({ env: { ASSAY_PREVIEWS: choice } });
      const { body } = await app.inject({ url: '/', headers: BROWSER });
      expect(body).toContain('deleted as soon as its report is done');
      expect(body.includes('are stored with the report and shown on its page')).toBe(kept);
    }
  });

  it('shows a form that posts to the API as multipart, and needs no script', async () => {
    const { app } = await testApp({
      env: { ASSAY_MAX_UPLOAD_BYTES: '250MiB', ASSAY_RETENTION_DAYS: '77' },
    });
    const { body, statusCode, headers } = await app.inject({ url: '/' });
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toMatch(
      /<form [^>]*action="\/v1\/inspections" method="post" enctype="multipart\/form-data"/,
    );
    expect(body).toMatch(/<label for="file">/);
    expect(body).toMatch(/<input id="file" name="file" type="file" multiple required/);
    expect(body).toContain('MP3, WAV, PDF and others. Up to 262.1 MB each.');
    expect(body).toContain('kept for 77 days');
    expect(body).not.toMatch(/<script(?! src="\/assets\/(form|copies)\.js" type="module">)/);
    expect(body).not.toMatch(/ on\w+="| style="/);
  });

  it('uses none of the words that never appear', async () => {
    const { app } = empty();
    for (const url of ['/', '/nowhere', '/assets/form.js', `/inspections/${randomUUID()}`]) {
      const { body } = await app.inject({ url, headers: BROWSER });
      expect(body.replace(/<[^>]*>/g, ' ')).not.toMatch(NEVER);
    }
  });

  it.each([
    '/',
    '/nowhere',
    '/problems/internal',
    '/docs/',
    '/v1/health/live',
    '/openapi.json',
    '/assets/form.js',
  ])('sends %s with a policy that allows nothing foreign', async (url) => {
    const { app } = empty();
    const { headers } = await app.inject({ url, headers: BROWSER });
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).toMatch(/base-uri 'none'/);
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|upgrade-insecure/);
    if (!url.startsWith('/docs')) expect(policy).not.toMatch(/unsafe-inline/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('serves its own files with a type, and again only when they changed', async () => {
    const { app } = empty();
    for (const [url, type] of [
      ['/assets/style.css', 'text/css; charset=utf-8'],
      ['/assets/form.js', 'text/javascript; charset=utf-8'],
      ['/assets/icon.svg', 'image/svg+xml'],
    ] as const) {
      const { statusCode, headers } = await app.inject({ url });
      expect(statusCode).toBe(200);
      expect(headers['content-type']).toBe(type);
      const again = await app.inject({ url, headers: { 'if-none-match': String(headers['etag']) } });
      expect(again.statusCode).toBe(304);
      expect(again.body).toBe('');
    }
  });

  it('shows a report with what its door adds', async () => {
    const { app } = await testApp();
    const posted = await upload(app, [onePart({ filename: '<i>&"quoted".png' })], { headers: BROWSER });
    const url = String(posted.headers.location);
    const page = await app.inject({ url });
    expect(page.statusCode).toBe(200);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['x-robots-tag']).toBe('noindex');
    expect(page.body).toContain('<article class="report"');
    expect(page.body).not.toContain('<i>');
    const id = url.slice('/inspections/'.length);
    expect(page.body).toContain(`href="/v1/inspections/${id}/report.json"`);
    expect(page.body).toContain(`href="/inspections/${id}/delete"`);
    // Only our own script files: no inline script runs.
    expect(page.body).not.toMatch(/<script(?! src="\/assets\/[a-z]+\.js" type="module"><\/script>)/);
  });

  it('asks before it deletes, and of nothing that is not there', async () => {
    const { app, stores } = await testApp();
    const sent = await upload(app, undefined, { headers: BROWSER });
    const url = String(sent.headers.location);
    await app.inject({
      method: 'POST',
      url: `${url}/share`,
      payload: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const asks = await app.inject({ url: `${url}/delete?lang=zh-Hans`, headers: BROWSER });
    expect(asks.body).toContain(`action="${url}/delete?lang=zh-Hans" method="post"`);
    expect(asks.body).toContain('指向它的 1 个链接将失效。');
    expect(await stores.inspections.get('local', url.split('/').at(-1) ?? '')).toBeDefined();
    const nothing = await app.inject({ url: `/inspections/${randomUUID()}/delete`, headers: BROWSER });
    expect(nothing.statusCode).toBe(404);
  });

  it('ticks what a report’s link asks for, and nothing that is not allowed', async () => {
    const ticked = async (query: string, env: Record<string, string> = {}) => {
      const { body } = await (await testApp({ env })).app.inject({ url: `/?${query}`, headers: BROWSER });
      const boxes = [
        ...body.matchAll(/<input (?:id="\w+" )?name="(\w+)" type="checkbox" value="(\w+)" checked/g),
      ];
      return { boxes: boxes.map(([, name, value]) => `${name}=${value}`), body };
    };
    const allowed = { ASSAY_ALLOW_REVEAL: '1' };
    expect((await ticked('', allowed)).boxes).toEqual([]);
    expect((await ticked('deep=on')).boxes).toEqual(['deep=true']);
    expect((await ticked('visible=on')).boxes).toEqual(['visible=true']);
    expect((await ticked('reveal=location,nothing', allowed)).boxes).toEqual(['reveal=location']);
    expect((await ticked('deep=on&reveal=on', allowed)).boxes).toEqual([
      'deep=true',
      ...['location', 'serial', 'names'].map((kind) => `reveal=${kind}`),
    ]);
    const refused = await ticked('reveal=on');
    expect(refused.boxes).toEqual([]);
    expect(refused.body).not.toContain('name="reveal"');
    expect(refused.body).toContain('This server, or your key, does not allow showing locations');
  });

  it('asks anew from the report: of the stored file, else by the form with the option set', async () => {
    const asked = async (env: Record<string, string>, payload: string) => {
      const test = await testApp({ env });
      const sent = await upload(test.app, undefined, { headers: BROWSER });
      const page = String(sent.headers.location);
      const answer = await test.app.inject({
        ...{ method: 'POST', url: `${page}/again?lang=zh-Hans`, payload },
        headers: FORM_POST,
      });
      return { ...test, page, status: answer.statusCode, to: String(answer.headers.location) };
    };
    const gone = await asked({}, 'deep=true');
    expect([gone.status, gone.to]).toEqual([303, '/?deep=true&lang=zh-Hans']);
    expect(gone.inspector.requests).toHaveLength(1);
    const form = await gone.app.inject({ url: gone.to, headers: BROWSER });
    expect(form.body).toContain('先前上传的文件已删除');

    const kept = await asked({ ASSAY_KEEP_UPLOADS_HOURS: '1' }, 'visible=true');
    expect(kept.to).toMatch(/^\/inspections\/[\w-]+\?lang=zh-Hans$/);
    expect(kept.to).not.toContain(kept.page);
    expect(kept.inspector.requests.map(({ visible }) => visible ?? false)).toEqual([false, true]);
    const { body: first } = await kept.app.inject({ url: `/v1${kept.page}` });
    expect(JSON.parse(first)).not.toHaveProperty('supersededBy');

    // Another day needs no byte of a file without signers.
    const day = await asked({}, 'asOf=2025-02-03');
    expect(day.inspector.requests).toHaveLength(1);
    const { body } = await day.app.inject({ url: `/v1${day.to.replace(/\?.*/, '')}/report.json` });
    expect(JSON.parse(body).tool).toMatchObject({ asOf: '2025-02-03', asOfSource: 'requested' });

    // A sample is always here.
    const { app, inspector } = await testApp();
    const sent = await app.inject({ method: 'POST', url: '/samples/plain-picture', headers: FORM_POST });
    const again = await app.inject({
      ...{ method: 'POST', url: `${sent.headers.location}/again`, payload: 'deep=true', headers: FORM_POST },
    });
    expect(again.headers.location).toMatch(/^\/inspections\//);
    expect(inspector.requests.map(({ deep }) => deep ?? false)).toEqual([false, true]);

    expect((await asked({}, 'asOf=2025-02-31')).status).toBe(400);
    expect((await asked({}, 'reveal=location')).status).toBe(403);
  });

  it('leads to the samples, and warns of no trust list while those that come with Assay are current', async () => {
    const { app } = await testApp();
    await upload(app);
    const { body } = await app.inject({ url: '/', headers: BROWSER });
    expect(body).not.toContain('id="lists"');
    expect(body).toContain('href="/samples"');
    const samples = await app.inject({ url: '/samples', headers: BROWSER });
    expect(samples.body).toContain('action="/samples/plain-picture"');
  });

  it('deletes a report by a button without script, and says so', async () => {
    const { app } = await testApp();
    const posted = await upload(app, [onePart()], { headers: BROWSER });
    const url = String(posted.headers.location);
    const press = () =>
      app.inject({
        method: 'POST',
        url: `${url}/delete`,
        payload: '',
        headers: { ...BROWSER, 'content-type': 'application/x-www-form-urlencoded' },
      });
    const pressed = await press();
    expect(pressed.statusCode).toBe(303);
    const landed = await app.inject({ url: String(pressed.headers.location), headers: BROWSER });
    expect(landed.body).toContain('The report was deleted.');
    expect((await app.inject({ url })).statusCode).toBe(404);
    expect((await press()).statusCode).toBe(404);
  });

  it('shows a page for a report that is no longer there', async () => {
    const { app } = empty();
    const answer = await app.inject({ url: `/inspections/${randomUUID()}`, headers: BROWSER });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body).toContain(inEnglish('problem.inspection-not-found.title'));
  });
});
