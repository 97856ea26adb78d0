import type { Selectable, Updateable } from 'kysely';
import { compact } from '../../base/json-shape.js';
import { SECRET_ERROR_CODE, SecretError, type SecretKeys } from '../../base/secrets/secret-keys.js';
import { assertPrecondition } from '../engine/assert-precondition.js';
import type { Database } from '../engine/database.js';
import { type PageRequest, queryPage } from '../engine/page.js';
import type { Precondition } from '../engine/precondition.js';
import type { StoreTransaction } from '../engine/transaction.js';
import type { WebhooksTable } from '../schema/webhook-tables.js';
import { toWebhook } from './webhook-rows.js';
import { decryptSecrets, encryptSecrets } from './webhook-secrets.js';
import type { NewWebhook, Webhook, WebhookPatch, WebhookSecrets } from './webhooks.js';

export class WebhookRepository {
  readonly #query: Database['query'];
  /** Keys that encrypt the secrets. */
  readonly keys: SecretKeys;

  constructor({ query }: Pick<Database, 'query'>, keys: SecretKeys) {
    this.#query = query;
    this.keys = keys;
  }

  /** Creates a webhook. Returns false if the tenant already has `most`. */
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
          ...encryptSecrets(this.keys, { tenant, id }, { secret }),
        })
        .execute();
      return true;
    });
  }

  async get(tenant: string, id: string): Promise<Webhook | undefined> {
    const row = await this.#row(tenant, id);
    return row && this.#shown(row);
  }

  /** Returns the secrets that sign now. Rejects with `SecretError` if no key decrypts them. */
  async getSecrets(tenant: string, id: string, now: string): Promise<WebhookSecrets | undefined> {
    const row = await this.#row(tenant, id);
    if (row === undefined) return undefined;
    const { secret, old } = decryptSecrets(this.keys, row);
    return { secret, ...(old !== undefined && old.until > now ? { old } : {}) };
  }

  /** Returns a page in order of creation. Rejects with `StoreError` `store.bad-cursor`. */
  page(tenant: string, page: PageRequest): Promise<{ items: Webhook[]; next?: string }> {
    const query = this.#query.selectFrom('webhooks').selectAll().where('tenant', '=', tenant);
    return queryPage(query, page, (row) => this.#shown(row), 'asc');
  }

  /**
   * Changes a webhook. If that disables it, pending deliveries become dead. `holds`: precondition, as in
   * `KyselyInspections`.
   */
  async patch(
    tenant: string,
    id: string,
    patch: WebhookPatch,
    holds?: Precondition<Webhook>,
  ): Promise<Webhook | undefined> {
    return this.#query.transaction().execute(async (inside) => {
      await this.#assertHolds(inside, { tenant, id }, holds);
      const row = await inside
        .updateTable('webhooks')
        // Always sets a column, since an update without any is invalid.
        .set({ ...toColumns(patch), tenant })
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

  /** Sets a new secret; the current one still signs until `oldUntil`. A current secret that cannot be decrypted is lost. */
  async rotate(tenant: string, id: string, secret: string, oldUntil: string): Promise<boolean> {
    return this.#query.transaction().execute(async (inside) => {
      const row = await lockRow(inside, tenant, id);
      if (row === undefined) return false;
      const before = this.#opened(row);
      const secrets = {
        secret,
        ...(before === undefined ? {} : { old: { secret: before.secret, until: oldUntil } }),
      };
      const columns = encryptSecrets(this.keys, row, secrets);
      await inside.updateTable('webhooks').set(columns).where('id', '=', id).execute();
      return true;
    });
  }

  /** Deletes a webhook with its deliveries. */
  async delete(tenant: string, id: string, holds?: Precondition<Webhook>): Promise<boolean> {
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
    inside: StoreTransaction,
    { tenant, id }: { tenant: string; id: string },
    holds: Precondition<Webhook> | undefined,
  ): Promise<void> {
    if (holds === undefined) return;
    const row = await lockRow(inside, tenant, id);
    if (row !== undefined) assertPrecondition(holds, this.#shown(row));
  }

  #shown(row: Selectable<WebhooksTable>): Webhook {
    const opens = this.#opened(row) !== undefined;
    return { ...toWebhook(row), ...(opens ? {} : { secretFault: SECRET_ERROR_CODE }) };
  }

  /** Returns `undefined` if the keys do not decrypt it. */
  #opened(row: Selectable<WebhooksTable>): WebhookSecrets | undefined {
    try {
      return decryptSecrets(this.keys, row);
    } catch (error) {
      if (error instanceof SecretError) return undefined;
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

function lockRow(inside: StoreTransaction, tenant: string, id: string) {
  return inside
    .selectFrom('webhooks')
    .selectAll()
    .where((eb) => eb.and({ tenant, id }))
    .forUpdate()
    .executeTakeFirst();
}

function toColumns({ url, description, events, disabled }: WebhookPatch): Updateable<WebhooksTable> {
  return {
    ...compact({ url, description }),
    ...(events === undefined ? {} : { events: JSON.stringify(events) }),
    ...(disabled === undefined
      ? {}
      : { disabled_at: disabled?.at ?? null, disabled_because: disabled?.reason ?? null }),
  };
}
