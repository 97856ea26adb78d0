import { Errors } from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import { loadRulebooks, rulebookIds } from '../../src/core/law/rulebooks/index.js';
import { type PublishedRulebook, PublishedRulebookSchema } from '../../src/core/law/rulebooks/published.js';
import { onePart, testApp, upload } from './harness.js';

describe('GET /v1/rulebooks', () => {
  it('lists every one, with its dates', async () => {
    const { app } = await testApp();
    const answer = await app.inject({ url: '/v1/rulebooks' });
    expect(answer.statusCode).toBe(200);
    const { rulebooks } = answer.json<{
      rulebooks: { id: string; dates: string[]; title: { zh: string } }[];
    }>();
    expect(rulebooks.map(({ id }) => id)).toEqual([...rulebookIds()]);
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
    const reason = book.rules.find(({ notAssessable }) => notAssessable !== undefined)?.notAssessable;
    expect(reason).toEqual({ en: expect.any(String), zh: expect.any(String) });
  });
});

describe('POST /v1/inspections', () => {
  it.each([
    ['jurisdiction', 'XX', /takes codes of CN/],
    ['role', 'king', /takes any of provider/],
  ])('refuses an unknown %s', async (name, content, words) => {
    const { app } = await testApp();
    const answer = await upload(app, [onePart(), { name, content }]);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      code: 'bad-field',
      errors: [{ detail: expect.stringMatching(words) }],
    });
  });
});
