import { type Kysely, sql } from 'kysely';
import { SecretError, type SecretKeys } from '../../base/secrets/secret-keys.js';
import type { Database } from '../engine/database.js';
import type { Tables } from '../schema/tables.js';
import { decryptSecrets, encryptSecrets } from '../webhooks/webhook-secrets.js';

export interface ResealResult {
  /** Webhooks whose secrets were in plain text or under another than the first key. */
  sealed: number;
  /** Webhooks whose secrets no key decrypts. */
  undecryptable: number;
}

const BATCH_SIZE = 100;
const MAX_WAIT_MILLIS = 10_000;

/**
 * Seals all secrets under the first key: those of earlier versions in plain text, and those of a rotated key. Works in
 * steps of one transaction each, so an interrupted start continues.
 */
export async function sealSecrets(
  { query, dialect: flavour, withoutTimeout: unhurried }: Database,
  keys: SecretKeys,
): Promise<ResealResult> {
  const told = { sealed: 0, undecryptable: 0 };
  for (let after: string | undefined = ''; after !== undefined; ) {
    after = await query.transaction().execute(async (inside) => {
      const rows = await inside
        .selectFrom('webhooks')
        .selectAll()
        .where('id', '>', after ?? '')
        .orderBy('id')
        .limit(BATCH_SIZE)
        .forUpdate()
        .execute();
      for (const row of rows) {
        try {
          const secrets = decryptSecrets(keys, row);
          if (row.secret_key === keys.encryptingKeyId) continue;
          const columns = encryptSecrets(keys, row, secrets);
          await inside.updateTable('webhooks').set(columns).where('id', '=', row.id).execute();
          told.sealed += 1;
        } catch (error) {
          if (!(error instanceof SecretError)) throw error;
          told.undecryptable += 1;
        }
      }
      return rows.length === BATCH_SIZE ? rows.at(-1)?.id : undefined;
    });
  }
  if (told.sealed > 0) await unhurried(() => eraseOldValues(query, flavour));
  return told;
}

/** Returns the number of webhooks whose secrets these keys do not decrypt; changes nothing. */
export async function countUndecryptable(
  { query }: Pick<Database, 'query'>,
  keys: SecretKeys | undefined,
): Promise<number> {
  const sealed = query
    .selectFrom('webhooks')
    .select((eb) => eb.fn.countAll<number>().as('number'))
    .where('secret_key', 'is not', null);
  const others = keys === undefined ? sealed : sealed.where('secret_key', 'not in', keys.ids);
  return Number((await others.executeTakeFirstOrThrow()).number);
}

/**
 * Removes the old values from places that are no longer read: SQLite's log, and in PostgreSQL dead rows and column
 * statistics. If the table is locked, its next clean-up does that.
 */
async function eraseOldValues(query: Kysely<Tables>, flavour: Database['dialect']): Promise<void> {
  await query.connection().execute(async (connection) => {
    if (flavour === 'sqlite') return void (await sql`pragma wal_checkpoint(truncate)`.execute(connection));
    try {
      await sql`set lock_timeout = ${sql.lit(MAX_WAIT_MILLIS)}`.execute(connection);
      await sql`vacuum (full, analyze) webhooks`.execute(connection);
    } catch {
      // A dump is running, or the table belongs to another user.
    } finally {
      await sql`reset lock_timeout`.execute(connection);
    }
  });
}
