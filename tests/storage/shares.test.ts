import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { digestOf, randomText } from '../../src/storage/engine/secret-text.js';
import { ShareRepository } from '../../src/storage/inspections/kysely-shares.js';
import { type NewShare, SHARE_TOKEN, type Share } from '../../src/storage/inspections/shares.js';
import { deleteOldAccess } from '../../src/storage/upkeep.js';
import { describeOnBoth } from '../contracts/stores.js';
import { shellReport } from '../http/shell-report.js';

const NOW = new Date('2026-11-25T10:00:00.000Z');
const later = (millis: number) => new Date(NOW.getTime() + millis);
const MOST = 3;

describeOnBoth('links to a report', (open) => {
  const opened = async () => {
    const stores = await open();
    const id = randomUUID();
    const ask = {
      name: 'a.png',
      asOf: '2026-11-25',
      asOfSource: 'today',
      engine: 'auto',
      hasSidecar: false,
    } as const;
    await stores.inspections.createDone(
      { id, tenant: 'desk', createdAt: NOW.toISOString(), request: ask },
      {
        report: shellReport(ask, Buffer.from('bytes')),
        versions: { tool: '0', engines: [], lists: [], rulebooks: [], programs: [] },
        finishedAt: NOW.toISOString(),
      },
    );
    const asked: NewShare = {
      tenant: 'desk',
      inspectionId: id,
      createdBy: 'photo desk',
      expiresAt: later(1000).toISOString(),
      withNotes: false,
      withPictures: false,
    };
    const shares = new ShareRepository(stores.database);
    const make = async (
      over: Partial<NewShare> = {},
      now = NOW,
    ): Promise<{ share: Share; token: string }> => {
      const making = await shares.create({ ...asked, ...over }, MOST, now);
      if (making.outcome !== 'made') throw new Error(making.outcome);
      return making;
    };
    return { ...stores, shares, asked, id, make };
  };

  it('are found by their token, of which a digest is kept', async () => {
    const { shares, make, id, database } = await opened();
    const { share, token } = await make({ withNotes: true, withPictures: true });
    expect(token).toMatch(SHARE_TOKEN);
    expect(share).toMatchObject({
      inspectionId: id,
      createdAt: NOW.toISOString(),
      withNotes: true,
      withPictures: true,
    });
    expect(await shares.find(token, NOW)).toEqual(share);
    const rows = JSON.stringify(await database.query.selectFrom('shares').selectAll().execute());
    expect(rows).toContain(digestOf(token));
    expect(rows).not.toContain(token);
  });

  it('are found by nothing else', async () => {
    const { shares, make } = await opened();
    const { share, token } = await make();
    for (const wrong of [
      '',
      share.id,
      token.slice(1),
      `${token}a`,
      token.toUpperCase(),
      `${token} `,
      randomText(32),
    ]) {
      expect(await shares.find(wrong, NOW)).toBeUndefined();
    }
  });

  it('hold until they run out, are revoked, or their report goes', async () => {
    const { shares, make, id, inspections, database, log } = await opened();
    const [first, second, third] = [
      await make(),
      await make({ expiresAt: later(60_000).toISOString() }, later(1)),
      await make({ expiresAt: later(60_000).toISOString() }, later(2)),
    ];
    const all = await shares.list('desk', id, later(3));
    expect(all).toEqual([third.share, second.share, first.share]);
    expect(await shares.find(first.token, later(999))).toBeDefined();
    expect(await shares.find(first.token, later(1000))).toBeUndefined();
    expect(await shares.list('desk', id, later(1000))).toEqual([third.share, second.share]);

    expect(await shares.revoke('other', id, second.share.id)).toBe(false);
    expect(await shares.revoke('desk', randomUUID(), second.share.id)).toBe(false);
    expect(await shares.find(second.token, later(3))).toBeDefined();
    expect(await shares.revoke('desk', id, second.share.id)).toBe(true);
    expect(await shares.revoke('desk', id, second.share.id)).toBe(false);
    expect(await shares.find(second.token, later(3))).toBeUndefined();

    await deleteOldAccess({ database, log }, 90, later(1000));
    const left = await database.query.selectFrom('shares').select('id').execute();
    expect(left.map((row) => row.id)).toEqual([third.share.id]);
    await inspections.delete('desk', id);
    expect(await shares.find(third.token, later(3))).toBeUndefined();
    expect(await database.query.selectFrom('shares').selectAll().execute()).toEqual([]);
  });

  it('are listed page by page, and revoked as they were read', async () => {
    const { shares, make, id } = await opened();
    for (const millis of [0, 1, 2]) await make({}, later(millis));
    const first = await shares.page('desk', id, NOW, { limit: 2 });
    const rest = await shares.page('desk', id, NOW, { limit: 2, cursor: first.next ?? '' });
    const all = await shares.list('desk', id, NOW);
    expect([[...first.items, ...rest.items], rest.next]).toEqual([all, undefined]);
    expect((await shares.page('other', id, NOW, { limit: 2 })).items).toEqual([]);
    const [one] = all;
    if (one === undefined) throw new Error('no link');
    await expect(shares.revoke('desk', id, one.id, () => false)).rejects.toThrow('store.changed');
    expect(await shares.list('desk', id, NOW)).toEqual(all);
    expect(await shares.revoke('desk', id, one.id, (share) => share.id === one.id)).toBe(true);
    expect(await shares.revoke('desk', id, one.id, () => true)).toBe(false);
  });

  it('are as many as may be, counted by those that hold', async () => {
    const { shares, make, asked } = await opened();
    await Promise.all(Array.from({ length: MOST }, () => make()));
    expect(await shares.create(asked, MOST, NOW)).toEqual({ outcome: 'too-many' });
    await make({ expiresAt: later(60_000).toISOString() }, later(1000));
  });

  it('are of an inspection that is there, and of its own tenant', async () => {
    const { shares, asked, make, id } = await opened();
    for (const over of [{ tenant: 'other' }, { inspectionId: randomUUID() }, { inspectionId: 'none' }]) {
      expect(await shares.create({ ...asked, ...over }, MOST, NOW)).toEqual({ outcome: 'no-inspection' });
    }
    await make();
    expect(await shares.list('other', id, NOW)).toEqual([]);
  });
});
