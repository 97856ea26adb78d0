import { createHmac } from 'node:crypto';
import type { Database } from '../engine/database.js';
import { digestOf, matchesDigest, randomText } from '../engine/secret-text.js';
import type { QueryExecutor } from '../engine/transaction.js';

export interface Session {
  keyId: string;
  /** Token for the forms of this session only; constant for its life. */
  formToken: string;
  endsAt: string;
  /** New value of the cookie; absent if it stays the same. */
  renewed?: string;
}

/** 260 bits. */
const TOKEN_CHARACTERS = 52;
const TOKEN = /^[a-km-z2-79]{52}$/;
/** Idle time after which a session ends. */
export const IDLE_MILLIS = 4 * 3_600_000;
/** Age at which the cookie is renewed; limits the use of a stolen cookie after its owner's last visit. */
export const RENEWED_AFTER_MILLIS = 3_600_000;
/** Requests already under way during a renewal still send the old cookie. */
const GRACE_MILLIS = 60_000;
const SEEN_UPDATE_MILLIS = 60_000;

/** Browser sessions that were started with a key. Only the digest of the cookie is stored. */
export class SessionRepository {
  readonly #query: QueryExecutor;

  constructor({ query }: Pick<Database, 'query'>) {
    this.#query = query;
  }

  async begin(keyId: string, endsAt: Date, now: Date): Promise<string> {
    return this.#insert(keyId, endsAt.toISOString(), now);
  }

  /**
   * Returns the session; `undefined` if it is unknown, ended or idle for too long. Does not check whether the key is
   * valid.
   */
  async find(token: string, now: Date): Promise<Session | undefined> {
    if (!TOKEN.test(token)) return undefined;
    const row = await this.#query
      .selectFrom('sessions')
      .innerJoin('api_keys', 'api_keys.id', 'sessions.key_id')
      .select([
        'sessions.digest',
        'key_id',
        'issued_at',
        'seen_at',
        'ends_at',
        'api_keys.digest as key_digest',
      ])
      .where('sessions.digest', '=', digestOf(token))
      .executeTakeFirst();
    if (row === undefined || !matchesDigest(token, row.digest)) return undefined;
    const idle = now.getTime() - Date.parse(row.seen_at);
    if (row.ends_at <= now.toISOString() || idle >= IDLE_MILLIS) return undefined;
    const session = {
      keyId: row.key_id,
      formToken: createHmac('sha256', row.key_digest).update(`form ${row.ends_at}`).digest('base64url'),
      endsAt: row.ends_at,
    };
    const old = now.getTime() - Date.parse(row.issued_at) >= RENEWED_AFTER_MILLIS;
    if (old && IDLE_MILLIS - idle > GRACE_MILLIS) {
      const renewed = await this.#insert(row.key_id, row.ends_at, now);
      await this.#seen(row.digest, new Date(now.getTime() - IDLE_MILLIS + GRACE_MILLIS));
      return { ...session, renewed };
    }
    if (!old && idle >= SEEN_UPDATE_MILLIS) await this.#seen(row.digest, now);
    return session;
  }

  async end(token: string): Promise<void> {
    await this.#query.deleteFrom('sessions').where('digest', '=', digestOf(token)).execute();
  }

  async dropEnded(now: Date): Promise<number> {
    const unseen = new Date(now.getTime() - IDLE_MILLIS).toISOString();
    const { numDeletedRows } = await this.#query
      .deleteFrom('sessions')
      .where((is) => is.or([is('ends_at', '<=', now.toISOString()), is('seen_at', '<=', unseen)]))
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  async #insert(keyId: string, endsAt: string, now: Date): Promise<string> {
    const token = randomText(TOKEN_CHARACTERS);
    const at = now.toISOString();
    await this.#query
      .insertInto('sessions')
      .values({ digest: digestOf(token), key_id: keyId, issued_at: at, seen_at: at, ends_at: endsAt })
      .execute();
    return token;
  }

  async #seen(digest: string, at: Date): Promise<void> {
    await this.#query
      .updateTable('sessions')
      .set({ seen_at: at.toISOString() })
      .where('digest', '=', digest)
      .execute();
  }
}
