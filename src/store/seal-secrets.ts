import { type Kysely, sql } from 'kysely';
import { SecretFault, type SecretKeys } from '../secrets/secret-keys.js';
import type { Database } from './database.js';
import type { Tables } from './tables.js';
import { openedSecrets, sealedColumns } from './webhook-secrets.js';

export interface SealedAnew {
  /** Webhooks whose secrets stood in plain, or under a key that is not the first. */
  sealed: number;
  /** Webhooks whose secrets no key opens. */
  notOpened: number;
}

const AT_ONCE = 100;
const LONGEST_WAIT_MILLIS = 10_000;

/**
 * Brings every secret under the first key: those of earlier versions, which stood in plain, and those of a key that another
 * one follows. In steps that are each a transaction, so a start that is cut short goes on where it was.
 */
export async function sealSecrets(
  { query, flavour, unhurried }: Database,
  keys: SecretKeys,
): Promise<SealedAnew> {
  const told = { sealed: 0, notOpened: 0 };
  for (let after: string | undefined = ''; after !== undefined; ) {
    after = await query.transaction().execute(async (inside) => {
      const rows = await inside
        .selectFrom('webhooks')
        .selectAll()
        .where('id', '>', after ?? '')
        .orderBy('id')
        .limit(AT_ONCE)
        .forUpdate()
        .execute();
      for (const row of rows) {
        try {
          const secrets = openedSecrets(keys, row);
          if (row.secret_key === keys.first) continue;
          const columns = sealedColumns(keys, row, secrets);
          await inside.updateTable('webhooks').set(columns).where('id', '=', row.id).execute();
          told.sealed += 1;
        } catch (error) {
          if (!(error instanceof SecretFault)) throw error;
          told.notOpened += 1;
        }
      }
      return rows.length === AT_ONCE ? rows.at(-1)?.id : undefined;
    });
  }
  if (told.sealed > 0) await unhurried(() => forget(query, flavour));
  return told;
}

/** How many webhooks have secrets that these keys do not open; changes nothing. */
export async function countNotOpened(
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
 * What was there before is still in places that nobody asks any more: SQLite's log, and in PostgreSQL the rows of before
 * and the figures about columns. Where others hold the table it is left to their next clean-up.
 */
async function forget(query: Kysely<Tables>, flavour: Database['flavour']): Promise<void> {
  await query.connection().execute(async (connection) => {
    if (flavour === 'sqlite') return void (await sql`pragma wal_checkpoint(truncate)`.execute(connection));
    try {
      await sql`set lock_timeout = ${sql.lit(LONGEST_WAIT_MILLIS)}`.execute(connection);
      await sql`vacuum (full, analyze) webhooks`.execute(connection);
    } catch {
      // A dump is being made, or the table is another user's.
    } finally {
      await sql`reset lock_timeout`.execute(connection);
    }
  });
}
