import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { AllowedPaths } from '../../src/service/inspections/allowed-paths.js';
import { JobUploads } from '../../src/service/inspections/upload-files.js';
import { AnswerInputs } from '../../src/service/inspections/versions.js';
import { StoreFault } from '../../src/storage/engine/storage-fault.js';
import { Worker } from '../../src/worker/worker.js';
import { ShellInspector, temporaryDirectory, testStores } from '../http/harness.js';

it('a full database costs a job no try, and the job is done once there is room', async () => {
  const dataDir = temporaryDirectory();
  const stores = await testStores(dataDir);
  const { query } = stores.database;
  const files = new JobUploads(join(dataDir, 'uploads'));
  await files.prepare();
  const id = randomUUID();
  const asked = { asOf: '2026-11-25', asOfSource: 'today', engine: 'auto', hasSidecar: false } as const;
  await stores.inspections.create([
    // A name of this length does not fit into an existing page of the database file.
    {
      id,
      tenant: 'local',
      createdAt: '2026-11-25T10:00:00.000Z',
      request: { ...asked, name: 'a'.repeat(8_000) },
    },
  ]);
  writeFileSync(files.file(id), 'bytes');
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(query);
  const most = (pages: number) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(query);
  await most(rows[0]?.page_count ?? 0);

  const told: unknown[] = [];
  const worker = new Worker({
    ...stores,
    files,
    allowedPaths: new AllowedPaths([]),
    inspector: new ShellInspector(),
    versions: new AnswerInputs(join(dataDir, 'trust')),
    jobs: 1,
    leaseMillis: 30_000,
    keepUploads: false,
    keepFailedMillis: 0,
    onError: (error) => told.push(error),
  });
  worker.start();
  onTestFinished(() => worker.stop(0));
  await expect.poll(() => told.length).toBeGreaterThan(0);
  expect(told[0]).toBeInstanceOf(StoreFault);
  expect(told[0]).toMatchObject({ code: 'store.full' });
  const stands = async () => {
    const record = await stores.inspections.get('local', id);
    return { status: record?.status, attempts: record?.attempts };
  };
  await expect.poll(stands).toEqual({ status: 'queued', attempts: 0 });

  await most(1_000_000);
  await expect.poll(stands).toEqual({ status: 'done', attempts: 1 });
  // The result is stored before the job is removed from the queue.
  await expect.poll(() => stores.queue.depth()).toEqual({ waiting: 0, running: 0 });
});
