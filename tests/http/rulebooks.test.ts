import { describe, expect, it } from 'vitest';
import type { Rulebook } from '../../src/core/rulebook.js';
import { loadRulebooks, RULEBOOK_IDS } from '../../src/core/rulebooks/index.js';
import { onePart, testApp, upload } from './harness.js';

describe('GET /v1/rulebooks', () => {
  it('lists every one, with its dates', async () => {
    const { app } = await testApp();
    const answer = await app.inject({ url: '/v1/rulebooks' });
    expect(answer.statusCode).toBe(200);
    const { rulebooks } = answer.json<{
      rulebooks: { id: string; dates: string[]; title: { zh: string } }[];
    }>();
    expect(rulebooks.map(({ id }) => id)).toEqual([...RULEBOOK_IDS]);
    const eu = rulebooks.find(({ id }) => id === 'eu-ai-act-art-50');
    expect(eu?.dates).toEqual(['2026-08-02', '2026-12-02']);
    expect(eu?.title.zh).toMatch(/欧盟/);
  });

  it('gives one verbatim', async () => {
    const { app } = await testApp();
    const answer = await app.inject({ url: '/v1/rulebooks/cn-gb45438-2025' });
    expect(answer.json<Rulebook>()).toEqual(loadRulebooks(['cn-gb45438-2025'])[0]);
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
