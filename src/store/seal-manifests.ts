import { SecretFault, type SecretKeys } from '../secrets/secret-keys.js';
import type { Database } from './database.js';
import { placeOf } from './scan-manifests.js';
import type { SealedAnew } from './seal-secrets.js';

/** Rows of some kilobytes, few of some megabytes. */
const AT_ONCE = 50;

/**
 * Brings the manifest stores that are kept beside records of scans under the first key, in steps that are each a
 * transaction; there may be very many. Ends early where `signal` says so: the next start goes on.
 */
export async function sealManifests(
  { query }: Pick<Database, 'query'>,
  keys: SecretKeys,
  signal?: AbortSignal,
): Promise<SealedAnew> {
  const told = { sealed: 0, notOpened: 0 };
  for (const old of keys.ids.slice(1)) {
    for (
      let after: { scan: number; key: string } | undefined = { scan: 0, key: '' };
      after && !signal?.aborted;
    ) {
      const { scan, key }: { scan: number; key: string } = after;
      after = await query.transaction().execute(async (inside) => {
        const rows = await inside
          .selectFrom('scan_manifests')
          .selectAll()
          .where('secret_key', '=', old)
          .where((eb) =>
            eb.or([eb('scan', '>', scan), eb.and([eb('scan', '=', scan), eb('path_key', '>', key)])]),
          )
          .orderBy('scan')
          .orderBy('path_key')
          .limit(AT_ONCE)
          .forUpdate()
          .execute();
        for (const row of rows) {
          const of = await inside
            .selectFrom('scans')
            .select(['tenant', 'id as scan'])
            .where('number', '=', row.scan)
            .executeTakeFirst();
          if (of === undefined) continue;
          const place = placeOf(of, row.path_key);
          try {
            const opened = keys.openBytes({ key: row.secret_key, bytes: Buffer.from(row.sealed) }, place);
            const sealed = keys.sealBytes(opened, place);
            await inside
              .updateTable('scan_manifests')
              .set({ secret_key: sealed.key, sealed: Buffer.from(sealed.bytes) })
              .where('scan', '=', row.scan)
              .where('path_key', '=', row.path_key)
              .execute();
            told.sealed += 1;
          } catch (error) {
            if (!(error instanceof SecretFault)) throw error;
            told.notOpened += 1;
          }
        }
        const last = rows.at(-1);
        return last === undefined || rows.length < AT_ONCE
          ? undefined
          : { scan: last.scan, key: last.path_key };
      });
    }
  }
  return { ...told, notOpened: told.notOpened + (await countManifestsNotOpened({ query }, keys)) };
}

/** How many were sealed under keys that are not here; changes nothing. */
export async function countManifestsNotOpened(
  { query }: Pick<Database, 'query'>,
  keys: SecretKeys | undefined,
): Promise<number> {
  const sealed = query.selectFrom('scan_manifests').select((eb) => eb.fn.countAll<number>().as('number'));
  const others = keys === undefined ? sealed : sealed.where('secret_key', 'not in', keys.ids);
  return Number((await others.executeTakeFirstOrThrow()).number);
}
