import { describe, expect, it } from 'vitest';
import { testApp, upload } from './harness.js';

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
    ['report.sumary', '“summary” is meant'],
    ['constructor', 'is not known here'],
    ['report.__proto__.x', 'is not known here'],
  ])('are refused where there is none of the name: %s', async (fields, words) => {
    const { get } = await kept();
    const { status, body } = await get(`?fields=${fields}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'bad-field' });
    expect(body.detail).toContain(words);
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
