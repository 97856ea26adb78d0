import type { NewKey } from '../../src/store/keys.js';
import { KyselyKeys } from '../../src/store/kysely-keys.js';
import { LOCAL_TENANT, SCOPES, type Scope } from '../../src/store/scopes.js';
import { type TestApp, testApp } from './harness.js';

/** A service that asks for keys. */
export const guarded = (env: Record<string, string> = {}, parts: Parameters<typeof testApp>[0] = {}) =>
  testApp({ ...parts, env: { ASSAY_KEYS: 'required', ...env } });

/** A key of that service, whole. */
export async function newKey(test: Pick<TestApp, 'database'>, over: Partial<NewKey> = {}): Promise<string> {
  const key = { tenant: LOCAL_TENANT, name: 'test', scopes: SCOPES, ...over };
  return (await new KyselyKeys(test.database).create(key, new Date())).text;
}

export const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

/** Headers with a key of these scopes. */
export const withScopes = async (test: TestApp, ...scopes: Scope[]): Promise<Record<string, string>> =>
  bearer(await newKey(test, { scopes }));
