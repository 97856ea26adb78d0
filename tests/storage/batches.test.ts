import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { message } from '../../src/i18n/message.js';
import type { NewBatch } from '../../src/storage/inspections/batches.js';
import type { NewInspection } from '../../src/storage/inspections/inspections.js';
import type { Stores } from '../../src/storage/stores.js';
import { describeOnBoth, emptiedEachTime } from '../contracts/stores.js';
import { shellReport } from '../http/shell-report.js';
import { caseTests } from './case-tests.js';

const AT = '2026-11-26T10:00:00.000Z';
const LATER = '2026-11-26T10:01:00.000Z';
const VERSIONS = { tool: '0', engines: [], lists: [], rulebooks: [], programs: [] };

function batch(files: number, over: Partial<NewBatch> = {}): NewBatch {
  const id = randomUUID();
  const { tenant = 'local' } = over;
  const inspections = Array.from(
    { length: files },
    (_, index): NewInspection => ({
      ...{ id: randomUUID(), tenant, createdAt: AT, batchId: id, batchItem: index + 1 },
      request: {
        name: `${index}`,
        asOf: '2026-11-26',
        asOfSource: 'today',
        engine: 'auto',
        hasSidecar: false,
      },
    }),
  );
  return { id, tenant, createdAt: AT, tags: ['t'], inspections, uploads: [], ...over };
}

const finish = ({ inspections }: Stores, id: string) =>
  inspections.finish('local', id, {
    report: shellReport({ name: 'n', asOf: '2026-11-26' }, Buffer.from(id)),
    versions: VERSIONS,
    finishedAt: LATER,
  });

async function saidDone(stores: Stores): Promise<object[]> {
  const all = await stores.database.query
    .transaction()
    .execute((inside) => stores.events.next(inside, 1_000));
  return all.filter(({ type }) => type === 'batch.done').map(({ subject, data }) => ({ subject, ...data }));
}

describeOnBoth('the store of batches', (open) => {
  describe('and that of cases', () => {
    caseTests(emptiedEachTime(open));

    it('makes one of the word of a batch', async () => {
      const stores = await open();
      const word = { caseRef: 'Harbour', by: { who: 'desk' } };
      const made = batch(3, { caseRef: 'Harbour' });
      await stores.batches.create({
        ...made,
        inspections: made.inspections.map((one) => ({ ...one, ...word })),
      });
      const kept = await stores.cases.findByRef('local', 'Harbour');
      expect(kept).toMatchObject({ createdBy: 'desk', counts: { inspection: 3 } });
      await stores.cases.delete('local', kept?.id ?? '', { at: LATER });
      expect(await stores.batches.get('local', made.id)).not.toHaveProperty('caseRef');
    });
  });

  it('has all of a batch once it is made, in the order it was given, and nothing of one that failed', async () => {
    const stores = await open();
    const made = batch(1_203);
    await stores.batches.create(made);
    expect(await stores.batches.get('local', made.id)).toEqual({
      ...{ id: made.id, tenant: 'local', createdAt: AT, total: 1_203, tags: ['t'] },
    });
    expect((await stores.queue.depth()).waiting).toBe(1_203);
    const first = await stores.batches.items('local', made.id, 0, 2);
    const rest = await stores.batches.items('local', made.id, 2, 5_000);
    const all = [...first, ...rest];
    expect(all.map(({ record }) => record.id)).toEqual(made.inspections.map(({ id }) => id));
    expect(all.map(({ item }) => item)).toEqual(all.map((_, index) => index + 1));

    const [twice] = made.inspections;
    if (twice === undefined) return;
    const broken = batch(0, { inspections: [twice] });
    await expect(stores.batches.create(broken)).rejects.toThrow();
    expect(await stores.batches.get('local', broken.id)).toBeUndefined();
    expect((await stores.queue.depth()).waiting).toBe(1_203);
  });

  it('uses uploads up with it, and only its tenant’s', async () => {
    const stores = await open();
    const bounds = { uploads: 10, bytes: 10, unknownBytes: 10 };
    const upload = (tenant: string) => ({
      ...{ id: randomUUID(), tenant, createdAt: AT, expiresAt: '2999-01-01T00:00:00.000Z', metadata: {} },
      sizeBytes: 1,
    });
    const [ours, theirs] = [upload('local'), upload('theirs')];
    await stores.incoming.create(ours, bounds);
    await stores.incoming.create(theirs, bounds);
    await stores.batches.create(batch(1, { uploads: [ours.id, theirs.id] }));
    expect(await stores.incoming.known([ours.id, theirs.id])).toEqual(new Set([theirs.id]));
  });

  it('is finished when the last of it has ended, however it ended, and says so once', async () => {
    const stores = await open();
    const made = batch(4);
    await stores.batches.create(made);
    const [a, b, c, d] = made.inspections.map(({ id }) => id);
    if (!a || !b || !c || !d) throw new Error('four');
    await finish(stores, a);
    await stores.inspections.fail(
      'local',
      b,
      { code: 'not-readable', message: message('text.asWritten', { text: 'm' }) },
      LATER,
    );
    await stores.inspections.cancel('local', c, LATER);
    expect(await saidDone(stores)).toEqual([]);
    expect((await stores.batches.get('local', made.id))?.finishedAt).toBeUndefined();
    // Two workers complete the same job, and one result counts.
    const both = await Promise.all([finish(stores, d), finish(stores, d)]);
    expect(both.filter(Boolean)).toHaveLength(1);
    const ended = [{ subject: made.id, total: 4, done: 2, failed: 1, cancelled: 1, tags: ['t'] }];
    expect(await saidDone(stores)).toEqual(ended);
    expect(await stores.batches.get('local', made.id)).toMatchObject({ finishedAt: LATER });
    await finish(stores, a);
    await stores.inspections.delete('local', a);
    await stores.batches.cancel('local', made.id, LATER);
    expect(await saidDone(stores)).toEqual(ended);
    expect((await stores.batches.get('local', made.id))?.cancelledAt).toBeUndefined();
  });

  it('is finished once by many that end at the same time', async () => {
    const stores = await open();
    const made = batch(12);
    await stores.batches.create(made);
    await Promise.all(made.inspections.map(({ id }) => finish(stores, id)));
    expect(await saidDone(stores)).toEqual([
      { subject: made.id, total: 12, done: 12, failed: 0, cancelled: 0, tags: ['t'] },
    ]);
  });

  it('is open again where one of it that failed is tried again, and says with other counts that it is done', async () => {
    const stores = await open();
    const made = batch(2);
    await stores.batches.create(made);
    const [a, b] = made.inspections.map(({ id }) => id);
    if (!a || !b) throw new Error('two');
    await finish(stores, a);
    await stores.inspections.fail(
      'local',
      b,
      { code: 'internal', message: message('text.asWritten', { text: 'm' }) },
      LATER,
    );
    const first = { subject: made.id, total: 2, done: 1, failed: 1, cancelled: 0, tags: ['t'] };
    expect(await saidDone(stores)).toEqual([first]);
    expect(await stores.inspections.retry('local', b)).toBe(true);
    expect((await stores.batches.get('local', made.id))?.finishedAt).toBeUndefined();
    expect(await stores.inspections.retry('local', b)).toBe(false);
    await finish(stores, b);
    expect(await stores.batches.get('local', made.id)).toMatchObject({ finishedAt: LATER });
    expect(await saidDone(stores)).toEqual([first, { ...first, done: 2, failed: 0 }]);
  });

  it('is cancelled with what waits and runs, and is nobody else’s', async () => {
    const stores = await open();
    const made = batch(3);
    await stores.batches.create(made);
    const ids = made.inspections.map(({ id }) => id);
    await finish(stores, ids[0] ?? '');
    await stores.inspections.start('local', ids[1] ?? '', AT);
    for (const tenant of ['theirs', '']) {
      expect(await stores.batches.get(tenant, made.id)).toBeUndefined();
      expect(await stores.batches.cancel(tenant, made.id, LATER)).toBeUndefined();
      expect(await stores.batches.delete(tenant, made.id)).toBe(false);
      expect(await stores.batches.items(tenant, made.id, 0, 10)).toEqual([]);
      expect((await stores.batches.list(tenant, { limit: 10 })).items).toEqual([]);
    }
    expect(new Set(await stores.batches.cancel('local', made.id, LATER))).toEqual(new Set(ids.slice(1)));
    expect(await stores.batches.get('local', made.id)).toMatchObject({
      cancelledAt: LATER,
      finishedAt: LATER,
    });
    expect(await saidDone(stores)).toEqual([
      { subject: made.id, total: 3, done: 1, failed: 0, cancelled: 2, tags: ['t'] },
    ]);
    // The inspection ran, and its result comes too late.
    expect(await finish(stores, ids[1] ?? '')).toBe(false);
    expect(await stores.batches.cancel('local', made.id, '2026-11-27T00:00:00.000Z')).toEqual([]);
    expect((await stores.batches.get('local', made.id))?.cancelledAt).toBe(LATER);
  });

  it('counts what is deleted before it ended as ended', async () => {
    const stores = await open();
    const made = batch(2);
    await stores.batches.create(made);
    await finish(stores, made.inspections[0]?.id ?? '');
    await stores.inspections.delete('local', made.inspections[1]?.id ?? '');
    expect(await saidDone(stores)).toEqual([
      { subject: made.id, total: 2, done: 1, failed: 0, cancelled: 0, tags: ['t'] },
    ]);
  });

  it('lists the newest first, page after page, and drops what is past its day', async () => {
    const stores = await open();
    const made = [0, 1, 2].map((minute) =>
      batch(1, {
        createdAt: `2026-11-26T10:0${minute}:00.000Z`,
        expiresAt: `2026-12-0${minute + 1}T00:00:00.000Z`,
      }),
    );
    for (const one of made) await stores.batches.create(one);
    const first = await stores.batches.list('local', { limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual([made[2]?.id, made[1]?.id]);
    const second = await stores.batches.list('local', { limit: 2, cursor: first.next ?? '' });
    expect([second.items.map(({ id }) => id), second.next]).toEqual([[made[0]?.id], undefined]);
    await expect(stores.batches.list('local', { limit: 2, cursor: 'x' })).rejects.toThrow('cursor');
    // An unfinished batch stays, so that its last inspection can report the end.
    await finish(stores, made[0]?.inspections[0]?.id ?? '');
    await stores.batches.deleteExpired('2026-12-02T12:00:00.000Z');
    const left = (await stores.batches.list('local', { limit: 9 })).items.map(({ id }) => id);
    expect(left).toEqual([made[2]?.id, made[1]?.id]);
  });
});
