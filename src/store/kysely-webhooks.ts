import type { Updateable } from 'kysely';
import type { Database } from './database.js';
import { secretsOf, webhookOf } from './webhook-rows.js';
import type { WebhooksTable } from './webhook-tables.js';
import type { NewWebhook, Webhook, WebhookPatch, WebhookSecrets, WebhookStore } from './webhooks.js';

/** The contract's words are in webhooks.ts. */
export class KyselyWebhooks implements WebhookStore {
  readonly #query: Database['query'];

  constructor({ query }: Pick<Database, 'query'>) {
    this.#query = query;
  }

  async create(webhook: NewWebhook, most: number): Promise<boolean> {
    const { id, tenant, url, description, events, createdAt, secret } = webhook;
    return this.#query.transaction().execute(async (inside) => {
      const { count } = await inside
        .selectFrom('webhooks')
        .select((eb) => eb.fn.countAll().as('count'))
        .where('tenant', '=', tenant)
        .executeTakeFirstOrThrow();
      if (Number(count) >= most) return false;
      await inside
        .insertInto('webhooks')
        .values({
          id,
          tenant,
          url,
          description: description ?? null,
          events: JSON.stringify(events),
          created_at: createdAt,
          secret,
        })
        .execute();
      return true;
    });
  }

  async get(tenant: string, id: string): Promise<Webhook | undefined> {
    const row = await this.#row(tenant, id);
    return row && webhookOf(row);
  }

  async secretsOf(tenant: string, id: string, now: string): Promise<WebhookSecrets | undefined> {
    const row = await this.#row(tenant, id);
    return row && secretsOf(row, now);
  }

  async list(tenant: string): Promise<Webhook[]> {
    const rows = await this.#query
      .selectFrom('webhooks')
      .selectAll()
      .where('tenant', '=', tenant)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(webhookOf);
  }

  async patch(tenant: string, id: string, patch: WebhookPatch): Promise<Webhook | undefined> {
    return this.#query.transaction().execute(async (inside) => {
      const row = await inside
        .updateTable('webhooks')
        // Something is always set: an update of nothing is no statement.
        .set({ ...columnsOf(patch), tenant })
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      if (row !== undefined && patch.disabled) {
        await inside
          .updateTable('webhook_deliveries')
          .set({ status: 'dead', next_at: null, lease: null, leased_until: null, last_code: 'disabled' })
          .set({ last_at: patch.disabled.at })
          .where('webhook_id', '=', id)
          .where('status', '=', 'pending')
          .execute();
      }
      return row && webhookOf(row);
    });
  }

  async rotate(tenant: string, id: string, secret: string, oldUntil: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#query
      .updateTable('webhooks')
      .set((eb) => ({ old_secret: eb.ref('secret'), old_secret_until: oldUntil, secret }))
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async delete(tenant: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#query
      .deleteFrom('webhooks')
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }

  #row(tenant: string, id: string) {
    return this.#query
      .selectFrom('webhooks')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .executeTakeFirst();
  }
}

function columnsOf({ url, description, events, disabled }: WebhookPatch): Updateable<WebhooksTable> {
  return {
    ...(url === undefined ? {} : { url }),
    ...(description === undefined ? {} : { description }),
    ...(events === undefined ? {} : { events: JSON.stringify(events) }),
    ...(disabled === undefined
      ? {}
      : { disabled_at: disabled?.at ?? null, disabled_because: disabled?.because ?? null }),
  };
}
