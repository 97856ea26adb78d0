import { expect, it } from 'vitest';
import { KeyRepository } from '../../src/storage/access/kysely-keys.js';
import { IDLE_MILLIS, SessionRepository } from '../../src/storage/access/sessions.js';
import { UsageRepository } from '../../src/storage/access/usage.js';
import { AuditRepository } from '../../src/storage/log/audit.js';
import { deleteOldAccess } from '../../src/storage/upkeep.js';
import { describeOnBoth } from '../contracts/stores.js';

const NOW = new Date('2026-11-25T10:00:00.000Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

describeOnBoth('what access keeps', (open) => {
  it('takes of a day at once what several servers take at once, and no more', async () => {
    const { database } = await open();
    const { key } = await new KeyRepository(database).create(
      { tenant: 'a', name: 'n', scopes: ['read'] },
      NOW,
    );
    const usage = new UsageRepository(database);
    const one = { inspections: 1, bytes: 3_000_000_000 };
    const limits = { dailyInspections: 10, dailyBytes: 21_000_000_000 };
    const taken = await Promise.all(
      Array.from({ length: 12 }, () => usage.take(key.id, '2026-11-25', one, limits)),
    );
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(7);
    await usage.refund(key.id, '2026-11-25', one);
    expect(await usage.take(key.id, '2026-11-25', one, limits)).toEqual({
      allowed: true,
      used: { inspections: 7, bytes: 21_000_000_000 },
    });
  });

  it('writes entries in their order, and goes again over those that could not be written', async () => {
    const { database, log } = await open();
    const entry = (action: string) => ({
      tenant: 'a',
      at: NOW.toISOString(),
      who: 'n',
      action,
      operation: action,
      status: 200,
      requestId: 'r',
    });
    const audit = new AuditRepository(database, log);
    for (let turn = 0; turn < 250; turn += 1) log.queueEvent(entry(`a${turn}`));
    log.queueEvent({ ...entry('other'), tenant: 'b', keyId: 'k', subject: 's' });
    const listed = await audit.list('a', { limit: 1000 });
    expect(listed.map(({ action }) => action)).toEqual(
      Array.from({ length: 250 }, (_, turn) => `a${249 - turn}`),
    );
    expect(await audit.list('b', { limit: 10 })).toMatchObject([
      { keyId: 'k', subject: 's', action: 'other' },
    ]);

    await database.query.schema.alterTable('log_leaves').renameTo('gone').execute();
    log.queueEvent(entry('late'));
    await log.flush();
    await database.query.schema.alterTable('gone').renameTo('log_leaves').execute();
    expect((await audit.list('a', { limit: 1 })).map(({ action }) => action)).toEqual(['late']);
  });

  it('is dropped when its time is over', async () => {
    const { database, log } = await open();
    const { key } = await new KeyRepository(database).create(
      { tenant: 'a', name: 'n', scopes: ['read'] },
      NOW,
    );
    const sessions = new SessionRepository(database);
    const tomorrow = new Date(NOW.getTime() + 86_400_000);
    const [seen, unseen] = [
      await sessions.begin(key.id, tomorrow, NOW),
      await sessions.begin(key.id, tomorrow, new Date(NOW.getTime() - IDLE_MILLIS)),
    ];
    expect(await sessions.find(unseen, NOW)).toBeUndefined();
    const usage = new UsageRepository(database);
    for (const day of ['2026-10-01', '2026-11-25']) {
      await usage.take(key.id, day, { inspections: 1, bytes: 1 }, {});
    }
    const audit = new AuditRepository(database, log);
    for (const [days, action] of [
      [91, 'old'],
      [89, 'new'],
    ] as const) {
      log.queueEvent({
        tenant: 'a',
        at: daysAgo(days).toISOString(),
        who: 'n',
        action,
        operation: action,
        status: 200,
        requestId: 'r',
      });
    }
    await log.flush();
    await deleteOldAccess({ database, log }, 90, NOW);
    expect(await sessions.find(seen, NOW)).toMatchObject({ keyId: key.id });
    const count = async (table: 'sessions' | 'key_usage') =>
      (await database.query.selectFrom(table).selectAll().execute()).length;
    expect([await count('sessions'), await count('key_usage')]).toEqual([1, 1]);
    expect((await audit.list('a', { limit: 9 })).map(({ action }) => action)).toEqual(['new']);
  });
});
