import { SecretError, type SecretKeys } from '../../base/secrets/secret-keys.js';
import type { Database } from '../engine/database.js';
import { sealContext } from '../scans/scan-manifests.js';
import type { ResealResult } from './reencrypt-secrets.js';

/** Rows per step; most have some kilobytes, few some megabytes. */
const BATCH_SIZE = 50;

/**
 * Seals all manifest stores of scan records under the first key, in steps of one transaction each, since there may be
 * very many. Stops if `signal` aborts; the next start continues.
 */
export async function sealManifests(
  { query }: Pick<Database, 'query'>,
  keys: SecretKeys,
  signal?: AbortSignal,
): Promise<ResealResult> {
  const told = { sealed: 0, undecryptable: 0 };
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
          .limit(BATCH_SIZE)
          .forUpdate()
          .execute();
        for (const row of rows) {
          const of = await inside
            .selectFrom('scans')
            .select(['tenant', 'id as scan'])
            .where('number', '=', row.scan)
            .executeTakeFirst();
          if (of === undefined) continue;
          const place = sealContext(of, row.path_key);
          try {
            const opened = keys.decryptBytes({ key: row.secret_key, bytes: Buffer.from(row.sealed) }, place);
            const sealed = keys.encryptBytes(opened, place);
            await inside
              .updateTable('scan_manifests')
              .set({ secret_key: sealed.key, sealed: Buffer.from(sealed.bytes) })
              .where('scan', '=', row.scan)
              .where('path_key', '=', row.path_key)
              .execute();
            told.sealed += 1;
          } catch (error) {
            if (!(error instanceof SecretError)) throw error;
            told.undecryptable += 1;
          }
        }
        const last = rows.at(-1);
        return last === undefined || rows.length < BATCH_SIZE
          ? undefined
          : { scan: last.scan, key: last.path_key };
      });
    }
  }
  return {
    ...told,
    undecryptable: told.undecryptable + (await countUndecryptableManifests({ query }, keys)),
  };
}

/** Returns the number of manifest stores sealed under unavailable keys; changes nothing. */
export async function countUndecryptableManifests(
  { query }: Pick<Database, 'query'>,
  keys: SecretKeys | undefined,
): Promise<number> {
  const sealed = query.selectFrom('scan_manifests').select((eb) => eb.fn.countAll<number>().as('number'));
  const others = keys === undefined ? sealed : sealed.where('secret_key', 'not in', keys.ids);
  return Number((await others.executeTakeFirstOrThrow()).number);
}
