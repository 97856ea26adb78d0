import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { LeasedJob } from '../../src/storage/queue/job-queue.js';
import { openStores, type Stores } from '../../src/storage/stores.js';
import { describeOnBoth } from '../contracts/stores.js';
import { startPostgres } from '../support/postgres.js';
import { describeWith } from '../support/system-parts.js';

/** pg-boss looks for expired leases every few seconds. */
const PATIENCE_MILLIS = 100_000;

async function enqueue({ database, queue }: Stores, count: number): Promise<string[]> {
  const jobs = Array.from({ length: count }, () => ({ id: randomUUID(), tenant: 'local' }));
  await database.query.transaction().execute((inside) => queue.enqueue(inside, jobs));
  return jobs.map(({ id }) => id);
}

async function taken({ queue }: Stores, leaseMillis = 60_000): Promise<LeasedJob> {
  const until = Date.now() + PATIENCE_MILLIS;
  for (;;) {
    const job = await queue.take(leaseMillis);
    if (job !== undefined) return job;
    if (Date.now() > until) throw new Error('no job came');
    await delay(50);
  }
}

describeOnBoth('the queue', (open, place) => {
  it('gives each job to one of many that ask at once', async () => {
    const at = await place();
    const [first, second] = [await open(at), await open(at)];
    const ids = await enqueue(first, 20);
    const jobs = await Promise.all(
      Array.from({ length: 20 }, (_, turn) => taken(turn % 2 === 0 ? first : second)),
    );
    expect(jobs.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(await second.queue.take(1000)).toBeUndefined();
    expect(await first.queue.depth()).toEqual({ waiting: 0, running: 20 });
  });

  it('is empty once all are complete, and completing twice is no fault', async () => {
    const stores = await open();
    await enqueue(stores, 1);
    const job = await taken(stores);
    await stores.queue.complete(job);
    await stores.queue.complete(job);
    expect(await stores.queue.depth()).toEqual({ waiting: 0, running: 0 });
    expect(await stores.queue.extend(job, 1000)).toBe(false);
  });

  it('gives a job out again when its lease has run out', async () => {
    const stores = await open();
    const [id] = await enqueue(stores, 1);
    await taken(stores, 500);
    expect(await taken(stores)).toMatchObject({ id });
  });

  it('keeps a job that is prolonged from others', async () => {
    const stores = await open();
    await enqueue(stores, 1);
    const job = await taken(stores, 4_000);
    // Longer than its first lease.
    const until = Date.now() + 6_000;
    while (Date.now() < until) {
      expect(await stores.queue.extend(job, 30_000)).toBe(true);
      expect(await stores.queue.take(1000)).toBeUndefined();
      await delay(300);
    }
  });

  it('gives back what is released, not before its time', async () => {
    const stores = await open();
    const [id] = await enqueue(stores, 1);
    await stores.queue.release(await taken(stores), 0);
    const again = await taken(stores);
    expect(again).toMatchObject({ id });
    await stores.queue.release(again, 60_000);
    expect(await stores.queue.take(1000)).toBeUndefined();
    expect(await stores.queue.depth()).toEqual({ waiting: 1, running: 0 });
  });

  it('leaves a job with whoever has it, whatever those do who lost it', async () => {
    const at = await place();
    const [first, second] = [await open(at), await open(at)];
    const [id] = await enqueue(first, 1);
    const lost = await taken(first, 500);
    const job = await taken(second);
    expect(job.id).toBe(id);
    expect(await first.queue.extend(lost, 60_000)).toBe(false);
    await first.queue.release(lost, 0);
    await first.queue.complete(lost);
    expect(await first.queue.take(1000)).toBeUndefined();
    expect(await second.queue.extend(job, 60_000)).toBe(true);
    await second.queue.complete(job);
    expect(await second.queue.depth()).toEqual({ waiting: 0, running: 0 });
  });

  it('forgets a job that is removed, leased or not', async () => {
    const stores = await open();
    const ids = await enqueue(stores, 2);
    const job = await taken(stores);
    await stores.database.query.transaction().execute((inside) => stores.queue.remove(inside, ids));
    expect(await stores.queue.depth()).toEqual({ waiting: 0, running: 0 });
    expect(await stores.queue.extend(job, 1000)).toBe(false);
    await stores.queue.release(job, 0);
    expect(await stores.queue.take(1000)).toBeUndefined();
  });

  it('has a job only once the transaction around it is through', async () => {
    const stores = await open();
    const id = randomUUID();
    const failing = stores.database.query.transaction().execute(async (inside) => {
      await stores.queue.enqueue(inside, [{ id, tenant: 'local' }]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await stores.queue.take(1000)).toBeUndefined();
  });

  it('is made once when five open an empty database at once', async () => {
    const at = await place();
    const all = await Promise.all(Array.from({ length: 5 }, () => open(at)));
    const [id] = await enqueue(all[0] as Stores, 1);
    // Every connection still answers: none was left in a broken transaction.
    for (const stores of all) {
      const asked = Array.from({ length: 10 }, () => stores.queue.depth());
      for (const depth of await Promise.all(asked)) expect(depth).toEqual({ waiting: 1, running: 0 });
    }
    expect(await taken(all[4] as Stores)).toMatchObject({ id });
  });

  it('gives nothing once it is closed', async () => {
    const at = await place();
    const [first, second] = [await open(at), await open(at)];
    await enqueue(first, 1);
    await first.queue.close();
    expect(await first.queue.take(1000)).toBeUndefined();
    await taken(second);
  });
});

describeWith('postgres', 'the queue on PostgreSQL', (program) => {
  it('leaves a job to the next where the database goes between the two halves of a claim', async () => {
    const server = await startPostgres(program);
    const stores = await openStores({ dataDir: tmpdir(), url: await server.newDatabase() });
    try {
      const [id] = await enqueue(stores, 1);
      // The server closes the connection at the second statement, as one that is being stopped.
      await sql`create function goes() returns trigger language plpgsql as
        $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`.execute(
        stores.database.query,
      );
      await sql`create trigger goes before update of expire_in on pgboss.job for each row execute function goes()`.execute(
        stores.database.query,
      );
      await expect(stores.queue.take(1000)).rejects.toMatchObject({ code: 'store.unavailable' });
      await sql`drop trigger goes on pgboss.job`.execute(stores.database.query);
      expect(await stores.queue.take(1000)).toMatchObject({ id });
    } finally {
      await stores.close();
      await server.stop();
    }
  });
});
