import type { Database } from '../engine/database.js';
import type { QueryExecutor, StoreTransaction } from '../engine/transaction.js';
import type { KeyLimits } from './keys.js';

export interface Amount {
  inspections: number;
  bytes: number;
}

export interface UsageOutcome {
  /** False if the daily limit would be exceeded; nothing was counted then. */
  allowed: boolean;
  /** Usage of the day, including this amount. */
  used: Amount;
}

/** Daily usage of each key, UTC; in the database, so that all servers count together, also after a restart. */
export class UsageRepository {
  readonly #query: QueryExecutor;

  constructor({ query }: Pick<Database, 'query'>) {
    this.#query = query;
  }

  async take(keyId: string, day: string, amount: Amount, limits: KeyLimits): Promise<UsageOutcome> {
    return this.#query.transaction().execute(async (inside) => {
      await inside
        .insertInto('key_usage')
        .values({ key_id: keyId, day, inspections: 0, bytes: 0 })
        .onConflict((conflict) => conflict.columns(['key_id', 'day']).doNothing())
        .execute();
      const before = await inside
        .selectFrom('key_usage')
        .select(['inspections', 'bytes'])
        .where('key_id', '=', keyId)
        .where('day', '=', day)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const used = {
        inspections: before.inspections + amount.inspections,
        bytes: before.bytes + amount.bytes,
      };
      const { dailyInspections = Number.POSITIVE_INFINITY, dailyBytes = Number.POSITIVE_INFINITY } = limits;
      if (used.inspections > dailyInspections || used.bytes > dailyBytes) {
        return { allowed: false, used: before };
      }
      await inside
        .updateTable('key_usage')
        .set(used)
        .where('key_id', '=', keyId)
        .where('day', '=', day)
        .execute();
      return { allowed: true, used };
    });
  }

  /** Returns the amount of a failed request. */
  async refund(keyId: string, day: string, amount: Amount): Promise<void> {
    await this.#query
      .updateTable('key_usage')
      .set((is) => ({
        inspections: is('inspections', '-', amount.inspections),
        bytes: is('bytes', '-', amount.bytes),
      }))
      .where('key_id', '=', keyId)
      .where('day', '=', day)
      .execute();
  }

  async dropBefore(day: string): Promise<void> {
    await this.#query.deleteFrom('key_usage').where('day', '<', day).execute();
  }
}

/**
 * Counts bytes of a result beyond those of its file towards the daily usage of the key, even past its limit: a file of
 * a few kilobytes may have a result of two megabytes. Does nothing if the key does not exist any more.
 */
export async function countStoredBytes(
  inside: StoreTransaction,
  { keyId, at, bytes }: { keyId: string | undefined; at: string; bytes: number },
): Promise<void> {
  if (keyId === undefined || bytes <= 0) return;
  const key = await inside.selectFrom('api_keys').select('id').where('id', '=', keyId).executeTakeFirst();
  if (key === undefined) return;
  await inside
    .insertInto('key_usage')
    .values({ key_id: keyId, day: at.slice(0, 10), inspections: 0, bytes })
    .onConflict((conflict) =>
      conflict.columns(['key_id', 'day']).doUpdateSet((eb) => ({ bytes: eb('key_usage.bytes', '+', bytes) })),
    )
    .execute();
}
