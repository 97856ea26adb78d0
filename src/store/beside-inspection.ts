import type { Inside } from './inside.js';
import type { Fact } from './inspection-facts.js';
import type { Derivative } from './inspections.js';

/** Rows that hang on an inspection's own, in the transaction of whoever writes that. */

/** In one statement: SQLite takes 32,766 values, and a row has 4. */
const FACTS_AT_ONCE = 500;
/** Each may be some megabytes. */
const DERIVATIVES_AT_ONCE = 16;

export async function addFacts(
  inside: Inside,
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

/** Each in the place of the one of its kind, where there is one; of several of a kind the last. */
export async function addDerivatives(
  inside: Inside,
  id: string,
  derivatives: readonly Derivative[],
): Promise<void> {
  // One statement writes no row twice.
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
