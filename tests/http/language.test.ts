import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LocalizedReport } from '../../src/core/report/report.js';
import { message } from '../../src/i18n/message.js';
import { translatorFor } from '../../src/i18n/translator.js';
import type { InspectRequest } from '../../src/inspect/pool/inspector.js';
import {
  BROWSER,
  onePart,
  ShellInspector,
  sharedApp,
  shellReport,
  type TestApp,
  testApp,
  upload,
} from './harness.js';

const CHINESE = { ...BROWSER, 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' };

describe('the language of a page', () => {
  /** Shared service for tests that leave it unchanged. */
  const empty = sharedApp();

  it.each([
    [{}, '/', 'en'],
    [{ 'accept-language': 'fr;q=0.9, zh-CN;q=0.8, en;q=0.5' }, '/', 'zh-Hans'],
    [{ 'accept-language': 'zh-TW, en;q=0.9' }, '/', 'en'],
    [{ 'accept-language': 'zh;q=0, fr' }, '/', 'en'],
    [{ 'accept-language': 'zh-CN' }, '/?lang=en', 'en'],
    [{}, '/?lang=zh', 'zh-Hans'],
    [{}, '/?lang=tlh', 'en'],
    [{}, '/problems/too-large?lang=zh-Hans', 'zh-Hans'],
    [{}, '/nowhere?lang=zh-Hans', 'zh-Hans'],
  ])('%j %s: %s', async (headers, url, language) => {
    const { app } = empty();
    const answer = await app.inject({ url, headers: { ...BROWSER, ...headers } });
    expect(answer.body).toContain(`<html lang="${language}" dir="ltr">`);
    expect(answer.headers['content-language']).toBe(language);
    expect(answer.headers['vary']).toContain('Accept-Language');
    const other = language === 'en' ? 'zh-Hans' : 'en';
    expect(answer.body).toContain(`?lang=${other}" lang="${other}" hreflang="${other}"`);
  });

  it('stays what the address asked for, from the form to the report and its deletion', async () => {
    const { app } = await testApp();
    const form = await app.inject({ url: '/?lang=zh-Hans' });
    expect(form.body).toContain('action="/v1/inspections?lang=zh-Hans"');
    const posted = await upload(app, [onePart()], { headers: BROWSER, url: '/v1/inspections?lang=zh-Hans' });
    const location = String(posted.headers.location);
    expect(location).toMatch(/^\/inspections\/[0-9a-f-]{36}\?lang=zh-Hans$/);
    const page = await app.inject({ url: location });
    expect(page.body).toContain('<article class="report" lang="zh-Hans">');
    const gone = await app.inject({
      method: 'POST',
      url: location.replace('?', '/delete?'),
      payload: '',
      headers: { ...BROWSER, 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(gone.headers.location).toBe('/?deleted&lang=zh-Hans');
    const landed = await app.inject({ url: '/?deleted&lang=zh-Hans' });
    expect(landed.body).toContain('报告已删除。');
  });

  it('says errors in it, those of one field too', async () => {
    const { app } = await testApp();
    const missing = await app.inject({ url: `/inspections/${randomUUID()}`, headers: CHINESE });
    expect(missing.body).toContain('<h1>没有这份报告</h1>');
    const bad = await upload(app, [onePart(), { name: 'asOf', content: '2026-02-30' }], { headers: CHINESE });
    expect(bad.statusCode).toBe(400);
    expect(bad.body).toContain('请填写日历上的日期，例如 2026-08-02');
  });
});

/** Returns messages, unlike the shell inspector, which returns texts as an old version did. */
const ofNow: TestApp['inspector'] = Object.assign(new ShellInspector(), {
  inspect: async (request: InspectRequest) => {
    const report = shellReport(request, Buffer.from('some bytes'));
    return {
      ...report,
      summary: { ...report.summary, messages: { sentence: [message('sentence.emptyFile')] } },
    };
  },
});

describe('the language of a Report', () => {
  it('is English unless the address asks for another, whatever the browser would rather have', async () => {
    const { app } = await testApp({ inspector: ofNow });
    const posted = await upload(app, [onePart()], { headers: { 'accept-language': 'zh-CN' } });
    const reportIn = (answer: typeof posted) => answer.json<{ report: LocalizedReport }>().report;
    expect(reportIn(posted).tool.language).toBeUndefined();
    const url = String(posted.headers.location);
    const english = await app.inject({ url });
    expect(english.json()).toEqual(posted.json());
    const chinese = await app.inject({ url: `${url}?lang=zh-Hans` });
    expect(reportIn(chinese).tool.language).toBe('zh-Hans');
    expect(reportIn(chinese).summary.sentence).toMatch(/^文件没有任何字节/);
    // The stored report stays unchanged.
    expect((await app.inject({ url })).body).toBe(english.body);
  });

  it('is asked for of lists, and of the state of an inspection, in the same way', async () => {
    const { app, stores } = await testApp({ inspector: ofNow });
    const { id } = (await upload(app, [onePart()])).json<{ id: string }>();
    const failed = randomUUID();
    const asked = { name: 'a.png', asOf: '2026-11-25', asOfSource: 'today', engine: 'auto' } as const;
    const createdAt = '2026-11-25T10:00:00.000Z';
    await stores.inspections.create({
      ...{ id: failed, tenant: 'local', createdAt },
      request: { ...asked, hasSidecar: false },
    });
    const error = { code: 'internal', message: message('error.ofService') };
    await stores.inspections.fail('local', failed, error, createdAt);
    const listIn = async (query: string) => {
      const { inspections } = (await app.inject({ url: `/v1/inspections?${query}` })).json<{
        inspections: { id: string; summary?: { sentence: string }; error?: { message: string } }[];
      }>();
      const one = (of: string) => inspections.find((item) => item.id === of);
      return [one(id)?.summary?.sentence, one(failed)?.error?.message];
    };
    const [english, chinese] = [translatorFor('en'), translatorFor('zh-Hans')];
    const texts = (speech: typeof english) => [
      expect.stringContaining(speech.text('sentence.emptyFile')),
      speech.text('error.ofService'),
    ];
    expect(await listIn('')).toEqual(texts(english));
    expect(await listIn('lang=zh')).toEqual(texts(chinese));
    expect(await listIn('lang=zh&fields=id,summary.sentence')).toEqual([texts(chinese)[0], undefined]);
    const state = await app.inject({ url: `/v1/inspections/${failed}?lang=zh` });
    expect(state.json()).toMatchObject({ error: { message: chinese.text('error.ofService') } });
    const events = await app.inject({ url: `/v1/inspections/${failed}/events?lang=zh` });
    expect(events.body).toContain(chinese.text('error.ofService'));
    expect((await app.inject({ url: '/v1/inspections?lang=tlh' })).statusCode).toBe(400);
  });

  it.each(['/v1/inspections?lang=tlh', `/v1/inspections/${randomUUID()}?lang=tlh`])(
    'is refused at %s where it is none of ours',
    async (url) => {
      const { app } = await testApp();
      const method = url.includes('?') && url.startsWith('/v1/inspections?') ? 'POST' : 'GET';
      const answer = method === 'POST' ? await upload(app, [onePart()], { url }) : await app.inject({ url });
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual(
        method === 'POST' ? [400, 'bad-field'] : [404, 'inspection-not-found'],
      );
    },
  );
});
