import { sql } from 'kysely';
import type { StoreTransaction } from '../engine/transaction.js';

/**
 * Fingerprints are numbered in the order in which they become visible, so that a reader that follows the numbers misses
 * none: the counter's row is locked until the transaction ends. It is the last row that any transaction locks, except
 * fingerprints, so no deadlock occurs.
 */

/** Reserves `count` numbers for this transaction, used or not, and returns the first. */
export async function takeNumbers(inside: StoreTransaction, count: number): Promise<number> {
  const { last } = await inside
    .updateTable('fingerprint_order')
    .set((eb) => ({ last: eb('last', '+', count) }))
    .where('one', '=', 1)
    .returning('last')
    .executeTakeFirstOrThrow();
  return last - count + 1;
}

/** Ids per statement. */
const AT_ONCE = 500;

/** Clears the rows; only the fact that they existed remains, until followers have read it. */
export async function removeFingerprints(
  inside: StoreTransaction,
  ids: readonly number[],
  now: string,
): Promise<void> {
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    const first = await takeNumbers(inside, some.length);
    await inside
      .updateTable('fingerprints')
      .from((eb) =>
        eb
          .selectFrom('fingerprints')
          .select(['id as old', sql<number>`row_number() over (order by id)`.as('place')])
          .where('id', 'in', some)
          .as('placed'),
      )
      .set((eb) => ({
        seq: sql<number>`${first - 1} + ${eb.ref('placed.place')}`,
        ...{ gone_at: now, holder_id: '', item: '', at: '', expires_at: null },
        ...{ quality: 0, frames: 0, seconds: null, missing: null, partly: null, left_of_report: null },
        ...{ bytes: 0, shelf: Buffer.alloc(0) },
      }))
      .whereRef('fingerprints.id', '=', 'placed.old')
      .where('gone_at', 'is', null)
      .execute();
    await inside.deleteFrom('fingerprint_queries').where('fingerprint', 'in', some).execute();
  }
}
