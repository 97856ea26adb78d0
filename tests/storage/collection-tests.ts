import { randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Fingerprints } from '../../src/matching/fingerprint.js';
import { StoreError } from '../../src/storage/engine/store-error.js';
import {
  COLLECTION_BOUNDS,
  CollectionError,
  type NewCollectionItem,
} from '../../src/storage/fingerprints/collections.js';
import { computeItemIds } from '../../src/storage/fingerprints/kysely-collections.js';
import type { Stores } from '../../src/storage/stores.js';

const AT = '2026-11-29T10:00:00.000Z';
const LATER = '2026-11-29T11:00:00.000Z';
const WEBP = Buffer.concat([Buffer.from('RIFF\x04\0\0\0WEBPVP8 '), randomBytes(20)]);
const FINDING = { text: 'Taken in 2014, not last week', by: 'Desk', link: 'https://example.org/check' };

const made = (bytes = 544): Fingerprints => ({
  made: [{ kind: 'picture', quality: 80, frames: 1, shelf: randomBytes(bytes), query: randomBytes(32) }],
  missing: [],
});
const notMade: Fingerprints = { made: [], missing: [{ kind: 'picture', code: 'carrier.none' }] };
const item = (over: Partial<NewCollectionItem> = {}): NewCollectionItem => ({
  ...{ name: 'a.jpg', fingerprints: made() },
  ...over,
});

async function searchable({ fingerprints }: Stores): Promise<number> {
  return (await fingerprints.follow(0, 1_000)).filter(({ gone, shelf }) => !gone && shelf.length > 0).length;
}

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error: unknown) => (error instanceof CollectionError ? [error.code, error.place] : error),
  );

/** Contract of collections, run by fingerprints.test.ts on the same two databases. */
export function collectionTests(open: () => Promise<Stores>): void {
  it('are made, listed, changed and found again, each tenant’s for itself', async () => {
    const { collections } = await open();
    const first = await collections.create(
      'local',
      { name: 'Debunked', finding: FINDING, watched: true },
      AT,
    );
    expect(first).toMatchObject({ name: 'Debunked', finding: FINDING, watched: true, items: 0 });
    await collections.create('theirs', { name: 'Theirs' }, AT);
    for (let n = 0; n < 3; n += 1) await collections.create('local', { name: `Agency ${n}` }, LATER);
    const page = await collections.list('local', { limit: 2 });
    expect(page.items).toHaveLength(2);
    const rest = await collections.list('local', { limit: 2, ...(page.next && { cursor: page.next }) });
    expect([...page.items, ...rest.items].map(({ name }) => name).sort()).toEqual([
      ...['Agency 0', 'Agency 1', 'Agency 2', 'Debunked'],
    ]);
    expect(rest.next).toBeUndefined();
    await expect(collections.list('local', { limit: 2, cursor: '!' })).rejects.toThrow(StoreError);
    expect(await collections.findByName('local', 'Debunked')).toEqual(first);
    expect(await collections.findByName('local', 'debunked')).toBeUndefined();
    expect(await collections.get('theirs', first.id)).toBeUndefined();

    const changed = await collections.patch('local', first.id, { finding: null, watched: false }, LATER);
    expect(changed).toEqual({ ...first, finding: undefined, watched: false, changedAt: LATER });
    expect(await collections.get('local', first.id)).not.toHaveProperty('finding');
    expect(await collections.patch('theirs', first.id, { name: 'x' }, LATER)).toBeUndefined();
    await expect(
      collections.patch('local', first.id, { name: 'x' }, LATER, () => false),
    ).rejects.toMatchObject({
      code: 'store.changed',
    });
    expect(await collections.delete('theirs', first.id)).toBe(false);
    await expect(collections.delete('local', first.id, () => false)).rejects.toThrow();
    expect(await collections.delete('local', first.id)).toBe(true);
    expect(await collections.get('local', first.id)).toBeUndefined();
  });

  it('keep items with their fingerprints, and count those that nothing can find', async () => {
    const stores = await open();
    const { collections, fingerprints } = stores;
    const { id } = await collections.create('local', { name: 'Debunked', watched: true }, AT);
    const ids = await collections.putItems(
      'local',
      id,
      [
        item({ key: 'a', name: 'a.jpg', note: 'a note', finding: FINDING, preview: WEBP }),
        item({ key: 'flat', name: 'flat.png', fingerprints: notMade }),
        item({ name: 'of a hash alone', fingerprints: made(32) }),
      ],
      AT,
    );
    if (ids === undefined) throw new Error('no such collection');
    expect(await collections.get('local', id)).toMatchObject({ items: 3, notSearchable: 1 });
    const [a = '', flat = ''] = ids;
    expect(await collections.item('local', id, a)).toEqual({
      ...{ id: a, name: 'a.jpg', note: 'a note', finding: FINDING, at: AT, hasPreview: true },
      ...{ kinds: ['picture'], missing: [] },
    });
    expect(await collections.item('local', id, flat)).toMatchObject({
      ...{ hasPreview: false, kinds: [] },
      missing: [{ kind: 'picture', code: 'carrier.none' }],
    });
    expect(await collections.preview('local', id, a)).toEqual(WEBP);
    expect(await collections.preview('theirs', id, a)).toBeUndefined();
    expect(await collections.items('theirs', id, { limit: 9 })).toBeUndefined();

    const rows = await fingerprints.follow(0, 100);
    expect(rows.map(({ watched }) => watched)).toEqual([true, true, true]);
    await collections.patch('local', id, { watched: false }, LATER);
    const holders = await fingerprints.findOwners(
      'local',
      rows.map((row) => row.id),
    );
    expect([...holders.values()]).toEqual(
      expect.arrayContaining([{ collection: id, item: a, kind: 'picture', at: AT }]),
    );

    // Putting the same key again replaces the item; what the new one lacks is deleted.
    const [again] =
      (await collections.putItems('local', id, [item({ key: 'a', fingerprints: notMade })], LATER)) ?? [];
    expect(again).toBe(a);
    expect(await collections.get('local', id)).toMatchObject({
      items: 3,
      notSearchable: 2,
      changedAt: LATER,
    });
    expect(await collections.item('local', id, a)).toMatchObject({ hasPreview: false, kinds: [] });
    expect(await searchable(stores)).toBe(1);
    expect(await collections.removeItem('theirs', id, a)).toBe(false);
    expect(await collections.removeItem('local', id, a)).toBe(true);
    expect(await collections.removeItem('local', id, a)).toBe(false);
    expect(await collections.get('local', id)).toMatchObject({ items: 2, notSearchable: 1 });
    expect(await collections.delete('local', id)).toBe(true);
    expect(await searchable(stores)).toBe(0);
    expect(await collections.putItems('local', id, [item()], AT)).toBeUndefined();
    for (const table of ['collection_items', 'collection_previews'] as const)
      expect(await stores.database.query.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  it('keep items once that are put in twice under ids that follow from one, and take them out as they were read', async () => {
    const { collections } = await open();
    const { id } = await collections.create('local', { name: 'Debunked' }, AT);
    const items = [item({ name: 'one' }), item({ key: 'k', name: 'two' }), item({ name: 'three' })];
    const from = randomUUID();
    const ids = await collections.putItems('local', id, items, AT, from);
    expect(ids).toEqual(computeItemIds(items, from));
    expect(await collections.putItems('local', id, items, AT, from)).toEqual(ids);
    expect(await collections.get('local', id)).toMatchObject({ items: 3 });
    expect(await collections.findExisting('local', id, [...(ids ?? []), randomUUID()])).toEqual(new Set(ids));
    expect(await collections.findExisting('theirs', id, ids ?? [])).toEqual(new Set());
    const [first = ''] = ids ?? [];
    await expect(collections.removeItem('local', id, first, () => false)).rejects.toThrow('store.changed');
    expect(await collections.removeItem('local', id, first, ({ name }) => name === 'one')).toBe(true);
    expect(await collections.removeItem('local', id, first, () => true)).toBe(false);
  });

  it('are walked in pages, with each item once', async () => {
    const { collections } = await open();
    const { id } = await collections.create('local', { name: 'Agency' }, AT);
    const all = Array.from({ length: 250 }, (_, n) => item({ key: `${n}`, name: `${n}` }));
    await collections.putItems('local', id, all, AT);
    const names: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await collections.items('local', id, {
        limit: 100,
        ...(cursor !== undefined && { cursor }),
      });
      names.push(...(page?.items ?? []).map(({ name }) => name));
      cursor = page?.next;
      if (cursor === undefined) break;
    }
    expect(names.sort()).toEqual(all.map(({ name }) => name).sort());
    expect(await refused(collections.items('local', id, { limit: 1, cursor: "' or 1" }))).toEqual([
      'collection.bad-cursor',
      undefined,
    ]);
  });

  it('refuse what is too long, empty or no link, and say where it stands; nothing of it is kept', async () => {
    const stores = await open();
    const { collections } = stores;
    const long = (most: number) => 'x'.repeat(most + 1);
    const name = (text: string) => refused(collections.create('local', { name: text }, AT));
    expect(await name(' ')).toEqual(['collection.bad', { member: 'name' }]);
    expect(await name(long(COLLECTION_BOUNDS.name))).toEqual(['collection.bad', { member: 'name' }]);
    const link = (text: string) =>
      refused(collections.create('local', { name: 'n', finding: { text: 't', link: text } }, AT));
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://a',
      'x',
      `https://a/${long(2_000)}`,
    ])
      expect(await link(text)).toEqual(['collection.bad', { member: 'finding.link' }]);
    const { id } = await collections.create('local', { name: 'n' }, AT);
    const bad: [Partial<NewCollectionItem>, string][] = [
      [{ name: '' }, 'name'],
      [{ note: long(COLLECTION_BOUNDS.note) }, 'note'],
      [{ key: long(COLLECTION_BOUNDS.key) }, 'key'],
      [{ finding: { text: '' } }, 'finding.text'],
      [{ finding: { text: 't', by: long(COLLECTION_BOUNDS.by) } }, 'finding.by'],
      [{ preview: Buffer.from('<svg onload=alert(1)>') }, 'preview'],
      [{ preview: Buffer.concat([WEBP, Buffer.alloc(COLLECTION_BOUNDS.previewBytes)]) }, 'preview'],
    ];
    for (const [over, member] of bad)
      expect(await refused(collections.putItems('local', id, [item(), item(over)], AT))).toEqual([
        'collection.bad',
        { member, item: 1 },
      ]);
    await expect(
      collections.putItems('local', id, [item(), item({ fingerprints: made(33) })], AT),
    ).rejects.toThrow(RangeError);
    const many = Array.from({ length: COLLECTION_BOUNDS.itemsAtOnce + 1 }, () => item());
    expect(await refused(collections.putItems('local', id, many, AT))).toEqual([
      'collection.bad',
      { member: 'items' },
    ]);
    expect(await collections.get('local', id)).toMatchObject({ items: 0 });
    expect(await searchable(stores)).toBe(0);

    await stores.database.query
      .updateTable('collections')
      .set({ items: COLLECTION_BOUNDS.items - 1 })
      .execute();
    expect(await refused(collections.putItems('local', id, [item(), item()], AT))).toEqual([
      'collection.full',
      undefined,
    ]);
    expect(await collections.putItems('local', id, [item()], AT)).toHaveLength(1);
  });

  it('take names that no database’s text holds', async () => {
    const { collections } = await open();
    const { id, name } = await collections.create('local', { name: 'a\0b\ud800c' }, AT);
    expect(name).toBe('a\ufffdb\ufffdc');
    expect(await collections.findByName('local', 'a\0b\ud800c')).toMatchObject({ id });
    const [one = ''] = (await collections.putItems('local', id, [item({ name: '\0\udfff' })], AT)) ?? [];
    expect(await collections.item('local', id, one)).toMatchObject({ name: '\ufffd\ufffd' });
  });

  it('are gone at once, and what a kill left of them goes later', async () => {
    const stores = await open();
    const { collections, database, fingerprints } = stores;
    const { id } = await collections.create('local', { name: 'n' }, AT);
    const all = Array.from({ length: 300 }, () => item());
    await collections.putItems('local', id, all, AT);
    await collections.putItems('local', id, all, AT);
    const ids = (await fingerprints.follow(0, 1_000)).map((row) => row.id);
    expect((await fingerprints.findOwners('local', ids)).size).toBe(600);
    // State left by a process that died after its first step.
    await database.query.updateTable('collections').set({ leaving: 1 }).execute();
    expect(await collections.get('local', id)).toBeUndefined();
    expect((await collections.list('local', { limit: 9 })).items).toEqual([]);
    expect((await fingerprints.findOwners('local', ids)).size).toBe(0);
    expect(await collections.putItems('local', id, [item()], AT)).toBeUndefined();
    expect(await collections.sweep()).toBe(1);
    expect(await collections.sweep()).toBe(0);
    expect(await searchable(stores)).toBe(0);
    expect(await collections.delete('local', randomUUID())).toBe(false);
  });
}
