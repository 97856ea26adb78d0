import { randomUUID } from 'node:crypto';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { InspectError } from '../../../src/inspect/protocol/inspect-error.js';
import { AllowedPaths } from '../../../src/service/inspections/allowed-paths.js';
import { JobUploads } from '../../../src/service/inspections/upload-files.js';
import { AnswerInputs } from '../../../src/service/inspections/versions.js';
import type { NewInspection, StoredRequest } from '../../../src/storage/inspections/inspections.js';
import type { Stores } from '../../../src/storage/stores.js';
import { Worker } from '../../../src/worker/worker.js';
import { describeOnBoth } from '../../contracts/stores.js';
import { ShellInspector, temporaryDirectory } from '../../http/harness.js';

const CR_JSON = { crJson: '{"kept":true}', masked: 0 };

/** Starts a worker on these stores, and records its requests. */
async function working(stores: Stores, { jobs = 1, before = async (_call: number) => {} } = {}) {
  const folder = temporaryDirectory();
  const files = new JobUploads(join(folder, 'uploads'));
  await files.prepare();
  const archive = join(folder, 'archive');
  mkdirSync(archive);
  const inspector = new ShellInspector();
  const crJsonOf: string[] = [];
  const worker = new Worker({
    ...stores,
    files,
    allowedPaths: new AllowedPaths([archive]),
    inspector: Object.assign(Object.create(inspector), {
      inspect: async (request: Parameters<ShellInspector['inspect']>[0]) => {
        const report = await inspector.inspect(request);
        await before(inspector.requests.length);
        return { ...report, contentCredentials: { presence: 'present' } };
      },
    }),
    crJsonMaker: {
      waiting: 0,
      make: async (path) => {
        crJsonOf.push(path);
        return CR_JSON;
      },
      close: async () => undefined,
    },
    versions: new AnswerInputs(join(folder, 'trust')),
    jobs,
    leaseMillis: 30_000,
    keepUploads: false,
    keepFailedMillis: 0,
    onError: (error) => {
      throw error;
    },
  });
  worker.start();
  onTestFinished(() => worker.stop(1000));

  /** Enqueues one of the operator's files. */
  const begun = async (name: string, ask: Partial<StoredRequest> = {}, more: Partial<NewInspection> = {}) => {
    const id = randomUUID();
    const fixed = { asOf: '2026-11-25', asOfSource: 'requested', engine: 'auto', hasSidecar: false } as const;
    const request = { name: 'same.jpg', ...fixed, path: join(archive, name), ...ask };
    await stores.inspections.create({
      id,
      tenant: 'local',
      createdAt: new Date().toISOString(),
      request,
      ...more,
    });
    worker.wake();
    return id;
  };
  /** Enqueues a file and processes it to its end. */
  const inspected = async (...asked: Parameters<typeof begun>) => {
    const id = await begun(...asked);
    await expect.poll(async () => (await stores.inspections.get('local', id))?.status).toBe('done');
    const record = await stores.inspections.get('local', id);
    if (record === undefined) throw new Error('it is there');
    return record;
  };
  return { archive, files, inspector, crJsonOf, begun, inspected };
}

describeOnBoth('an answer that is kept already', (open) => {
  it('is given again by the worker: nothing reads the file, and what was made of it is there', async () => {
    const stores = await open();
    const { archive, inspector, crJsonOf, inspected } = await working(stores);
    writeFileSync(join(archive, 'one.jpg'), 'the same bytes');
    writeFileSync(join(archive, 'copy.jpg'), 'the same bytes');
    const first = await inspected('one.jpg');
    expect([inspector.requests.length, crJsonOf.length]).toEqual([1, 1]);
    const again = await inspected('copy.jpg', {}, { tags: ['again'] });
    expect([inspector.requests.length, crJsonOf.length]).toEqual([1, 1]);
    expect(again).toMatchObject({ cachedFrom: first.id, attempts: 1, tags: ['again'], sha256: first.sha256 });
    expect(again.report).toBe(first.report);
    const crJson = await stores.inspections.getDerivative('local', again.id, 'crjson');
    expect(crJson?.content.toString()).toBe(CR_JSON.crJson);
    await expect.poll(() => stores.queue.depth()).toEqual({ waiting: 0, running: 0 });
  });

  it('is not given where the bytes, the question or the wish for a new one differ, nor to a recheck', async () => {
    const stores = await open();
    const { archive, inspector, inspected } = await working(stores);
    writeFileSync(join(archive, 'one.jpg'), 'the same bytes');
    writeFileSync(join(archive, 'other.jpg'), 'other bytes!!!');
    const first = await inspected('one.jpg');
    const others = [
      await inspected('other.jpg'),
      await inspected('one.jpg', { asOf: '2026-11-26' }),
      await inspected('one.jpg', { anew: true }),
      await inspected('one.jpg', {}, { supersedes: first.id }),
    ];
    expect(others.map(({ cachedFrom }) => cachedFrom)).toEqual([undefined, undefined, undefined, undefined]);
    expect(inspector.requests).toHaveLength(5);
  });

  it('gets what it lacks from the file that is here', async () => {
    const stores = await open();
    const { archive, inspector, crJsonOf, inspected } = await working(stores);
    writeFileSync(join(archive, 'one.jpg'), 'the same bytes');
    const first = await inspected('one.jpg');
    // As if the first had been answered synchronously a moment ago.
    await stores.database.query
      .deleteFrom('inspection_derivatives')
      .where('inspection_id', '=', first.id)
      .execute();
    const again = await inspected('one.jpg');
    expect(again.cachedFrom).toBe(first.id);
    expect([inspector.requests.length, crJsonOf.length]).toEqual([1, 2]);
    expect(await stores.inspections.getDerivative('local', again.id, 'crjson')).toBeDefined();
  });

  it('a large file that has none is told its hash, so that it is read for that once', async () => {
    const stores = await open();
    const { archive, inspector, inspected } = await working(stores);
    writeFileSync(join(archive, 'large.mov'), '');
    truncateSync(join(archive, 'large.mov'), limits.smallAssetBytes + 1);
    const { sha256 } = await inspected('large.mov');
    expect(inspector.requests[0]?.hash?.sha256).toBe(sha256);
  });

  it('is waited for where an equal file is being read; where that comes to none, the next one is read', async () => {
    const stores = await open();
    // The first reading lasts until the others have looked for its answer, and then fails.
    let looked = 0;
    const { findCached } = stores.inspections;
    stores.inspections.findCached = async (...asked) => {
      const found = await findCached.apply(stores.inspections, asked);
      looked += 1;
      return found;
    };
    const read = { open: new Set<number>(), most: 0 };
    const before = async (call: number) => {
      read.open.add(call);
      read.most = Math.max(read.most, read.open.size);
      if (call === 1) await expect.poll(() => looked, { timeout: 60_000 }).toBe(3);
      read.open.delete(call);
      if (call === 1) throw new InspectError('not-readable');
    };
    const { archive, inspector, begun } = await working(stores, { jobs: 3, before });
    const names = ['one.jpg', 'two.jpg', 'three.jpg'];
    for (const name of names) writeFileSync(join(archive, name), 'the same bytes');
    const ids = await Promise.all(names.map((name) => begun(name)));
    const stand = async () => {
      const records = await Promise.all(ids.map((id) => stores.inspections.get('local', id)));
      return records
        .map((record) => (record?.cachedFrom === undefined ? record?.status : 'of another'))
        .sort();
    };
    await expect.poll(stand, { timeout: 60_000 }).toEqual(['done', 'failed', 'of another']);
    expect(inspector.requests).toHaveLength(2);
    expect(read.most).toBe(1);
  });
});
