import type { Database } from '../engine/database.js';
import { KeyRepository } from './kysely-keys.js';
import { LOCAL_TENANT, SCOPES } from './scopes.js';

/**
 * Creates the first key, with all scopes, and returns its text once: without it nobody could ever use a server that
 * requires keys. Returns `undefined` if there is or was a key.
 */
export async function createFirstKey(database: Database): Promise<string | undefined> {
  const made = await new KeyRepository(database).createFirst(
    { tenant: LOCAL_TENANT, name: 'first key', scopes: SCOPES },
    new Date(),
  );
  return made?.text;
}
