import { sql } from 'kysely';
import type { Inside } from './inside.js';

/**
 * Fingerprints are numbered in the order in which they can be seen, so that whoever follows them misses none: the row
 * that the numbers come from is held until the transaction ends, and the next one waits for it. It is the last row that any
 * transaction takes hold of, but for fingerprints themselves: so two never wait for each other.
 */

/** The first of so many numbers, which are this transaction's, used or not. */
export async function takeNumbers(inside: Inside, count: number): Promise<number> {
  const { last } = await inside
    .updateTable('fingerprint_order')
    .set((eb) => ({ last: eb('last', '+', count) }))
    .where('one', '=', 1)
    .returning('last')
    .executeTakeFirstOrThrow();
  return last - count + 1;
}

/** Ids in one statement. */
const AT_ONCE = 500;

/** Nothing of them stays but that they were there, and that only until followers have learned of it. */
export async function removeFingerprints(inside: Inside, ids: readonly number[], now: string): Promise<void> {
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
