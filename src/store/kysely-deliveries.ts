import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { SECRET_NOT_OPENED } from '../secrets/secret-keys.js';
import type { Database } from './database.js';
import type { Event } from './events.js';
import type { Inside } from './inside.js';
import type { KyselyEvents } from './kysely-events.js';
import { newLease } from './lease-owner.js';
import { type PageAsk, pageOf } from './page.js';
import { deliveryOf, webhookOf } from './webhook-rows.js';
import type { DeliveryNote, DeliveryPage, DeliveryStatus, DueDelivery, Webhook } from './webhooks.js';

/** Attempts at one endpoint at once: one that hangs must not take the places of all others. */
const AT_ONCE_PER_ENDPOINT = 2;

/** A lock is held no longer than that takes. */
const AT_ONCE_SET_BACK = 500;

export class KyselyDeliveries {
  readonly #query: Database['query'];
  readonly #events: KyselyEvents;

  constructor({ query }: Pick<Database, 'query'>, events: KyselyEvents) {
    this.#query = query;
    this.#events = events;
  }

  /**
   * Turns events of the outbox into deliveries, in one transaction: each becomes one for every endpoint that asked
   * for it, or none. Gives back how many events there were.
   */
  async spread(limit: number, now: string, bodyOf: (event: Event) => string): Promise<number> {
    // Most of the time there is nothing, and a transaction to find that out would keep others waiting.
    const one = await this.#query.selectFrom('events').select('number').limit(1).executeTakeFirst();
    if (one === undefined) return 0;
    return this.#query.transaction().execute(async (inside) => {
      const events = await this.#events.next(inside, limit);
      const endpoints = await endpointsOf(inside, [...new Set(events.map(({ tenant }) => tenant))]);
      for (const event of events) {
        const wanting = endpoints.filter((endpoint) => wants(endpoint, event));
        if (wanting.length === 0) continue;
        const body = bodyOf(event);
        await inside
          .insertInto('webhook_deliveries')
          .values(
            wanting.map(({ id }) => ({
              id: randomUUID(),
              tenant: event.tenant,
              webhook_id: id,
              message_id: event.id,
              type: event.type,
              body,
              created_at: now,
              status: 'pending',
              attempts: 0,
              next_at: now,
            })),
          )
          .execute();
      }
      await this.#events.consumed(
        inside,
        events.map(({ number }) => number),
      );
      return events.length;
    });
  }

  /** Those whose time has come, leased until then; the oldest first. */
  async due(limit: number, now: string, leasedUntil: string): Promise<DueDelivery[]> {
    const one = await this.#query
      .selectFrom('webhook_deliveries')
      .select('id')
      .where('status', '=', 'pending')
      .where('next_at', '<=', now)
      .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
      .limit(1)
      .executeTakeFirst();
    if (one === undefined) return [];
    return this.#query.transaction().execute(async (inside) => {
      const ids = await this.#turns(inside, limit, now);
      if (ids.length === 0) return [];
      const rows = await inside
        .selectFrom('webhook_deliveries')
        .selectAll()
        .where('id', 'in', ids)
        .where('status', '=', 'pending')
        .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .orderBy('next_at')
        .forUpdate()
        .skipLocked()
        .execute();
      if (rows.length === 0) return [];
      const lease = newLease();
      await inside
        .updateTable('webhook_deliveries')
        .set((eb) => ({ lease, leased_until: leasedUntil, attempts: eb('attempts', '+', 1) }))
        .where(
          'id',
          'in',
          rows.map(({ id }) => id),
        )
        .execute();
      const hooks = await inside
        .selectFrom('webhooks')
        .select(['id', 'url'])
        .where('id', 'in', [...new Set(rows.map((row) => row.webhook_id))])
        .execute();
      return rows.flatMap((row) => {
        const hook = hooks.find(({ id }) => id === row.webhook_id);
        const delivery = { ...deliveryOf(row), attempts: row.attempts + 1 };
        return hook === undefined ? [] : [{ delivery, lease, url: hook.url }];
      });
    });
  }

  /** Ids whose turn it is: per endpoint those on their way come first, and only so many in all. */
  async #turns(inside: Inside, limit: number, now: string): Promise<string[]> {
    const underWay = sql<number>`case when leased_until > ${now} then 0 else 1 end`;
    const rows = await inside
      .selectFrom((eb) =>
        eb
          .selectFrom('webhook_deliveries')
          .select([
            'id',
            'next_at',
            underWay.as('waits'),
            sql<number>`row_number() over (partition by webhook_id order by ${underWay}, next_at, id)`.as(
              'turn',
            ),
          ])
          .where('status', '=', 'pending')
          .where('next_at', '<=', now)
          .as('ranked'),
      )
      .select('id')
      .where('waits', '=', 1)
      .where('turn', '<=', AT_ONCE_PER_ENDPOINT)
      .orderBy('next_at')
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }

  /**
   * After the clock was set back, or may have been: what was tried after `latest` counts as tried now, and waits for
   * its pause from here on; what was not tried yet, or is on its way, is due; no lease is longer than `leasedUntil`.
   * The same again changes nothing, so nothing is tried more often than its pauses allow. Gives back how many.
   */
  async setBack(to: { now: string; latest: string; leasedUntil: string }): Promise<number> {
    await this.#query
      .updateTable('webhook_deliveries')
      .set({ leased_until: to.leasedUntil })
      .where('status', '=', 'pending')
      .where('leased_until', '>', to.leasedUntil)
      .execute();
    let changed = 0;
    for (;;) {
      const rows = await this.#ahead(to.latest);
      if (rows.length === 0) return changed;
      await this.#query.transaction().execute(async (inside) => {
        for (const row of rows) {
          await inside
            .updateTable('webhook_deliveries')
            .set(row.isTried ? triedNow(row, to.now) : { next_at: to.now })
            .where('id', '=', row.id)
            .where('next_at', '=', row.next_at)
            .execute();
        }
      });
      changed += rows.length;
    }
  }

  /** Some of those that a clock that was never set back would not have put so far ahead. */
  async #ahead(latest: string) {
    const rows = await this.#query
      .selectFrom('webhook_deliveries')
      .select(['id', 'attempts', 'lease', 'next_at', 'last_at'])
      .where('status', '=', 'pending')
      .where('next_at', '>', latest)
      .where((eb) =>
        eb.or([
          eb('attempts', '=', 0),
          eb('lease', 'is not', null),
          eb('last_at', 'is', null),
          eb('last_at', '>', latest),
        ]),
      )
      .limit(AT_ONCE_SET_BACK)
      .execute();
    return rows.map(({ attempts, lease, ...row }) => ({ ...row, isTried: attempts > 0 && lease === null }));
  }

  /** Only where the lease is still held. */
  async note({ delivery, lease }: DueDelivery, note: DeliveryNote): Promise<boolean> {
    const { numUpdatedRows } = await this.#query
      .updateTable('webhook_deliveries')
      .set({
        status: note.status,
        next_at: note.status === 'pending' ? note.nextAt : null,
        lease: null,
        leased_until: null,
        last_at: note.last.at,
        last_status: note.last.status ?? null,
        last_code: note.last.code ?? null,
      })
      .where('id', '=', delivery.id)
      .where('lease', '=', lease)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /** Newest first. */
  async deliveries(
    tenant: string,
    webhookId: string,
    { status }: { status?: DeliveryStatus },
    page: PageAsk,
  ): Promise<DeliveryPage> {
    let query = this.#query
      .selectFrom('webhook_deliveries')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('webhook_id', '=', webhookId);
    if (status !== undefined) query = query.where('status', '=', status);
    return pageOf(query, page, deliveryOf);
  }

  /** Dead ones, to be sent again from the first attempt on; `ids` left out: all of the endpoint. How many. */
  async replay(tenant: string, webhookId: string, now: string, ids?: readonly string[]): Promise<number> {
    if (ids?.length === 0) return 0;
    let query = this.#query
      .updateTable('webhook_deliveries')
      .set({ status: 'pending', attempts: 0, next_at: now, lease: null, leased_until: null })
      .where('tenant', '=', tenant)
      .where('webhook_id', '=', webhookId)
      .where('status', '=', 'dead');
    if (ids !== undefined) query = query.where('id', 'in', ids);
    return Number((await query.executeTakeFirstOrThrow()).numUpdatedRows);
  }

  /**
   * Those that waited, or were given up, because they could not be signed are due, as if they had not been tried: of one
   * endpoint, or of all whose secret one of these keys opens. How many.
   */
  async signAgain(of: { webhookId: string } | { keys: readonly string[] }, now: string): Promise<number> {
    const { numUpdatedRows } = await this.#query
      .updateTable('webhook_deliveries')
      .set({ status: 'pending', attempts: 0, next_at: now, lease: null, leased_until: null })
      .where('last_code', '=', SECRET_NOT_OPENED)
      .where('status', '!=', 'delivered')
      .where((eb) =>
        'keys' in of
          ? eb(
              'webhook_id',
              'in',
              eb
                .selectFrom('webhooks')
                .select('id')
                .where('secret_key', 'in', of.keys)
                .where('disabled_at', 'is', null),
            )
          : eb('webhook_id', '=', of.webhookId),
      )
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  }

  /** Finished ones of before; how many went. */
  async dropFinished(deliveredBefore: string, deadBefore: string): Promise<number> {
    const { numDeletedRows } = await this.#query
      .deleteFrom('webhook_deliveries')
      .where((eb) =>
        eb.or([
          eb.and([eb('status', '=', 'delivered'), eb('last_at', '<', deliveredBefore)]),
          eb.and([eb('status', '=', 'dead'), eb('last_at', '<', deadBefore)]),
        ]),
      )
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  /** Deliveries by status, of all tenants: for metrics. */
  async counts(): Promise<Record<DeliveryStatus, number>> {
    const rows = await this.#query
      .selectFrom('webhook_deliveries')
      .select(['status', (eb) => eb.fn.countAll().as('count')])
      .groupBy('status')
      .execute();
    const of = (status: DeliveryStatus) => Number(rows.find((row) => row.status === status)?.count ?? 0);
    return { pending: of('pending'), delivered: of('delivered'), dead: of('dead') };
  }
}

async function endpointsOf(inside: Inside, tenants: readonly string[]): Promise<Webhook[]> {
  if (tenants.length === 0) return [];
  const rows = await inside
    .selectFrom('webhooks')
    .selectAll()
    .where('tenant', 'in', tenants)
    .where('disabled_at', 'is', null)
    .execute();
  return rows.map(webhookOf);
}

/** Heads of the log come every minute, and go to those alone that name them. */
const wants = ({ tenant, events }: Webhook, event: Event): boolean =>
  tenant === event.tenant && (events.length === 0 ? event.type !== 'log.head' : events.includes(event.type));

/** The pause that was set after its attempt, from now on. */
function triedNow(
  { next_at: next, last_at: last }: { next_at: string | null; last_at: string | null },
  now: string,
) {
  if (next === null || last === null) return { next_at: now };
  const pause = Math.max(0, Date.parse(next) - Date.parse(last));
  return { next_at: new Date(Date.parse(now) + pause).toISOString(), last_at: now };
}
