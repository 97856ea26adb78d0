import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Idempotency } from '../../src/storage/access/idempotency.js';
import { holdLeases } from '../../src/storage/engine/lease-owner.js';
import { openStores, type Stores } from '../../src/storage/stores.js';
import { DeliveryRepository } from '../../src/storage/webhooks/kysely-deliveries.js';
import { WebhookRepository } from '../../src/storage/webhooks/kysely-webhooks.js';
import { temporaryDirectory } from '../http/posting.js';
import { migratedIn } from '../support/migrated.js';
import { standIn } from '../support/program.js';
import { TEST_KEYS } from '../support/secret-keys.js';

const HOUR = 3_600_000;
const ONCE = { tenant: 'local', keyId: '', key: 'word', fingerprint: 'f', subject: 't', keptMillis: HOUR };

/** Creates a database with one entry of each leased kind. */
async function filled(): Promise<{ dataDir: string; stores: Stores; job: string; rejudgement: string }> {
  const dataDir = temporaryDirectory();
  await migratedIn(dataDir);
  const stores = await openStores({ dataDir });
  onTestFinished(() => stores.close());
  const at = new Date().toISOString();
  const [job, rejudgement] = [randomUUID(), randomUUID()];
  await stores.inspections.create({
    ...{ id: job, tenant: 'local', createdAt: at },
    request: { name: 'n', asOf: '2026-11-29', asOfSource: 'today', engine: 'auto', hasSidecar: false },
  });
  const ask = { asOf: '2026-11-29', asOfSource: 'today' } as const;
  await stores.rejudgements.create({ id: rejudgement, tenant: 'local', createdAt: at, ask });
  const webhooks = new WebhookRepository(stores.database, TEST_KEYS);
  const hook = { id: randomUUID(), tenant: 'local', url: 'https://example.org/', events: [], createdAt: at };
  await webhooks.create({ ...hook, secret: 'whsec_x' }, 9);
  await stores.database.query.transaction().execute((inside) =>
    stores.events.emit(inside, {
      ...{ tenant: 'local', type: 'batch.done', at, subject: randomUUID(), data: {} },
    }),
  );
  await new DeliveryRepository(stores.database, stores.events).createFromEvents(9, at, () => '{}');
  return { dataDir, stores, job, rejudgement };
}

/** Starts a process that takes all of them. */
async function taker(dataDir: string, ...how: string[]): Promise<{ child: ChildProcess; took: unknown }> {
  const child = spawn(process.execPath, [standIn('takes-leases'), JSON.stringify({ dataDir }), ...how], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [messages] = await once(child.stdout ?? child, 'data');
  return { child, took: JSON.parse(String(messages)) };
}

async function killed({ child }: { child: ChildProcess }): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Takes everything that can be taken now. */
async function free({ database, events, queue, rejudgements }: Stores) {
  const now = new Date();
  const job = await queue.take(HOUR);
  const rejudgement = await rejudgements.take(HOUR);
  const until = new Date(now.getTime() + HOUR).toISOString();
  const due = await new DeliveryRepository(database, events).leaseDue(9, now.toISOString(), until);
  const begun = await new Idempotency(database).begin(ONCE, now);
  return {
    job: job?.id,
    rejudgement: rejudgement?.id,
    deliveries: due.length,
    once: begun.outcome === 'begun' ? begun.subject : begun.outcome,
  };
}

const nothing = { job: undefined, rejudgement: undefined, deliveries: 0, once: 'running' };

describe('leases of a process on SQLite', () => {
  it('are free at once for whoever starts after it was killed, and not before', async () => {
    const { dataDir, stores, job, rejudgement } = await filled();
    const first = await taker(dataDir);
    expect(first.took).toEqual({ job, rejudgement, deliveries: 1, outcome: 'begun' });
    // A worker that starts next to a live one takes nothing from it.
    const beside = await holdLeases(stores.database, dataDir);
    expect(await free(stores)).toEqual(nothing);
    await killed(first);
    expect(await free(stores)).toEqual(nothing);
    const after = await holdLeases(stores.database, dataDir);
    expect(await free(stores)).toEqual({ job, rejudgement, deliveries: 1, once: 's' });
    // Nothing remains of the killed process; this process is registered as long as any part of it works.
    expect(readdirSync(join(dataDir, 'leases')).filter((name) => name.endsWith('.lock'))).toHaveLength(1);
    after();
    expect(readdirSync(join(dataDir, 'leases')).filter((name) => name.endsWith('.lock'))).toHaveLength(1);
    beside();
    expect(readdirSync(join(dataDir, 'leases'))).toEqual([]);
  });

  it('of one that lives are kept while another’s are let go', async () => {
    const { dataDir, stores } = await filled();
    const dead = await taker(dataDir);
    await killed(dead);
    // It has taken over the leases of the dead one.
    const living = await taker(dataDir);
    expect(living.took).toMatchObject({ deliveries: 1, outcome: 'begun' });
    const own = await holdLeases(stores.database, dataDir);
    expect(await free(stores)).toEqual(nothing);
    own();
  });

  it('run out by themselves where nothing proves that their process is gone', async () => {
    const { dataDir, stores } = await filled();
    const unproved = await taker(dataDir, 'unproved');
    await killed(unproved);
    writeFileSync(join(dataDir, 'other.lock'), '');
    const own = await holdLeases(stores.database, dataDir);
    expect(await free(stores)).toEqual(nothing);
    expect(existsSync(join(dataDir, 'other.lock'))).toBe(true);
    own();
  });
});
