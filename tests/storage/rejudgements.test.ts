import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { type NewRejudgement, type RejudgedReport, ZERO_COUNTS } from '../../src/storage/law/rejudgements.js';
import type { Stores } from '../../src/storage/stores.js';
import { describeOnBoth } from '../contracts/stores.js';
import { shellReport } from '../http/shell-report.js';

const AT = '2026-11-26T10:00:00.000Z';
const minute = (n: number): string => `2026-11-26T10:${String(n).padStart(2, '0')}:00.000Z`;
const LEASE = 30_000;
const VERSIONS = { tool: '0', engines: [], lists: [], rulebooks: [], programs: [] };

const news = (over: Partial<NewRejudgement> = {}): NewRejudgement => ({
  id: randomUUID(),
  tenant: 'local',
  createdAt: AT,
  ask: { asOf: '2026-11-28', asOfSource: 'today' },
  ...over,
});

/** Stores Reports and returns their ids in creation order. */
async function reports({ inspections }: Stores, count: number, tenant = 'local'): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const id = randomUUID();
    ids.push(id);
    await inspections.createDone(
      {
        ...{ id, tenant, createdAt: minute(n) },
        request: { name: 'n', asOf: '2026-11-26', asOfSource: 'today', engine: 'auto', hasSidecar: false },
      },
      {
        report: shellReport({ name: 'n', asOf: '2026-11-26' }, Buffer.from(id)),
        versions: VERSIONS,
        finishedAt: minute(n),
      },
    );
  }
  return ids;
}

const changed = (inspection: string, rules: string[], is: 'new' | 'ended' = 'new'): RejudgedReport => ({
  inspection,
  asOf: '2026-11-28',
  changes: rules.map((rule) => ({ rulebook: 'book', rule, after: 'answered' as const, is })),
});

async function taken({ rejudgements }: Stores) {
  const job = await rejudgements.take(LEASE);
  if (job === undefined) throw new Error('nothing to take');
  return job;
}

const events = (stores: Stores) =>
  stores.database.query.transaction().execute((inside) => stores.events.next(inside, 1_000));

describeOnBoth('the store of re-judgements', (open) => {
  it('has one open a tenant, however many ask at once, and another once it has ended', async () => {
    const stores = await open();
    const { rejudgements } = stores;
    const asked = Array.from({ length: 8 }, () => news({ createdAt: new Date().toISOString() }));
    const made = await Promise.all(asked.map((one) => rejudgements.create(one)));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await rejudgements.create(news({ tenant: 'theirs' }))).toBe(true);
    const [first] = (await rejudgements.list('local', { limit: 10 })).items;
    expect(first).toMatchObject({ status: 'queued', counts: ZERO_COUNTS });
    const job = await taken(stores);
    await rejudgements.begin(job, 'law', AT);
    await rejudgements.end(job, { status: 'done', at: AT });
    expect(await rejudgements.create(news({ tenant: job.tenant }))).toBe(true);
  });

  it('is deleted as it was read', async () => {
    const { rejudgements } = await open();
    const one = news();
    await rejudgements.create(one);
    await expect(rejudgements.delete('local', one.id, () => false)).rejects.toThrow('store.changed');
    expect(await rejudgements.get('local', one.id)).toMatchObject({ id: one.id });
    expect(await rejudgements.delete('local', one.id, ({ status }) => status === 'queued')).toBe(true);
  });

  it('is nobody else’s', async () => {
    const stores = await open();
    const { rejudgements } = stores;
    const one = news();
    await rejudgements.create(one);
    const [id = ''] = await reports(stores, 1);
    const job = await taken(stores);
    await rejudgements.begin(job, 'law', AT);
    await rejudgements.recordStep(job, {
      position: { createdAt: minute(0), id },
      counts: ZERO_COUNTS,
      reports: [changed(id, ['a'])],
    });
    for (const tenant of ['theirs', '']) {
      expect(await rejudgements.get(tenant, one.id)).toBeUndefined();
      expect((await rejudgements.list(tenant, { limit: 10 })).items).toEqual([]);
      expect((await rejudgements.changes(tenant, one.id, { limit: 10 })).items).toEqual([]);
      expect(await rejudgements.delete(tenant, one.id)).toBe(false);
    }
    expect((await rejudgements.changes('local', one.id, { limit: 10 })).items).toHaveLength(1);
  });

  it('is taken by one at a time, and by another once whoever had it is silent; what it counted stays', async () => {
    const stores = await open();
    const { rejudgements } = stores;
    await rejudgements.create(news({ createdAt: minute(9) }));
    const ids = await reports(stores, 3);
    const all = await Promise.all(Array.from({ length: 6 }, () => rejudgements.take(LEASE)));
    const [job, ...others] = all.filter((one) => one !== undefined);
    expect(others).toEqual([]);
    if (job === undefined) throw new Error('nobody took it');
    expect(await rejudgements.begin(job, 'law', AT)).toBe(true);
    const counts = { ...ZERO_COUNTS, reports: 1, judged: 1, changed: 1, newFindings: 1 };
    const [first] = await rejudgements.listFollowing(job, undefined, 1);
    expect(first?.id).toBe(ids[0]);
    if (first === undefined) return;
    const step = { position: first, counts, reports: [changed(first.id, ['a'])] };
    expect(await rejudgements.recordStep(job, step)).toBe(true);
    // It no longer renews its lease from then on.
    await stores.database.query.updateTable('rejudgements').set({ leased_until: AT }).execute();
    const next = await taken(stores);
    expect(next).toMatchObject({ id: job.id, position: first, counts, law: 'law' });
    const rest = await rejudgements.listFollowing(next, next.position, 10);
    expect(rest.map(({ id }) => id)).toEqual(ids.slice(1));
    // The former owner of the job can no longer write.
    expect(await rejudgements.recordStep(job, step)).toBe(false);
    expect(await rejudgements.extend(job, LEASE)).toBe(false);
    expect(await rejudgements.begin(job, 'other', AT)).toBe(false);
    expect(await rejudgements.end(job, { status: 'done', at: AT, told: { reports: 1 } })).toBe(false);
    expect((await rejudgements.changes('local', job.id, { limit: 10 })).items).toHaveLength(1);
    expect(await rejudgements.end(next, { status: 'done', at: AT, told: { reports: 1 } })).toBe(true);
    const told = (await events(stores)).filter(({ type }) => type === 'law.rejudged');
    expect(told).toMatchObject([{ tenant: 'local', subject: job.id, data: { reports: 1 } }]);
    expect(await rejudgements.take(LEASE)).toBeUndefined();
  });

  it('takes Reports that were made before it and within its bounds, those of others never', async () => {
    const stores = await open();
    const { rejudgements } = stores;
    const ids = await reports(stores, 5);
    await reports(stores, 2, 'theirs');
    const job = {
      tenant: 'local',
      ask: { ...news().ask, since: minute(1), until: minute(4) },
      madeBefore: minute(3),
    };
    const found = await rejudgements.listFollowing(job, undefined, 10);
    expect(found.map(({ id }) => id)).toEqual(ids.slice(1, 3));
  });

  it('begins anew under other law, with nothing of the first in its list', async () => {
    const stores = await open();
    const { rejudgements } = stores;
    await rejudgements.create(news());
    const [id = ''] = await reports(stores, 1);
    const job = await taken(stores);
    await rejudgements.begin(job, 'one', minute(20));
    const counts = { ...ZERO_COUNTS, reports: 1 };
    const position = { createdAt: minute(0), id };
    await rejudgements.recordStep(job, { position, counts, reports: [changed(id, ['a'])] });
    await rejudgements.begin(job, 'one', minute(30));
    expect(await rejudgements.get('local', job.id)).toMatchObject({ counts, law: 'one' });
    await rejudgements.begin(job, 'two', minute(40));
    expect(await rejudgements.get('local', job.id)).toMatchObject({
      ...{ counts: ZERO_COUNTS, law: 'two', startedAt: minute(20) },
    });
    expect((await rejudgements.changes('local', job.id, { limit: 10 })).items).toEqual([]);
    await rejudgements.release(job, 0, 'uncounted');
    const again = await taken(stores);
    expect([again.position, again.madeBefore]).toEqual([undefined, minute(40)]);
  });

  it('lists change after change, page after page, and new ones alone', async () => {
    const stores = await open();
    const { rejudgements } = stores;
    await rejudgements.create(news());
    const ids = await reports(stores, 4);
    const job = await taken(stores);
    await rejudgements.begin(job, 'law', AT);
    const both = changed(ids[1] ?? '', ['d', 'e'], 'ended');
    const mixed = { ...both, changes: [...both.changes, ...changed('', ['f']).changes] };
    const listed = [changed(ids[0] ?? '', ['a', 'b', 'c']), mixed, changed(ids[3] ?? '', ['g'], 'ended')];
    await rejudgements.recordStep(job, {
      position: { createdAt: minute(3), id: ids[3] ?? '' },
      counts: ZERO_COUNTS,
      reports: listed,
    });
    const read = async (limit: number, onlyNew: boolean) => {
      const rules: string[] = [];
      const sizes: number[] = [];
      for (let cursor: string | undefined, first = true; first || cursor; first = false) {
        const page = await rejudgements.changes('local', job.id, {
          limit,
          onlyNew,
          ...(cursor === undefined ? {} : { cursor }),
        });
        rules.push(...page.items.map(({ rule }) => rule));
        sizes.push(page.items.length);
        cursor = page.next;
      }
      return [rules.join(''), sizes];
    };
    expect(await read(2, false)).toEqual(['abcdefg', [2, 2, 2, 1]]);
    expect(await read(3, false)).toEqual(['abcdefg', [3, 3, 1]]);
    expect(await read(7, false)).toEqual(['abcdefg', [7]]);
    expect(await read(1, true)).toEqual(['abcf', [1, 1, 1, 1]]);
    for (const cursor of ['x', '1.x', '..'])
      await expect(rejudgements.changes('local', job.id, { limit: 1, cursor })).rejects.toThrow('bad-cursor');
  });

  it('goes with the Reports that are deleted, with its own deletion, and past its day', async () => {
    const stores = await open();
    const { rejudgements, inspections } = stores;
    await rejudgements.create(news({ expiresAt: '2026-11-27T00:00:00.000Z' }));
    const [a = '', b = ''] = await reports(stores, 2);
    const job = await taken(stores);
    await rejudgements.begin(job, 'law', AT);
    await inspections.delete('local', b);
    const step = {
      position: { createdAt: minute(1), id: b },
      counts: ZERO_COUNTS,
      reports: [changed(a, ['a']), changed(b, ['b'])],
    };
    expect(await rejudgements.recordStep(job, step)).toBe(true);
    const list = async () => (await rejudgements.changes('local', job.id, { limit: 10 })).items;
    expect((await list()).map(({ inspection }) => inspection)).toEqual([a]);
    await inspections.delete('local', a);
    expect(await list()).toEqual([]);
    await rejudgements.deleteExpired('2026-11-28T00:00:00.000Z');
    // A running job is kept until it has reported how it ended.
    expect(await rejudgements.get('local', job.id)).toBeDefined();
    await rejudgements.end(job, { status: 'done', at: AT });
    await rejudgements.deleteExpired('2026-11-28T00:00:00.000Z');
    expect(await rejudgements.get('local', job.id)).toBeUndefined();

    await rejudgements.create(news());
    const running = await taken(stores);
    await rejudgements.begin(running, 'law', AT);
    expect(await rejudgements.delete('local', running.id)).toBe(true);
    expect(await rejudgements.extend(running, LEASE)).toBe(false);
    expect(await rejudgements.recordStep(running, { ...step, reports: [] })).toBe(false);
  });

  it('is made for other law once for each tenant that has Reports, however many machines see it', async () => {
    const stores = await open();
    const { rejudgements } = stores;
    await reports(stores, 1);
    await reports(stores, 1, 'theirs');
    const { tenant: _, ...one } = news();
    const forLaw = (law: string) => rejudgements.createForLaw(law, () => ({ ...one, id: randomUUID() }));
    const made = await Promise.all([forLaw('a'), forLaw('a'), forLaw('a')]);
    expect(made.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(await forLaw('a')).toBe(0);
    for (const _ of ['local', 'theirs']) {
      const job = await taken(stores);
      await rejudgements.end(job, { status: 'done', at: AT });
    }
    expect(await forLaw('b')).toBe(2);
    for (const _ of ['local', 'theirs']) {
      const job = await taken(stores);
      await rejudgements.end(job, { status: 'done', at: AT });
    }
    // Going back to a former law counts as another law again.
    expect(await forLaw('a')).toBe(2);
  });

  it('waits after a fault, and is given up by nobody but whoever says so', async () => {
    const stores = await open();
    const { rejudgements } = stores;
    await rejudgements.create(news());
    const job = await taken(stores);
    await rejudgements.release(job, 60_000, 'counted');
    expect(await rejudgements.take(LEASE)).toBeUndefined();
    // If the clock is set back, nothing waits longer than intended.
    await stores.database.query
      .updateTable('rejudgements')
      .set({ available_at: '2999-01-01T00:00:00.000Z' })
      .execute();
    expect((await taken(stores)).faults).toBe(1);
  });
});
