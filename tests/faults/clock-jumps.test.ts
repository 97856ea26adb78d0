import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openStores } from '../../src/storage/stores.js';
import { launched, stopped } from '../cli/launched.js';
import { assay, fixture } from '../cli/spawn-assay.js';
import { multipart, temporaryDirectory } from '../http/posting.js';
import { clockFile } from '../support/clock-file.js';
import { fetched } from '../support/fetched.js';
import { describeWith } from '../support/system-parts.js';

const PICTURE = readFileSync(fixture('c2pa/png-c2pa-trained.png'));
const JOBS = 8;

describeWith('faketime', 'a clock that jumps under a server at work', (faketime) => {
  it('loses and doubles nothing; sessions, links and Idempotency-Keys end by what it says then', async () => {
    const dataDir = temporaryDirectory();
    const settings = { ASSAY_DATA_DIR: dataDir, ASSAY_SELF_TEST: 'skip', ASSAY_SANDBOX: 'off' };
    const key = (await assay(['keys', 'create', 'desk'], settings)).stdout.trim();
    const clock = clockFile(faketime);
    const serve = await launched('serve', {
      ...settings,
      ...clock.env,
      ASSAY_KEYS: 'required',
      ASSAY_JOBS: '1',
      ASSAY_LEASE_SECONDS: '30',
    });
    const { url } = serve;
    const bearer = { authorization: `Bearer ${key}` };
    const headers = { accept: 'text/html', origin: url };

    const post = async (number: number, later: boolean) => {
      const content = Buffer.concat([PICTURE, Buffer.from(`picture ${number}`)]);
      const body = multipart([{ name: 'file', filename: `${number}.png`, content }]);
      const answer = await fetch(`${url}/v1/inspections`, {
        method: 'POST',
        body: new Uint8Array(body.payload),
        headers: {
          ...body.headers,
          ...bearer,
          'idempotency-key': `picture ${number}`,
          ...(later ? { prefer: 'respond-async' } : {}),
        },
      });
      const { createdAt = '' } = (await answer.json()) as { createdAt?: string };
      return {
        status: answer.status,
        path: answer.headers.get('location') ?? '',
        replayed: answer.headers.get('idempotency-replayed') === 'true',
        /** Creation time of a job that is answered later. */
        createdAtMillis: Date.parse(createdAt),
      };
    };
    const signedIn = await fetched(`${url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams({ key }),
    });
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const desk = async () => {
      const answer = await fetch(`${url}/inspections`, {
        redirect: 'manual',
        headers: { ...headers, cookie },
      });
      await answer.body?.cancel();
      return answer.status;
    };
    const first = await post(0, false);
    expect(first.status).toBe(201);
    const made = await fetch(`${url}${first.path}/shares`, {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json' },
      body: JSON.stringify({ expiresInDays: 1 }),
    });
    const link = ((await made.json()) as { url: string }).url;
    const opened = async () => (await fetched(link)).status;
    expect([await desk(), await opened()]).toEqual([200, 200]);

    // Only one job is processed at a time, so that most of them wait at each jump.
    const numbers = Array.from({ length: JOBS }, (_, index) => index + 1);
    const accepted = await Promise.all(numbers.map((number) => post(number, true)));
    expect(accepted.map(({ status }) => status)).toEqual(numbers.map(() => 202));
    clock.jump(6);
    expect(await desk()).toBe(303);
    expect(await opened()).toBe(200);
    const ahead = await post(JOBS + 1, true);
    expect(ahead.createdAtMillis - (accepted[0]?.createdAtMillis ?? 0)).toBeGreaterThan(5 * 3_600_000);
    clock.jump(-6);
    const behind = await post(JOBS + 2, true);
    expect((accepted[0]?.createdAtMillis ?? 0) - behind.createdAtMillis).toBeGreaterThan(5 * 3_600_000);
    expect(await post(1, true)).toMatchObject({ path: accepted[0]?.path, replayed: true });
    expect((await fetched(`${url}/v1/health/ready`)).status).toBe(200);

    const stand = async () => {
      const { inspections } = (await (
        await fetch(`${url}/v1/inspections?limit=100`, { headers: bearer })
      ).json()) as { inspections: { id: string; status: string }[] };
      return [...accepted, ahead, behind].map(
        ({ path }) => inspections.find(({ id }) => path.endsWith(id))?.status,
      );
    };
    const done = Array(JOBS + 2).fill('done');
    await expect.poll(stand, { timeout: 60_000 }).toEqual(done);

    clock.jump(30);
    expect(await opened()).toBe(404);
    const anew = await post(0, false);
    expect([anew.status, anew.replayed, anew.path === first.path]).toEqual([201, false, false]);
    clock.jump(0);
    expect((await post(JOBS + 3, false)).status).toBe(201);
    expect(await stopped(serve)).toBe(0);

    const { inspections, queue, database, close } = await openStores({ dataDir }, { supervise: false });
    try {
      const { rows } = await database.query
        .selectFrom('inspection_reports')
        .select((eb) => eb.fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow();
      const all = JOBS + 5;
      expect(await inspections.countByStatus('local', {})).toMatchObject({
        done: all,
        failed: 0,
        running: 0,
        queued: 0,
      });
      expect(Number(rows)).toBe(all);
      expect(await queue.depth()).toEqual({ waiting: 0, running: 0 });
    } finally {
      await close();
    }
  }, 120_000);
});
