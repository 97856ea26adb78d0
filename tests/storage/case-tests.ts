import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Actor } from '../../src/core/transparency-log/leaf.js';
import { CaseError, type CaseItem, type StoredCase } from '../../src/storage/cases/cases.js';
import { StoreError } from '../../src/storage/engine/store-error.js';
import { CASE_BOUNDS } from '../../src/storage/inspections/case-bounds.js';
import type { NewInspection } from '../../src/storage/inspections/inspections.js';
import type { Stores } from '../../src/storage/stores.js';
import { shellReport } from '../http/shell-report.js';

const AT = '2026-11-29T10:00:00.000Z';
const LATER = '2026-11-29T11:00:00.000Z';
const LAST = '2026-11-29T12:00:00.000Z';
const VERSIONS = { tool: '0', engines: [], lists: [], rulebooks: [], programs: [] };
const DESK: Actor = { who: 'desk', keyId: 'k' };
const NIGHT: Actor = { who: 'night desk' };
const FINDING = { claim: 'Taken last week', conclusion: 'Taken in 2014', rating: 'Wrong year' };

const news = (over: Partial<NewInspection> = {}): NewInspection => ({
  ...{ id: randomUUID(), tenant: 'local', createdAt: AT },
  request: { name: 'n', asOf: '2026-11-29', asOfSource: 'today', engine: 'auto', hasSidecar: false },
  ...over,
});

async function inspected({ inspections }: Stores, over: Partial<NewInspection> = {}): Promise<string> {
  const one = news(over);
  const report = shellReport({ name: 'n', asOf: '2026-11-29' }, Buffer.from(one.id));
  await inspections.createDone(one, { report, versions: VERSIONS, finishedAt: AT });
  return one.id;
}

const itemsOf = async ({ cases }: Stores, { id, tenant }: StoredCase): Promise<CaseItem[]> =>
  (await cases.items(tenant, id, { limit: 1_000 }))?.items ?? [];

async function called({ cases }: Stores, word: string, tenant = 'local'): Promise<StoredCase> {
  const found = await cases.findByRef(tenant, word);
  if (found === undefined) throw new Error(`no case is called ${word}`);
  return found;
}

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error: unknown) => (error instanceof CaseError ? [error.code, error.member] : error),
  );

/** Contract of cases, run by batches.test.ts on the same two databases. */
export function caseTests(open: () => Promise<Stores>): void {
  it('begin with the word of an inspection or a batch, one for each tenant and word, and are in step with it', async () => {
    const stores = await open();
    const { cases, inspections } = stores;
    const first = await inspected(stores, { caseRef: 'Harbour', by: DESK });
    const second = await inspected(stores, { caseRef: 'Harbour', createdAt: LATER });
    await inspected(stores, { tenant: 'theirs', caseRef: 'Harbour' });
    await inspected(stores);
    const kept = await called(stores, 'Harbour');
    expect(kept).toMatchObject({ name: 'Harbour', caseRef: 'Harbour', createdBy: 'desk', changedAt: LATER });
    expect(kept.counts).toEqual({ inspection: 2, note: 0, link: 0, match: 0, finding: 0 });
    expect(await itemsOf(stores, kept)).toEqual([
      { id: second, kind: 'inspection', createdAt: LATER, at: LATER, inspection: second },
      { id: first, kind: 'inspection', createdAt: AT, at: AT, by: 'desk', inspection: first },
    ]);
    expect((await cases.list('theirs', { limit: 9 })).items).toHaveLength(1);
    expect(await cases.get('theirs', kept.id)).toBeUndefined();
    expect(await cases.items('theirs', kept.id, { limit: 9 })).toBeUndefined();
    expect(await cases.findByRef('local', 'harbour')).toBeUndefined();

    // Moving to another case, or out of any: the old case records who did that, and when.
    await inspections.patch('local', first, { caseRef: 'Fire', at: LAST, by: NIGHT });
    expect((await inspections.get('local', first))?.caseRef).toBe('Fire');
    expect(await itemsOf(stores, await called(stores, 'Fire'))).toEqual([
      { id: first, kind: 'inspection', createdAt: AT, at: LAST, by: 'night desk', inspection: first },
    ]);
    await inspections.patch('local', second, { caseRef: null });
    const left = await called(stores, 'Harbour');
    expect(left).toMatchObject({ counts: { inspection: 0 }, former: 2 });
    expect(
      (await itemsOf(stores, left)).map(({ inspection, by, removed }) => [inspection, by, removed]),
    ).toEqual([
      [second, undefined, { at: expect.any(String) }],
      [first, 'desk', { at: LAST, by: 'night desk' }],
    ]);
    // Setting the same value again is no change.
    await inspections.patch('local', first, { caseRef: 'Fire', at: '2027-01-01T00:00:00.000Z' });
    expect((await called(stores, 'Fire')).changedAt).toBe(LAST);
  });

  it('are made, named, closed, listed page by page, and deleted with what was written', async () => {
    const stores = await open();
    const { cases, inspections } = stores;
    const kept = await cases.create('local', 'Flood', { at: AT, by: DESK });
    expect(kept).toMatchObject({ name: 'Flood', caseRef: 'Flood', createdBy: 'desk', former: 0 });
    expect(await refused(cases.create('local', 'Flood', { at: AT }))).toEqual(['case.there', undefined]);
    expect(await refused(cases.create('local', ' ', { at: AT }))).toEqual(['case.bad', 'name']);
    for (const [n, at] of [AT, LATER, LAST].entries()) await cases.create('local', `Case ${n}`, { at });
    const page = await cases.list('local', { limit: 3 });
    const rest = await cases.list('local', { limit: 3, ...(page.next && { cursor: page.next }) });
    expect([...page.items, ...rest.items].map(({ name }) => name).slice(0, 2)).toEqual(['Case 2', 'Case 1']);
    expect(page.items).toHaveLength(3);
    expect(rest).toEqual({ items: [expect.anything()] });
    await expect(cases.list('local', { limit: 3, cursor: '!' })).rejects.toThrow(StoreError);

    const named = await cases.patch('local', kept.id, { name: 'Flood of 2026' }, { at: LATER });
    expect(named).toMatchObject({ name: 'Flood of 2026', caseRef: 'Flood', changedAt: LATER });
    const closed = await cases.patch('local', kept.id, { closed: true }, { at: LAST, by: NIGHT });
    expect(closed).toMatchObject({ closedAt: LAST, closedBy: 'night desk', name: 'Flood of 2026' });
    expect((await cases.list('local', { limit: 9, open: false })).items).toHaveLength(1);
    expect((await cases.list('local', { limit: 9, open: true })).items).toHaveLength(3);
    expect(await cases.patch('local', kept.id, { closed: false }, { at: LAST })).not.toHaveProperty(
      'closedAt',
    );
    await expect(cases.patch('local', kept.id, { name: 'x' }, { at: LAST }, () => false)).rejects.toThrow(
      'store.changed',
    );
    expect(await cases.patch('theirs', kept.id, { name: 'x' }, { at: LAST })).toBeUndefined();

    // A request with the old name still uses this case.
    const inspection = await inspected(stores, { caseRef: 'Flood' });
    await cases.add('local', kept.id, { kind: 'note', text: 'Ask the port' }, { at: LAST });
    expect(await cases.delete('theirs', kept.id, { at: LAST })).toBe(false);
    expect(await cases.delete('local', kept.id, { at: LAST })).toBe(true);
    expect(await cases.delete('local', kept.id, { at: LAST })).toBe(false);
    expect(await inspections.get('local', inspection)).not.toHaveProperty('caseRef');
    expect(await stores.database.query.selectFrom('case_items').selectAll().execute()).toEqual([]);
  });

  it('hold what people wrote, by whom and when; of what is taken out nothing else is left', async () => {
    const stores = await open();
    const { cases } = stores;
    const kept = await cases.create('local', 'Flood', { at: AT });
    const inspection = await inspected(stores);
    const written = [
      { kind: 'note', text: 'Ask the port' },
      { kind: 'link', link: 'https://example.org/post', text: 'First seen' },
      { kind: 'match', inspection, other: randomUUID(), match: { tier: 'same', distance: 3 } },
      { kind: 'finding', finding: FINDING },
    ] as const;
    for (const [n, item] of written.entries()) {
      const at = `2026-11-29T13:00:0${n}.000Z`;
      const added = await cases.add('local', kept.id, item, { at, by: DESK });
      expect(added).toEqual({ ...item, id: expect.any(String), createdAt: at, at, by: 'desk' });
    }
    await cases.add('local', kept.id, { kind: 'inspection', inspection }, { at: LAST, by: DESK });
    expect((await stores.inspections.get('local', inspection))?.caseRef).toBe('Flood');
    expect((await cases.get('local', kept.id))?.counts).toEqual({
      ...{ inspection: 1, note: 1, link: 1, match: 1, finding: 1 },
    });
    // The pages contain every entry exactly once.
    const told: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await cases.items('local', kept.id, { limit: 2, ...(cursor && { cursor }) });
      told.push(...(page?.items ?? []).map(({ kind }) => kind));
      cursor = page?.next;
      if (cursor === undefined) break;
    }
    expect(told).toEqual(['finding', 'match', 'link', 'note', 'inspection']);

    const items = await itemsOf(stores, kept);
    for (const one of items) {
      const { id } = one;
      expect(await cases.item('local', kept.id, id)).toEqual(one);
      expect(await cases.item('theirs', kept.id, id)).toBeUndefined();
      await expect(cases.remove('local', kept.id, id, { at: LAST }, () => false)).rejects.toThrow(
        'store.changed',
      );
      expect(await cases.item('local', kept.id, id)).toEqual(one);
      expect(await cases.remove('theirs', kept.id, id, { at: LAST })).toBe(false);
      expect(await cases.remove('local', kept.id, id, { at: LAST, by: NIGHT })).toBe(true);
      expect(await cases.remove('local', kept.id, id, { at: LAST })).toBe(false);
      expect(await cases.item('local', kept.id, id)).toBeUndefined();
    }
    const removed = { at: LAST, by: 'night desk' };
    for (const item of await itemsOf(stores, kept)) {
      expect(item).toMatchObject({ by: 'desk', removed });
      expect(Object.keys(item).filter((name) => ['text', 'link', 'match', 'finding'].includes(name))).toEqual(
        [],
      );
    }
    const rows = JSON.stringify(await stores.database.query.selectFrom('case_items').selectAll().execute());
    for (const word of ['port', 'example.org', 'same', '2014']) expect(rows).not.toContain(word);
    expect((await stores.inspections.get('local', inspection))?.caseRef).toBeUndefined();
  });

  it('keep that an inspection was here when it is deleted, and nothing that a match told of it', async () => {
    const stores = await open();
    const { cases, inspections } = stores;
    const [one, other] = [await inspected(stores, { caseRef: 'Flood' }), await inspected(stores)];
    const kept = await called(stores, 'Flood');
    const match = { tier: 'same', name: 'secret.jpg' };
    await cases.add('local', kept.id, { kind: 'match', inspection: one, other, match }, { at: LATER });
    await cases.add('local', kept.id, { kind: 'note', text: 'stays' }, { at: LATER });
    await inspections.delete('local', other);
    const [, matched] = await itemsOf(stores, kept).then((all) => [
      0,
      all.find(({ kind }) => kind === 'match'),
    ]);
    expect(matched).toMatchObject({ gone: { reason: 'deleted' } });
    expect(matched).not.toHaveProperty('match');
    await inspections.delete('local', one);
    const items = await itemsOf(stores, kept);
    expect(items.find(({ kind }) => kind === 'inspection')).toEqual({
      ...{ id: expect.any(String), kind: 'inspection', createdAt: AT, at: AT, inspection: one },
      gone: { at: expect.any(String), reason: 'deleted' },
    });
    expect(items.find(({ kind }) => kind === 'note')?.text).toBe('stays');
    expect(await called(stores, 'Flood')).toMatchObject({
      former: 1,
      counts: { inspection: 0, match: 0, note: 1 },
    });
  });

  it('that nobody wrote in end with their last inspection by its day, and others tell of it', async () => {
    const stores = await open();
    const { cases, inspections } = stores;
    const short = [
      await inspected(stores, { caseRef: 'Word' }),
      await inspected(stores, { caseRef: 'Word' }),
    ];
    const long = await inspected(stores, { caseRef: 'Written' });
    const batches = [randomUUID(), randomUUID(), randomUUID()] as const;
    for (const [at, [tenant, caseRef]] of (
      [
        ['local', 'Word'],
        ['local', 'Written'],
        ['theirs', 'Word'],
      ] as const
    ).entries())
      await stores.batches.create({
        ...{ id: batches[at] ?? '', tenant, createdAt: AT, caseRef, tags: [] },
        ...{ inspections: [], uploads: [] },
      });
    const written = await called(stores, 'Written');
    await cases.add('local', written.id, { kind: 'note', text: 'n' }, { at: LATER });
    await inspections.expire('local', short[0] ?? '', LAST);
    const word = await called(stores, 'Word');
    expect(word).toMatchObject({ counts: { inspection: 1 }, former: 0 });
    await inspections.expire('local', short[1] ?? '', LAST);
    expect(await cases.findByRef('local', 'Word')).toBeUndefined();
    const ended = (await stores.log.listLeaves('local', 0, 1_000)).filter(
      ({ leaf }) => leaf?.action === 'case.deleted' && leaf.subject === word.id,
    );
    expect(ended.map(({ leaf }) => leaf)).toMatchObject([{ at: LAST, facts: { reason: 'day' } }]);
    // No batch of the case names the deleted case; those of other cases and tenants keep their reference.
    expect(await stores.batches.get('local', batches[0])).not.toHaveProperty('caseRef');
    expect(await stores.batches.get('local', batches[1])).toMatchObject({ caseRef: 'Written' });
    expect(await stores.batches.get('theirs', batches[2])).toMatchObject({ caseRef: 'Word' });
    await inspections.expire('local', long, LAST);
    const [, stub] = await itemsOf(stores, written);
    expect(stub).toMatchObject({ inspection: long, gone: { at: LAST, reason: 'expired' } });
  });

  it('take no more, and no other, than they say', async () => {
    const stores = await open();
    const { cases, database } = stores;
    const kept = await cases.create('local', 'Flood', { at: AT });
    const add = (item: Parameters<typeof cases.add>[2]) =>
      refused(cases.add('local', kept.id, item, { at: AT }));
    const long = (most: number) => 'x'.repeat(most + 1);
    const finding = (over: object) => add({ kind: 'finding', finding: { ...FINDING, ...over } });
    expect(await add({ kind: 'note', text: long(CASE_BOUNDS.text) })).toEqual(['case.bad', 'text']);
    expect(await add({ kind: 'note', text: ' ' })).toEqual(['case.bad', 'text']);
    expect(await add({ kind: 'link', link: 'javascript:alert(1)' })).toEqual(['case.bad', 'link']);
    expect(await add({ kind: 'match', match: { name: long(CASE_BOUNDS.matchCharacters) } })).toEqual([
      ...['case.bad', 'match'],
    ]);
    expect(await finding({ claim: '' })).toEqual(['case.bad', 'finding/claim']);
    expect(await finding({ rating: long(CASE_BOUNDS.rating) })).toEqual(['case.bad', 'finding/rating']);
    expect(await finding({ url: 'file:///etc/passwd' })).toEqual(['case.bad', 'finding/url']);
    expect(await finding({ published: '2026-02-30' })).toEqual(['case.bad', 'finding/published']);
    expect(await add({ kind: 'inspection', inspection: randomUUID() })).toEqual([
      ...['case.no-inspection', 'inspection'],
    ]);
    expect(await add({ kind: 'inspection', inspection: '../x' })).toEqual([
      'case.no-inspection',
      'inspection',
    ]);
    expect(await itemsOf(stores, kept)).toEqual([]);
    // PostgreSQL does not store NUL.
    expect(await add({ kind: 'note', text: 'a\0b\ud800' })).toBe('taken');

    const row = await database.query.selectFrom('case_items').selectAll().executeTakeFirstOrThrow();
    const more = Array.from({ length: CASE_BOUNDS.items - 1 }, () => ({ ...row, id: randomUUID() }));
    for (let from = 0; from < more.length; from += 500)
      await database.query
        .insertInto('case_items')
        .values(more.slice(from, from + 500))
        .execute();
    expect(await add({ kind: 'note', text: 'one more' })).toEqual(['case.full', undefined]);
    expect(await cases.remove('local', kept.id, row.id, { at: LAST })).toBe(true);
    expect(await add({ kind: 'note', text: 'one more' })).toBe('taken');
  });

  it('are never left behind by an inspection that comes or goes at the same time', async () => {
    const stores = await open();
    const { cases, inspections } = stores;
    const work: Promise<unknown>[] = [];
    for (let n = 0; n < 12; n += 1) {
      const caseRef = `Case ${n % 2}`;
      work.push(
        inspected(stores, { caseRef }).then(async (id) => {
          await inspections.patch('local', id, { caseRef: `Case ${(n + 1) % 2}` });
          if (n % 3 === 0) await inspections.delete('local', id);
        }),
        cases
          .findByRef('local', caseRef)
          .then((found) => found && cases.delete('local', found.id, { at: LAST })),
      );
    }
    await Promise.all(work);
    const { items } = await inspections.list('local', {}, { limit: 100 });
    for (const { caseRef } of items)
      if (caseRef !== undefined) expect(await cases.findByRef('local', caseRef)).toBeDefined();
    expect(items.length).toBeGreaterThan(0);
  });
}
