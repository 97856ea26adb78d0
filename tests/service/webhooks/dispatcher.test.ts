import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebhookDispatcher } from '../../../src/service/webhooks/dispatcher.js';
import { MAX_ATTEMPTS } from '../../../src/service/webhooks/schedule.js';
import { createSecret } from '../../../src/service/webhooks/secret.js';
import { WebhookSender } from '../../../src/service/webhooks/send.js';
import type { DatabaseLocation } from '../../../src/storage/engine/database.js';
import { openStores } from '../../../src/storage/stores.js';
import { DeliveryRepository } from '../../../src/storage/webhooks/kysely-deliveries.js';
import { WebhookRepository } from '../../../src/storage/webhooks/kysely-webhooks.js';
import { temporaryDirectory } from '../../http/posting.js';
import { secretKeys, TEST_KEYS } from '../../support/secret-keys.js';
import { type Receiver, startReceiver } from './receiver.js';

/** Sets up delivery on one database, with a clock that the test controls. */
async function delivery(
  receiver: Receiver,
  place: DatabaseLocation = { dataDir: temporaryDirectory() },
  keys = TEST_KEYS,
) {
  const stores = await openStores(place);
  const sender = new WebhookSender(new Set([receiver.host]));
  const deliveries = new DeliveryRepository(stores.database, stores.events);
  const webhooks = new WebhookRepository(stores.database, keys);
  const clock = { now: new Date('2026-11-26T12:00:00.000Z') };
  const courier = new WebhookDispatcher({
    webhooks,
    deliveries,
    sender,
    now: () => clock.now,
    chance: () => 0.5,
  });
  const close = async () => {
    await courier.stop();
    sender.close();
    await stores.close();
  };
  onTestFinished(close);
  return {
    place,
    clock,
    courier,
    deliveries,
    webhooks,
    close,
    pass: (millis: number) => {
      clock.now = new Date(clock.now.getTime() + millis);
    },
    add: async () => {
      const hook = {
        id: randomUUID(),
        tenant: 'local',
        url: receiver.url,
        events: [],
        secret: createSecret(),
      };
      await webhooks.create({ ...hook, createdAt: clock.now.toISOString() }, 9);
      return hook;
    },
    emit: (subject: string) =>
      stores.database.query.transaction().execute((inside) =>
        stores.events.emit(inside, {
          tenant: 'local',
          type: 'inspection.done',
          at: clock.now.toISOString(),
          subject,
          data: { origin: 'ai-generated' },
        }),
      ),
  };
}

describe('what happened', () => {
  it('reaches who asked for it, signed and thin', async () => {
    const receiver = await startReceiver();
    const to = await delivery(receiver);
    const hook = await to.add();
    to.clock.now = new Date();
    await to.emit('the-id');
    expect(await to.courier.runOnce()).toBe(1);
    const [got] = receiver.received;
    expect(
      new Webhook(hook.secret).verify(got?.body ?? '', got?.headers as Record<string, string>),
    ).toMatchObject({
      type: 'inspection.done',
      data: { id: 'the-id', origin: 'ai-generated' },
    });
    expect(await to.courier.runOnce()).toBe(0);
  });

  it('is tried again by the schedule under the same id, also after a restart', async () => {
    const receiver = await startReceiver();
    receiver.answer = { status: 500 };
    const before = await delivery(receiver);
    await before.add();
    await before.emit('the-id');
    await before.courier.runOnce();
    expect(await before.courier.runOnce()).toBe(0);
    await before.close();

    const after = await delivery(receiver, before.place);
    after.pass(4_000);
    expect(await after.courier.runOnce()).toBe(0);
    after.pass(2_000);
    receiver.answer = { status: 200 };
    expect(await after.courier.runOnce()).toBe(1);
    expect(await after.deliveries.counts()).toEqual({ pending: 0, delivered: 1, dead: 0 });
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('waits where no key opens its secret, says so, and comes when one does or the secret is another', async () => {
    const receiver = await startReceiver();
    const to = await delivery(receiver);
    const hook = await to.add();
    await to.emit('the-id');
    await to.close();

    const lost = await delivery(receiver, to.place, secretKeys(9));
    expect(await lost.courier.runOnce()).toBe(1);
    expect(receiver.received).toEqual([]);
    const listed = await lost.deliveries.deliveries('local', hook.id, {}, { limit: 9 });
    expect(listed.items).toMatchObject([{ status: 'pending', last: { code: 'secret.notOpened' } }]);
    // Goes through the whole schedule: the delivery is given up, but not lost.
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt += 1) {
      lost.pass(30 * 3_600_000);
      expect(await lost.courier.runOnce()).toBe(1);
    }
    expect(await lost.deliveries.counts()).toEqual({ pending: 0, delivered: 0, dead: 1 });
    await lost.emit('another');
    await lost.courier.runOnce();

    const made = createSecret();
    const now = lost.clock.now.toISOString();
    await lost.webhooks.rotate('local', hook.id, made, now);
    expect(await lost.deliveries.retrySigning({ webhookId: hook.id }, now)).toBe(2);
    lost.clock.now = new Date();
    expect(await lost.courier.runOnce()).toBe(2);
    expect(receiver.received).toHaveLength(2);
    for (const { body, headers } of receiver.received) {
      expect(new Webhook(made).verify(body, headers as Record<string, string>)).toMatchObject({
        type: 'inspection.done',
      });
    }
  });

  it('waits for its pause, and for no more, after the clock was set back', async () => {
    const receiver = await startReceiver();
    receiver.answer = { status: 500 };
    const to = await delivery(receiver);
    await to.add();
    await to.emit('the-id');
    expect(await to.courier.runOnce()).toBe(1);
    to.pass(-6 * 3_600_000);
    expect(await to.courier.runOnce()).toBe(0);
    to.pass(4_000);
    expect(await to.courier.runOnce()).toBe(0);
    to.pass(1_000);
    expect(await to.courier.runOnce()).toBe(1);
    // The clock jumps repeatedly, and each pause is respected.
    for (let jump = 0; jump < 20; jump += 1) {
      to.pass(-3_600_000);
      expect(await to.courier.runOnce()).toBe(0);
    }
    expect(receiver.received).toHaveLength(2);
    to.pass(5 * 60_000);
    receiver.answer = { status: 200 };
    expect(await to.courier.runOnce()).toBe(1);
    expect(await to.deliveries.counts()).toEqual({ pending: 0, delivered: 1, dead: 0 });
  });

  it('waits no longer where the clock was set back while nobody ran, or while it was sent', async () => {
    const receiver = await startReceiver();
    receiver.answer = { status: 500 };
    const before = await delivery(receiver);
    await before.add();
    await before.emit('the-id');
    before.pass(6 * 3_600_000);
    await before.courier.runOnce();
    await before.close();

    const after = await delivery(receiver, before.place);
    expect(await after.courier.runOnce()).toBe(0);
    after.pass(5_000);
    receiver.answer = { status: 500, hang: true };
    const round = after.courier.runOnce();
    await expect.poll(() => receiver.received.length).toBe(2);
    after.pass(-6 * 3_600_000);
    await receiver.close();
    expect(await round).toBe(1);
    after.pass(5 * 60_000);
    expect(await after.courier.runOnce()).toBe(1);
  });

  it('that was on its way when the process was killed is sent again', async () => {
    const receiver = await startReceiver();
    const to = await delivery(receiver);
    await to.add();
    await to.emit('the-id');
    // Taken without a recorded result, as a kill would leave it.
    const { now } = to.clock;
    await to.deliveries.createFromEvents(9, now.toISOString(), () => '{}');
    await to.deliveries.leaseDue(9, now.toISOString(), new Date(now.getTime() + 60_000).toISOString());
    expect(await to.courier.runOnce()).toBe(0);
    to.pass(61_000);
    expect(await to.courier.runOnce()).toBe(1);
    expect(receiver.received).toHaveLength(1);
  });

  it('becomes a dead letter after the last attempt, and can be sent again', async () => {
    const receiver = await startReceiver();
    receiver.answer = { status: 503 };
    const to = await delivery(receiver);
    const { id } = await to.add();
    await to.emit('the-id');
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      expect(await to.courier.runOnce()).toBe(1);
      to.pass(86_400_001);
    }
    expect(await to.courier.runOnce()).toBe(0);
    const { items } = await to.deliveries.deliveries('local', id, { status: 'dead' }, { limit: 9 });
    expect(items).toMatchObject([{ attempts: MAX_ATTEMPTS, last: { status: 503 } }]);
    receiver.answer = { status: 200 };
    await to.deliveries.replay('local', id, to.clock.now.toISOString());
    expect(await to.courier.runOnce()).toBe(1);
    expect(await to.deliveries.counts()).toEqual({ pending: 0, delivered: 1, dead: 0 });
  });

  it('is no longer told to an endpoint that answers 410', async () => {
    const receiver = await startReceiver();
    receiver.answer = { status: 410 };
    const to = await delivery(receiver);
    const { id } = await to.add();
    await to.emit('one');
    await to.courier.runOnce();
    await to.emit('two');
    await to.courier.runOnce();
    expect(receiver.received).toHaveLength(1);
    expect((await to.webhooks.get('local', id))?.disabled?.reason).toBe('gone');
  });

  it('is told by itself once started, and stops', async () => {
    const receiver = await startReceiver();
    const to = await delivery(receiver);
    await to.add();
    to.courier.start();
    await to.emit('the-id');
    await expect.poll(async () => (await to.deliveries.counts()).delivered).toBe(1);
    await to.courier.stop();
    expect(receiver.received).toHaveLength(1);
  });
});
