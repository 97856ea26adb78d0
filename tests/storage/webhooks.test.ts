import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { buildBody } from '../../src/service/webhooks/body.js';
import type { EventType } from '../../src/storage/events/events.js';
import type { Stores } from '../../src/storage/stores.js';
import { DeliveryRepository } from '../../src/storage/webhooks/kysely-deliveries.js';
import { WebhookRepository } from '../../src/storage/webhooks/kysely-webhooks.js';
import type { NewWebhook } from '../../src/storage/webhooks/webhooks.js';
import { describeOnBoth } from '../contracts/stores.js';
import { TEST_KEYS } from '../support/secret-keys.js';

const NOW = '2026-11-26T12:00:00.000Z';
const LATER = '2026-11-26T12:01:00.000Z';

const hook = (over: Partial<NewWebhook> = {}): NewWebhook => ({
  id: randomUUID(),
  tenant: 'a',
  url: 'https://example.org/hook',
  events: [],
  createdAt: NOW,
  secret: 'whsec_one',
  ...over,
});

describeOnBoth('webhooks', (open) => {
  let stores: Stores;
  let webhooks: WebhookRepository;
  let deliveries: DeliveryRepository;
  beforeEach(async () => {
    stores = await open();
    webhooks = new WebhookRepository(stores.database, TEST_KEYS);
    deliveries = new DeliveryRepository(stores.database, stores.events);
  });

  const emit = (type: EventType, tenant = 'a', subject: string = randomUUID()) =>
    stores.database.query
      .transaction()
      .execute((inside) =>
        stores.events.emit(inside, { tenant, type, at: NOW, subject, data: { origin: 'none' } }),
      );

  it('keeps endpoints by tenant, so many at most', async () => {
    const [first, second] = [hook(), hook({ description: 'ours', events: ['batch.done'] })];
    expect(await webhooks.create(first, 2)).toBe(true);
    expect(await webhooks.create(second, 2)).toBe(true);
    expect(await webhooks.create(hook(), 2)).toBe(false);
    expect(await webhooks.create(hook({ tenant: 'b' }), 2)).toBe(true);
    const { secret: _secret, ...shown } = second;
    expect(await webhooks.get('a', second.id)).toEqual(shown);
    expect(await webhooks.get('b', second.id)).toBeUndefined();
    expect((await webhooks.page('a', { limit: 50 })).items.map(({ id }) => id).sort()).toEqual(
      [first.id, second.id].sort(),
    );
    expect(await webhooks.patch('b', first.id, { url: 'https://x.example/' })).toBeUndefined();
    expect(await webhooks.delete('b', first.id)).toBe(false);
    expect(await webhooks.delete('a', first.id)).toBe(true);
  });

  it('lists them page by page, in the order they were made', async () => {
    const hooks = [2, 0, 1].map((second) => hook({ createdAt: `2026-11-26T10:00:0${second}.000Z` }));
    for (const one of hooks) await webhooks.create(one, 9);
    const first = await webhooks.page('a', { limit: 2 });
    const rest = await webhooks.page('a', { limit: 2, cursor: first.next ?? '' });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([
      hooks[1]?.id,
      hooks[2]?.id,
      hooks[0]?.id,
    ]);
    expect(rest.next).toBeUndefined();
  });

  it('changes what is asked and nothing else', async () => {
    const one = hook({ description: 'ours' });
    await webhooks.create(one, 9);
    expect(await webhooks.patch('a', one.id, { events: ['inspection.failed'] })).toMatchObject({
      description: 'ours',
      events: ['inspection.failed'],
      url: one.url,
    });
    const changed = await webhooks.patch('a', one.id, { description: null });
    expect(changed).not.toHaveProperty('description');
  });

  it('lets the old secret sign for a while', async () => {
    const one = hook();
    await webhooks.create(one, 9);
    expect(await webhooks.rotate('a', one.id, 'whsec_two', LATER)).toBe(true);
    expect(await webhooks.rotate('b', one.id, 'whsec_two', LATER)).toBe(false);
    expect(await webhooks.getSecrets('a', one.id, NOW)).toEqual({
      secret: 'whsec_two',
      old: { secret: 'whsec_one', until: LATER },
    });
    expect(await webhooks.getSecrets('a', one.id, LATER)).toEqual({ secret: 'whsec_two' });
  });

  it('spreads an event to all who asked for it, once, within its tenant', async () => {
    const [all, some, other] = [hook(), hook({ events: ['batch.done'] }), hook({ tenant: 'b' })];
    for (const one of [all, some, other]) await webhooks.create(one, 9);
    const off = hook();
    await webhooks.create(off, 9);
    await webhooks.patch('a', off.id, { disabled: { at: NOW, reason: 'requested' } });
    await emit('inspection.done');
    await emit('batch.done');
    await emit('inspection.done', 'nobody');
    const counted = await Promise.all([
      deliveries.createFromEvents(100, NOW, buildBody),
      deliveries.createFromEvents(100, NOW, buildBody),
    ]);
    expect(counted[0] + counted[1]).toBe(3);
    expect(await deliveries.createFromEvents(100, NOW, buildBody)).toBe(0);
    const of = async (tenant: string, { id }: NewWebhook) =>
      (await deliveries.deliveries(tenant, id, {}, { limit: 10 })).items.map(({ type }) => type).sort();
    expect(await of('a', all)).toEqual(['batch.done', 'inspection.done']);
    expect(await of('a', some)).toEqual(['batch.done']);
    expect(await of('b', other)).toEqual([]);
    expect(await of('b', all)).toEqual([]);
    expect(await of('a', off)).toEqual([]);
  });

  it('gives a delivery out once, until its lease runs out', async () => {
    const one = hook();
    await webhooks.create(one, 9);
    await emit('inspection.done');
    await deliveries.createFromEvents(100, NOW, buildBody);
    const taken = await Promise.all([deliveries.leaseDue(9, NOW, LATER), deliveries.leaseDue(9, NOW, LATER)]);
    expect(taken.flat()).toHaveLength(1);
    const [due] = taken.flat();
    expect(due).toMatchObject({
      url: one.url,
      delivery: { attempts: 1 },
    });
    const [again] = await deliveries.leaseDue(9, LATER, '2026-11-26T12:02:00.000Z');
    expect(again?.delivery).toMatchObject({ id: due?.delivery.id, attempts: 2 });
    if (due === undefined || again === undefined) throw new Error('nothing was due');
    const last = { at: LATER, status: 204 };
    expect(await deliveries.recordAttempt(due, { status: 'delivered', last })).toBe(false);
    expect(await deliveries.recordAttempt(again, { status: 'delivered', last })).toBe(true);
    expect(await deliveries.counts()).toEqual({ pending: 0, delivered: 1, dead: 0 });
  });

  it('sets right, once, what lies ahead after the clock was set back', async () => {
    const one = hook();
    await webhooks.create(one, 9);
    const at = (time: string) => `2026-11-26T${time}.000Z`;
    const [fresh, tried, taken, before] = ['fresh', 'tried', 'taken', 'before'];
    // At noon: one delivery not tried yet, one that failed and waits for half an hour, one in progress.
    for (const subject of [tried, taken]) {
      await emit('inspection.done', 'a', subject);
      await deliveries.createFromEvents(9, NOW, buildBody);
      const [due] = await deliveries.leaseDue(1, NOW, LATER);
      if (due === undefined) throw new Error('nothing was due');
      const last = { at: NOW, status: 500 };
      if (subject === tried)
        await deliveries.recordAttempt(due, { status: 'pending', last, nextAt: at('12:30:00') });
    }
    await emit('inspection.done', 'a', fresh);
    await deliveries.createFromEvents(9, NOW, buildBody);
    // And one that was tried an hour before the retry.
    await emit('inspection.done', 'a', before);
    await deliveries.createFromEvents(9, at('05:00:00'), buildBody);
    const [early] = await deliveries.leaseDue(1, at('05:00:00'), at('05:01:00'));
    if (early === undefined) throw new Error('nothing was due');
    const last = { at: at('05:00:00'), status: 500 };
    await deliveries.recordAttempt(early, { status: 'pending', last, nextAt: at('07:00:00') });

    const stand = async () => {
      const { items } = await deliveries.deliveries('a', one.id, {}, { limit: 9 });
      return Object.fromEntries(
        items.map(({ body, nextAt, attempts, last }) => [
          JSON.parse(body).data.id,
          [nextAt, attempts, last?.at],
        ]),
      );
    };
    const to = { now: at('06:00:00'), latest: at('06:00:30'), leasedUntil: at('06:01:00') };
    expect(await deliveries.leaseDue(9, to.now, to.leasedUntil)).toEqual([]);
    const settled = {
      fresh: [to.now, 0, undefined],
      tried: [at('06:30:00'), 1, to.now],
      taken: [to.now, 1, undefined],
      before: [at('07:00:00'), 1, at('05:00:00')],
    };
    expect(await deliveries.correctClock(to)).toBe(3);
    expect(await stand()).toEqual(settled);
    expect(await deliveries.correctClock({ ...to, now: at('06:00:01') })).toBe(0);
    expect(await stand()).toEqual(settled);
    // A worker that took one has until the end of a lease, counted from now.
    const ids = async (now: string) =>
      (await deliveries.leaseDue(9, now, at('23:00:00'))).map(
        ({ delivery }) => JSON.parse(delivery.body).data.id,
      );
    expect(await ids(at('06:00:59'))).toEqual([fresh]);
    expect(await ids(at('06:01:00'))).toEqual([taken]);
    expect(await ids(at('06:30:00'))).toEqual([]);
  });

  it('lets no endpoint take all places', async () => {
    const [slow, quick] = [hook({ url: 'https://slow.example/' }), hook({ events: ['batch.done'] })];
    for (const one of [slow, quick]) await webhooks.create(one, 9);
    for (let count = 0; count < 9; count += 1) await emit('inspection.done');
    await emit('batch.done');
    await deliveries.createFromEvents(100, NOW, buildBody);
    const due = await deliveries.leaseDue(8, NOW, LATER);
    expect(due.filter(({ url }) => url === slow.url)).toHaveLength(2);
    expect(due.filter(({ url }) => url === quick.url)).toHaveLength(1);
    expect(await deliveries.leaseDue(8, NOW, LATER)).toEqual([]);
  });

  it('keeps dead letters, pages through them and sends them again', async () => {
    const one = hook();
    await webhooks.create(one, 9);
    for (let count = 0; count < 5; count += 1) {
      await emit('inspection.done');
      await deliveries.createFromEvents(100, NOW, buildBody);
      for (const due of await deliveries.leaseDue(9, NOW, LATER)) {
        await deliveries.recordAttempt(due, { status: 'dead', last: { at: NOW, code: 'ECONNREFUSED' } });
      }
    }
    const page = await deliveries.deliveries('a', one.id, { status: 'dead' }, { limit: 3 });
    expect(page.items).toHaveLength(3);
    expect(page.items[0]).toMatchObject({ status: 'dead', last: { code: 'ECONNREFUSED' } });
    const rest = await deliveries.deliveries(
      'a',
      one.id,
      { status: 'dead' },
      { limit: 3, ...(page.next === undefined ? {} : { cursor: page.next }) },
    );
    expect(rest.next).toBeUndefined();
    const ids = [...page.items, ...rest.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(5);
    expect(await deliveries.replay('b', one.id, LATER)).toBe(0);
    expect(await deliveries.replay('a', one.id, LATER, ids.slice(0, 1))).toBe(1);
    expect(await deliveries.replay('a', one.id, LATER)).toBe(4);
    expect(await deliveries.leaseDue(9, LATER, LATER)).toHaveLength(2);
    expect(await deliveries.counts()).toEqual({ pending: 5, delivered: 0, dead: 0 });
  });

  it('gives up what is under way when an endpoint is disabled, and forgets it when it is deleted', async () => {
    const one = hook();
    await webhooks.create(one, 9);
    await emit('inspection.done');
    await deliveries.createFromEvents(100, NOW, buildBody);
    await webhooks.patch('a', one.id, { disabled: { at: NOW, reason: 'gone' } });
    expect(await webhooks.get('a', one.id)).toMatchObject({ disabled: { at: NOW, reason: 'gone' } });
    expect(await deliveries.counts()).toEqual({ pending: 0, delivered: 0, dead: 1 });
    expect(await webhooks.patch('a', one.id, { disabled: null })).not.toHaveProperty('disabled');
    await webhooks.delete('a', one.id);
    expect(await deliveries.counts()).toEqual({ pending: 0, delivered: 0, dead: 0 });
  });

  it('drops what has been finished long enough', async () => {
    const one = hook();
    await webhooks.create(one, 9);
    for (const status of ['delivered', 'dead'] as const) {
      await emit('inspection.done');
      await deliveries.createFromEvents(100, NOW, buildBody);
      for (const due of await deliveries.leaseDue(9, NOW, LATER))
        await deliveries.recordAttempt(due, { status, last: { at: NOW } });
    }
    expect(await deliveries.deleteFinished(LATER, NOW)).toBe(1);
    expect(await deliveries.counts()).toEqual({ pending: 0, delivered: 0, dead: 1 });
    expect(await deliveries.deleteFinished(LATER, LATER)).toBe(1);
  });
});
