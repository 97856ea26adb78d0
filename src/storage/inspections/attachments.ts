import type { StoreTransaction } from '../engine/transaction.js';
import type { Fact } from './inspection-facts.js';
import type { Derivative } from './inspections.js';

/** Writes rows that belong to an inspection, in the caller's transaction. */

/** Rows per statement: SQLite allows 32,766 values, and a row has 4. */
const FACTS_AT_ONCE = 500;
/** Rows per statement; each may have some megabytes. */
const DERIVATIVES_AT_ONCE = 16;

export async function addFacts(
  inside: StoreTransaction,
  { tenant, id }: { tenant: string; id: string },
  facts: readonly Fact[],
): Promise<void> {
  for (let first = 0; first < facts.length; first += FACTS_AT_ONCE) {
    const rows = facts
      .slice(first, first + FACTS_AT_ONCE)
      .map(({ name, value }) => ({ inspection_id: id, tenant, name, value }));
    await inside.insertInto('inspection_facts').values(rows).execute();
  }
}

/** Writes derivatives, each replacing the existing one of its kind; if several have the same kind, the last one counts. */
export async function addDerivatives(
  inside: StoreTransaction,
  id: string,
  derivatives: readonly Derivative[],
): Promise<void> {
  // One statement cannot write a row twice.
  const all = [...new Map(derivatives.map((one) => [one.kind, one])).values()];
  for (let first = 0; first < all.length; first += DERIVATIVES_AT_ONCE) {
    const rows = all
      .slice(first, first + DERIVATIVES_AT_ONCE)
      .map(({ kind, mediaType, content }) => ({ inspection_id: id, kind, media_type: mediaType, content }));
    await inside
      .insertInto('inspection_derivatives')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['inspection_id', 'kind']).doUpdateSet((eb) => ({
          media_type: eb.ref('excluded.media_type'),
          content: eb.ref('excluded.content'),
        })),
      )
      .execute();
  }
}
