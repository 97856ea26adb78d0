import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedApp, shellReport, type TestApp, testApp, upload } from './harness.js';
import { NOTHING_STATED } from './shell-report.js';

const JSON_TYPE = { 'content-type': 'application/json' };

async function kept(test: TestApp): Promise<string> {
  const posted = await upload(test.app);
  expect(posted.statusCode).toBe(201);
  return String(posted.headers.location);
}

const patch = ({ app }: TestApp, url: string, body: unknown) =>
  app.inject({ method: 'PATCH', url, payload: JSON.stringify(body), headers: JSON_TYPE });
const recheck = ({ app }: TestApp, url: string) => app.inject({ method: 'POST', url: `${url}/recheck` });

describe('PATCH /v1/inspections/{id}', () => {
  /** Shared service for tests that leave it unchanged. */
  const refusing = sharedApp();

  it('sets the case and tags, adds notes with who and when, and leaves the Report as it was', async () => {
    const test = await testApp();
    const url = await kept(test);
    const before = await test.app.inject({ url });
    await patch(test, url, { note: 'first' });
    const answer = await patch(test, url, { caseRef: 'story', tags: ['b', 'a', 'b'], note: 'second\u202e' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      schema: 'assay.inspection/1',
      caseRef: 'story',
      tags: ['b', 'a'],
      notes: [
        { text: 'first', by: 'local' },
        { text: 'second', by: 'local' },
      ],
    });
    expect(answer.json()).not.toHaveProperty('report');
    expect((await test.app.inject({ url })).json().report).toEqual(before.json().report);
    const cleared = await patch(test, url, { caseRef: null, tags: [] });
    expect(cleared.statusCode).toBe(200);
    expect(cleared.json()).not.toHaveProperty('caseRef');
  });

  it.each([{ caseRef: '' }, { tags: [''] }, { tags: {} }, { other: 1 }, { note: 'x'.repeat(5_000) }, []])(
    'refuses %j',
    async (body) => {
      const test = refusing();
      const answer = await patch(test, await kept(test), body);
      expect(answer.statusCode).toBe(400);
      expect(answer.json().code).toBe('bad-field');
    },
  );

  it('knows nothing of what is not there', async () => {
    const answer = await patch(refusing(), `/v1/inspections/${randomUUID()}`, { tags: ['a'] });
    expect(answer.json().code).toBe('inspection-not-found');
  });
});

describe('POST /v1/inspections/{id}/recheck', () => {
  it('takes an announced body that is none, and refuses one that is', async () => {
    const { app } = await testApp();
    const url = `${(await upload(app)).headers.location}/recheck`;
    const headers = { 'content-type': 'application/json' };
    const statusOf = async (payload?: string) =>
      (await app.inject({ method: 'POST', url, headers, ...(payload === undefined ? {} : { payload }) }))
        .statusCode;
    for (const payload of [undefined, '', ' ', '{}', '{ }\n']) expect(await statusOf(payload)).toBe(201);
    for (const payload of ['{"asOf":"2026-08-02"}', 'null', '[', 'asOf']) {
      expect(await statusOf(payload)).toBe(400);
    }
  });

  it('asks the same of the file where it was kept, and says what changed and why', async () => {
    let sentence = 'first';
    const test = await testApp({
      env: { ASSAY_KEEP_UPLOADS_HOURS: '1' },
      inspector: {
        inspect: async (request) => ({
          ...shellReport(request, Buffer.from('some bytes')),
          summary: {
            ...NOTHING_STATED,
            origin: 'none',
            sentence: sentence as never,
            coverage: { state: 'complete', unread: [] },
          },
        }),
        close: async () => {},
      },
    });
    const url = await kept(test);
    const id = url.split('/').at(-1);
    const same = await recheck(test, url);
    expect(same.statusCode).toBe(201);
    expect(same.json()).toMatchObject({ supersedes: id, changes: { reasons: [], answer: [] } });
    expect((await test.app.inject({ url: `${url}` })).json()).not.toHaveProperty('supersededBy');

    sentence = 'second';
    mkdirSync(join(test.config.trustDir, 'private'), { recursive: true });
    writeFileSync(join(test.config.trustDir, 'private', 'desk.pem'), 'another list');
    const other = await recheck(test, url);
    expect(other.json()).toMatchObject({
      supersedes: id,
      changes: {
        reasons: [{ what: 'list', name: 'private/desk.pem' }],
        answer: [{ pointer: '/summary/sentence', before: 'first', after: 'second' }],
      },
      report: { summary: { sentence: 'second' } },
    });
    const old = (await test.app.inject({ url: `${url}` })).json();
    expect(old).toMatchObject({ supersededBy: other.json().id, report: { summary: { sentence: 'first' } } });
    const events = await test.stores.database.query
      .transaction()
      .execute((inside) => test.stores.events.next(inside, 10));
    expect(events.map(({ type }) => type)).toContain('inspection.superseded');
    expect(test.uploads()).toHaveLength(3);
  });

  it('asks the rules anew of what is kept where the file is gone', async () => {
    let day = '2026-11-25';
    const test = await testApp({ today: () => day });
    const url = await kept(test);
    day = '2027-11-25';
    const answer = await recheck(test, url);
    expect(answer.statusCode).toBe(201);
    expect(answer.json().report.tool.asOf).toBe('2027-11-25');
    expect(answer.json().report.law.length).toBeGreaterThan(0);
    expect(answer.json().changes.reasons).toEqual([
      { what: 'day', name: 'asOf', before: '2026-11-25', after: '2027-11-25' },
    ]);
    expect(test.inspector.requests).toHaveLength(1);
    expect(test.uploads()).toEqual([]);
  });

  it('says that the file is gone where a signer would have to be held against other lists', async () => {
    const test = await testApp({
      inspector: {
        inspect: async (request) => ({
          ...shellReport(request, Buffer.from('some bytes')),
          contentCredentials: { presence: 'present' },
        }),
        close: async () => {},
      },
    });
    const url = await kept(test);
    mkdirSync(join(test.config.trustDir, 'private'), { recursive: true });
    writeFileSync(join(test.config.trustDir, 'private', 'desk.pem'), 'another list');
    const answer = await recheck(test, url);
    expect(answer.statusCode).toBe(409);
    expect(answer.json().code).toBe('asset-gone');
  });

  it('waits for the first answer', async () => {
    const test = await testApp();
    const queued = await upload(test.app, undefined, { headers: { prefer: 'respond-async' } });
    const answer = await recheck(test, String(queued.headers.location));
    expect(answer.statusCode).toBe(409);
    expect(answer.json().code).toBe('not-finished');
  });
});
