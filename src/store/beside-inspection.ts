import type { Inside } from './inside.js';
import type { Fact } from './inspection-facts.js';
import type { Derivative } from './inspections.js';

/** Rows that hang on an inspection's own, in the transaction of whoever writes that. */

/** In one statement: SQLite takes 32,766 values, and a row has 4. */
const FACTS_AT_ONCE = 500;

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

/** In the place of the one of its kind, where there is one. */
export async function addDerivative(inside: Inside, id: string, derivative: Derivative): Promise<void> {
  const { kind, mediaType, content } = derivative;
  await inside
    .insertInto('inspection_derivatives')
    .values({ inspection_id: id, kind, media_type: mediaType, content })
    .onConflict((conflict) =>
      conflict.columns(['inspection_id', 'kind']).doUpdateSet({ media_type: mediaType, content }),
    )
    .execute();
}
