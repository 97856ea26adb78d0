import type { Selectable, Updateable } from 'kysely';
import { compact } from '../core/ground/json-shape.js';
import { SECRET_NOT_OPENED, SecretFault, type SecretKeys } from '../secrets/secret-keys.js';
import type { Database } from './database.js';
import type { Holds } from './holds.js';
import type { Inside } from './inside.js';
import { type PageAsk, pageOf } from './page.js';
import { assertHolds } from './still.js';
import { webhookOf } from './webhook-rows.js';
import { openedSecrets, sealedColumns } from './webhook-secrets.js';
import type { WebhooksTable } from './webhook-tables.js';
import type { NewWebhook, Webhook, WebhookPatch, WebhookSecrets } from './webhooks.js';

export class KyselyWebhooks {
  readonly #query: Database['query'];
  /** Under which secrets are kept. */
  readonly keys: SecretKeys;

  constructor({ query }: Pick<Database, 'query'>, keys: SecretKeys) {
    this.#query = query;
    this.keys = keys;
  }

  /** False where the tenant has `most` already. */
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
          ...sealedColumns(this.keys, { tenant, id }, { secret }),
        })
        .execute();
      return true;
    });
  }

  async get(tenant: string, id: string): Promise<Webhook | undefined> {
    const row = await this.#row(tenant, id);
    return row && this.#shown(row);
  }

  /** Those that sign now. Rejects with a SecretFault where no key opens them. */
  async secretsOf(tenant: string, id: string, now: string): Promise<WebhookSecrets | undefined> {
    const row = await this.#row(tenant, id);
    if (row === undefined) return undefined;
    const { secret, old } = openedSecrets(this.keys, row);
    return { secret, ...(old !== undefined && old.until > now ? { old } : {}) };
  }

  /** In the order they were made. Rejects with a StoreError `store.bad-cursor`. */
  page(tenant: string, page: PageAsk): Promise<{ items: Webhook[]; next?: string }> {
    const query = this.#query.selectFrom('webhooks').selectAll().where('tenant', '=', tenant);
    return pageOf(query, page, (row) => this.#shown(row), 'asc');
  }

  /** What is pending for one that is disabled by this becomes dead. `holds`: as in kysely-inspections.ts. */
  async patch(
    tenant: string,
    id: string,
    patch: WebhookPatch,
    holds?: Holds<Webhook>,
  ): Promise<Webhook | undefined> {
    return this.#query.transaction().execute(async (inside) => {
      await this.#assertHolds(inside, { tenant, id }, holds);
      const row = await inside
        .updateTable('webhooks')
        // Something is always set: an update of nothing is no statement.
        .set({ ...columnsOf(patch), tenant })
        .where((eb) => eb.and({ tenant, id }))
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
      return row && this.#shown(row);
    });
  }

  /** The secret of now still signs until `oldUntil`; one that cannot be opened does not, and is gone. */
  async rotate(tenant: string, id: string, secret: string, oldUntil: string): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const row = await heldRow(inside, tenant, id);
      if (row === undefined) return false;
      const before = this.#opened(row);
      const secrets = {
        secret,
        ...(before === undefined ? {} : { old: { secret: before.secret, until: oldUntil } }),
      };
      const columns = sealedColumns(this.keys, row, secrets);
      await inside.updateTable('webhooks').set(columns).where('id', '=', id).execute();
      return true;
    });
  }

  /** With its deliveries. */
  async delete(tenant: string, id: string, holds?: Holds<Webhook>): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      await this.#assertHolds(inside, { tenant, id }, holds);
      const { numDeletedRows } = await inside
        .deleteFrom('webhooks')
        .where((eb) => eb.and({ tenant, id }))
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    });
  }

  async #assertHolds(
    inside: Inside,
    { tenant, id }: { tenant: string; id: string },
    holds: Holds<Webhook> | undefined,
  ): Promise<void> {
    if (holds === undefined) return;
    const row = await heldRow(inside, tenant, id);
    if (row !== undefined) assertHolds(holds, this.#shown(row));
  }

  #shown(row: Selectable<WebhooksTable>): Webhook {
    const opens = this.#opened(row) !== undefined;
    return { ...webhookOf(row), ...(opens ? {} : { secretFault: SECRET_NOT_OPENED }) };
  }

  /** Undefined where the keys do not open it. */
  #opened(row: Selectable<WebhooksTable>): WebhookSecrets | undefined {
    try {
      return openedSecrets(this.keys, row);
    } catch (error) {
      if (error instanceof SecretFault) return undefined;
      throw error;
    }
  }

  #row(tenant: string, id: string) {
    return this.#query
      .selectFrom('webhooks')
      .selectAll()
      .where((eb) => eb.and({ tenant, id }))
      .executeTakeFirst();
  }
}

function heldRow(inside: Inside, tenant: string, id: string) {
  return inside
    .selectFrom('webhooks')
    .selectAll()
    .where((eb) => eb.and({ tenant, id }))
    .forUpdate()
    .executeTakeFirst();
}

function columnsOf({ url, description, events, disabled }: WebhookPatch): Updateable<WebhooksTable> {
  return {
    ...compact({ url, description }),
    ...(events === undefined ? {} : { events: JSON.stringify(events) }),
    ...(disabled === undefined
      ? {}
      : { disabled_at: disabled?.at ?? null, disabled_because: disabled?.because ?? null }),
  };
}
