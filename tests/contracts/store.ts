import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { InspectionRecord, InspectionStore } from '../../src/store/store.js';
import { shellReport } from '../http/harness.js';

export function record(over: Partial<InspectionRecord> = {}): InspectionRecord {
  return {
    id: randomUUID(),
    createdAt: '2026-11-25T10:00:00.000Z',
    report: shellReport({ name: 'ünïcode “name”.png', asOf: '2026-11-25' }, Buffer.from('bytes')),
    ...over,
  };
}

/** What every store keeps to. `open` gives a new, empty one. */
export function describeStore(name: string, open: (keep: number) => Promise<InspectionStore>): void {
  describe(`${name} keeps the store contract`, () => {
    it('gives back what was put, unchanged', async () => {
      const store = await open(10);
      const put = record();
      await store.put(put);
      expect(await store.get(put.id)).toEqual(put);
    });

    it('shares no object with its callers', async () => {
      const store = await open(10);
      const put = record();
      await store.put(put);
      put.report.summary.sentence = 'changed afterwards';
      const got = await store.get(put.id);
      expect(got?.report.summary.sentence).not.toBe('changed afterwards');
      if (got) got.report.summary.sentence = 'changed by a reader';
      expect((await store.get(put.id))?.report.summary.sentence).not.toBe('changed by a reader');
    });

    it('has nothing under an id that was never put', async () => {
      const store = await open(10);
      expect(await store.get(randomUUID())).toBeUndefined();
      expect(await store.delete(randomUUID())).toBe(false);
    });

    it('deletes once', async () => {
      const store = await open(10);
      const put = record();
      await store.put(put);
      expect(await store.delete(put.id)).toBe(true);
      expect(await store.get(put.id)).toBeUndefined();
      expect(await store.delete(put.id)).toBe(false);
    });

    it('replaces what is put again under the same id', async () => {
      const store = await open(10);
      const first = record();
      await store.put(first);
      const second = { ...first, createdAt: '2026-11-26T10:00:00.000Z' };
      await store.put(second);
      expect(await store.get(first.id)).toEqual(second);
    });

    it('keeps as many as it was told, and the oldest go first', async () => {
      const store = await open(3);
      const records = Array.from({ length: 5 }, () => record());
      for (const each of records) await store.put(each);
      const kept = await Promise.all(records.map(async ({ id }) => (await store.get(id)) !== undefined));
      expect(kept).toEqual([false, false, true, true, true]);
    });

    it('counts no deleted one', async () => {
      const store = await open(2);
      const [first, second, third] = [record(), record(), record()];
      await store.put(first);
      await store.put(second);
      await store.delete(second.id);
      await store.put(third);
      expect(await store.get(first.id)).toEqual(first);
      expect(await store.get(third.id)).toEqual(third);
    });

    it('takes many at once', async () => {
      const store = await open(50);
      const records = Array.from({ length: 20 }, () => record());
      await Promise.all(records.map((each) => store.put(each)));
      expect(await Promise.all(records.map(({ id }) => store.get(id)))).toEqual(records);
    });

    it.each(['', '.', '..', '../../etc/passwd', 'a/b', 'a\0b', '%2e%2e', 'x'.repeat(10_000), '__proto__'])(
      'takes %j for no id of its own',
      async (id) => {
        const store = await open(10);
        expect(await store.get(id)).toBeUndefined();
        expect(await store.delete(id)).toBe(false);
        await expect(store.put(record({ id }))).rejects.toMatchObject({ code: 'store.bad-id' });
      },
    );
  });
}
