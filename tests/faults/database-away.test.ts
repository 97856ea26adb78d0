import { afterAll, beforeAll, expect, it } from 'vitest';
import { launched, stopped } from '../cli/launched.js';
import { temporaryDirectory } from '../http/posting.js';
import { inEnglish } from '../i18n/english.js';
import { fetched } from '../support/fetched.js';
import { type Postgres, startPostgres } from '../support/postgres.js';
import { describeWith } from '../support/system-parts.js';
import { post, statuses } from './posts.js';

/** A database that disappears while the service works, like a real server that is killed, and returns. */
describeWith('postgres', 'a database that is away', (program) => {
  let server: Postgres;
  beforeAll(async () => {
    server = await startPostgres(program);
  });
  afterAll(async () => {
    await server.stop();
  });
  const service = async (over: Record<string, string> = {}) =>
    launched('serve', {
      ASSAY_DATA_DIR: temporaryDirectory(),
      ...(over['DATABASE_URL'] === undefined ? { DATABASE_URL: await server.migratedDatabase() } : {}),
      ASSAY_SELF_TEST: 'skip',
      ASSAY_PREVIEWS: 'off',
      ASSAY_JOBS: '2',
      ASSAY_SANDBOX: 'off',
      ASSAY_LEASE_SECONDS: '3',
      ...over,
    });

  it('costs no accepted file its one result, and is told as what it is meanwhile', async () => {
    const serve = await service();
    const { url } = serve;
    const before = await Promise.all([1, 2, 3, 4, 5, 6].map((one) => post(url, one, { later: true })));
    expect(before.map(({ status }) => status)).toEqual(Array(6).fill(202));

    await server.kill();
    const away = { status: 503, code: 'storage-unavailable', retryAfter: '10' };
    expect(await post(url, 7, { later: true })).toEqual(away);
    expect(await post(url, 8)).toEqual(away);
    for (const path of ['/v1/inspections', `/v1/inspections/${before[0]?.id}`]) {
      const answer = await fetch(url + path);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject({ status: 503, code: 'storage-unavailable' });
    }
    const page = await fetch(`${url}/inspections`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(503);
    expect(await page.text()).toContain(inEnglish('problem.storage-unavailable.title'));
    expect((await fetched(`${url}/v1/health/live`)).status).toBe(200);
    const ready = await fetch(`${url}/v1/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ checks: { database: { status: 'failed' } } });

    await server.start();
    const ids = before.map(({ id }) => id ?? '');
    const stand = async () => {
      const all = await statuses(url);
      return ids.map((id) => all.get(id));
    };
    await expect.poll(stand).toEqual(ids.map(() => 'done'));
    expect((await post(url, 9)).status).toBe(201);
    expect([...(await statuses(url)).values()].filter((status) => status === 'failed')).toEqual([]);
    expect(serve.child.exitCode).toBeNull();
  });

  it('keeps a service from nothing else: its figures are read, and it stops', async () => {
    const serve = await service();
    await server.kill();
    const figures = await (await fetch(`${serve.url}/metrics`)).text();
    expect(figures).toContain('process_resident_memory_bytes');
    expect(figures).not.toMatch(/^assay_queue_jobs\{/m);
    const again = await (await fetch(`${serve.url}/metrics`)).text();
    expect(again).toMatch(/^assay_gauge_failures_total\{figure="assay_queue_jobs"\} [12]/m);
    expect(await stopped(serve)).toBe(0);
    await server.start();
  });

  it('that hangs keeps nobody waiting for ever, a service that stops neither, and what was accepted has its one result once it goes on', async () => {
    const [serve, stops] = [await service(), await service()];
    const { url } = serve;
    expect((await post(url, 1)).status).toBe(201);
    const before = await Promise.all([2, 3, 4, 5].map((one) => post(url, one, { later: true })));
    expect(before.map(({ status }) => status)).toEqual(Array(4).fill(202));
    expect((await post(stops.url, 1, { later: true })).status).toBe(202);
    await server.hang();
    try {
      // It does not delay the stop of another service beyond the allowed time either.
      const end = stopped(stops);
      // Ten connections wait for an answer until the timeout; requests that find none free are refused earlier.
      const asked = Array.from({ length: 30 }, () => fetch(`${url}/v1/inspections`));
      for (const answer of await Promise.all(asked)) {
        expect(answer.headers.get('retry-after')).toBe('10');
        expect(await answer.json()).toMatchObject({ status: 503, code: 'storage-unavailable' });
      }
      expect(await post(url, 6)).toMatchObject({ status: 503, code: 'storage-unavailable' });
      expect((await fetched(`${url}/v1/health/ready`)).status).toBe(503);
      expect((await fetched(`${url}/v1/health/live`)).status).toBe(200);
      expect(await end).toBe(0);
    } finally {
      await server.goOn();
    }
    const stand = async () => {
      const all = await statuses(url);
      return before.map(({ id }) => all.get(id ?? ''));
    };
    // A job in progress when the database hung becomes available only when its lease expires.
    await expect.poll(stand, { timeout: 180_000 }).toEqual(before.map(() => 'done'));
    expect((await post(url, 7)).status).toBe(201);
    expect(serve.child.exitCode).toBeNull();
  });

  it('at a start is said in one line', async () => {
    const DATABASE_URL = await server.migratedDatabase();
    await server.kill();
    await expect(service({ DATABASE_URL })).rejects.toThrow(
      /assay: the database does not answer: connect ECONNREFUSED 127\.0\.0\.1:\d+\n$/,
    );
    await server.start();
    expect((await post((await service({ DATABASE_URL })).url, 1)).status).toBe(201);
  });
});
