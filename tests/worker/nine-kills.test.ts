import { randomUUID } from 'node:crypto';
import { copyFileSync, realpathSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { JobUploads } from '../../src/service/inspections/upload-files.js';
import type { StoredRequest } from '../../src/storage/inspections/inspections.js';
import { openStores, type Stores } from '../../src/storage/stores.js';
import { kill, launch } from '../cli/launched.js';
import { fixture } from '../cli/spawn-assay.js';
import { describeOnBoth } from '../contracts/stores.js';
import { filesIn, temporaryDirectory } from '../http/posting.js';
import { endPauses } from './end-pauses.js';

const KILLS = 9;
/** A sparse and harmless file that takes long enough to be in progress whenever a worker is killed. */
const LONG_BYTES = 1024 ** 3 / 2;
const LOOK_MILLIS = 20;

/** Accepts the inspection during which the workers of this test are killed. */
async function acceptance(stores: Stores, dataDir: string) {
  const files = new JobUploads(join(dataDir, 'uploads'));
  await files.prepare();
  const archive = realpathSync(temporaryDirectory());
  const ids: string[] = [];
  const accept = async (name: string, put: (id: string) => void, path?: string) => {
    const id = randomUUID();
    const ask = { asOf: '2026-11-25', asOfSource: 'requested', engine: 'auto', hasSidecar: false } as const;
    const request: StoredRequest = { name, ...ask, ...(path === undefined ? {} : { path }) };
    put(id);
    await stores.inspections.create({ id, tenant: 'local', createdAt: new Date().toISOString(), request });
    ids.push(id);
  };
  return {
    archive,
    ids,
    jpeg: (name: string) => accept(name, (id) => copyFileSync(fixture(`c2pa/${name}`), files.file(id))),
    long: async () => {
      const path = join(archive, `${ids.length}.bin`);
      const put = () => {
        writeFileSync(path, '');
        truncateSync(path, LONG_BYTES + ids.length);
      };
      await accept('long.bin', put, path);
    },
  };
}

async function begun({ database }: Stores): Promise<number> {
  const { sum } = await database.query
    .selectFrom('inspections')
    .select((eb) => eb.fn.sum<number>('attempts').as('sum'))
    .executeTakeFirstOrThrow();
  return Number(sum);
}

describeOnBoth('nine servers and workers that are killed in a row', (_open, place) => {
  it('cost no accepted file its result, nor its upload before that', async () => {
    const at = { ...(await place()), dataDir: temporaryDirectory() };
    const stores = await openStores(at, { supervise: false });
    try {
      const { archive, ids, jpeg, long } = await acceptance(stores, at.dataDir);
      await jpeg('jpeg-c2pa-captured.jpg');
      await long();
      const env = {
        ASSAY_DATA_DIR: at.dataDir,
        ASSAY_ALLOWED_PATHS: archive,
        ASSAY_SELF_TEST: 'skip',
        ASSAY_PREVIEWS: 'off',
        ASSAY_SANDBOX: 'off',
        ASSAY_LEASE_SECONDS: '1',
        ASSAY_JOBS: '2',
        ASSAY_LOG_LEVEL: 'silent',
        ...(at.url === undefined ? {} : { DATABASE_URL: at.url }),
      };
      const isOver = async () => {
        await endPauses(stores);
        const { waiting, running } = await stores.queue.depth();
        return waiting + running === 0;
      };
      for (let kills = 0; kills < KILLS; kills += 1) {
        const before = await begun(stores);
        const program = await launch(kills % 2 === 0 ? 'worker' : 'serve', env);
        try {
          // Waits until the worker has started something.
          while ((await begun(stores)) === before) {
            if (await isOver()) await long();
            await delay(LOOK_MILLIS);
          }
        } finally {
          await kill(program);
        }
      }
      const last = await launch('worker', env);
      try {
        await expect.poll(isOver, { timeout: 240_000, interval: 200 }).toBe(true);
        // The fingerprint is made after the result, and only then is the upload deleted.
        await expect.poll(() => filesIn(join(at.dataDir, 'uploads'))).toEqual([]);
      } finally {
        await kill(last);
      }
      const all = await Promise.all(ids.map((id) => stores.inspections.get('local', id)));
      expect(all.map((record) => record?.error ?? record?.status)).toEqual(ids.map(() => 'done'));
      expect(all.every((record) => record?.report !== undefined)).toBe(true);
      const attempts = all.map((record) => record?.attempts ?? 0);
      process.stderr.write(`begun ${attempts.join(' and ')} times, over ${KILLS} kills\n`);
      // Each worker was killed during an inspection that it had started.
      expect(attempts.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(KILLS);
      expect(filesIn(join(at.dataDir, 'uploads'))).toEqual([]);
    } finally {
      await stores.close();
    }
  });
});
