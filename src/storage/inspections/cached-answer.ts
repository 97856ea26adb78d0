import { countStoredBytes } from '../access/usage.js';
import type { StoreTransaction } from '../engine/transaction.js';
import { addDerivatives, addFacts } from './attachments.js';
import { extractFacts, summaryColumns } from './inspection-facts.js';
import type { CachedAnswer } from './inspections.js';

/** Copies a finished inspection as the answer of another: values for the new row, and all rows that belong to it. */
export async function copyAnswer(
  inside: StoreTransaction,
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
  const { sha256, size_bytes, origin, backing, kind, signer, signer_confirmed, sentence, headline } = source;
  const { versions, answer_key } = source;
  const said = { sha256, size_bytes, origin, backing, kind, signer, signer_confirmed, sentence, headline };
  const columns = own === undefined ? said : summaryColumns(own.report);
  return {
    columns: { ...columns, versions, answer_key, cached_from: from },
    /** The new inspection keeps its own tags. */
    async copyTo(id: string, by: { keyId: string | undefined; at: string }): Promise<void> {
      const report = own?.text ?? source.report;
      await inside.insertInto('inspection_reports').values({ inspection_id: id, report }).execute();
      if (own === undefined) await copyFacts(inside, from, id);
      else await addFacts(inside, { tenant, id }, extractFacts(own.report));
      // Derivatives that contain the file's name are among the given ones.
      const others = [...derivatives.map((one) => one.kind), ...(own === undefined ? [] : ['evidence'])];
      await copyDerivatives(inside, from, id, others);
      await addDerivatives(inside, id, derivatives);
      if (by.keyId === undefined) return;
      const kept = Buffer.byteLength(report) + (await derivedBytes(inside, id));
      await countStoredBytes(inside, { ...by, bytes: kept - (source.size_bytes ?? 0) });
    },
  };
}

async function copyFacts(inside: StoreTransaction, from: string, to: string): Promise<void> {
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
  inside: StoreTransaction,
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

async function derivedBytes(inside: StoreTransaction, id: string): Promise<number> {
  const { bytes } = await inside
    .selectFrom('inspection_derivatives')
    .select((eb) => eb.fn.sum<number | null>(eb.fn('length', ['content'])).as('bytes'))
    .where('inspection_id', '=', id)
    .executeTakeFirstOrThrow();
  return Number(bytes ?? 0);
}
