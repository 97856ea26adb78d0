import { describe, expect, it } from 'vitest';
import { onePart, sharedApp, testApp, upload } from './harness.js';

const field = (name: string, content: string) => ({ name, content });
const JSON_TYPE = { 'content-type': 'application/json' };

describe('what the address asks of a file', () => {
  /** Shared service for tests that leave it unchanged. */
  const refusing = sharedApp();

  it('is asked as if it stood around the file', async () => {
    const test = await testApp();
    const url = '/v1/inspections?asOf=2026-08-02&rulebooks=eu-ai-act-art-50&role=platform&deep=true';
    expect((await upload(test.app, undefined, { url })).statusCode).toBe(201);
    expect(test.inspector.requests[0]).toMatchObject({
      asOf: '2026-08-02',
      rulebooks: ['eu-ai-act-art-50'],
      roles: ['platform'],
      deep: true,
    });
  });

  it('is added to by the body, and a day is named once', async () => {
    const test = await testApp();
    const body = [field('rulebooks', 'cn-deep-synthesis-2022'), onePart()];
    await upload(test.app, body, { url: '/v1/inspections?rulebooks=eu-ai-act-art-50' });
    expect(test.inspector.requests[0]?.rulebooks).toEqual(['eu-ai-act-art-50', 'cn-deep-synthesis-2022']);
    const twice = await upload(test.app, [field('asOf', '2026-08-02'), onePart()], {
      url: '/v1/inspections?asOf=2026-08-03',
    });
    expect(twice.json()).toMatchObject({ code: 'bad-field', errors: [{ pointer: '/asOf' }] });
  });

  it.each(['asOf=2024-02-30', 'rulebooks=none', 'jurisdiction=XX', 'role=reader', 'deep=1'])(
    'is refused before the file is read: %s',
    async (query) => {
      const test = refusing();
      const pointer = `/${query.split('=')[0]}`;
      const one = await upload(test.app, undefined, { url: `/v1/inspections?${query}` });
      const many = await test.app.inject({
        ...{ method: 'POST', url: `/v1/batches?${query}`, headers: JSON_TYPE },
        payload: JSON.stringify({ items: [{ upload: 'none' }] }),
      });
      for (const answer of [one, many]) {
        expect(answer.statusCode).toBe(400);
        expect(answer.json()).toMatchObject({ code: 'bad-field', errors: [{ pointer }] });
      }
      expect(test.inspector.requests).toEqual([]);
      expect(test.uploads()).toEqual([]);
    },
  );

  it.each(['asOf=2024-02-01', 'rulebooks=eu-ai-act-art-50', 'reveal=names'])(
    'is refused where a Report is kept or asked for again: %s',
    async (query) => {
      const { app } = await testApp({ env: { ASSAY_ALLOW_REVEAL: '1' } });
      const url = String((await upload(app)).headers.location);
      const read = await app.inject({ url: `${url}?${query}` });
      const again = await app.inject({ method: 'POST', url: `${url}/recheck?${query}` });
      for (const answer of [read, again]) {
        expect(answer.statusCode).toBe(400);
        expect(answer.json()).toMatchObject({
          code: 'bad-field',
          errors: [{ pointer: `/${query.split('=')[0]}` }],
        });
      }
      expect((await app.inject({ url: `${url}?asOf=` })).statusCode).toBe(200);
      // An inherited name of `Object` is no option.
      expect((await app.inject({ url: `${url}?constructor=1` })).json().code).toBe('bad-field');
    },
  );
});
