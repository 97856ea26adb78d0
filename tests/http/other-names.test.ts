import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { createInspector } from '../../src/inspect/pool/create-inspector.js';
import type { Inspector, InspectRequest } from '../../src/inspect/pool/inspector.js';
import { BROWSER, onePart, type TestApp, temporaryDirectory, testApp, upload } from './harness.js';
import { startWorker } from './start-worker.js';
import { bearer, guarded, newKey } from './with-keys.js';

const SLOW = { timeout: 60_000 };
const LABELLED = resolve(import.meta.dirname, '../../fixtures/labels/png-gb45438-xmp.png');
const content = readFileSync(LABELLED);
const pool = createInspector({ jobs: 1 });
afterAll(() => pool.close());

/** A real inspector that records its requests. */
function counted(): { inspector: Inspector; requests: InspectRequest[] } {
  const requests: InspectRequest[] = [];
  const inspector: Inspector = {
    inspect: (request, takers) => {
      requests.push(request);
      return pool.inspect(request, takers);
    },
    close: async () => undefined,
  };
  return { inspector, requests };
}

/** Its extension says video, and its declared type is sound. */
const FIRST = onePart({ filename: 'zqfirst.mp4', type: 'audio/wav', content });
const SECOND = onePart({ filename: 'second.png', type: 'image/png', content });

const formsOf = async (app: FastifyInstance, url: string): Promise<string[]> => {
  const answers = await Promise.all([
    app.inject({ url }),
    app.inject({ url, headers: BROWSER }),
    app.inject({ url, headers: { accept: 'text/csv' } }),
    app.inject({ url: `${url}/evidence` }),
    app.inject({ url: `${url}/report.html` }),
  ]);
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
  return answers.map(({ body }) => body);
};

describe('equal bytes under another name', () => {
  it('are not read again, and stand under their own name everywhere', SLOW, async () => {
    const { inspector, requests } = counted();
    const { app } = await testApp({ inspector });
    const first = await upload(app, [FIRST]);
    const again = await upload(app, [SECOND]);
    expect(requests).toHaveLength(1);
    expect(again.statusCode).toBe(201);
    expect(again.headers['assay-cached']).toBe(String(first.headers.location).split('/').at(-1));
    expect(first.json()).toMatchObject({
      report: { asset: { name: 'zqfirst.mp4', declaredMediaType: 'audio/wav' } },
    });
    expect(again.json()).toMatchObject({
      report: { asset: { name: 'second.png', declaredMediaType: 'image/png' } },
    });
    const url = String(again.headers.location);
    for (const form of await formsOf(app, url)) {
      expect(form).toContain('second.png');
      expect(form).not.toMatch(/zqfirst|audio\/wav|video\/mp4/);
    }
    for (const form of await formsOf(app, String(first.headers.location))) {
      expect(form).toContain('zqfirst.mp4');
    }
    const listed = (asked: string) => app.inject({ url: `/v1/inspections${asked}` });
    const ids = (answer: Awaited<ReturnType<typeof listed>>) =>
      answer.json().inspections.map(({ id }: { id: string }) => `/v1/inspections/${id}`);
    expect(ids(await listed(''))).toEqual([url, first.headers.location]);
    expect(ids(await listed('?signal=file.mediaTypeMismatch'))).toEqual([first.headers.location]);
    expect(ids(await listed('?label=gb45438'))).toEqual([url, first.headers.location]);
  });

  it(
    'are said as if they had been read: from first to last, and on from what was made of it',
    SLOW,
    async () => {
      const { inspector, requests } = counted();
      const { app } = await testApp({ inspector });
      const anew = { headers: { 'cache-control': 'no-cache' } };
      const parts = [FIRST, SECOND, onePart({ filename: 'Screenshot_2026-05-03.jpg', content })];
      const reportIn = (answer: { json(): { report: object } }) => JSON.stringify(answer.json().report);
      const kept: string[] = [];
      for (const part of parts) kept.push(reportIn(await upload(app, [part])));
      expect(requests).toHaveLength(1);
      const read: string[] = [];
      for (const part of parts) read.push(reportIn(await upload(app, [part], anew)));
      expect(requests).toHaveLength(4);
      expect(kept).toEqual(read);
      // The newest has no name of the first either, and is returned unchanged for its own name.
      expect(reportIn(await upload(app, [FIRST]))).toBe(kept[0]);
      expect(requests).toHaveLength(4);
    },
  );

  it('are read where nothing was kept that names them, as by an earlier version', SLOW, async () => {
    const { inspector, requests } = counted();
    const { app, database } = await testApp({ inspector });
    await upload(app, [FIRST]);
    await database.query.deleteFrom('inspection_derivatives').where('kind', '=', 'naming').execute();
    const again = await upload(app, [SECOND]);
    expect(again.headers).not.toHaveProperty('assay-cached');
    expect(again.json().report.asset.name).toBe('second.png');
    expect(requests).toHaveLength(2);
  });

  it('are read for every tenant', SLOW, async () => {
    const { inspector, requests } = counted();
    const test = await guarded({}, { inspector });
    const headers = async (tenant: string) => ({ headers: bearer(await newKey(test, { tenant })) });
    await upload(test.app, [FIRST], await headers('a'));
    const other = await upload(test.app, [SECOND], await headers('b'));
    expect(other.headers).not.toHaveProperty('assay-cached');
    expect(requests).toHaveLength(2);
    expect((await upload(test.app, [SECOND], await headers('a'))).headers['assay-cached']).toBeDefined();
    expect(requests).toHaveLength(2);
  });

  it('that are asked about at once are read once, each under its own name', SLOW, async () => {
    const archive = join(temporaryDirectory(), 'archive');
    mkdirSync(archive);
    const names = ['one.png', 'two.jpg', 'IMG-20260503-WA0001.png', 'four.png'];
    for (const name of names) copyFileSync(LABELLED, join(archive, name));
    const { inspector, requests } = counted();
    const test: TestApp = await testApp({
      inspector,
      env: { ASSAY_ALLOWED_PATHS: archive, ASSAY_JOBS: '4' },
    });
    const items = names.map((name) => ({ path: join(archive, name) }));
    const made = await test.app.inject({ method: 'POST', url: '/v1/batches', payload: { items } });
    startWorker({ ...test, inspector: Object.assign(test.inspector, inspector) });
    const url = String(made.headers.location);
    await expect
      .poll(async () => (await test.app.inject({ url })).json().counts.done, { timeout: 30_000 })
      .toBe(4);
    expect(requests).toHaveLength(1);
    const lines = (await test.app.inject({ url: `${url}/results` })).body.trimEnd().split('\n');
    const results = lines.map((line) => JSON.parse(line));
    const said = results.slice(0, 4).map(({ report }) => report);
    expect(said.map(({ asset }) => asset.name)).toEqual(names);
    expect(said.map(({ asset }) => asset.declaredMediaType)).toEqual([
      'image/png',
      'image/jpeg',
      'image/png',
      'image/png',
    ]);
    const raised = (id: string) =>
      said.map(({ signals }) => signals.some((signal: { id: string }) => signal.id === id));
    expect(raised('file.mediaTypeMismatch')).toEqual([false, true, false, false]);
    expect(raised('platform.hint.whatsapp')).toEqual([false, false, true, false]);
    expect(results.filter(({ cachedFrom }) => cachedFrom !== undefined)).toHaveLength(3);
  });
});
