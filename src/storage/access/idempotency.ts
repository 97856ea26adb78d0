import type { Database } from '../engine/database.js';
import { createLease } from '../engine/lease-owner.js';
import { digestOf } from '../engine/secret-text.js';
import type { QueryExecutor, StoreTransaction } from '../engine/transaction.js';

/** Request with the idempotency key by which its client identifies it. */
export interface IdempotentRequest {
  tenant: string;
  /** Empty if the server requires no key. */
  keyId: string;
  /** Key as sent by the client; only its digest is stored. */
  key: string;
  /** Digest of everything that identifies the request. */
  fingerprint: string;
  /** Id of the resource that the request creates if it is the first. */
  subject: string;
  /** Time for which the key is remembered after its first request. */
  keptMillis: number;
}

/** Lease of the request's current processor, until it reports the outcome or dies. */
export interface IdempotencyLease extends Pick<IdempotentRequest, 'tenant' | 'keyId' | 'key'> {
  holder: string;
}

/**
 * `begun`: continue with the id `subject`; `takenOver`: an earlier processor died and may have created it. `answered`:
 * it was created. `running`: another processor is working on it. `other`: the key belongs to another request.
 */
export type BeginOutcome =
  | { outcome: 'begun'; subject: string; held: IdempotencyLease; takenOver: boolean }
  | { outcome: 'answered'; subject: string; status: number }
  | { outcome: 'running' }
  | { outcome: 'other' };

/** A processor silent for this time counts as dead; the next identical request takes over. */
export const LEASE_MILLIS = 30_000;

/**
 * Ensures that a request takes effect once. Stored in the database, so that all servers see it, also after a restart.
 * Only the created id is stored, never the response, which is built again from current data.
 */
export class Idempotency {
  readonly #query: QueryExecutor;

  constructor({ query }: Pick<Database, 'query'>) {
    this.#query = query;
  }

  async begin(asked: IdempotentRequest, now: Date): Promise<BeginOutcome> {
    const held: IdempotencyLease = {
      tenant: asked.tenant,
      keyId: asked.keyId,
      key: asked.key,
      holder: createLease(),
    };
    return this.#query.transaction().execute(async (inside) => {
      await inside
        .deleteFrom('idempotent_requests')
        .where('tenant', '=', asked.tenant)
        .where('key_id', '=', asked.keyId)
        .where('idempotency_key', '=', digestOf(asked.key))
        .where('expires_at', '<=', now.toISOString())
        .execute();
      const { numInsertedOrUpdatedRows } = await inside
        .insertInto('idempotent_requests')
        .values({
          tenant: asked.tenant,
          key_id: asked.keyId,
          idempotency_key: digestOf(asked.key),
          fingerprint: asked.fingerprint,
          subject: asked.subject,
          status: null,
          holder: held.holder,
          held_until: after(now, LEASE_MILLIS),
          expires_at: after(now, asked.keptMillis),
        })
        .onConflict((conflict) => conflict.columns(['tenant', 'key_id', 'idempotency_key']).doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 1n) {
        return { outcome: 'begun', subject: asked.subject, held, takenOver: false };
      }
      return this.#again(inside, asked, held, now);
    });
  }

  async #again(
    inside: StoreTransaction,
    asked: IdempotentRequest,
    held: IdempotencyLease,
    now: Date,
  ): Promise<BeginOutcome> {
    const row = await inside
      .selectFrom('idempotent_requests')
      .select(['fingerprint', 'subject', 'status', 'held_until'])
      .where('tenant', '=', asked.tenant)
      .where('key_id', '=', asked.keyId)
      .where('idempotency_key', '=', digestOf(asked.key))
      .forUpdate()
      .executeTakeFirst();
    // The processor gave the request up at this moment; the client repeats it.
    if (row === undefined) return { outcome: 'running' };
    const { fingerprint, subject, status, held_until } = row;
    if (fingerprint !== asked.fingerprint) return { outcome: 'other' };
    if (status !== null) return { outcome: 'answered', subject, status };
    if (held_until > now.toISOString()) return { outcome: 'running' };
    await inside
      .updateTable('idempotent_requests')
      .set({ holder: held.holder, held_until: after(now, LEASE_MILLIS) })
      .where('tenant', '=', asked.tenant)
      .where('key_id', '=', asked.keyId)
      .where('idempotency_key', '=', digestOf(asked.key))
      .execute();
    return { outcome: 'begun', subject, held, takenOver: true };
  }

  /** Extends the lease. */
  async renew(held: IdempotencyLease, now: Date): Promise<void> {
    await this.#change(held, { held_until: after(now, LEASE_MILLIS) });
  }

  async complete(held: IdempotencyLease, status: number): Promise<void> {
    await this.#change(held, { status });
  }

  /** Deletes the entry after a failure, so that the key can be used again. */
  async forget({ tenant, keyId, key, holder }: IdempotencyLease): Promise<void> {
    await this.#query
      .deleteFrom('idempotent_requests')
      .where('tenant', '=', tenant)
      .where('key_id', '=', keyId)
      .where('idempotency_key', '=', digestOf(key))
      .where('holder', '=', holder)
      .execute();
  }

  /** Releases the lease with an unknown outcome: the next identical request continues with the same id. */
  async release(held: IdempotencyLease, now: Date): Promise<void> {
    await this.#change(held, { held_until: now.toISOString() });
  }

  async deleteExpired(now: Date): Promise<void> {
    await this.#query
      .deleteFrom('idempotent_requests')
      .where('expires_at', '<=', now.toISOString())
      .execute();
  }

  async #change(
    { tenant, keyId, key, holder }: IdempotencyLease,
    to: { status: number } | { held_until: string },
  ): Promise<void> {
    await this.#query
      .updateTable('idempotent_requests')
      .set(to)
      .where('tenant', '=', tenant)
      .where('key_id', '=', keyId)
      .where('idempotency_key', '=', digestOf(key))
      .where('holder', '=', holder)
      .execute();
  }
}

const after = (now: Date, millis: number): string => new Date(now.getTime() + millis).toISOString();
