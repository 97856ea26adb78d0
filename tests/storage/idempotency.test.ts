import { expect, it } from 'vitest';
import { Idempotency, LEASE_MILLIS } from '../../src/storage/access/idempotency.js';
import { describeOnBoth } from '../contracts/stores.js';

const NOW = new Date('2026-11-26T10:00:00.000Z');
const later = (millis: number) => new Date(NOW.getTime() + millis);
const ASKED = {
  ...{ tenant: 'a', keyId: 'k', key: 'word', fingerprint: 'f', subject: 'first' },
  keptMillis: 86_400_000,
};

describeOnBoth('requests that are to have an effect once', (open) => {
  const fresh = async () => new Idempotency((await open()).database);

  it('begin once among many at the same time, and are known by what the first one makes', async () => {
    const idempotency = await fresh();
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, turn) => idempotency.begin({ ...ASKED, subject: `s${turn}` }, NOW)),
    );
    const begun = all.filter((one) => one.outcome === 'begun');
    expect(begun).toHaveLength(1);
    expect(all.filter(({ outcome }) => outcome === 'running')).toHaveLength(7);
    const [first] = begun;
    if (first === undefined) throw new Error('nobody began');
    await idempotency.complete(first.held, 201);
    const answered = { outcome: 'answered', subject: first.subject, status: 201 };
    expect(await idempotency.begin(ASKED, later(LEASE_MILLIS * 10))).toEqual(answered);
  });

  it('are others with another fingerprint, and strangers to other tenants and keys', async () => {
    const idempotency = await fresh();
    const outcome = async (over: Partial<typeof ASKED>) =>
      (await idempotency.begin({ ...ASKED, ...over }, NOW)).outcome;
    expect(await outcome({})).toBe('begun');
    expect(await outcome({ fingerprint: 'g' })).toBe('other');
    expect(await outcome({ tenant: 'b' })).toBe('begun');
    expect(await outcome({ keyId: 'l' })).toBe('begun');
    expect(await outcome({ key: 'Word' })).toBe('begun');
  });

  it('begin anew where they came to nothing, and after a day', async () => {
    const idempotency = await fresh();
    const first = await idempotency.begin(ASKED, NOW);
    if (first.outcome !== 'begun') throw new Error(first.outcome);
    await idempotency.forget(first.held);
    const second = await idempotency.begin({ ...ASKED, subject: 'second', fingerprint: 'g' }, NOW);
    expect(second).toMatchObject({ outcome: 'begun', subject: 'second', takenOver: false });
    if (second.outcome !== 'begun') return;
    await idempotency.complete(second.held, 201);
    // A request that gave up long ago takes nothing away from its successor.
    await idempotency.forget(first.held);
    expect((await idempotency.begin(ASKED, NOW)).outcome).toBe('other');
    expect(await idempotency.begin(ASKED, later(86_400_000))).toMatchObject({
      outcome: 'begun',
      subject: 'first',
    });
  });

  it('are taken over under the same id from who died, and not from who is at it', async () => {
    const idempotency = await fresh();
    const first = await idempotency.begin(ASKED, NOW);
    if (first.outcome !== 'begun') throw new Error(first.outcome);
    await idempotency.renew(first.held, later(LEASE_MILLIS - 1));
    const again = { ...ASKED, subject: 'second' };
    expect(await idempotency.begin(again, later(LEASE_MILLIS + 1))).toEqual({ outcome: 'running' });
    const over = await idempotency.begin(again, later(2 * LEASE_MILLIS));
    expect(over).toMatchObject({ outcome: 'begun', subject: 'first', takenOver: true });
    expect((await idempotency.begin(again, later(2 * LEASE_MILLIS))).outcome).toBe('running');
  });

  it('are taken over at once, under the same id, from whoever let go of them', async () => {
    const idempotency = await fresh();
    const first = await idempotency.begin(ASKED, NOW);
    if (first.outcome !== 'begun') throw new Error(first.outcome);
    await idempotency.release(first.held, NOW);
    const again = { ...ASKED, subject: 'second' };
    expect((await idempotency.begin({ ...again, fingerprint: 'g' }, NOW)).outcome).toBe('other');
    const over = await idempotency.begin(again, NOW);
    expect(over).toMatchObject({ outcome: 'begun', subject: 'first', takenOver: true });
    // The former owner, which released it, has no effect.
    await idempotency.release(first.held, NOW);
    await idempotency.complete(first.held, 500);
    expect((await idempotency.begin(again, NOW)).outcome).toBe('running');
  });

  it('are known for as long as each says', async () => {
    const idempotency = await fresh();
    const brief = { ...ASKED, keptMillis: 1_000 };
    const first = await idempotency.begin(brief, NOW);
    if (first.outcome !== 'begun') throw new Error(first.outcome);
    await idempotency.complete(first.held, 303);
    expect((await idempotency.begin(brief, later(999))).outcome).toBe('answered');
    expect(await idempotency.begin(brief, later(1_000))).toMatchObject({
      outcome: 'begun',
      takenOver: false,
    });
  });

  it('are dropped when their day is over, and hold no word of the client’s', async () => {
    const stores = await open();
    const idempotency = new Idempotency(stores.database);
    await idempotency.begin(ASKED, NOW);
    const rows = () => stores.database.query.selectFrom('idempotent_requests').selectAll().execute();
    expect(JSON.stringify(await rows())).not.toContain(ASKED.key);
    await idempotency.deleteExpired(later(86_399_999));
    expect(await rows()).toHaveLength(1);
    await idempotency.deleteExpired(later(86_400_000));
    expect(await rows()).toEqual([]);
  });
});
