import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { StoredReport } from '../../src/core/report/report.js';
import { message } from '../../src/i18n/message.js';
import type { InspectRequest } from '../../src/inspect/pool/inspector.js';
import { diagnostics } from '../../src/inspect/protocol/diagnostics.js';
import { InspectError } from '../../src/inspect/protocol/inspect-error.js';
import { AllowedPaths } from '../../src/service/inspections/allowed-paths.js';
import { JobUploads } from '../../src/service/inspections/upload-files.js';
import { AnswerInputs } from '../../src/service/inspections/versions.js';
import type { StoredRequest } from '../../src/storage/inspections/inspections.js';
import type { Stores } from '../../src/storage/stores.js';
import { pauseAfterDeath, pauseAfterFault } from '../../src/worker/retries.js';
import { Worker } from '../../src/worker/worker.js';
import { filesIn, shellReport, temporaryDirectory, testStores } from '../http/harness.js';
import { endPauses } from './end-pauses.js';

const AT = '2026-11-25T10:00:00.000Z';
const HOUR_MILLIS = 3_600_000;

/** Starts a worker whose readings end when the test decides; `names` lists those in progress. */
async function working({ jobs = 3, keepFailedMillis = 24 * HOUR_MILLIS } = {}) {
  const dataDir = temporaryDirectory();
  const stores = await testStores(dataDir);
  const files = new JobUploads(join(dataDir, 'uploads'));
  await files.prepare();
  const archive = temporaryDirectory();
  const open = new Map<string, (faulty?: InspectError) => void>();
  const began: { name: string; beside: string[] }[] = [];
  const worker = new Worker({
    ...stores,
    files,
    allowedPaths: new AllowedPaths([archive]),
    inspector: {
      inspect: async (request: InspectRequest): Promise<StoredReport> => {
        began.push({ name: request.name, beside: [...open.keys()] });
        const fault = await new Promise<InspectError | undefined>((end) => open.set(request.name, end));
        open.delete(request.name);
        if (fault !== undefined) throw fault;
        return shellReport(request, Buffer.from(request.name));
      },
      close: async () => undefined,
    },
    versions: new AnswerInputs(join(dataDir, 'trust')),
    jobs,
    leaseMillis: 30_000,
    keepUploads: false,
    keepFailedMillis,
  });
  onTestFinished(() => worker.stop(0));

  const accepted = async (name: string, { interrupted = 0, running = false, faults = 0, path = '' } = {}) => {
    const id = randomUUID();
    const ask = { asOf: '2026-11-25', asOfSource: 'requested', engine: 'auto', hasSidecar: false } as const;
    const request: StoredRequest = { name, ...ask, ...(path === '' ? {} : { path: join(archive, path) }) };
    await stores.inspections.create({ id, tenant: 'local', createdAt: AT, request });
    if (path === '') writeFileSync(files.file(id), name);
    await startedBefore(stores, id, { interrupted, running, faults });
    return id;
  };
  const end = async (name: string, fault?: InspectError) => {
    await expect.poll(() => [...open.keys()]).toContain(name);
    open.get(name)?.(fault);
  };
  const record = (id: string) => stores.inspections.get('local', id);
  const becomes = (id: string, status: string) =>
    expect.poll(async () => (await record(id))?.status).toBe(status);
  return {
    stores,
    files,
    worker,
    accepted,
    began,
    open,
    end,
    record,
    becomes,
    uploads: () => filesIn(files.path),
  };
}

/** Simulates earlier attempts by other workers. */
async function startedBefore(
  { inspections }: Stores,
  id: string,
  { interrupted, running, faults }: { interrupted: number; running: boolean; faults: number },
): Promise<void> {
  for (let turn = 0; turn < faults; turn += 1) {
    await inspections.start('local', id, AT);
    await inspections.requeue('local', id, 'counted');
  }
  if (interrupted === 0 && !running) return;
  for (let turn = 0; turn <= interrupted; turn += 1) await inspections.start('local', id, AT);
  if (!running) await inspections.requeue('local', id, 'uncounted');
}

it('begins a file alone that was there when two workers were gone, and others before and after it', async () => {
  const test = await working();
  const first = await test.accepted('first');
  test.worker.start();
  await expect.poll(() => [...test.open.keys()]).toEqual(['first']);
  const suspect = await test.accepted('suspect', { interrupted: 2 });
  test.worker.wake();
  // It was taken, and waits for the first.
  await expect.poll(async () => (await test.stores.queue.depth()).running).toBe(2);
  const last = await test.accepted('last');
  const held = await test.stores.database.query
    .selectFrom('inspection_jobs')
    .select('id')
    .where('lease', 'is not', null)
    .execute();
  expect(new Set(held.map(({ id }) => id))).toEqual(new Set([first, suspect]));
  expect((await test.record(suspect))?.status).toBe('queued');
  await test.end('first');
  await expect.poll(() => [...test.open.keys()]).toEqual(['suspect']);
  expect((await test.record(last))?.status).toBe('queued');
  await test.end('suspect');
  await test.end('last');
  for (const id of [first, suspect, last]) await test.becomes(id, 'done');
  expect(test.began).toEqual([
    { name: 'first', beside: [] },
    { name: 'suspect', beside: [] },
    { name: 'last', beside: [] },
  ]);
});

it('has no suspect wait for ever where it does one job at a time, or where all are suspects', async () => {
  for (const jobs of [1, 3]) {
    const test = await working({ jobs });
    const names = ['a', 'b', 'c'];
    const ids = [];
    for (const name of names) ids.push(await test.accepted(name, { interrupted: 2 }));
    test.worker.start();
    for (let turn = 0; turn < names.length; turn += 1) {
      await expect.poll(() => test.open.size).toBe(1);
      await test.end([...test.open.keys()][0] ?? '');
    }
    for (const id of ids) await test.becomes(id, 'done');
    expect(test.began.map(({ beside }) => beside)).toEqual([[], [], []]);
  }
});

it('counts the death of a worker though it came upon it at a moment when it could not begin', async () => {
  const test = await working();
  const suspect = await test.accepted('suspect', { interrupted: 2 });
  const other = await test.accepted('other', { running: true });
  test.worker.start();
  await test.end('suspect');
  await test.end('other');
  for (const id of [suspect, other]) await test.becomes(id, 'done');
  expect(await test.record(other)).toMatchObject({ interrupted: 1, attempts: 2 });
  expect(test.began.map(({ beside }) => beside)).toEqual([[], []]);
});

it('waits longer after each worker that was gone alone, while others are done', async () => {
  const test = await working();
  const suspect = await test.accepted('suspect', { interrupted: 8, running: true });
  const other = await test.accepted('other');
  test.worker.start();
  await test.end('other');
  await test.becomes(other, 'done');
  await expect.poll(() => test.stores.queue.depth()).toEqual({ waiting: 1, running: 0 });
  expect(await test.record(suspect)).toMatchObject({ status: 'queued', interrupted: 9, attempts: 9 });
  const { available_at: until } = await test.stores.database.query
    .selectFrom('inspection_jobs')
    .select('available_at')
    .executeTakeFirstOrThrow();
  const pause = Date.parse(until) - Date.now();
  expect(pause).toBeGreaterThan(pauseAfterDeath(9) - 60_000);
  expect(pause).toBeLessThanOrEqual(pauseAfterDeath(9));
  await endPauses(test.stores);
  await test.end('suspect');
  await test.becomes(suspect, 'done');
});

it('has pauses that grow to an hour, and gives up after most of a day', () => {
  expect([1, 2, 3, 4, 9].map(pauseAfterDeath)).toEqual([0, 0, 10_000, 20_000, 640_000]);
  const all = Array.from({ length: 29 }, (_, index) => pauseAfterDeath(index + 3));
  expect(Math.max(...all)).toBe(HOUR_MILLIS);
  expect(all.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(20 * HOUR_MILLIS);
  expect([0, 1, 8, 9].map(pauseAfterFault)).toEqual([1_000, 2_000, 256_000, undefined]);
});

it('gives up on one that took thirty workers along that had nothing else, and its upload stays', async () => {
  const test = await working();
  const codes: string[] = [];
  onTestFinished(diagnostics.inspectionFailed.subscribe(({ code }) => codes.push(code)));
  const id = await test.accepted('last of many', { interrupted: 31, running: true });
  test.worker.start();
  await test.becomes(id, 'failed');
  await expect.poll(() => codes).toEqual(['attempts-exhausted']);
  const { error, uploadKeptUntil = '' } = (await test.record(id)) ?? {};
  expect(error?.code).toBe('attempts-exhausted');
  expect(Date.parse(uploadKeptUntil)).toBeGreaterThan(Date.now() + 23 * HOUR_MILLIS);
  await expect.poll(() => test.stores.queue.depth()).toEqual({ waiting: 0, running: 0 });
  expect(test.began).toEqual([]);
  expect(test.uploads()).toEqual([id]);
  expect(await test.stores.inspections.retry('local', id)).toBe(true);
  await test.end('last of many');
  await test.becomes(id, 'done');
  await expect.poll(test.uploads).toEqual([]);
});

it('tries again after a fault of ours, which is counted against no file but for an end', async () => {
  const test = await working();
  const [early, late] = [await test.accepted('early'), await test.accepted('late', { faults: 9 })];
  test.worker.start();
  const fault = () => new InspectError('internal', message('error.noProcess'));
  await test.end('early', fault());
  await test.end('late', fault());
  await test.becomes(late, 'failed');
  expect((await test.record(late))?.error).toEqual({
    code: 'internal',
    userMessage: { id: 'error.ofService' },
  });
  expect(await test.record(early)).toMatchObject({ status: 'queued', faults: 1 });
  await endPauses(test.stores);
  await test.end('early');
  await test.becomes(early, 'done');
  await expect.poll(test.uploads).toEqual([late]);
});

it('keeps nothing of what failed where the operator wants it so', async () => {
  const test = await working({ keepFailedMillis: 0 });
  const id = await test.accepted('one', { faults: 9 });
  test.worker.start();
  await test.end('one', new InspectError('not-readable'));
  await test.becomes(id, 'failed');
  expect((await test.record(id))?.error?.code).toBe('not-readable');
  expect((await test.record(id))?.uploadKeptUntil).toBeUndefined();
  await expect.poll(test.uploads).toEqual([]);
});

it('asks once about a file of the operator’s own that cannot be read, and keeps none', async () => {
  const test = await working();
  const id = await test.accepted('own', { path: 'gone.jpg' });
  test.worker.start();
  await test.becomes(id, 'failed');
  expect((await test.record(id))?.error?.code).toBe('path-not-allowed');
  expect((await test.record(id))?.uploadKeptUntil).toBeUndefined();
});

it('gives a suspect back that waits when it is told to stop', async () => {
  const test = await working();
  await test.accepted('first');
  test.worker.start();
  await expect.poll(() => test.open.size).toBe(1);
  const suspect = await test.accepted('suspect', { interrupted: 2 });
  test.worker.wake();
  await expect.poll(async () => (await test.stores.queue.depth()).running).toBe(2);
  await test.worker.stop(0);
  await expect.poll(() => test.stores.queue.depth()).toEqual({ waiting: 2, running: 0 });
  expect(await test.record(suspect)).toMatchObject({ status: 'queued', interrupted: 2 });
});
