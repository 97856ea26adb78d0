import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { SECRET_ERROR_CODE } from '../../base/secrets/secret-keys.js';
import type { Database } from '../engine/database.js';
import { createLease } from '../engine/lease-owner.js';
import { type PageRequest, queryPage } from '../engine/page.js';
import type { StoreTransaction } from '../engine/transaction.js';
import type { Event } from '../events/events.js';
import type { EventRepository } from '../events/kysely-events.js';
import { toDelivery, toWebhook } from './webhook-rows.js';
import type { DeliveryOutcome, DeliveryPage, DeliveryStatus, DueDelivery, Webhook } from './webhooks.js';

/** Concurrent attempts per endpoint, so that an endpoint that hangs does not block all others. */
const AT_ONCE_PER_ENDPOINT = 2;

/** Rows updated per statement, to limit how long the lock is held. */
const CORRECTION_BATCH_SIZE = 500;

export class DeliveryRepository {
  readonly #query: Database['query'];
  readonly #events: EventRepository;

  constructor({ query }: Pick<Database, 'query'>, events: EventRepository) {
    this.#query = query;
    this.#events = events;
  }

  /**
   * Turns events of the outbox into deliveries in one transaction: one delivery for each endpoint that subscribed, or
   * none. Returns the number of events.
   */
  async createFromEvents(limit: number, now: string, bodyOf: (event: Event) => string): Promise<number> {
    // Usually there are no events, and a transaction to find that out would make others wait.
    const one = await this.#query.selectFrom('events').select('number').limit(1).executeTakeFirst();
    if (one === undefined) return 0;
    return this.#query.transaction().execute(async (inside) => {
      const events = await this.#events.next(inside, limit);
      const endpoints = await listEndpoints(inside, [...new Set(events.map(({ tenant }) => tenant))]);
      for (const event of events) {
        const wanting = endpoints.filter((endpoint) => isSubscribed(endpoint, event));
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
      await this.#events.deleteConsumed(
        inside,
        events.map(({ number }) => number),
      );
      return events.length;
    });
  }

  /** Returns due deliveries, oldest first, leased until `leasedUntil`. */
  async leaseDue(limit: number, now: string, leasedUntil: string): Promise<DueDelivery[]> {
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
      const lease = createLease();
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
        const delivery = { ...toDelivery(row), attempts: row.attempts + 1 };
        return hook === undefined ? [] : [{ delivery, lease, url: hook.url }];
      });
    });
  }

  /** Returns the ids to attempt next. Counts deliveries in progress against the limit of their endpoint. */
  async #turns(inside: StoreTransaction, limit: number, now: string): Promise<string[]> {
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
   * Corrects times after the clock may have been set back: deliveries last tried after `latest` count as tried now and
   * wait for their pause again; untried or leased ones become due; no lease ends after `leasedUntil`. Repeating the
   * call changes nothing, so no delivery is tried more often than its pauses allow. Returns the number of changes.
   */
  async correctClock(to: { now: string; latest: string; leasedUntil: string }): Promise<number> {
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
            .set(row.isTried ? rescheduled(row, to.now) : { next_at: to.now })
            .where('id', '=', row.id)
            .where('next_at', '=', row.next_at)
            .execute();
        }
      });
      changed += rows.length;
    }
  }

  /** Returns some deliveries scheduled further ahead than possible with a clock that was never set back. */
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
      .limit(CORRECTION_BATCH_SIZE)
      .execute();
    return rows.map(({ attempts, lease, ...row }) => ({ ...row, isTried: attempts > 0 && lease === null }));
  }

  /** Records an attempt if the lease is still held. */
  async recordAttempt({ delivery, lease }: DueDelivery, note: DeliveryOutcome): Promise<boolean> {
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

  /** Returns a page, newest first. */
  async deliveries(
    tenant: string,
    webhookId: string,
    { status }: { status?: DeliveryStatus },
    page: PageRequest,
  ): Promise<DeliveryPage> {
    let query = this.#query
      .selectFrom('webhook_deliveries')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('webhook_id', '=', webhookId);
    if (status !== undefined) query = query.where('status', '=', status);
    return queryPage(query, page, toDelivery);
  }

  /** Restarts dead deliveries from the first attempt; without `ids`, all of the endpoint. Returns their number. */
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
   * Makes deliveries due again, as if never tried, that waited or were given up because their secret could not be
   * decrypted: of one endpoint, or of all whose secret one of these keys decrypts. Returns their number.
   */
  async retrySigning(of: { webhookId: string } | { keys: readonly string[] }, now: string): Promise<number> {
    const { numUpdatedRows } = await this.#query
      .updateTable('webhook_deliveries')
      .set({ status: 'pending', attempts: 0, next_at: now, lease: null, leased_until: null })
      .where('last_code', '=', SECRET_ERROR_CODE)
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

  /** Deletes old finished deliveries and returns their number. */
  async deleteFinished(deliveredBefore: string, deadBefore: string): Promise<number> {
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

  /** Returns the number of deliveries by status over all tenants, for metrics. */
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

async function listEndpoints(inside: StoreTransaction, tenants: readonly string[]): Promise<Webhook[]> {
  if (tenants.length === 0) return [];
  const rows = await inside
    .selectFrom('webhooks')
    .selectAll()
    .where('tenant', 'in', tenants)
    .where('disabled_at', 'is', null)
    .execute();
  return rows.map(toWebhook);
}

/** Log heads occur every minute and are sent only to endpoints that name them. */
const isSubscribed = ({ tenant, events }: Webhook, event: Event): boolean =>
  tenant === event.tenant && (events.length === 0 ? event.type !== 'log.head' : events.includes(event.type));

/** Applies the pause set after the last attempt, counted from now. */
function rescheduled(
  { next_at: next, last_at: last }: { next_at: string | null; last_at: string | null },
  now: string,
) {
  if (next === null || last === null) return { next_at: now };
  const pause = Math.max(0, Date.parse(next) - Date.parse(last));
  return { next_at: new Date(Date.parse(now) + pause).toISOString(), last_at: now };
}
