import type { Database } from './database.js';
import type { Inside, Query } from './inside.js';
import type { KeyLimits } from './keys.js';

export interface Amount {
  inspections: number;
  bytes: number;
}

export interface Taken {
  /** False: nothing was taken, it would have been more than the day allows. */
  allowed: boolean;
  /** Of the day, with what was taken now. */
  used: Amount;
}

/** What each key used of a day, UTC; in the database, so that all servers and all starts count together. */
export class Usage {
  readonly #query: Query;

  constructor({ query }: Pick<Database, 'query'>) {
    this.#query = query;
  }

  async take(keyId: string, day: string, amount: Amount, limits: KeyLimits): Promise<Taken> {
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

  /** For what came to nothing. */
  async giveBack(keyId: string, day: string, amount: Amount): Promise<void> {
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
 * What an answer takes beyond the bytes of its file counts to the day of the key that asked for it, also past what the day
 * allows: a file of a few kilobytes may make an answer of two megabytes. Nothing where the key is gone.
 */
export async function countKept(
  inside: Inside,
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
