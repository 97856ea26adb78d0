import { addDerivatives, addFacts } from './beside-inspection.js';
import type { Inside } from './inside.js';
import { factsOf, summaryColumns } from './inspection-facts.js';
import type { CachedAnswer } from './inspections.js';
import { countKept } from './usage.js';

/** A finished inspection as another's answer: what is written in that one's row, and all that hangs on it. */
export async function answerOf(
  inside: Inside,
  tenant: string,
  { from, report: own, derivatives = [] }: CachedAnswer,
) {
  const source = await inside
    .selectFrom('inspections')
    .innerJoin('inspection_reports', 'inspection_reports.inspection_id', 'inspections.id')
    .selectAll()
    .where((eb) => eb.and({ tenant, id: from }))
    .where('status', '=', 'done')
    .executeTakeFirst();
  if (source === undefined) return undefined;
  const { sha256, size_bytes, versions, answer_key, origin, backing, kind, signer, sentence, headline } =
    source;
  const said = { sha256, size_bytes, origin, backing, kind, signer, sentence, headline };
  const columns = own === undefined ? said : summaryColumns(own.report);
  return {
    columns: { ...columns, versions, answer_key, cached_from: from },
    /** Its own tags stay its own. */
    async copyTo(id: string, by: { keyId: string | undefined; at: string }): Promise<void> {
      const report = own?.text ?? source.report;
      await inside.insertInto('inspection_reports').values({ inspection_id: id, report }).execute();
      if (own === undefined) await copyFacts(inside, from, id);
      else await addFacts(inside, { tenant, id }, factsOf(own.report));
      // Of what bears a name the new one stands among those given.
      const others = [...derivatives.map((one) => one.kind), ...(own === undefined ? [] : ['evidence'])];
      await copyDerivatives(inside, from, id, others);
      await addDerivatives(inside, id, derivatives);
      if (by.keyId === undefined) return;
      const kept = Buffer.byteLength(report) + (await derivedBytes(inside, id));
      await countKept(inside, { ...by, bytes: kept - (source.size_bytes ?? 0) });
    },
  };
}

async function copyFacts(inside: Inside, from: string, to: string): Promise<void> {
  await inside
    .insertInto('inspection_facts')
    .columns(['inspection_id', 'tenant', 'name', 'value'])
    .expression((eb) =>
      eb
        .selectFrom('inspection_facts')
        .select([eb.val(to).as('inspection_id'), 'tenant', 'name', 'value'])
        .where('inspection_id', '=', from)
        .where('name', '<>', 'tag'),
    )
    .execute();
}

async function copyDerivatives(
  inside: Inside,
  from: string,
  to: string,
  without: readonly string[],
): Promise<void> {
  await inside
    .insertInto('inspection_derivatives')
    .columns(['inspection_id', 'kind', 'media_type', 'content'])
    .expression((eb) =>
      eb
        .selectFrom('inspection_derivatives')
        .select([eb.val(to).as('inspection_id'), 'kind', 'media_type', 'content'])
        .where('inspection_id', '=', from)
        .$if(without.length > 0, (some) => some.where('kind', 'not in', [...without])),
    )
    .execute();
}

async function derivedBytes(inside: Inside, id: string): Promise<number> {
  const { bytes } = await inside
    .selectFrom('inspection_derivatives')
    .select((eb) => eb.fn.sum<number | null>(eb.fn('length', ['content'])).as('bytes'))
    .where('inspection_id', '=', id)
    .executeTakeFirstOrThrow();
  return Number(bytes ?? 0);
}
