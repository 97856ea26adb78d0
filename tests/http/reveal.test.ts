import { describe, expect, it } from 'vitest';
import { multipart, onePart, testApp } from './harness.js';

const post = async (query: string, env: Record<string, string> = {}) => {
  const test = await testApp({ env });
  const { payload, headers } = multipart([onePart()]);
  const answer = await test.app.inject({ method: 'POST', url: `/v1/inspections${query}`, payload, headers });
  return { test, answer };
};
const ALLOWED = { ASSAY_ALLOW_REVEAL: '1' };

describe('POST /v1/inspections?reveal=', () => {
  it('is refused unless the operator allows it, and nothing is read', async () => {
    for (const env of [{}, { ASSAY_ALLOW_REVEAL: '0' }]) {
      const { test, answer } = await post('?reveal=location', env);
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toMatchObject({ code: 'reveal-not-allowed' });
      expect(test.inspector.requests).toEqual([]);
      expect(test.uploads()).toEqual([]);
    }
  });

  it('asks for what is named, each once', async () => {
    const { test, answer } = await post('?reveal=names,location&reveal=names', ALLOWED);
    expect(answer.statusCode).toBe(201);
    // One inspection for everybody, and one for the caller.
    expect(test.inspector.requests.map(({ reveal }) => reveal)).toEqual([undefined, ['location', 'names']]);
  });

  it('is asked by boxes of the form too, under the same rule', async () => {
    const boxes = [onePart(), { name: 'reveal', content: 'location' }, { name: 'reveal', content: 'names' }];
    const sent = async (env: Record<string, string>) => {
      const test = await testApp({ env });
      const { payload, headers } = multipart(boxes);
      const answer = await test.app.inject({ method: 'POST', url: '/v1/inspections', payload, headers });
      return { test, answer };
    };
    const refused = await sent({});
    expect([refused.answer.statusCode, refused.answer.json().code]).toEqual([403, 'reveal-not-allowed']);
    expect(refused.test.inspector.requests).toEqual([]);
    expect(refused.test.uploads()).toEqual([]);
    const { test } = await sent(ALLOWED);
    expect(test.inspector.requests.map(({ reveal }) => reveal)).toEqual([undefined, ['location', 'names']]);
  });

  it('asks for nothing where nothing is named', async () => {
    for (const query of ['', '?reveal=']) {
      const { test, answer } = await post(query);
      expect(answer.statusCode).toBe(201);
      expect(test.inspector.requests[0]?.reveal).toBeUndefined();
    }
  });

  it('says what it takes where a word is wrong', async () => {
    const { answer } = await post('?reveal=everything', ALLOWED);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      code: 'bad-field',
      errors: [{ pointer: '/reveal', detail: 'takes any of location, serial, names, separated by commas.' }],
    });
  });
});
