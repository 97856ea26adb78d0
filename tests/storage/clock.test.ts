import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SqliteQueue } from '../../src/storage/queue/sqlite-queue.js';
import { temporaryDirectory, testStores } from '../http/harness.js';

const LEASE_MILLIS = 30_000;
const HOUR_MILLIS = 3_600_000;

afterEach(() => {
  vi.useRealTimers();
});

async function setUp() {
  const { queue, inspections, database } = await testStores(temporaryDirectory());
  expect(queue).toBeInstanceOf(SqliteQueue);
  const ask = {
    name: 'a',
    asOf: '2026-11-25',
    asOfSource: 'today',
    engine: 'auto',
    hasSidecar: false,
  } as const;
  const id = randomUUID();
  await inspections.create([{ id, tenant: 'local', createdAt: new Date().toISOString(), request: ask }]);
  // Changes the wall clock only: timers and the library go on.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const jump = (millis: number) => vi.setSystemTime(Date.now() + millis);
  return { queue, database, id, jump };
}

describe('a clock that jumps', () => {
  it('back by hours keeps nothing that waits from being taken', async () => {
    const { queue, id, jump } = await setUp();
    jump(-5 * HOUR_MILLIS);
    expect(await queue.take(LEASE_MILLIS)).toMatchObject({ id });
  });

  it('back by hours keeps no job with a worker that died before', async () => {
    const { queue, id, jump } = await setUp();
    await queue.take(LEASE_MILLIS);
    jump(-5 * HOUR_MILLIS);
    expect(await queue.take(LEASE_MILLIS)).toMatchObject({ id });
  });

  it('forward gives a job to another, and the first then knows', async () => {
    const { queue, id, jump } = await setUp();
    const first = await queue.take(LEASE_MILLIS);
    expect(await queue.take(LEASE_MILLIS)).toBeUndefined();
    jump(5 * HOUR_MILLIS);
    const second = await queue.take(LEASE_MILLIS);
    expect(second).toMatchObject({ id });
    expect(first && (await queue.extend(first, LEASE_MILLIS))).toBe(false);
    expect(second && (await queue.extend(second, LEASE_MILLIS))).toBe(true);
  });

  it('back ends a pause, and a pause of an hour is kept by a clock that is right', async () => {
    const { queue, id, jump } = await setUp();
    const first = await queue.take(LEASE_MILLIS);
    if (first) await queue.release(first, HOUR_MILLIS);
    jump(HOUR_MILLIS / 2);
    expect(await queue.take(LEASE_MILLIS)).toBeUndefined();
    jump(-HOUR_MILLIS);
    const second = await queue.take(LEASE_MILLIS);
    expect(second).toMatchObject({ id });
    if (second) await queue.release(second, HOUR_MILLIS);
    jump(HOUR_MILLIS - 1);
    expect(await queue.take(LEASE_MILLIS)).toBeUndefined();
    jump(1);
    expect(await queue.take(LEASE_MILLIS)).toMatchObject({ id });
  });

  it('by less than a lease changes nothing', async () => {
    const { queue, jump } = await setUp();
    await queue.take(LEASE_MILLIS);
    jump(-10_000);
    expect(await queue.take(LEASE_MILLIS)).toBeUndefined();
    jump(20_000);
    expect(await queue.take(LEASE_MILLIS)).toBeUndefined();
  });
});
