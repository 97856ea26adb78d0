import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseLocation } from '../../src/storage/engine/database.js';
import { openStores } from '../../src/storage/stores.js';
import { kill, launch } from '../cli/launched.js';
import { fixture } from '../cli/spawn-assay.js';
import { filesIn, multipart, temporaryDirectory } from '../http/posting.js';
import { type Postgres, startPostgres } from '../support/postgres.js';
import { describeWith } from '../support/system-parts.js';

/** The long form of docs/robustness.md: ASSAY_KILL_JOBS=500 ASSAY_KILLS=20. */
const JOBS = Number(process.env['ASSAY_KILL_JOBS'] ?? 15);
const KILLS = Number(process.env['ASSAY_KILLS'] ?? 3);
const TEST_MILLIS = 400_000 + JOBS * 3_000 + KILLS * 15_000;

const PICTURE = readFileSync(fixture('c2pa/png-c2pa-trained.png'));

/**
 * Uploads a different file each time, which would otherwise be answered from the stored result. Returns `undefined` if
 * nobody answered.
 */
async function accepted(url: string, number: number): Promise<string | undefined> {
  const content = Buffer.concat([PICTURE, Buffer.from(`job ${number}`)]);
  const { payload, headers } = multipart([{ name: 'file', filename: `${number}.png`, content }]);
  try {
    const answer = await fetch(`${url}/v1/inspections`, {
      method: 'POST',
      body: new Uint8Array(payload),
      headers: { ...headers, prefer: 'respond-async' },
    });
    if (answer.status !== 202) return undefined;
    const { id } = (await answer.json()) as { id: string };
    return id;
  } catch {
    return undefined;
  }
}

/** Kills server and worker in turn at random moments, while jobs arrive and are processed. */
async function survive(place: DatabaseLocation): Promise<void> {
  const env = {
    ASSAY_DATA_DIR: place.dataDir,
    ASSAY_SELF_TEST: 'skip',
    ASSAY_PREVIEWS: 'off',
    ASSAY_LEASE_SECONDS: '3',
    ASSAY_JOBS: '2',
    ASSAY_LOG_LEVEL: 'silent',
    ...(place.url === undefined ? {} : { DATABASE_URL: place.url }),
  };
  const programs = { serve: await launch('serve', env), worker: await launch('worker', env) };
  const ids = new Set<string>();
  let [asked, kills] = [0, 0];
  try {
    while (ids.size < JOBS || kills < KILLS) {
      const due = ids.size >= JOBS || ids.size > ((kills + Math.random()) * JOBS) / KILLS;
      if (due && kills < KILLS) {
        const which = kills % 2 === 0 ? 'serve' : 'worker';
        await delay(Math.random() * 300);
        await kill(programs[which]);
        kills += 1;
        programs[which] = await launch(which, env);
      }
      if (ids.size < JOBS) {
        asked += 1;
        const id = await accepted(programs.serve.url, asked);
        if (id !== undefined) ids.add(id);
      }
    }
    const until = Date.now() + TEST_MILLIS / 2;
    const { inspections, queue, database, close } = await openStores(place, { supervise: false });
    try {
      for (;;) {
        const { waiting, running } = await queue.depth();
        if (waiting + running === 0 || Date.now() > until) break;
        await delay(300);
      }
      const statuses = await Promise.all(
        [...ids].map(async (id) => (await inspections.get('local', id))?.status ?? 'lost'),
      );
      expect(statuses.filter((status) => status !== 'done')).toEqual([]);
      const count = (table: 'inspection_reports' | 'events') =>
        database.query
          .selectFrom(table)
          .select((eb) => eb.fn.countAll<number>().as('rows'))
          .executeTakeFirstOrThrow();
      // An unanswered post may have been accepted nevertheless; it has exactly one result too.
      const all = await inspections.countByStatus('local', {});
      expect(Number((await count('inspection_reports')).rows)).toBe(all.done);
      expect(all).toMatchObject({ queued: 0, running: 0, failed: 0, cancelled: 0 });
      await expect.poll(() => queue.depth()).toEqual({ waiting: 0, running: 0 });
      process.stderr.write(
        `${ids.size} accepted, ${asked - ids.size} unanswered, ${kills} kills, ${all.done} results\n`,
      );
    } finally {
      await close();
    }
  } finally {
    await kill(programs.serve);
    await kill(programs.worker);
  }
  expect(kills).toBe(KILLS);
}

describe('what was accepted has one result each, whoever is killed', () => {
  it(
    'on SQLite',
    async () => {
      const dataDir = temporaryDirectory();
      await survive({ dataDir });
      expect(filesIn(dataDir)).toContain('assay.sqlite');
    },
    TEST_MILLIS,
  );
});

describeWith('postgres', 'the same on PostgreSQL', (program) => {
  let server: Postgres;
  beforeAll(async () => {
    server = await startPostgres(program);
  });
  afterAll(async () => {
    await server.stop();
  });

  it(
    'has one result each',
    async () => {
      await survive({ dataDir: temporaryDirectory(), url: await server.migratedDatabase() });
    },
    TEST_MILLIS,
  );
});
