import type { Inside } from './inside.js';

/** A finished inspection as another's answer: what is written in that one's row, and all that hangs on it. */
export async function answerOf(inside: Inside, tenant: string, from: string) {
  const source = await inside
    .selectFrom('inspections')
    .innerJoin('inspection_reports', 'inspection_reports.inspection_id', 'inspections.id')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('id', '=', from)
    .where('status', '=', 'done')
    .executeTakeFirst();
  if (source === undefined) return undefined;
  const { sha256, size_bytes, versions, answer_key, origin, backing, kind, signer, sentence } = source;
  const answer = { sha256, size_bytes, versions, answer_key, origin, backing, kind, signer, sentence };
  return {
    columns: { ...answer, cached_from: from },
    /** Its own tags stay its own. */
    async copyTo(id: string): Promise<void> {
      await inside
        .insertInto('inspection_reports')
        .values({ inspection_id: id, report: source.report })
        .execute();
      await copyFacts(inside, from, id);
      await copyDerivatives(inside, from, id);
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

async function copyDerivatives(inside: Inside, from: string, to: string): Promise<void> {
  await inside
    .insertInto('inspection_derivatives')
    .columns(['inspection_id', 'kind', 'media_type', 'content'])
    .expression((eb) =>
      eb
        .selectFrom('inspection_derivatives')
        .select([eb.val(to).as('inspection_id'), 'kind', 'media_type', 'content'])
        .where('inspection_id', '=', from),
    )
    .execute();
}
