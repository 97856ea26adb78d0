import { describe, expect, it } from 'vitest';
import { explainCode } from '../../src/cli/explain/explanation.js';
import { TERMS, termsOf } from '../../src/core/page/glossary.js';
import { SIGNAL_IDS } from '../../src/core/report/signal.js';
import { LANGUAGES } from '../../src/i18n/languages.js';
import { chain, listed, marked } from '../core/renderers/credentials-literal.js';
import { renderHtml } from '../core/renderers/rendered.js';
import { fullReport, reportOf } from '../core/renderers/report-literal.js';
import { BROWSER, onePart, sharedApp, testApp, upload } from './harness.js';

const addressesIn = (body: string): string[] =>
  [...body.matchAll(/ href="([^"]+)"/g)].map(([, address = '']) => address.replaceAll('&amp;', '&'));
const textOf = (body: string): string =>
  body
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');

const service = sharedApp();

describe('the glossary', () => {
  it.each(LANGUAGES)(
    'explains every word with an address of its own, as assay explain does, in %s',
    async (language) => {
      const { app } = service();
      const { statusCode, body } = await app.inject({ url: `/glossary?lang=${language}` });
      expect(statusCode).toBe(200);
      const text = textOf(body);
      const told = [...TERMS, ...SIGNAL_IDS].map((code) => {
        const [one] = explainCode(code, [], language).filter(
          ({ kind }) => kind === 'glossary' || kind === 'signals',
        );
        return [
          code,
          body.split(` id="${code}"`).length - 1,
          text.includes(one?.meaning.replace(/\s+/g, ' ') ?? code),
        ];
      });
      expect(told.filter(([, places, messages]) => places !== 1 || messages !== true)).toEqual([]);
      expect(body).not.toMatch(/<script(?! src="\/assets\/copies\.js")/);
    },
  );

  it('is short: no explanation is longer than a reader on deadline reads', () => {
    const long = TERMS.flatMap((term) => [
      ...explainCode(term, [], 'en').filter(
        ({ kind, meaning }) => kind === 'glossary' && meaning.split(/\s+/).length > 50,
      ),
      ...explainCode(term, [], 'zh-Hans').filter(
        ({ kind, meaning }) => kind === 'glossary' && meaning.length > 110,
      ),
    ]);
    expect(long).toEqual([]);
  });

  it('is led to by the words of each report, and by none of a report that is sent on', async () => {
    const { app } = service();
    const terms = new Set(TERMS.map((term) => `/glossary?lang=zh-Hans#${term}`));
    const part = onePart({ content: 'led by words' });
    const { headers } = await upload(app, [part], { headers: BROWSER });
    const page = (await app.inject({ url: `${headers.location}?lang=zh-Hans`, headers: BROWSER })).body;
    const led = addressesIn(page).filter((address) => address.includes('/glossary') && address.includes('#'));
    expect(led.length).toBeGreaterThan(3);
    expect(led.filter((address) => !terms.has(address))).toEqual([]);
    expect(renderHtml(fullReport())).not.toContain('/glossary');
  });

  it('is offered for what a report says, and no more than a line of it', () => {
    for (const report of [
      fullReport(),
      reportOf(),
      reportOf({ contentCredentials: listed, signals: marked }),
      reportOf({ contentCredentials: chain(9) }),
    ])
      expect(termsOf(report).length).toBeLessThanOrEqual(6);
  });
});

describe('the page about the API', () => {
  it.each(LANGUAGES)('says what it is and leads to what there is, in %s', async (language) => {
    const { app } = service();
    const { body } = await app.inject({ url: `/api?lang=${language}` });
    expect(body).toContain('curl -F file=@photo.jpg');
    const ours = addressesIn(body).filter((address) => address.startsWith('/'));
    expect(ours).toEqual(expect.arrayContaining(['/docs/', '/openapi.json', `/v1/signals?lang=${language}`]));
    const answers = await Promise.all(ours.map(async (url) => [url, (await app.inject({ url })).statusCode]));
    expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
  });

  it('says what works: the address of its second example is taken', async () => {
    const { app } = service();
    const body = (await app.inject({ url: '/api' })).body;
    const [, query = ''] = /inspections(\?fields=[\w.]+)/.exec(body) ?? [];
    const answer = await upload(app, [onePart()], { query });
    expect([answer.statusCode, Object.keys(answer.json())]).toEqual([201, ['report']]);
  });

  it('is one step from every page, and the interactive documentation leads back in each language', async () => {
    const { app } = service();
    for (const url of ['/', '/inspections', '/batches', '/samples', '/glossary', '/nowhere', '/sign-in']) {
      const { body } = await app.inject({ url, headers: { accept: 'text/html' } });
      expect(addressesIn(body)).toEqual(expect.arrayContaining(['/glossary', '/api']));
    }
    const { app: below } = await testApp({ env: { ASSAY_PUBLIC_URL: 'http://localhost/assay' } });
    for (const [one, base] of [
      [app, ''],
      [below, '/assay'],
    ] as const) {
      const { body } = await one.inject({ url: '/docs/' });
      for (const language of LANGUAGES) expect(body).toContain(`href="${base}/api?lang=${language}"`);
    }
  });
});
