import type { Static } from 'typebox';
import { Errors } from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import { LawCalendarSchema } from '../../src/core/law/published-changes.js';
import { listRulebookIds, loadRulebooks } from '../../src/core/law/rulebooks/index.js';
import { type PublishedRulebook, PublishedRulebookSchema } from '../../src/core/law/rulebooks/published.js';
import { onePart, sharedApp, testApp, upload } from './harness.js';

describe('GET /v1/rulebooks', () => {
  it('lists every one, with its dates', async () => {
    const { app } = await testApp();
    const answer = await app.inject({ url: '/v1/rulebooks' });
    expect(answer.statusCode).toBe(200);
    const { rulebooks } = answer.json<{
      rulebooks: { id: string; dates: string[]; title: { zh: string } }[];
    }>();
    expect(rulebooks.map(({ id }) => id)).toEqual([...listRulebookIds()]);
    const eu = rulebooks.find(({ id }) => id === 'eu-ai-act-art-50');
    expect(eu?.dates).toEqual(['2026-08-02', '2026-12-02']);
    expect(eu?.title.zh).toMatch(/欧盟/);
  });

  it('gives one with its words in each place, as its schema says', async () => {
    const { app } = await testApp();
    const answer = await app.inject({ url: '/v1/rulebooks/cn-gb45438-2025' });
    const book = answer.json<PublishedRulebook>();
    expect(Errors(PublishedRulebookSchema, book)).toEqual([true, []]);
    expect(book.title).toEqual({ en: 'China, GB 45438-2025', zh: '国家标准 GB 45438-2025' });
    const [known] = loadRulebooks(['cn-gb45438-2025']);
    expect(book.rules.map(({ id }) => id)).toEqual(known?.rules.map(({ id }) => id));
    const [part] = book.rules.flatMap(({ parts = [] }) => parts);
    expect(part?.text).toEqual({ en: expect.any(String), zh: expect.any(String) });
    expect(book).not.toHaveProperty('order');
    const other = await app.inject({ url: '/v1/rulebooks/iptc-c2pa-practice' });
    const { rules } = other.json<PublishedRulebook>();
    expect(rules.find(({ id }) => id === 'jpeg-trust')?.notAssessable).toEqual({
      en: expect.stringContaining('no profile'),
      zh: expect.stringContaining('参考'),
    });
    expect(rules.find(({ id }) => id === 'iptc-digital-source-type')).toMatchObject({
      kind: 'encouraged',
      grade: 'A',
      periods: [{ from: '2024-10-23' }],
      parts: [
        { id: 'declared', ways: [{ gives: ['value'] }] },
        { id: 'term', text: { en: expect.any(String) } },
      ],
      sources: [{ kind: 'official-text', supports: expect.arrayContaining(['wording']) }, {}],
    });
  });

  it('tells watched law beside them, with words, dates and sources, and none of it as a clause', async () => {
    const { app } = await testApp();
    const { rulebooks, watched } = (await app.inject({ url: '/v1/rulebooks' })).json<{
      rulebooks: { id: string }[];
      watched: { id: string; instrument: { zh: string } }[];
    }>();
    expect(watched.find(({ id }) => id === 'it-612-quater')).toMatchObject({
      jurisdiction: 'IT',
      state: 'law',
      effective: '2025-10-10',
      grade: 'A',
      instrument: { en: expect.stringContaining('612-quater'), zh: expect.stringContaining('刑法典') },
      sources: [{ kind: 'verbatim-copy', quotation: { language: 'it' } }, {}],
    });
    const ids = new Set(rulebooks.map(({ id }) => id));
    expect(watched.filter(({ id }) => ids.has(id))).toEqual([]);
  });
});

describe('the calendar of law', () => {
  const months = 'from=2026-12-02&role=provider';

  it('gives what begins for a role in twelve months, as its schema says, in the order of days', async () => {
    const { app } = await testApp();
    const answer = await app.inject({ url: `/v1/law/calendar?${months}&jurisdiction=EU,TR` });
    expect(answer.statusCode).toBe(200);
    const calendar = answer.json<Static<typeof LawCalendarSchema>>();
    expect(Errors(LawCalendarSchema, calendar)).toEqual([true, []]);
    expect([calendar.from, calendar.to]).toEqual(['2026-12-02', '2027-12-01']);
    expect(calendar.changes[0]).toMatchObject({ rulebook: 'eu-ai-act-art-50', bookSigner: 'assay' });
    expect(
      calendar.changes.every(({ binds }) => binds.some((one) => one === 'provider' || one === 'anyone')),
    ).toBe(true);
    expect(new Set(calendar.watched.map(({ jurisdiction }) => jurisdiction))).toEqual(new Set(['EU', 'TR']));
  });

  it('is a page in both languages, which says day, place, clause, whom it binds and the source', async () => {
    const { app } = await testApp();
    const page = async (query: string) => (await app.inject({ url: `/law/calendar?${query}` })).body;
    const english = await page(`${months}&jurisdiction=EU`);
    expect(english).toContain('<time datetime="2026-12-02">');
    expect(english).toContain('begins (European Union): EU AI Act, Article 50(2)');
    expect(english).toMatch(/binds: provider/);
    expect(english).toMatch(/<a href="https:\/\/eur-lex[^"]*"/);
    expect(english).toContain('<option value="EU" selected>');
    expect(await page(`${months}&jurisdiction=EU&lang=zh-Hans`)).toContain('开始适用（欧盟）：');
    expect(await page('from=2026-12-02&jurisdiction=GB')).not.toContain('<article');
  });

  it.each(['from=2026-02-30', 'role=king', 'jurisdiction=XX', 'from=%1b[31m'])(
    'refuses %s',
    async (query) => {
      const { app } = await testApp();
      for (const url of [`/v1/law/calendar?${query}`, `/law/calendar?${query}`])
        expect((await app.inject({ url })).statusCode).toBe(400);
    },
  );
});

describe('POST /v1/inspections', () => {
  /** Shared service for tests that leave it unchanged. */
  const refusing = sharedApp();

  it.each([
    ['jurisdiction', 'XX', /takes codes of CN/],
    ['role', 'king', /takes any of provider/],
  ])('refuses an unknown %s', async (name, content, words) => {
    const { app } = refusing();
    const answer = await upload(app, [onePart(), { name, content }]);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      code: 'bad-field',
      errors: [{ detail: expect.stringMatching(words) }],
    });
  });
});
