import { LIKENESS_KINDS } from '../core/likeness/likeness.js';
import type { Said } from '../say/said.js';
import type { HolderColumns } from './fingerprint-holder.js';
import { removeFingerprints, takeNumbers } from './fingerprint-order.js';
import type { LeftOfReport } from './fingerprints.js';
import type { Inside } from './inside.js';

/** What becomes of fingerprints with their holders, in the transactions of those: at the end of each. */

/** True where there were any. */
export async function removeOf(
  inside: Inside,
  tenant: string,
  of: Pick<HolderColumns, 'holder' | 'holder_id'> & { items?: readonly string[] },
  now = new Date().toISOString(),
): Promise<boolean> {
  let asked = inside
    .selectFrom('fingerprints')
    .select('id')
    .where((eb) => eb.and({ tenant, holder: of.holder, holder_id: of.holder_id }))
    .where('gone_at', 'is', null);
  if (of.items !== undefined) {
    if (of.items.length === 0) return false;
    asked = asked.where('item', 'in', [...of.items]);
  }
  const rows = await asked.execute();
  await removeFingerprints(
    inside,
    rows.map(({ id }) => id),
    now,
  );
  return rows.length > 0;
}

/** Of an inspection that goes by its day: what has a longer one stays, and tells no more than it has to. */
export async function outlive(
  inside: Inside,
  { tenant, id, now }: { tenant: string; id: string; now: string },
  { headline, signer, batch_id }: { headline: string | null; signer: string | null; batch_id: string | null },
): Promise<void> {
  const rows = await inside
    .selectFrom('fingerprints')
    .select(['id', 'expires_at'])
    .where((eb) => eb.and({ tenant, holder: 'inspection', holder_id: id }))
    .where('gone_at', 'is', null)
    .execute();
  if (rows.length === 0) return;
  const stay = rows.filter((row) => row.expires_at !== null && row.expires_at > now).map((row) => row.id);
  const go = rows.map((row) => row.id).filter((one) => !stay.includes(one));
  await removeFingerprints(inside, go, now);
  if (stay.length === 0) return;
  const left: LeftOfReport = {
    door: batch_id === null ? 'inspection' : 'batch',
    ...(headline === null ? {} : { headline: (JSON.parse(headline) as Said).id }),
    ...(signer === null ? {} : { signer }),
  };
  await inside
    .updateTable('fingerprints')
    .set({ left_of_report: JSON.stringify(left) })
    .where('id', 'in', stay)
    .execute();
  // Nobody asks with it any more.
  await inside.deleteFrom('fingerprint_queries').where('fingerprint', 'in', stay).execute();
}

/**
 * What an inspection has is given to another about the same bytes, each kind where that one has none yet. A longer life is
 * as long from its own making. True where the other has something now.
 */
export async function give(inside: Inside, tenant: string, from: string, to: string): Promise<boolean> {
  const heir = await inside
    .selectFrom('inspections')
    .select('created_at')
    .where((eb) => eb.and({ tenant, id: to }))
    .forKeyShare()
    .executeTakeFirst();
  if (heir === undefined) return false;
  const of = (id: string) =>
    inside
      .selectFrom('fingerprints')
      .select(['id', 'kind', 'at', 'expires_at'])
      .where((eb) => eb.and({ tenant, holder: 'inspection', holder_id: id }))
      .where('gone_at', 'is', null)
      .where('left_of_report', 'is', null)
      .execute();
  if ((await of(from)).length === 0) return (await of(to)).length > 0;
  let seq = await takeNumbers(inside, LIKENESS_KINDS.length);
  const has = await of(to);
  const given = (await of(from)).filter(({ kind }) => !has.some((one) => one.kind === kind));
  for (const row of given) {
    const expiresAt = row.expires_at === null ? null : later(row.expires_at, row.at, heir.created_at);
    const same = [
      'item',
      'kind',
      'quality',
      'frames',
      'seconds',
      'missing',
      'partly',
      'bytes',
      'shelf',
    ] as const;
    const { id } = await inside
      .insertInto('fingerprints')
      .columns(['seq', 'tenant', 'holder', 'holder_id', 'at', 'expires_at', ...same])
      .expression((eb) =>
        eb
          .selectFrom('fingerprints')
          .select([
            eb.val(seq).as('seq'),
            'tenant',
            'holder',
            eb.val(to).as('holder_id'),
            eb.val(heir.created_at).as('at'),
            eb.val(expiresAt).as('expires_at'),
            ...same,
          ])
          .where('id', '=', row.id),
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    seq += 1;
    await inside
      .insertInto('fingerprint_queries')
      .columns(['fingerprint', 'query'])
      .expression((eb) =>
        eb
          .selectFrom('fingerprint_queries')
          .select([eb.val(id).as('fingerprint'), 'query'])
          .where('fingerprint', '=', row.id),
      )
      .execute();
  }
  return has.length + given.length > 0;
}

/** As long after one time as the first is after the second. */
function later(end: string, start: string, at: string): string {
  const millis = Date.parse(at) + Date.parse(end) - Date.parse(start);
  return Number.isNaN(millis) || millis > LAST_MILLIS ? end : new Date(millis).toISOString();
}

/** Of four digits of a year, so that times sort as text. */
const LAST_MILLIS = Date.parse('9999-12-31T23:59:59.999Z');
