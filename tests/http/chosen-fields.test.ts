import { describe, expect, it } from 'vitest';
import { onePart, testApp, upload } from './harness.js';

const kept = async () => {
  const { app } = await testApp();
  const { location } = (await upload(app)).headers;
  const get = async (query: string, address = String(location)) => {
    const answer = await app.inject({ url: `${address}${query}` });
    return { status: answer.statusCode, body: answer.json(), bytes: answer.payload.length };
  };
  return { app, get, location: String(location) };
};

describe('the members of an answer that are wanted', () => {
  it('are alone in it, in the order in which they stand', async () => {
    const { get } = await kept();
    const { body } = await get('?fields=report.summary.origin,id,%20report.reads');
    expect(Object.keys(body)).toEqual(['id', 'report']);
    expect(Object.keys(body.report)).toEqual(['summary', 'reads']);
    expect(body.report.summary).toEqual({ origin: 'none' });
    expect(body.report.reads.xmp).toEqual({ status: 'absent' });
  });

  it('are whole where a part of them is wanted too', async () => {
    const { get } = await kept();
    const { body } = await get('?fields=report.summary.origin,report.summary,report.summary.coverage');
    expect(Object.keys(body.report.summary)).toEqual(
      expect.arrayContaining(['origin', 'sentence', 'coverage']),
    );
  });

  it('are chosen in lists and of a Report alone', async () => {
    const { get, location } = await kept();
    expect((await get('?fields=id,summary.origin', '/v1/inspections')).body.inspections).toEqual([
      { id: location.split('/').at(-1), summary: { origin: 'none' } },
    ]);
    expect((await get('?fields=asset.bytes', `${location}/report.json`)).body).toEqual({
      asset: { bytes: 10 },
    });
  });

  it.each([
    ['report.sumary', 'did you mean “summary”?'],
    ['constructor', 'is not known here'],
    ['report.__proto__.x', 'is not known here'],
  ])('are refused where there is none of the name: %s', async (fields, words) => {
    const { get } = await kept();
    const { status, body } = await get(`?fields=${fields}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'bad-field' });
    expect(body.detail).toContain(words);
  });

  it('are refused before a file is inspected, and answered for one that waits', async () => {
    const test = await testApp();
    const send = (query: string, headers = {}) =>
      upload(test.app, [onePart()], { url: `/v1/inspections?${query}`, headers });
    for (const query of [
      'fields=id&fields=status',
      'fields=report.sumary',
      'profile=foo',
      `fields=${'i'.repeat(2_001)}`,
    ]) {
      const answer = await send(query);
      expect([query, answer.statusCode, answer.json().code]).toEqual([query, 400, 'bad-field']);
    }
    expect(test.inspector.requests).toEqual([]);
    expect(test.uploads()).toEqual([]);
    const waits = await send('fields=status,id', { prefer: 'respond-async' });
    expect([waits.statusCode, Object.keys(waits.json())]).toEqual([202, ['id', 'status']]);
    const { id } = waits.json();
    const stands = await test.app.inject({ url: `/v1/inspections/${id}?fields=status` });
    expect([stands.statusCode, stands.json()]).toEqual([202, { status: 'queued' }]);
    const list = await test.app.inject({ url: '/v1/inspections?profile=summary' });
    expect(list.statusCode).toBe(400);
  });

  it('are a bounded number', async () => {
    const { get } = await kept();
    const many = (count: number) => `?fields=${Array.from({ length: count }, () => 'id').join()}`;
    expect((await get(many(50))).status).toBe(200);
    expect((await get(many(51))).status).toBe(400);
  });

  it('are those of the short form, with what the file declares and who stands behind that', async () => {
    const { get } = await kept();
    const whole = await get('');
    const short = await get('?profile=summary');
    expect(Object.keys(short.body)).toEqual(expect.arrayContaining(['id', 'status', 'links', 'report']));
    expect(short.body).not.toHaveProperty('versions');
    expect(Object.keys(short.body.report)).toEqual([
      'schema',
      'asset',
      'summary',
      'contentCredentials',
      'signals',
      'contradictions',
      'tool',
    ]);
    expect(short.body.report.summary).toEqual(whole.body.report.summary);
    expect(short.bytes).toBeLessThan(whole.bytes);
  });
});
