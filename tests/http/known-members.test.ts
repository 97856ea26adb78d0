import { describe, expect, it } from 'vitest';
import { findNearestWord } from '../../src/base/nearest-word.js';
import { recordedRoutes } from '../../src/http/contract/route-table.js';
import { inEnglish } from '../i18n/english.js';
import { BROWSER, multipart, onePart, sharedApp, testApp, upload } from './harness.js';

const said = (name: string, detail: string) => ({
  code: 'bad-field',
  errors: [{ pointer: `/${name}`, detail }],
});
const meant = (name: string, one: string) => said(name, `is not known here; did you mean “${one}”?`);

describe('members of a query that nobody knows', () => {
  /** Shared service for tests that leave it unchanged. */
  const refusing = sharedApp();

  it.each([
    ['asof', 'asOf'],
    ['as_of', 'asOf'],
    ['AsOf', 'asOf'],
    ['rulebook', 'rulebooks'],
    ['ruleboosk', 'rulebooks'],
    ['jurisdictions', 'jurisdiction'],
    ['roles', 'role'],
    ['Deep', 'deep'],
    ['revael', 'reveal'],
  ])('%s is refused before the file is read, and %s is named', async (name, one) => {
    const test = refusing();
    const sent = await upload(test.app, undefined, { url: `/v1/inspections?${name}=2027-01-01` });
    expect([sent.statusCode, sent.json()]).toMatchObject([400, meant(name, one)]);
    const many = await test.app.inject({
      method: 'POST',
      url: `/v1/batches?${name}=x`,
      payload: { items: [{ upload: 'none' }] },
    });
    expect([many.statusCode, many.json()]).toMatchObject([400, meant(name, one)]);
    expect(test.inspector.requests).toEqual([]);
    expect(test.uploads()).toEqual([]);
  });

  it('are refused around the file too', async () => {
    const test = refusing();
    const sent = await upload(test.app, [{ name: 'jurisdictions', content: 'EU' }, onePart()]);
    expect([sent.statusCode, sent.json()]).toMatchObject([400, meant('jurisdictions', 'jurisdiction')]);
    expect(test.inspector.requests).toEqual([]);
  });

  it('are refused on every route of the API, and what is taken is said', async () => {
    const test = await testApp({ env: { ASSAY_ALLOW_REVEAL: '1' } });
    await test.app.ready();
    const urls = recordedRoutes(test.app)
      .filter(({ url, methods }) => methods.includes('GET') && /^\/v1\/(?!health)/.test(url))
      .map(({ url }) => url);
    expect(urls.length).toBeGreaterThan(20);
    for (const url of urls) {
      const answer = await test.app.inject({ url: `${url}?utm_source=letter` });
      expect([url, answer.statusCode]).toEqual([url, 400]);
      expect(answer.json().errors[0].detail).toMatch(/^is not known here\. Known are .*lang/);
    }
    const list = await test.app.inject({ url: '/v1/inspections?Origin=none' });
    expect(list.json()).toMatchObject(meant('Origin', 'origin'));
    const kept = String((await upload(test.app)).headers.location);
    const elsewhere = said('asOf', inEnglish('problem.field.notHere'));
    for (const form of ['', '/report.json', '/report.pdf', '/finding.pdf', '/report.html', '/evidence']) {
      const one = await test.app.inject({ url: `${kept}${form}?asOf=2027-01-01` });
      expect([form, one.statusCode, one.json()]).toMatchObject([form, 400, elsewhere]);
    }
    expect((await test.app.inject({ url: `${kept}/report.json?lang=zh-Hans` })).statusCode).toBe(200);
    for (const probe of ['live', 'ready']) {
      const answer = await test.app.inject({ url: `/v1/health/${probe}?at=1` });
      expect(answer.statusCode).not.toBe(400);
    }
  });

  it('on pages are refused where a question is meant, and else let be: links are passed on', async () => {
    const test = await testApp();
    const page = String((await upload(test.app)).headers.location).replace('/v1', '');
    const ask = (url: string) => test.app.inject({ url, headers: BROWSER });
    for (const url of ['/', '/inspections', page, '/batches']) {
      expect((await ask(`${url}?utm_source=letter&fbclid=1&ref=x`)).statusCode).toBe(200);
      for (const query of ['asOf=2027-01-01', 'asof=2027-01-01', 'jurisdictions=EU']) {
        // A report asks the form for another day.
        const status = url === '/' && query.startsWith('asOf') ? 200 : 400;
        expect([url, query, (await ask(`${url}?${query}`)).statusCode]).toEqual([url, query, status]);
      }
    }
    const refused = await ask('/inspections?orgin=none&lang=zh-Hans');
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('字段“orgin”在此处没有定义：应为“origin”。');
    expect((await ask('/sign-in?to=%2Finspections')).statusCode).toBe(200);
  });

  it('do not come before the key', async () => {
    const { app } = await testApp({ env: { ASSAY_KEYS: 'required' } });
    const { payload, headers } = multipart([onePart()]);
    const url = '/v1/inspections?asof=2027-01-01';
    expect((await app.inject({ method: 'POST', url, payload, headers })).json().code).toBe('key-required');
  });

  it('are said back showable and short', async () => {
    const { app } = await testApp();
    const long = `${'\u202e'}<b>${'x'.repeat(500)}`;
    const answer = await app.inject({ url: `/v1/signals?${encodeURIComponent(long)}=1` });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().detail.length).toBeLessThan(200);
    expect(answer.json().detail).not.toContain('\u202e');
  });
});

describe('the word that is meant', () => {
  it.each([
    ['asof', 'asOf'],
    ['as-of', 'asOf'],
    ['rolse', 'role'],
    ['rulebook', 'rulebooks'],
    ['rulbooks', 'rulebooks'],
    ['date', undefined],
    ['ro', undefined],
    ['', undefined],
    ['x'.repeat(10_000), undefined],
  ])('of %j is %s', (word, known) => {
    expect(findNearestWord(word, ['asOf', 'rulebooks', 'role', 'deep'])).toBe(known);
  });
});
