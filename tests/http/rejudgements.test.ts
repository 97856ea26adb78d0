import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { TestApp } from './harness.js';
import { testApp } from './harness.js';
import { bearer, guarded, newKey } from './with-keys.js';

type Headers = Record<string, string>;
const URL = '/v1/law/rejudgements';
const post = ({ app }: Pick<TestApp, 'app'>, payload?: object, headers: Headers = {}) =>
  app.inject({ method: 'POST', url: URL, headers, ...(payload === undefined ? {} : { payload }) });

/** Stores two Reports, one of which changes, counted as a worker does it. */
async function withChanges(test: TestApp) {
  const made = (await post(test)).json();
  const job = await test.stores.rejudgements.take(30_000);
  if (job === undefined) throw new Error('nothing to take');
  const { rejudgements, inspections } = test.stores;
  await rejudgements.begin(job, 'law', '2026-11-28T10:00:00.000Z');
  const id = randomUUID();
  await inspections.create({
    ...{ id, tenant: job.tenant, createdAt: '2026-11-28T10:00:00.000Z' },
    request: { name: 'n', asOf: '2026-11-28', engine: 'auto', hasSidecar: false },
  });
  const counts = {
    ...{ reports: 1_206, judged: 1_204, changed: 4, newFindings: 3, endedFindings: 1, otherwise: 0 },
    ...{ onTheirDay: 0, superseded: 0, notJudged: { damaged: 2 } },
  };
  const change = (rule: string, is: 'new' | 'ended') => ({ rulebook: 'book', rule, is });
  await rejudgements.recordStep(job, {
    position: { createdAt: '2026-11-28T10:00:00.000Z', id },
    counts,
    reports: [{ inspection: id, asOf: '2026-11-28', changes: [change('a', 'new'), change('b', 'ended')] }],
  });
  await rejudgements.end(job, { status: 'done', at: '2026-11-28T10:01:00.000Z' });
  return { url: `${URL}/${made.id}`, id, counts };
}

describe('re-judgements over the API', () => {
  it('are accepted, said in the reader’s language, and list their changes page by page', async () => {
    const test = await testApp();
    const made = await post(test);
    expect([made.statusCode, made.headers.location]).toEqual([202, `${URL}/${made.json().id}`]);
    expect(made.json()).toMatchObject({ status: 'queued', apply: false, asOf: '2026-11-25', notes: [] });
    expect((await post(test)).json()).toMatchObject({ code: 'rejudgement-under-way' });
    expect((await test.app.inject({ method: 'DELETE', url: `${URL}/${made.json().id}` })).statusCode).toBe(
      204,
    );

    const { url, id, counts } = await withChanges(test);
    const read = async (query: string) => (await test.app.inject({ url: url + query })).json();
    expect(await read('')).toMatchObject({
      ...{ status: 'done', counts, law: 'law' },
      summary: '3 of 1,204 reports have a new finding.',
      notes: [
        '1 report no longer has a finding that it had.',
        '2 reports could not be judged again: their stored data cannot be read.',
      ],
      changes: [
        { inspection: id, rulebook: 'book', rule: 'a', is: 'new', asOf: '2026-11-28' },
        { inspection: id, rule: 'b', is: 'ended' },
      ],
    });
    expect((await read('?lang=zh-Hans')).summary).toBe('1,204 份报告中有 3 份有新的发现。');
    const first = await read('?limit=1');
    expect(first.changes).toMatchObject([{ rule: 'a' }]);
    expect((await read(`?limit=1&cursor=${first.next}`)).changes).toMatchObject([{ rule: 'b' }]);
    expect((await read('?new=true')).changes).toHaveLength(1);
    expect((await test.app.inject({ url: `${url}?cursor=x` })).statusCode).toBe(400);
    expect((await test.app.inject({ url: `${url}?limit=0` })).statusCode).toBe(400);
    const { rejudgements } = (await test.app.inject({ url: URL })).json();
    expect(rejudgements).toMatchObject([{ status: 'done', counts }]);
  });

  it('are made once for an Idempotency-Key, and refuse what cannot be asked', async () => {
    const test = await testApp();
    const headers = { 'idempotency-key': 'one' };
    const made = await post(test, { apply: true, since: '2026-11-01' }, headers);
    const again = await post(test, { apply: true, since: '2026-11-01' }, headers);
    expect([again.statusCode, again.headers['idempotency-replayed'], again.json().id]).toEqual([
      ...[202, 'true', made.json().id],
    ]);
    expect(made.json()).toMatchObject({ apply: true, since: '2026-11-01T00:00:00.000Z' });
    expect((await post(test, {}, headers)).statusCode).toBe(422);
    for (const bad of [
      { asOf: '2026-02-30' },
      { since: 'then' },
      { apply: 'x' },
      { other: 1 },
      { asOf: 'x' },
    ])
      expect((await post(test, bad)).statusCode, JSON.stringify(bad)).toBe(400);
    await test.app.inject({ method: 'DELETE', url: `${URL}/${made.json().id}` });
    expect((await post(test, { apply: true, since: '2026-11-01' }, headers)).statusCode).toBe(410);
  });

  it('are sealed: another tenant’s key finds none of them, and one that only reads starts none', async () => {
    const test = await guarded();
    const ours = bearer(await newKey(test, { tenant: 'ours', scopes: ['inspect', 'read'] }));
    const theirs = bearer(await newKey(test, { tenant: 'theirs', scopes: ['inspect', 'read'] }));
    const reads = bearer(await newKey(test, { tenant: 'ours', scopes: ['read'] }));
    expect((await post(test, {}, reads)).statusCode).toBe(403);
    const { id } = (await post(test, {}, ours)).json();
    const url = `${URL}/${id}`;
    const asked = async (method: 'GET' | 'DELETE', headers: Headers) =>
      (await test.app.inject({ method, url, headers })).statusCode;
    expect(await asked('GET', theirs)).toBe(404);
    expect(await asked('DELETE', theirs)).toBe(404);
    expect((await test.app.inject({ url: URL, headers: theirs })).json().rejudgements).toEqual([]);
    expect((await post(test, {}, theirs)).statusCode).toBe(202);
    expect(await asked('DELETE', reads)).toBe(403);
    expect(await asked('GET', reads)).toBe(200);
    expect(await asked('DELETE', ours)).toBe(204);
    expect(await asked('GET', ours)).toBe(404);
  });
});
