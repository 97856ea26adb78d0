import type { Message } from '../../i18n/message.js';
import { ALL_FINGERPRINT_KINDS } from '../../matching/fingerprint.js';
import type { StoreTransaction } from '../engine/transaction.js';
import type { HolderColumns } from './fingerprint-holder.js';
import { removeFingerprints, takeNumbers } from './fingerprint-order.js';
import type { ReportRemainder } from './fingerprints.js';

/** Updates fingerprints when their owners change, at the end of the owners' transactions. */

/** Returns true if there were any. */
export async function removeOwned(
  inside: StoreTransaction,
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

/** Retains the fingerprints of an expired inspection that have a longer retention, with as little about it as necessary. */
export async function retainExpired(
  inside: StoreTransaction,
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
  const left: ReportRemainder = {
    door: batch_id === null ? 'inspection' : 'batch',
    ...(headline === null ? {} : { headline: (JSON.parse(headline) as Message).id }),
    ...(signer === null ? {} : { signer }),
  };
  await inside
    .updateTable('fingerprints')
    .set({ left_of_report: JSON.stringify(left) })
    .where('id', 'in', stay)
    .execute();
  // Query fingerprints are no longer needed.
  await inside.deleteFrom('fingerprint_queries').where('fingerprint', 'in', stay).execute();
}

/**
 * Gives an inspection's fingerprints to another about the same bytes, for each kind that it does not have yet. Longer
 * retention is counted from the other's creation. Returns true if the other received any.
 */
export async function copyFingerprints(
  inside: StoreTransaction,
  tenant: string,
  from: string,
  to: string,
): Promise<boolean> {
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
  let seq = await takeNumbers(inside, ALL_FINGERPRINT_KINDS.length);
  const has = await of(to);
  const given = (await of(from)).filter(({ kind }) => !has.some((one) => one.kind === kind));
  for (const row of given) {
    const expiresAt = row.expires_at === null ? null : addDuration(row.expires_at, row.at, heir.created_at);
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

/** Returns `at` plus the time from `start` to `end`. */
function addDuration(end: string, start: string, at: string): string {
  const millis = Date.parse(at) + Date.parse(end) - Date.parse(start);
  return Number.isNaN(millis) || millis > LAST_MILLIS ? end : new Date(millis).toISOString();
}

/** Years have four digits, so that times sort as text. */
const LAST_MILLIS = Date.parse('9999-12-31T23:59:59.999Z');
