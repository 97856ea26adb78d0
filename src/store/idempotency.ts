import type { Database } from './database.js';
import type { Inside, Query } from './inside.js';
import { newLease } from './lease-owner.js';
import { digestOf } from './secret-text.js';

/** One request under the key by which its client knows it again. */
export interface OnceAsked {
  tenant: string;
  /** Empty where nobody has to show a key. */
  keyId: string;
  /** As the client sent it; only its digest is kept. */
  key: string;
  /** Digest of all that makes it this request and no other. */
  fingerprint: string;
  /** Id of what it is to make, should it be the first. */
  subject: string;
  /** How long it is known, from its first request on. */
  keptMillis: number;
}

/** What the one who begins holds, until it says how it ended or dies. */
export interface Held extends Pick<OnceAsked, 'tenant' | 'keyId' | 'key'> {
  holder: string;
}

/**
 * `begun`: go on, under the id `subject`; `takenOver`: somebody began before and died, and may have made it.
 * `answered`: it was made. `running`: somebody is at it. `other`: the key stands for another request.
 */
export type Begun =
  | { outcome: 'begun'; subject: string; held: Held; takenOver: boolean }
  | { outcome: 'answered'; subject: string; status: number }
  | { outcome: 'running' }
  | { outcome: 'other' };

/** A holder that said nothing for so long has died; its request may be taken up by the next that asks. */
export const HELD_MILLIS = 30_000;

/**
 * Requests that are to have an effect once. In the database, so that all servers and all starts know of them. Kept is
 * which id the request made, never what it was answered: that is told again from what is there.
 */
export class Idempotency {
  readonly #query: Query;

  constructor({ query }: Pick<Database, 'query'>) {
    this.#query = query;
  }

  async begin(asked: OnceAsked, now: Date): Promise<Begun> {
    const held: Held = { tenant: asked.tenant, keyId: asked.keyId, key: asked.key, holder: newLease() };
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
          held_until: after(now, HELD_MILLIS),
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

  async #again(inside: Inside, asked: OnceAsked, held: Held, now: Date): Promise<Begun> {
    const row = await inside
      .selectFrom('idempotent_requests')
      .select(['fingerprint', 'subject', 'status', 'held_until'])
      .where('tenant', '=', asked.tenant)
      .where('key_id', '=', asked.keyId)
      .where('idempotency_key', '=', digestOf(asked.key))
      .forUpdate()
      .executeTakeFirst();
    // Given up by its holder in this very moment: the client asks once more.
    if (row === undefined) return { outcome: 'running' };
    const { fingerprint, subject, status, held_until } = row;
    if (fingerprint !== asked.fingerprint) return { outcome: 'other' };
    if (status !== null) return { outcome: 'answered', subject, status };
    if (held_until > now.toISOString()) return { outcome: 'running' };
    await inside
      .updateTable('idempotent_requests')
      .set({ holder: held.holder, held_until: after(now, HELD_MILLIS) })
      .where('tenant', '=', asked.tenant)
      .where('key_id', '=', asked.keyId)
      .where('idempotency_key', '=', digestOf(asked.key))
      .execute();
    return { outcome: 'begun', subject, held, takenOver: true };
  }

  /** Still at it. */
  async renew(held: Held, now: Date): Promise<void> {
    await this.#change(held, { held_until: after(now, HELD_MILLIS) });
  }

  async answered(held: Held, status: number): Promise<void> {
    await this.#change(held, { status });
  }

  /** It came to nothing: the same key may begin anew. */
  async forget({ tenant, keyId, key, holder }: Held): Promise<void> {
    await this.#query
      .deleteFrom('idempotent_requests')
      .where('tenant', '=', tenant)
      .where('key_id', '=', keyId)
      .where('idempotency_key', '=', digestOf(key))
      .where('holder', '=', holder)
      .execute();
  }

  /** Nobody is at it any more, and nobody knows what came of it: the next that asks goes on under the same id. */
  async letGo(held: Held, now: Date): Promise<void> {
    await this.#change(held, { held_until: now.toISOString() });
  }

  async dropExpired(now: Date): Promise<void> {
    await this.#query
      .deleteFrom('idempotent_requests')
      .where('expires_at', '<=', now.toISOString())
      .execute();
  }

  async #change(
    { tenant, keyId, key, holder }: Held,
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
