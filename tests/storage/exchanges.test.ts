import { randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { NewExchanges } from '../../src/storage/inspections/exchanges.js';
import type { NewInspection, StoredRequest } from '../../src/storage/inspections/inspections.js';
import { describeOnBoth } from '../contracts/stores.js';
import { shellReport } from '../http/shell-report.js';

const AT = '2026-11-29T10:00:00.000Z';
const LATER = '2026-11-29T11:00:00.000Z';

const exchanges = (): NewExchanges => ({
  served: {
    ...{ host: 'pictures.example', url: 'https://pictures.example/a.png?who=1', at: AT, status: 200 },
    ...{ mediaType: 'image/png', address: '192.0.2.1' },
  },
  pageUrl: 'https://news.example/story',
  warc: randomBytes(100),
});

const ask: StoredRequest = {
  name: 'a.png',
  asOf: '2026-11-29',
  asOfSource: 'today',
  engine: 'auto',
  hasSidecar: false,
  servedBy: { host: 'pictures.example', at: AT },
};

const asked = (): NewInspection => ({
  ...{ id: randomUUID(), tenant: 'desk', createdAt: AT },
  request: ask,
  exchanges: exchanges(),
});

const result = () => ({
  report: shellReport(ask, Buffer.from('bytes')),
  versions: { tool: '0', engines: [], lists: [], rulebooks: [], programs: [] },
  finishedAt: AT,
  answerKey: 'key',
});

const page = (over: object = {}) => ({
  ...{ tenant: 'desk', url: 'https://news.example/story', asked: 'https://news.example/s', at: AT },
  ...{ media: ['https://pictures.example/a.png'], warc: randomBytes(50), expiresAt: LATER },
  ...over,
});

describeOnBoth('what was exchanged for a link', (open) => {
  it('is kept with the inspection, however that is made, for its tenant, and goes with it', async () => {
    const { inspections, exchanges: kept } = await open();
    const [queued, done] = [asked(), asked()];
    await inspections.create(queued);
    await inspections.createDone(done, result());
    const cached = asked();
    expect(await inspections.createCached(cached, { from: done.id, at: AT })).toBe(true);
    for (const one of [queued, done, cached]) {
      expect(await kept.get('desk', one.id)).toMatchObject({ ...one.exchanges });
      expect((await kept.get('desk', one.id))?.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect((await inspections.get('desk', one.id))?.request.servedBy).toEqual(ask.servedBy);
      expect(await kept.get('other', one.id)).toBeUndefined();
      expect(await kept.findOrigin('other', one.id)).toBeUndefined();
      expect(await kept.findOrigin('desk', one.id)).toMatchObject({ host: 'pictures.example' });
    }
    await inspections.delete('desk', queued.id);
    expect(await kept.findOrigin('desk', queued.id)).toBeUndefined();
    await inspections.expire('desk', done.id, AT);
    expect(await kept.findOrigin('desk', done.id)).toBeUndefined();
  });

  it('goes a day after it was sealed first', async () => {
    const { inspections, exchanges: kept } = await open();
    const one = asked();
    await inspections.create(one);
    await kept.markSealed('other', one.id, AT);
    await kept.deleteSealed('2027-01-01T00:00:00.000Z');
    expect(await kept.findOrigin('desk', one.id)).toMatchObject({ host: 'pictures.example' });
    await kept.markSealed('desk', one.id, AT);
    await kept.markSealed('desk', one.id, LATER);
    await kept.deleteSealed('2026-11-30T09:59:59.999Z');
    expect(await kept.findOrigin('desk', one.id)).toMatchObject({ host: 'pictures.example' });
    await kept.deleteSealed('2026-11-30T10:00:00.000Z');
    expect(await kept.findOrigin('desk', one.id)).toBeUndefined();
  });

  it('of a page is found by either address, for its tenant and its time', async () => {
    const { exchanges: kept } = await open();
    const one = page();
    await kept.putPage(one);
    for (const url of [one.url, one.asked]) {
      expect(await kept.page('desk', url, AT)).toEqual({ url: one.url, media: one.media, warc: one.warc });
      expect(await kept.page('other', url, AT)).toBeUndefined();
      expect(await kept.page('desk', url, LATER)).toBeUndefined();
    }
    // The second request returns the newer one.
    const again = page({ media: [], at: '2026-11-29T10:30:00.000Z' });
    await kept.putPage(again);
    expect(await kept.page('desk', one.url, AT)).toMatchObject({ media: [], warc: again.warc });
    await kept.deleteExpiredPages('2026-11-29T10:59:59.999Z');
    expect(await kept.page('desk', one.url, AT)).toBeDefined();
    await kept.deleteExpiredPages(LATER);
    expect(await kept.page('desk', one.url, AT)).toBeUndefined();
  });

  it('of pages comes from many at once, also where each makes others go', async () => {
    const { exchanges: kept, database } = await open();
    // Each is so large that two exceed the limit, so writing one deletes another.
    for (const name of ['a', 'b', 'c', 'd'])
      await kept.putPage(page({ url: `https://large.example/${name}`, at: AT }));
    const large = { bytes: 40 * 1024 ** 2 };
    for (let round = 0; round < 5; round += 1) {
      await database.query.updateTable('fetched_pages').set(large).execute();
      await Promise.all(
        ['a', 'b', 'c', 'd'].map((name, at) =>
          kept.putPage(
            page({ url: `https://large.example/${name}`, at: `2026-11-29T10:0${round}:0${at}.000Z` }),
          ),
        ),
      );
    }
    expect(await kept.page('desk', 'https://large.example/d', AT)).toBeDefined();
  });

  it('of pages is bounded in number and bytes: the oldest go, of that tenant alone', async () => {
    const { exchanges: kept, database } = await open();
    await kept.putPage(page({ tenant: 'other' }));
    for (const minute of [0, 1, 2])
      await kept.putPage(
        page({ url: `https://large.example/${minute}`, at: `2026-11-29T09:0${minute}:00.000Z` }),
      );
    // Pretends that each exchange has this size.
    const large = { bytes: 30 * 1024 ** 2 };
    await database.query.updateTable('fetched_pages').set(large).where('tenant', '=', 'desk').execute();
    await kept.putPage(page());
    const urls = async () =>
      (await database.query.selectFrom('fetched_pages').select('url').orderBy('at').execute()).map(
        ({ url }) => url,
      );
    const pages = [page().url, page().url];
    expect((await urls()).sort()).toEqual([
      ...['https://large.example/1', 'https://large.example/2'],
      ...pages,
    ]);
    const row = await database.query
      .selectFrom('fetched_pages')
      .selectAll()
      .limit(1)
      .executeTakeFirstOrThrow();
    await database.query.deleteFrom('fetched_pages').where('tenant', '=', 'desk').execute();
    await database.query
      .insertInto('fetched_pages')
      .values(
        Array.from({ length: 200 }, (_, at) => ({
          ...row,
          tenant: 'desk',
          key: String(at),
          at: '2026-11-29T09:00:00.000Z',
          bytes: 1,
          warc: Buffer.from('x'),
        })),
      )
      .execute();
    await kept.putPage(page());
    expect(await urls()).toHaveLength(201);
    expect(await kept.page('desk', page().url, AT)).toBeDefined();
    expect(await kept.page('other', page().url, AT)).toBeDefined();
  });
});
