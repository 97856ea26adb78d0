import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { recordedRoutes } from '../../src/http/contract/route-table.js';
import { shareLimits } from '../../src/http/services/share-links.js';
import { BROWSER, sharedApp, shellReport, type TestApp, testApp, upload } from './harness.js';
import { bearer, guarded, newKey, withScopes } from './with-keys.js';

type Headers = Record<string, string>;
const DAY = 86_400_000;

async function kept(test: TestApp, headers: Headers = {}): Promise<string> {
  const posted = await upload(test.app, undefined, { headers });
  expect(posted.statusCode).toBe(201);
  return String(posted.headers.location);
}

const share = ({ app }: TestApp, url: string, body: object = {}, headers: Headers = {}) =>
  app.inject({ method: 'POST', url: `${url}/shares`, payload: body, headers });

/** Returns path and query of a link. */
const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]+/, '');

describe('a link to a report', () => {
  /** Shared service for tests that leave it unchanged. */
  const refusing = sharedApp();

  it('shows it to whoever has it, without a key, as page, PDF and JSON', async () => {
    const printed = { print: async () => ({ pdf: Buffer.from('%PDF-'), by: 'pdfkit' as const }) };
    const test = await guarded({ ASSAY_PUBLIC_URL: 'https://assay.example' }, { printer: printed });
    const headers = bearer(await newKey(test));
    const url = await kept(test, headers);
    const answer = await share(test, url, { lang: 'zh-Hans' }, headers);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['cache-control']).toBe('no-store');
    const made = answer.json();
    expect(made.url).toMatch(/^https:\/\/assay\.example\/s\/[a-z2-9]{32}\?lang=zh-Hans$/);
    expect(made).toMatchObject({ createdBy: 'test', notes: false });
    expect(Date.parse(made.expiresAt) - Date.parse(made.createdAt)).toBe(shareLimits.defaultDays * DAY);

    const host = { host: 'assay.example' };
    const page = await test.app.inject({ url: pathOf(made.url), headers: { ...BROWSER, ...host } });
    expect(page.statusCode).toBe(200);
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
    expect(page.body).toContain('lang="zh-Hans"');
    const [head = ''] = page.body.split('</head>');
    expect(head).toContain('<meta property="og:title" content="Assay 报告">');
    expect(head).not.toContain('picture.png');
    expect(page.body).toContain('picture.png');
    expect(page.body).toContain('此报告中未写入或已遮蔽：位置、序列号和个人姓名。');
    // The page contains no link that requires a key, and not the inspection's id.
    expect(page.body).not.toContain(url.split('/').at(-1) ?? '');
    expect(page.body).not.toMatch(/href="\/(inspections|docs)?["?]/);

    const [path = ''] = pathOf(made.url).split('?');
    const json = await test.app.inject({ url: `${path}/report.json`, headers: host });
    expect(json.body).toBe((await test.app.inject({ url: `${url}/report.json`, headers })).body);
    const pdf = await test.app.inject({ url: `${path}/report.pdf`, headers: host });
    expect(pdf.headers['content-type']).toBe('application/pdf');
    const onePage = await test.app.inject({ url: `${path}/finding.pdf`, headers: host });
    expect(onePage.headers['content-disposition']).toBe('attachment; filename="assay-finding.pdf"');
    for (const one of [json, pdf, onePage]) expect(one.headers['referrer-policy']).toBe('no-referrer');
  });

  it('is unknown, revoked, run out or without its report in the same way', async () => {
    let now = new Date('2026-11-25T10:00:00.000Z');
    const test = await testApp({ now: () => now });
    const url = await kept(test);
    const link = async (days: number) => {
      const { id, url: made } = (await share(test, url, { expiresInDays: days })).json();
      return { id, path: pathOf(made) };
    };
    const [revoked, old, gone] = [await link(2), await link(1), await link(2)];
    const ask = (path: string) => test.app.inject({ url: path });
    for (const { path } of [revoked, old, gone]) expect((await ask(path)).statusCode).toBe(200);
    const ends = [await ask(`/s/${'a'.repeat(32)}`), await ask('/s/x')];
    await test.app.inject({ method: 'DELETE', url: `${url}/shares/${revoked.id}` });
    ends.push(await ask(revoked.path));
    now = new Date(now.getTime() + DAY);
    ends.push(await ask(old.path));
    expect((await ask(gone.path)).statusCode).toBe(200);
    await test.app.inject({ method: 'DELETE', url });
    ends.push(await ask(gone.path), await ask(`${gone.path}/report.json`));
    expect(ends).toHaveLength(6);
    for (const end of ends) {
      expect(end.statusCode).toBe(404);
      const { instance: _id, ...body } = end.json();
      const { instance: _other, ...first } = ends[0]?.json() ?? {};
      expect(body).toEqual(first);
      expect(body.code).toBe('share-not-found');
      expect(Object.keys(end.headers).sort()).toEqual(Object.keys(ends[0]?.headers ?? {}).sort());
      expect(end.headers['referrer-policy']).toBe('no-referrer');
    }
  });

  it('never holds longer than its report', async () => {
    const test = await testApp({ env: { ASSAY_RETENTION_DAYS: '3' } });
    const url = await kept(test);
    const { expiresAt } = (await test.app.inject({ url: `${url}` })).json();
    expect((await share(test, url, { expiresInDays: 30 })).json().expiresAt).toBe(expiresAt);
    expect(Date.parse((await share(test, url, { expiresInDays: 1 })).json().expiresAt)).toBeLessThan(
      Date.parse(expiresAt),
    );
  });

  it.each([
    { expiresInDays: 0 },
    { expiresInDays: 91 },
    { expiresInDays: 1.5 },
    { lang: 'xx' },
    { more: 1 },
    [[]],
  ])('is refused for %j', async (body) => {
    const test = refusing();
    const answer = await share(test, await kept(test), body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().code).toBe('bad-field');
  });

  it('takes the scopes that its report took, and stays with its tenant', async () => {
    const test = await guarded();
    const all = bearer(await newKey(test));
    const plain = await kept(test, all);
    const read = await withScopes(test, 'read');
    const inspect = await withScopes(test, 'inspect', 'read');
    expect((await share(test, plain, {}, read)).json().code).toBe('scope-missing');
    const made = await share(test, plain, {}, inspect);
    expect(made.statusCode).toBe(201);

    const theirs = bearer(await newKey(test, { tenant: 'theirs' }));
    expect((await share(test, plain, {}, theirs)).statusCode).toBe(404);
    expect((await test.app.inject({ url: `${plain}/shares`, headers: theirs })).statusCode).toBe(404);
    const remove = { method: 'DELETE', url: `${plain}/shares/${made.json().id}` } as const;
    expect((await test.app.inject({ ...remove, headers: theirs })).json().code).toBe('share-not-found');
    expect((await test.app.inject({ ...remove, headers: read })).statusCode).toBe(403);
    expect((await test.app.inject({ ...remove, headers: inspect })).statusCode).toBe(204);
  });

  it('is in the audit log when it is made, read and revoked, and its token in no log', async () => {
    let logged = '';
    const log = new Writable({
      write: (line, _encoding, done) => {
        logged += String(line);
        done();
      },
    });
    const test = await guarded({ ASSAY_LOG_LEVEL: 'trace' }, { log });
    const headers = bearer(await newKey(test));
    const url = await kept(test, headers);
    const made = (await share(test, url, {}, headers)).json();
    await test.app.inject({ url: pathOf(made.url) });
    await test.app.inject({ method: 'DELETE', url: `${url}/shares/${made.id}`, headers });
    const entries = (await test.app.inject({ url: '/v1/audit', headers })).json().entries;
    const id = url.split('/').at(-1);
    expect(entries.filter(({ subject }: { subject: string }) => subject === id)).toMatchObject([
      { action: 'revokeShare', status: 204 },
      { action: 'readShare', who: `link ${made.id}` },
      { action: 'createShare', status: 201 },
    ]);
    const [token = ''] = /[a-z2-9]{32}/.exec(made.url) ?? [];
    expect(token).toHaveLength(32);
    expect(logged).toContain('/s/:token');
    expect(logged + JSON.stringify(entries)).not.toContain(token);
  });

  it('may be asked for so often from one address', async () => {
    const test = await testApp();
    const path = pathOf((await share(test, await kept(test))).json().url);
    const from = (remoteAddress: string) => test.app.inject({ url: path, remoteAddress });
    for (let turn = 0; turn < 120; turn += 1) expect((await from('2001:db8::1')).statusCode).toBe(200);
    // Another address of the same customer.
    const refused = await from('2001:db8::2');
    expect(refused.json().code).toBe('too-many-requests');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await from('2001:db8:1::1')).statusCode).toBe(200);
  });
});

describe('the page that makes links', () => {
  const FORM = { ...BROWSER, 'content-type': 'application/x-www-form-urlencoded' };

  it('says what is shown and until when, shows a new link once, and revokes', async () => {
    const test = await testApp();
    const page = (await kept(test)).replace('/v1', '');
    const first = await test.app.inject({ url: `${page}/share`, headers: BROWSER });
    expect(first.body).toContain(
      'Left out or masked in this report: locations, serial numbers and personal names.',
    );
    expect(first.body).toContain('no link works longer');
    const made = await test.app.inject({
      method: 'POST',
      url: `${page}/share?lang=zh-Hans`,
      headers: FORM,
      payload: 'days=1',
    });
    expect(made.statusCode).toBe(201);
    const [, link = ''] = /value="http:\/\/[^/]+(\/s\/[a-z2-9]{32})"/.exec(made.body) ?? [];
    expect((await test.app.inject({ url: link })).statusCode).toBe(200);
    const again = await test.app.inject({ url: `${page}/share`, headers: BROWSER });
    expect(again.body).not.toContain(link.slice(0, 35));
    const [, revoke = ''] = /action="([^"]+\/revoke)"/.exec(again.body) ?? [];
    const done = await test.app.inject({ method: 'POST', url: revoke, headers: FORM });
    expect(done.headers.location).toBe(`${page}/share?revoked`);
    const end = await test.app.inject({ url: String(done.headers.location), headers: BROWSER });
    expect(end.body).toContain('The link was revoked.');
    expect((await test.app.inject({ url: link })).statusCode).toBe(404);
  });

  it('says what a report shows because it was asked for', async () => {
    const test = await testApp({
      inspector: {
        inspect: async (request) => {
          const report = shellReport(request, Buffer.from('x'));
          return { ...report, tool: { ...report.tool, revealed: ['names'] } };
        },
        close: async () => {},
      },
    });
    const page = (await kept(test)).replace('/v1', '');
    const { body } = await test.app.inject({ url: `${page}/share`, headers: BROWSER });
    expect(body).toContain(
      'Left out or masked in this report: locations, serial numbers and personal names.',
    );
    expect(body).not.toContain('asked for');
  });

  it('takes the token of the session that its form stands in', async () => {
    const test = await guarded();
    const key = await newKey(test);
    const page = (await kept(test, bearer(key))).replace('/v1', '');
    const origin = { origin: 'http://localhost' };
    const signed = await test.app.inject({
      method: 'POST',
      url: '/sign-in',
      headers: { ...FORM, ...origin },
      payload: new URLSearchParams({ key }).toString(),
    });
    const [cookie = ''] = String(signed.headers['set-cookie']).split(';');
    const headers = { ...FORM, ...origin, cookie };
    const refused = await test.app.inject({
      method: 'POST',
      url: `${page}/share`,
      headers,
      payload: 'days=1',
    });
    expect(refused.statusCode).toBe(403);
    const { body } = await test.app.inject({ url: `${page}/share`, headers: { ...BROWSER, cookie } });
    const [, action = ''] = /<form class="share" action="([^"]+)"/.exec(body) ?? [];
    const made = await test.app.inject({ method: 'POST', url: action, headers, payload: 'days=1' });
    expect(made.statusCode).toBe(201);
  });

  it('refuses days that it does not offer', async () => {
    const test = await testApp();
    const page = (await kept(test)).replace('/v1', '');
    const answer = await test.app.inject({
      method: 'POST',
      url: `${page}/share`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'days=1000',
    });
    expect(answer.json()).toMatchObject({ code: 'bad-field', errors: [{ pointer: '/days' }] });
  });
});

describe('where the operator wants no links', () => {
  it('there is no way to make one, none that was made leads anywhere, and the page offers none', async () => {
    const { app } = await testApp({ env: { ASSAY_SHARES: 'off' } });
    const url = String((await upload(app)).headers.location);
    for (const [method, address] of [
      ['POST', `${url}/shares`],
      ['GET', `/inspections/${url.split('/').at(-1)}/share`],
      ['GET', `/s/${'a'.repeat(32)}`],
    ] as const) {
      const answer = await app.inject({
        method,
        url: address,
        ...(method === 'POST' ? { payload: {} } : {}),
      });
      expect(answer.json().code).toBe('not-found');
    }
    expect((await app.inject('/v1/capabilities')).json().shares).toBe(false);
    const page = await app.inject({ url, headers: BROWSER });
    expect(page.body).toContain('/report.pdf');
    expect(page.body).not.toContain('/share');
    expect(page.body).toContain('marked as a person’s words.</p>');
    expect(recordedRoutes(app).filter(({ url }) => /share|^\/s\//.test(url))).toEqual([]);
  });
});
