import type { Database } from './database.js';
import { KyselyKeys } from './kysely-keys.js';
import { LOCAL_TENANT, SCOPES } from './scopes.js';

/**
 * Where keys are required and nobody has made one, nobody could ever get in: so the first start makes one, for
 * everything, and gives it this once. Undefined where there is, or was, a key.
 */
export async function makeFirstKey(database: Database): Promise<string | undefined> {
  const made = await new KyselyKeys(database).createFirst(
    { tenant: LOCAL_TENANT, name: 'first key', scopes: SCOPES },
    new Date(),
  );
  return made?.text;
}
