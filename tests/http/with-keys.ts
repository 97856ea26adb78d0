import type { NewKey } from '../../src/storage/access/keys.js';
import { KeyRepository } from '../../src/storage/access/kysely-keys.js';
import { LOCAL_TENANT, SCOPES, type Scope } from '../../src/storage/access/scopes.js';
import { type TestApp, testApp } from './harness.js';

/** Starts a service that requires keys. */
export const guarded = (env: Record<string, string> = {}, parts: Parameters<typeof testApp>[0] = {}) =>
  testApp({ ...parts, env: { ASSAY_KEYS: 'required', ...env } });

/** Creates a key of that service and returns it whole. */
export async function newKey(test: Pick<TestApp, 'database'>, over: Partial<NewKey> = {}): Promise<string> {
  const key = { tenant: LOCAL_TENANT, name: 'test', scopes: SCOPES, ...over };
  return (await new KeyRepository(test.database).create(key, new Date())).text;
}

export const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

/** Returns headers with a key of these scopes. */
export const withScopes = async (test: TestApp, ...scopes: Scope[]): Promise<Record<string, string>> =>
  bearer(await newKey(test, { scopes }));
